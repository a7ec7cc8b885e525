// SPDX-License-Identifier: Apache-2.0
// Where a radar is told not to look (masts, buildings, ranges): not seen there is no miss.
#pragma once

#include <span>
#include <vector>

#include "core/plots/plot.hpp"

namespace headland {

// Notes in `sector` what of it lies in `areas` (bearings from the same reference): what covers all its bearings at its
// near or far end narrows its ranges, the rest is kept in `blanked`, cut to the sector. Plots stay as they are.
void withhold(PlotSector& sector, std::span<const BlankedSector> areas);

// How much of a place that is known to so much lies in `areas`, 0 .. 1: as if it were spread evenly, with these
// standard deviations, over bearing and range. Areas that overlap count once each.
[[nodiscard]] double blanked_share(std::span<const BlankedSector> areas, Bearing bearing, Radians bearing_deviation,
                                   Metres range, Metres range_deviation);

}  // namespace headland
