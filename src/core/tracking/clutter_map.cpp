// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/clutter_map.hpp"

#include <algorithm>
#include <cmath>

#include "core/tracking/beam.hpp"

namespace headland::tracking {
namespace {

constexpr double first_edge_m = 150.0;
constexpr double growth = 1.25;
constexpr double cell_prior_counts = 4.0;  // weight of the band in a cell
constexpr double band_prior_counts = 1.0;  // weight of the configuration in a band
// The sea is rough near the antenna: before anything is known, the density grows inward from the
// first range, with the square, to the second.
constexpr double sea_range_m = 2000.0;
constexpr double roughest_range_m = 500.0;
constexpr double detection_prior_looks = 20.0;
constexpr double detection_memory_looks = 2000.0;

double edge(std::size_t band) {
  return band == 0 ? 0.0 : first_edge_m * std::pow(growth, static_cast<double>(band - 1));
}

const std::array<double, ClutterMap::band_count + 1>& edges() {
  static const std::array<double, ClutterMap::band_count + 1> all = [] {
    std::array<double, ClutterMap::band_count + 1> e{};
    for (std::size_t k = 0; k < e.size(); ++k) e[k] = edge(k);
    return e;
  }();
  return all;
}

// Of a whole band, m^2.
double area(std::size_t band) {
  const double a = edges()[band];
  const double b = edges()[band + 1];
  return std::numbers::pi * (b * b - a * a);
}

}  // namespace

ClutterMap::ClutterMap(const TrackerConfig& config)
    : prior_density_(config.clutter_density_per_km2 * 1e-6),
      prior_detection_(config.detection_probability),
      memory_turns_(config.clutter_memory_turns) {
  for (std::size_t b = 0; b < band_count; ++b) refresh_band(b);
}

std::size_t ClutterMap::band_of(double range_m) {
  const auto& e = edges();
  const auto after = std::upper_bound(e.begin(), e.end(), range_m);
  const auto k = static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - e.begin() - 1, 0));
  return std::min(k, band_count - 1);
}

std::size_t ClutterMap::direction_of(double bearing) {
  double b = std::fmod(bearing, full_turn);
  if (b < 0.0) b += full_turn;
  return std::min(static_cast<std::size_t>(b / full_turn * static_cast<double>(direction_count)), direction_count - 1);
}

void ClutterMap::sweep(double from, double width, double seen) {
  const double cell = full_turn / static_cast<double>(direction_count);
  double at = from;
  const double end = from + std::min(width, full_turn);
  while (at < end - 1e-9) {
    const double next = std::min(end, (std::floor(at / cell + 1e-9) + 1.0) * cell);
    const std::size_t d = direction_of(0.5 * (at + next));
    const double share = (next - at) / cell;
    const double keep = 1.0 - std::min(0.5, share * seen / memory_turns_);
    n_.turns[d] = n_.turns[d] * keep + share * seen;
    for (std::size_t b = 0; b < band_count; ++b) n_.counts[b * direction_count + d] *= keep;
    at = next;
  }
  for (std::size_t b = 0; b < band_count; ++b) refresh_band(b);
}

void ClutterMap::refresh_band(std::size_t band) {
  double counts = 0.0;
  double turns = 0.0;
  for (std::size_t d = 0; d < direction_count; ++d) {
    counts += n_.counts[band * direction_count + d];
    turns += n_.turns[d];
  }
  turns /= static_cast<double>(direction_count);
  const double rough = sea_range_m / std::max(0.5 * (edges()[band] + edges()[band + 1]), roughest_range_m);
  const double prior = prior_density_ * (1.0 + rough * rough);
  band_density_[band] = (counts + band_prior_counts) / (turns * area(band) + band_prior_counts / prior);
}

void ClutterMap::count(double range_m, double bearing, double weight) {
  n_.counts[band_of(range_m) * direction_count + direction_of(bearing)] += weight;
}

void ClutterMap::look(double range_m, double detected, double seen) {
  const std::size_t b = band_of(range_m);
  const double keep = 1.0 - 1.0 / detection_memory_looks;
  n_.detections[b] = n_.detections[b] * keep + detected;
  n_.looks[b] = n_.looks[b] * keep + seen;
}

double ClutterMap::density(double range_m, double bearing) const {
  const std::size_t b = band_of(range_m);
  const std::size_t d = direction_of(bearing);
  const double cell_area = area(b) / static_cast<double>(direction_count);
  return (n_.counts[b * direction_count + d] + cell_prior_counts) /
         (n_.turns[d] * cell_area + cell_prior_counts / band_density_[b]);
}

double ClutterMap::detection(double range_m) const {
  const std::size_t b = band_of(range_m);
  const double p =
      (n_.detections[b] + detection_prior_looks * prior_detection_) / (n_.looks[b] + detection_prior_looks);
  return std::clamp(p, 0.2, 0.98);
}

void ClutterMap::restore(const Numbers& numbers) {
  n_ = numbers;
  for (std::size_t b = 0; b < band_count; ++b) refresh_band(b);
}

}  // namespace headland::tracking
