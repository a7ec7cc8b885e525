// SPDX-License-Identifier: Apache-2.0
// How large and how strong an echo of PlotSea is: the hull as it lies to the line of sight, and what beam and pulse
// add.
//
// A Gaussian beam, passed twice, is S dB down at an offset of theta sqrt(S / 24) (theta: between the points at -3 dB
// one way), the pulse behind its matched filter at w sqrt(S / 12): the stronger the echo, the wider it is. No echo is
// wider than where it is 25 dB down: side lobes and thresholds that the echo itself raises end it there. The cross
// section follows the length, through those of scenario/vessel_kinds.cpp, and falls with the fourth power of the range.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/random.hpp"
#include "core/plots/plot.hpp"
#include "core/scenario/sea/plot_sea.hpp"

namespace headland::scenario {

struct SeaEcho {
  double range_extent_m = 0.0;
  double bearing_extent_rad = 0.0;
  double strength_db = 0.0;  // peak over the threshold
  std::uint32_t cells = 0;
};

// `aspect_rad`: of the hull to the line of sight. A range of a kilometre or more is meant; nearer is taken as that.
[[nodiscard]] SeaEcho echo_of_hull(const PlotRadar& radar, const SeaVessel& vessel, double aspect_rad, double range_m,
                                   Random& random);
[[nodiscard]] SeaEcho echo_of_clutter(const PlotRadar& radar, double range_m, Random& random);

// Makes one plot of those hulls whose outlines touch: between them the echo does not fall below the threshold. It lies
// in the middle of all, by their cells, and is that of the strongest; `origin` goes with it. All of one radar's sector.
void merge_touching(std::vector<Plot>& plots, std::vector<std::uint32_t>& origin);

}  // namespace headland::scenario
