// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/sea/transients.hpp"

#include "core/tracking/sea/clutter_map.hpp"

namespace headland::tracking {
namespace {

// Before anything is known, one clutter plot of the sea in some hundreds begins a transient, of which half are gone
// each turn. Noise begins none.
constexpr double prior_share = 0.0012;         // of clutter plots, transients that reach age 1,
constexpr double least_sea_share = 1.0 / 6.0;  // where at least so much is of the sea; else in proportion
constexpr double prior_decay = 0.5;            // and what of them is left at each age more
constexpr double prior_plots = 100.0;      // weight of each level: so much clutter must be seen before it is believed
constexpr double first_over_second = 1.3;  // transients of one plot are clutter to us: not counted, extrapolated
constexpr double most_first = 0.9;
constexpr double old_decay = 0.6;    // left at each age beyond those counted: what is old may well go on
constexpr double seen_to_end = 1.5;  // turns until it shows that there is nothing any more
constexpr double memory_turns = 400.0;

// That a transient which reaches age 1 has its last plot at this age.
double prior_ended(std::size_t age) {
  const double reached = prior_share * std::pow(prior_decay, static_cast<double>(age) - 1.0);
  return age + 1 < TransientMap::ages ? (1.0 - prior_decay) * reached : reached;
}

// As many transients are expected in a band, for the most that are anywhere.
double relative_sea(std::size_t band) {
  constexpr std::size_t n = TransientMap::cells_in_one;
  return std::min(first_sea_share(0.5 * (band_near(n * band) + band_far(n * band + n - 1))) / least_sea_share, 1.0);
}

double posterior(double count, double plots, double prior) {
  return (std::max(count, 0.0) + prior_plots * prior) / (plots + prior_plots);
}

}  // namespace

void TransientMap::sweep(double width) {
  const double part = width / (2.0 * std::numbers::pi);
  n_.turns += part;
  n_.swept += part;
  if (n_.swept < 1.0) return;
  n_.swept -= 1.0;
  constexpr double keep = 1.0 - 1.0 / memory_turns;
  n_.turns *= keep;
  for (double& x : n_.counts) x *= keep;
  for (double& x : n_.plots) x *= keep;
  summed_.fill(false);
}

void TransientMap::count(double range_m, double bearing, double weight) {
  const std::size_t cell = cell_of(range_m, bearing);
  n_.plots[cell] += weight;
  summed_[cell / directions] = false;
}

void TransientMap::gone(const ToldTransient& told, double sign) {
  if (told.age == 0 || told.age >= ages) return;
  n_.counts[told.cell * ages + told.age] += sign * told.weight;
  summed_[told.cell / directions] = false;
}

std::size_t TransientMap::cell_of(double range_m, double bearing) {
  return band_of(range_m) / cells_in_one * directions + direction_of(bearing) / cells_in_one;
}

void TransientMap::sum_band(std::size_t band) {
  std::array<double, ages> counts{};
  double plots = 0.0;
  for (std::size_t d = 0; d < directions; ++d) {
    const std::size_t cell = band * directions + d;
    plots += n_.plots[cell];
    for (std::size_t a = 0; a < ages; ++a) counts[a] += n_.counts[cell * ages + a];
  }
  band_plots_[band] = plots;
  std::copy(counts.begin(), counts.end(), band_counts_.begin() + static_cast<std::ptrdiff_t>(band * ages));
  summed_[band] = true;
}

void TransientMap::settle() {
  std::array<double, ages> all_counts{};
  std::array<double, bands> of_sea{};  // as it is before anything is known
  double all_plots = 0.0;
  for (std::size_t b = 0; b < bands; ++b) {
    if (!summed_[b]) sum_band(b);
    of_sea[b] = relative_sea(b);
    all_plots += band_plots_[b] * of_sea[b];
    for (std::size_t a = 0; a < ages; ++a) all_counts[a] += band_counts_[b * ages + a];
  }
  for (std::size_t a = 1; a < ages; ++a) {
    // What began less than so many turns ago cannot be known to have ended at that age.
    const double lag = static_cast<double>(a) + seen_to_end;
    old_[a] = n_.turns > 0.0 ? std::max(n_.turns - lag, 0.0) / n_.turns : 0.0;
    const double sea = posterior(all_counts[a], old_[a] * all_plots, prior_ended(a));
    for (std::size_t b = 0; b < bands; ++b) {
      band_ended_[b * ages + a] = posterior(band_counts_[b * ages + a], old_[a] * band_plots_[b], sea * of_sea[b]);
    }
  }
}

double TransientMap::reach(double range_m, double bearing, std::size_t age) const {
  const std::size_t cell = cell_of(range_m, bearing);
  const std::size_t least = std::clamp<std::size_t>(age, 1, ages - 1);
  double r = 0.0;
  for (std::size_t a = least; a < ages; ++a) {
    r += posterior(n_.counts[cell * ages + a], old_[a] * n_.plots[cell], band_ended_[cell / directions * ages + a]);
  }
  if (age == 0) return std::min(first_over_second * r, most_first);
  r = std::min(r, most_first);
  for (std::size_t k = least; k < age; ++k) r *= old_decay;
  return r;
}

void TransientMap::restore(const Numbers& numbers) {
  n_ = numbers;
  summed_.fill(false);
  settle();
}

}  // namespace headland::tracking
