// SPDX-License-Identifier: Apache-2.0
// Polar cells about an antenna, the geometry of all maps: bands of range that widen by a quarter each, and
// equal sectors of bearing.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "core/base/constants.hpp"

namespace headland::tracking {

inline constexpr std::size_t band_count = 32;
inline constexpr std::size_t direction_count = 32;

// Near and far edge of a band, m.
[[nodiscard]] double band_near(std::size_t band);
[[nodiscard]] double band_far(std::size_t band);
// Of a whole band, m^2.
[[nodiscard]] double band_area(std::size_t band);
[[nodiscard]] std::size_t band_of(double range_m);
[[nodiscard]] std::size_t direction_of(double bearing);

// Calls what(direction, share) for each sector that [from, from + width) touches, with the share of it.
template <class What>
void for_each_direction(double from, double width, const What& what) {
  constexpr double cell = full_turn / static_cast<double>(direction_count);
  double at = from;
  const double end = from + std::min(width, full_turn);
  while (at < end - 1e-9) {
    const double next = std::min(end, (std::floor(at / cell + 1e-9) + 1.0) * cell);
    what(direction_of(0.5 * (at + next)), (next - at) / cell);
    at = next;
  }
}

}  // namespace headland::tracking
