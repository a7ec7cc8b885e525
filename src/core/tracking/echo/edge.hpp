// SPDX-License-Identifier: Apache-2.0
// The edge between two sectors, the north seam among them: an echo that lies on it may come as a plot of either.
#pragma once

#include "core/tracking/filter/gater.hpp"

namespace headland::tracking {

// Two plots of one pass of the beam, `before` and `after` an edge, are of one vessel: nearer than beam and pulse, so
// that two vessels would have given one plot, and either the same within their deviations or meeting on the edge.
[[nodiscard]] bool one_echo(const PlacedPlot& before, const PlacedPlot& after, double resolution_range_m,
                            double resolution_bearing);

// Half of the bearings that its outline covers, radians.
[[nodiscard]] double half_width(const PlacedPlot& plot);

// The plot of both together: in the middle of their cells, no more exact than one of them.
[[nodiscard]] PlacedPlot join(const PlacedPlot& before, const PlacedPlot& after);

}  // namespace headland::tracking
