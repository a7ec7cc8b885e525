// SPDX-License-Identifier: Apache-2.0
// Distances to paths of geodesics on WGS 84, for limits that the law counts in nautical miles from a line.
#pragma once

#include <span>

#include "core/geo/position.hpp"

namespace headland {

// The shortest geodesic from `from` to the path (edges are geodesics between consecutive points; one point alone is a
// path, too). Right to a millimetre up to 2000 km; each edge costs some ten geodesic problems. An empty path: infinite.
[[nodiscard]] Metres distance_to_path(GeoPosition from, std::span<const GeoPosition> path);

}  // namespace headland
