// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/sea/polar_cells.hpp"

#include <bit>
#include <cstdint>

#include "core/base/constants.hpp"

namespace headland::tracking {
namespace {

constexpr double first_edge_m = 150.0;
constexpr double growth = 1.25;

const std::array<double, band_count + 1>& edges() {
  static const std::array<double, band_count + 1> all = [] {
    std::array<double, band_count + 1> e{};
    for (std::size_t k = 1; k < e.size(); ++k) e[k] = first_edge_m * std::pow(growth, static_cast<double>(k - 1));
    return e;
  }();
  return all;
}

// The eighth of an octave that a range lies in, from the bits of the number. No wider than 1.125: an edge at most in
// each.
constexpr std::size_t step_of(double range_m) { return std::bit_cast<std::uint64_t>(range_m) >> 49U; }

// The band in which each step begins, from the first edge to the last.
constexpr std::size_t step_count = 80;
const std::array<std::uint8_t, step_count>& bands_of_steps() {
  static const std::array<std::uint8_t, step_count> all = [] {
    std::array<std::uint8_t, step_count> bands{};
    const auto& e = edges();
    for (std::size_t i = 0; i < step_count; ++i) {
      const double begins = std::bit_cast<double>(std::uint64_t{step_of(first_edge_m) + i} << 49U);
      const auto after = std::upper_bound(e.begin(), e.end(), begins);
      bands[i] = static_cast<std::uint8_t>(std::max<std::ptrdiff_t>(after - e.begin() - 1, 0));
    }
    return bands;
  }();
  return all;
}

}  // namespace

double band_near(std::size_t band) { return edges()[band]; }
double band_far(std::size_t band) { return edges()[band + 1]; }

double band_area(std::size_t band) {
  const double a = edges()[band];
  const double b = edges()[band + 1];
  return std::numbers::pi * (b * b - a * a);
}

std::size_t band_of(double range_m) {
  const auto& e = edges();
  if (range_m < e[1]) return 0;
  if (!(range_m < e[band_count - 1])) return band_count - 1;
  const std::size_t band = bands_of_steps()[step_of(range_m) - step_of(first_edge_m)];
  return range_m < e[band + 1] ? band : band + 1;
}

std::size_t direction_of(double bearing) {
  const double turns = bearing / full_turn;
  const double share = turns - std::floor(turns);
  return std::min(static_cast<std::size_t>(share * static_cast<double>(direction_count)), direction_count - 1);
}

}  // namespace headland::tracking
