// SPDX-License-Identifier: Apache-2.0
// Initiator by hand: a track where an operator sees a vessel.
#pragma once

#include "core/tracking/filter/bernoulli.hpp"
#include "core/tracking/tracker_config.hpp"

namespace headland::tracking {

// Believed from the first, of any speed (the prior of TrackerConfig) or slow, as one that begins by a plot; no
// transient. `deviation` of the place is per axis. Neither serial nor number is given yet.
[[nodiscard]] Bernoulli begin_by_hand(const TrackerConfig& config, const Vector2& place, Metres deviation,
                                      Timestamp time);

}  // namespace headland::tracking
