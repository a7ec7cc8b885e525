// SPDX-License-Identifier: Apache-2.0
#include "core/plots/blanked.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/constants.hpp"

namespace headland {
namespace {

constexpr double edge = 1e-9;  // radians

double width_of(Bearing from, Bearing to) {
  const double width = clockwise_from(from, to);
  return width < edge ? full_turn : width;
}

// Share of [middle - half, middle + half] that lies in [low, high].
double share_in(double middle, double half, double low, double high) {
  if (half <= 0.0) return middle >= low && middle <= high ? 1.0 : 0.0;
  const double inside = std::min(middle + half, high) - std::max(middle - half, low);
  return std::clamp(inside / (2.0 * half), 0.0, 1.0);
}

}  // namespace

void withhold(PlotSector& sector, std::span<const BlankedSector> areas) {
  const double width = width_of(sector.from, sector.to);
  for (const BlankedSector& area : areas) {
    const double blanked = width_of(area.from, area.to);
    const bool all_round = blanked >= full_turn - edge;
    // Where it begins, clockwise from the sector's beginning; what began before may end in it, too.
    const double begins = all_round ? 0.0 : clockwise_from(sector.from, area.from);
    for (const double from : {begins - full_turn, begins}) {
      const double low = std::max(from, 0.0);
      const double high = std::min(from + blanked, width);
      if (high - low < edge) continue;
      const bool whole = low < edge && high > width - edge;
      if (whole && area.range_min <= sector.range_min && area.range_max < sector.range_max) {
        sector.range_min = std::max(sector.range_min, area.range_max);
      } else if (whole && area.range_max >= sector.range_max && area.range_min > sector.range_min) {
        sector.range_max = std::min(sector.range_max, area.range_min);
      } else if (area.range_min < sector.range_max && area.range_max > sector.range_min) {
        const Bearing to = whole && width >= full_turn - edge ? sector.from : sector.from + Angle(Radians(high));
        sector.blanked.push_back({sector.from + Angle(Radians(low)), to, area.range_min, area.range_max});
      }
      if (all_round) break;
    }
  }
}

double blanked_share(std::span<const BlankedSector> areas, Bearing bearing, Radians bearing_deviation, Metres range,
                     Metres range_deviation) {
  const double half_bearing = std::min(std::sqrt(3.0) * bearing_deviation.value(), std::numbers::pi);
  const double half_range = std::sqrt(3.0) * range_deviation.value();
  double share = 0.0;
  for (const BlankedSector& area : areas) {
    const double width = width_of(area.from, area.to);
    const double into = width >= full_turn - edge ? 0.5 * width : clockwise_from(area.from, bearing);
    // A place before the area's beginning is one far behind its end.
    const double across =
        share_in(into, half_bearing, 0.0, width) + share_in(into - full_turn, half_bearing, 0.0, width);
    share +=
        std::min(across, 1.0) * share_in(range.value(), half_range, area.range_min.value(), area.range_max.value());
  }
  return std::min(share, 1.0);
}

}  // namespace headland
