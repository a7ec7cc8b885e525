// SPDX-License-Identifier: Apache-2.0
// How fast vessels are of which nothing is known yet: a mixture, since most that are under way keep to a moderate speed
// and few are fast. One wide Gaussian for all would look for a ship's second plot in several times the area in which it
// falls, where there is as many times more clutter. The shares are assumed, not measured.
#pragma once

#include <array>

#include "core/tracking/filter/bernoulli.hpp"
#include "core/tracking/tracker_config.hpp"

namespace headland::tracking {

struct SpeedClass {
  double share = 0.0;          // of newcomers
  double deviation_mps = 0.0;  // per axis
};

// Of any speed; slow: at anchor, fishing, waiting; and steady: at 9 m/s half of these make 3.4 to 7.5. In the order of
// the models of a track of one plot.
[[nodiscard]] inline std::array<SpeedClass, first_motions> speed_classes(const TrackerConfig& config) {
  return {{{0.30, config.prior_speed_mps}, {0.15, 1.5}, {0.55, 0.5 * config.prior_speed_mps}}};
}

}  // namespace headland::tracking
