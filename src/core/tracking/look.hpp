// SPDX-License-Identifier: Apache-2.0
// When the beam of a sensor meets a track next, and whether its whole gate has been passed.
#pragma once

#include "core/tracking/beam.hpp"
#include "core/tracking/filter/bernoulli.hpp"
#include "core/tracking/tracker_config.hpp"

namespace headland::tracking {

struct PlannedLook {
  enum class Kind : std::uint8_t {
    later,   // the beam comes there only after what is known
    unseen,  // the beam's passage there is missing: nothing can be said
    due,     // the gate has begun to be passed
  };
  Kind kind = Kind::later;
  double direction = 0.0;  // unrolled
  double margin = 0.0;     // radians that a plot may lie to either side, roughly
  Timestamp time;
  const Segment* segment = nullptr;
  double share = 1.0;  // of the directions in which its plot may lie: those that were looked at
};

// The look of `track` (its moments in `mean`) after the one at `last` (NaN: none yet).
PlannedLook plan_look(const Beam& beam, const TrackerConfig& config, const Gaussian& mean, Timestamp time, double last);

// The same look made in a segment beside the place where the track is expected: `share` of its plots would lie there.
void look_in(const Segment& segment, const TrackerConfig& config, const Gaussian& mean, Timestamp time,
             PlannedLook& look);

// A direction before which the next look need not be planned again.
double next_worth_planning(const Beam& beam, const TrackerConfig& config, const Gaussian& mean, double direction);

}  // namespace headland::tracking
