// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/sea/clutter_map.hpp"

#include <algorithm>
#include <cmath>

namespace headland::tracking {
namespace {

constexpr double cell_prior_counts = 4.0;  // weight of the band in a cell
constexpr double band_prior_counts = 0.3;  // weight of the configuration in a band: little, a turn tells more near by
// Before anything is known, clutter of the sea is as dense as noise at the first range and grows inward with the
// square, to the second.
constexpr double sea_range_m = 2000.0;
constexpr double roughest_range_m = 500.0;
constexpr double detection_prior_looks = 20.0;
constexpr double detection_memory_looks = 2000.0;
// Of a cell: some minutes of one vessel weigh as much as its band, and rain that moved on is forgotten in half an hour.
constexpr double cell_prior_looks = 60.0;
constexpr double cell_memory_turns = 600.0;
constexpr double least_detection = 0.2;
constexpr double most_detection = 0.98;

double first_roughness(double range_m) {
  const double rough = sea_range_m / std::max(range_m, roughest_range_m);
  return rough * rough;
}

}  // namespace

double first_sea_share(double range_m) {
  const double rough = first_roughness(range_m);
  return rough / (1.0 + rough);
}

ClutterMap::ClutterMap(const TrackerConfig& config)
    : prior_density_(config.clutter_density_per_km2 * 1e-6),
      prior_detection_(config.detection_probability),
      memory_turns_(config.clutter_memory_turns) {
  for (std::size_t b = 0; b < band_count; ++b) {
    prior_of_band_[b] = prior_density_ * (1.0 + first_roughness(0.5 * (band_near(b) + band_far(b))));
  }
}

void ClutterMap::sweep(double from, double width, double seen, double range_max_m) {
  n_.range_max_m = range_max_m;
  for_each_direction(from, width, [&](std::size_t d, double share) {
    const double keep = 1.0 - std::min(0.5, share * seen / memory_turns_);
    const double keep_looks = 1.0 - share * seen / cell_memory_turns;
    n_.turns[d] = n_.turns[d] * keep + share * seen;
    for (std::size_t cell = d; cell < n_.counts.size(); cell += direction_count) {
      n_.counts[cell] *= keep;
      n_.cell_detections[cell] *= keep_looks;
      n_.cell_looks[cell] *= keep_looks;
    }
  });
  forget_bands();
}

double ClutterMap::area_looked_at(std::size_t band) const {
  const double near = band_near(band);
  const double far = n_.range_max_m > 0.0 ? std::clamp(n_.range_max_m, near, band_far(band)) : band_far(band);
  return std::numbers::pi * (far * far - near * near);
}

double ClutterMap::band_density(std::size_t band) const {
  double turns = 0.0;
  for (const double t : n_.turns) turns += t;
  turns /= static_cast<double>(direction_count);
  double counts = 0.0;
  for (std::size_t d = 0; d < direction_count; ++d) counts += n_.counts[band * direction_count + d];
  return (counts + band_prior_counts) / (turns * area_looked_at(band) + band_prior_counts / prior_of_band_[band]);
}

void ClutterMap::count(double range_m, double bearing, double weight) {
  n_.counts[band_of(range_m) * direction_count + direction_of(bearing)] += weight;
}

void ClutterMap::look(double range_m, double bearing, double detected, double seen) {
  const std::size_t b = band_of(range_m);
  const double keep = 1.0 - 1.0 / detection_memory_looks;
  n_.detections[b] = n_.detections[b] * keep + detected;
  n_.looks[b] = n_.looks[b] * keep + seen;
  const std::size_t cell = b * direction_count + direction_of(bearing);
  n_.cell_detections[cell] += detected;
  n_.cell_looks[cell] += seen;
}

double ClutterMap::density(double range_m, double bearing) {
  const std::size_t b = band_of(range_m);
  if (known_density_[b] <= 0.0) known_density_[b] = band_density(b);
  const std::size_t d = direction_of(bearing);
  const double cell_area = area_looked_at(b) / static_cast<double>(direction_count);
  return (n_.counts[b * direction_count + d] + cell_prior_counts) /
         (n_.turns[d] * cell_area + cell_prior_counts / known_density_[b]);
}

double ClutterMap::detection(double range_m, double bearing) const {
  const std::size_t b = band_of(range_m);
  return detection_in(b, direction_of(bearing), detection_in(b));
}

double ClutterMap::detection_in(std::size_t band, std::size_t direction, double of_band) const {
  const std::size_t cell = band * direction_count + direction;
  if (n_.cell_looks[cell] == 0.0) return of_band;
  const double p = (n_.cell_detections[cell] + cell_prior_looks * of_band) / (n_.cell_looks[cell] + cell_prior_looks);
  return std::clamp(p, least_detection, most_detection);
}

double ClutterMap::detection_in(std::size_t band) const {
  const double p =
      (n_.detections[band] + detection_prior_looks * prior_detection_) / (n_.looks[band] + detection_prior_looks);
  return std::clamp(p, least_detection, most_detection);
}

void ClutterMap::restore(const Numbers& numbers) {
  n_ = numbers;
  forget_bands();
}

}  // namespace headland::tracking
