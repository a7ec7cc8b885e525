// SPDX-License-Identifier: Apache-2.0
// One bin (1 degree square) of the binned GSHHG shoreline, and the closed rings it holds.
//
// A segment is a piece of shoreline inside the bin. It either closes in itself or enters through one side and
// leaves through another. Rings are closed along the bin's edge from each exit to the next entry of the same level:
// counter-clockwise for land (levels 1 and 3), clockwise for water (2 and 4). A bin that no segment of
// a level crosses is all of that level when its four corners are of that level or a deeper one.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/geo/polygon.hpp"

namespace headland::maps {

inline constexpr std::uint8_t side_closed = 4;  // 0 south, 1 east, 2 north, 3 west

struct ShoreSegment {
  std::uint8_t level = 1;
  std::uint8_t entry = side_closed;
  std::uint8_t exit = side_closed;
  // East and north of the bin's south-west corner, 1/65535 of its side (1.7 m of latitude).
  std::vector<std::pair<std::uint16_t, std::uint16_t>> points;
};

struct ShoreBin {
  double west_deg = 0.0;
  double south_deg = 0.0;
  double size_deg = 1.0;
  std::array<std::uint8_t, 4> corner_levels{};
  std::vector<ShoreSegment> segments;
};

// Appends the bin's rings of levels 1 to 4. Segments that make no sense are left out.
void assemble(const ShoreBin& bin, CoastPolygons& out);

}  // namespace headland::maps
