// SPDX-License-Identifier: Apache-2.0
// One vessel in several plots: a hull whose scatterers cancel in its middle, whose bow and bridge answer apart.
//
// Plots whose outlines touch, or nearly, are one plot of one hull, as long as not two vessels are known there: two
// that come near each other keep their plots. Where it is not known yet that a vessel is there, only a strong echo is
// taken for a hull; waves lie side by side, too. Only plots that tell their extents have outlines.
#pragma once

#include "core/tracking/filter/gater.hpp"

namespace headland::tracking {

// How near the outlines of two plots of one pass of the beam lie where they may be of one hull.
struct PieceGap {
  double range_m = 0.0;
  double bearing_rad = 0.0;
};

// `resolution`: nearer than both, two vessels give one plot; `beam_rad`: what the beam adds to an echo (Smear).
[[nodiscard]] PieceGap piece_gap(double resolution_range_m, double resolution_bearing_rad, double beam_rad);

// Whether the outlines of two plots of one pass of the beam touch, or nearly. False where one has none.
[[nodiscard]] bool is_beside(const PlacedPlot& a, const PlacedPlot& b, const PieceGap& gap);

// Whether a place lies in the outline of a plot, or nearly. `direction`: unrolled, as the plot's.
[[nodiscard]] bool covers(const PlacedPlot& plot, double range_m, double direction, const PieceGap& gap);

}  // namespace headland::tracking
