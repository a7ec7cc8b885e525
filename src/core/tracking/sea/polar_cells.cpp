// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/sea/polar_cells.hpp"

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
  const auto after = std::upper_bound(e.begin(), e.end(), range_m);
  const auto k = static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - e.begin() - 1, 0));
  return std::min(k, band_count - 1);
}

std::size_t direction_of(double bearing) {
  constexpr double full = 2.0 * std::numbers::pi;
  double b = std::fmod(bearing, full);
  if (b < 0.0) b += full;
  return std::min(static_cast<std::size_t>(b / full * static_cast<double>(direction_count)), direction_count - 1);
}

}  // namespace headland::tracking
