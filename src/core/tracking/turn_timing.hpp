// SPDX-License-Identifier: Apache-2.0
// When a turn began and ended, from the times and bearings of its plots: files of plots say when
// plots were measured, not when the beam passed north.
#pragma once

#include <optional>
#include <vector>

#include "core/plots/plot.hpp"

namespace headland::tracking {

struct TurnTiming {
  Timestamp began;
  Timestamp ended;  // == began: the whole turn counts as one instant
};

// How far round a whole turn a plot is: 0 to 1, and a little beyond where a correction of its bearing carried it over
// the limits, as its time tells.
[[nodiscard]] double share_of(const PlotSector& turn, const Plot& plot);
// Plots of a turn, which are in order of bearing, in order of that share: what was carried over the limits first or
// last. Else one such plot would hold up all that follow it.
[[nodiscard]] std::vector<const Plot*> in_order_of_time(const PlotSector& turn);

// The span of a whole-turn sector. As given where the plots' times agree with a beam that turns evenly
// over it; else fitted to them. `expected_s` is the time of a turn so far (0 = not known) and `before` the
// end of the turn before, for turns with too few plots to tell.
[[nodiscard]] TurnTiming time_turn(const PlotSector& turn, double expected_s, std::optional<Timestamp> before);

}  // namespace headland::tracking
