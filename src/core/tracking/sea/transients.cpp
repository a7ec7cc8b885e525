// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/sea/transients.hpp"

#include "core/tracking/sea/newcomers.hpp"

namespace headland::tracking {
namespace {

constexpr double prior_weight = 1.0;       // of each level, in arrivals of vessels
constexpr double prior_first = 1.2;        // reach at age 0 before anything is known,
constexpr double prior_decay = 0.4;        // and what of it is left at each age more
constexpr double first_over_second = 1.6;  // transients of one plot are clutter to us: not counted, extrapolated
constexpr double memory_turns = 400.0;

// Arrivals of vessels grow inward without end, the sea does not.
constexpr double roughest_range_m = 700.0;

double prior(std::size_t age) { return prior_first * std::pow(prior_decay, static_cast<double>(age)); }

}  // namespace

TransientMap::TransientMap(const TrackerConfig& config) : config_(config) {}

void TransientMap::sweep(double from, double width, double seen, double range_max_m) {
  constexpr double sectors = static_cast<double>(direction_count);
  for_each_direction(from, width, [&](std::size_t d, double share) {
    for (std::size_t b = 0; b < band_count && band_near(b) < range_max_m; ++b) {
      const double far = std::min(band_far(b), range_max_m);
      const double part = (far - band_near(b)) / (band_far(b) - band_near(b));
      const double arrivals = arrival_density(config_, 0.5 * (band_near(b) + far)) * band_area(b) * part / sectors;
      n_.arrivals[b / 4 * directions + d / 4] += arrivals * share * seen;
    }
  });
  n_.swept += width / (2.0 * std::numbers::pi);
  if (n_.swept < 1.0) return;
  n_.swept -= 1.0;
  constexpr double keep = 1.0 - 1.0 / memory_turns;
  for (double& x : n_.counts) x *= keep;
  for (double& x : n_.arrivals) x *= keep;
}

void TransientMap::settle() {
  band_counts_ = {};
  band_arrivals_ = {};
  all_counts_ = {};
  all_arrivals_ = 0.0;
  for (std::size_t b = 0; b < bands; ++b) {
    for (std::size_t d = 0; d < directions; ++d) {
      const std::size_t cell = b * directions + d;
      band_arrivals_[b] += n_.arrivals[cell];
      for (std::size_t a = 0; a < ages; ++a) band_counts_[b * ages + a] += n_.counts[cell * ages + a];
    }
    all_arrivals_ += band_arrivals_[b];
    for (std::size_t a = 0; a < ages; ++a) all_counts_[a] += band_counts_[b * ages + a];
  }
}

void TransientMap::ended(double range_m, double bearing, std::size_t age, double weight) {
  if (age == 0 || age >= ages) return;
  const std::size_t b = band_of(range_m) / 4;
  const std::size_t d = direction_of(bearing) / 4;
  for (std::size_t a = 1; a <= age; ++a) {
    n_.counts[(b * directions + d) * ages + a] += weight;
  }
}

double TransientMap::reach(double range_m, double bearing, std::size_t age) const {
  if (age == 0) return first_over_second * reach(range_m, bearing, 1);
  const std::size_t a = std::min(age, ages - 1);
  const std::size_t b = band_of(range_m) / 4;
  const std::size_t cell = b * directions + direction_of(bearing) / 4;
  const double sea = arrival_density(config_, std::max(range_m, roughest_range_m)) / arrival_density(config_, range_m);
  double r = sea * (all_counts_[a] + prior_weight * prior(a)) / (all_arrivals_ + prior_weight);
  r = (band_counts_[b * ages + a] + prior_weight * r) / (band_arrivals_[b] + prior_weight);
  r = (n_.counts[cell * ages + a] + prior_weight * r) / (n_.arrivals[cell] + prior_weight);
  // Beyond the ages counted nothing is known but that it goes on as it did.
  for (std::size_t k = a; k < age; ++k) r *= prior_decay;
  return r;
}

void TransientMap::restore(const Numbers& numbers) {
  n_ = numbers;
  settle();
}

}  // namespace headland::tracking
