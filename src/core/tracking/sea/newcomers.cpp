// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/sea/newcomers.hpp"

namespace headland::tracking {

double arrival_density(const TrackerConfig& config, double range_m) {
  constexpr double nearest_m = 100.0;
  const double near = config.birth_range_m / std::max(range_m, nearest_m);
  return config.birth_density_per_km2 * 1e-6 * (1.0 + near * near);
}

Newcomers::Newcomers(const TrackerConfig& config) : most_(config.first_births) {
  for (std::size_t b = 0; b < band_count; ++b) {
    arrivals_[b] = arrival_density(config, 0.5 * (band_near(b) + band_far(b)));
    for (std::size_t d = 0; d < direction_count; ++d) {
      undetected_[b * direction_count + d] = most_ * arrivals_[b];
    }
  }
}

void Newcomers::sweep(double from, double width, double seen, double range_max_m, const ClutterMap& map) {
  std::array<double, band_count> of_band{};
  std::size_t looked_at = 0;  // bands, the nearest
  for (; looked_at < band_count && band_near(looked_at) < range_max_m; ++looked_at) {
    of_band[looked_at] = map.detection_in(looked_at);
  }
  for_each_direction(from, width, [&](std::size_t d, double share) {
    for (std::size_t b = 0; b < band_count; ++b) {
      double& u = undetected_[b * direction_count + d];
      if (b < looked_at) u *= 1.0 - map.detection_in(b, d, of_band[b]) * seen * share;
      u = std::min(u + arrivals_[b] * share, most_ * arrivals_[b]);
    }
  });
}

double Newcomers::density(double range_m, double bearing) const {
  const std::size_t b = band_of(range_m);
  return undetected_[b * direction_count + direction_of(bearing)];
}

}  // namespace headland::tracking
