// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/sea/transients.hpp"

#include "core/tracking/sea/clutter_map.hpp"

namespace headland::tracking {
namespace {

// Before anything is known: in one sea of twenty there are transients, of which half are gone each turn. Noise begins
// none.
constexpr double seas_with = 0.05;
constexpr double next_to_none = 1e-5;  // nothing to speak of; others are from the next
constexpr double next_share = 1e-4;    // to the greatest,
constexpr double greatest_share = 0.3;
constexpr double rarity = 10.0;                // above one in so many they are the rarer
constexpr double least_sea_share = 1.0 / 6.0;  // as many where at least so much is of the sea; else in proportion
constexpr double first_decay = 0.5;            // what is left of them at each age more,
constexpr double first_ended = 0.12;           // as if so many had been seen to end,
constexpr double first_plots = 100.0;          // in so many plots
constexpr double local = 1.0;                  // transients that are seen in a band, or cell, before it is believed
constexpr double known_turns = 1.25;           // until a second plot would have come
constexpr double first_over_second = 1.3;      // transients of one plot are clutter to us: not counted, extrapolated
constexpr double most_first = 0.9;
constexpr double old_decay = 0.6;    // left at each age beyond those counted: what is old may well go on
constexpr double seen_to_end = 1.5;  // turns until it shows that there is nothing any more
constexpr double memory_turns = 400.0;

const std::array<double, TransientMap::shares>& all_shares() {
  static const std::array<double, TransientMap::shares> all = [] {
    std::array<double, TransientMap::shares> s{};
    s[0] = next_to_none;
    const double steps = static_cast<double>(s.size() - 2);
    for (std::size_t k = 1; k < s.size(); ++k) {
      s[k] = next_share * std::pow(greatest_share / next_share, static_cast<double>(k - 1) / steps);
    }
    return s;
  }();
  return all;
}

// Log-probability of a share, but for its rarity.
double first_log(std::size_t k) {
  static const double none = std::log(1.0 - seas_with);
  static const double any = std::log(seas_with / static_cast<double>(TransientMap::shares - 1));
  return k == 0 ? none : any;
}

// Of the transients that came again, those that have their last plot at this age.
double first_ended_at(std::size_t age) {
  const double reached = std::pow(first_decay, static_cast<double>(age) - 1.0);
  return age + 1 < TransientMap::ages ? (1.0 - first_decay) * reached : reached;
}

// As many transients are expected in a band, for the most that are anywhere.
double relative_sea(std::size_t band) {
  constexpr std::size_t n = TransientMap::cells_in_one;
  return std::min(first_sea_share(0.5 * (band_near(n * band) + band_far(n * band + n - 1))) / least_sea_share, 1.0);
}

double mean(double count, double plots, double first_count, double in_plots) {
  return (std::max(count, 0.0) + first_count) / (plots + in_plots);
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
  for (double& x : n_.evidence) x *= keep;
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

void TransientMap::tell(double odds, double before) {
  if (odds == before) return;
  for (std::size_t k = 0; k < shares; ++k) {
    n_.evidence[k] += std::log((1.0 + odds * all_shares()[k]) / (1.0 + before * all_shares()[k]));
  }
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

// After so many plots that could have come again.
void TransientMap::weigh_shares(double plots) {
  std::array<double, shares> log{};
  for (std::size_t k = 0; k < shares; ++k) {
    log[k] = first_log(k) - (rarity + plots) * all_shares()[k] + n_.evidence[k];
  }
  const double top = *std::max_element(log.begin(), log.end());
  double sum = 0.0;
  for (std::size_t k = 0; k < shares; ++k) sum += weights_[k] = std::exp(log[k] - top);
  for (double& w : weights_) w /= sum;
  share_ = share_without(0.0);
}

double TransientMap::share_without(double told_odds) const {
  double sum = 0.0;
  double weighted = 0.0;
  for (std::size_t k = 0; k < shares; ++k) {
    const double w = weights_[k] / (1.0 + told_odds * all_shares()[k]);
    sum += w;
    weighted += w * all_shares()[k];
  }
  return weighted / sum;
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
  const auto old = [&](double lag) { return n_.turns > 0.0 ? std::max(n_.turns - lag, 0.0) / n_.turns : 0.0; };
  weigh_shares(old(known_turns) * all_plots);
  std::array<double, ages> at_age{};
  double of_all = 0.0;
  for (std::size_t a = 1; a < ages; ++a) {
    // What began less than so many turns ago cannot be known to have ended at that age.
    old_[a] = old(static_cast<double>(a) + seen_to_end);
    at_age[a] = mean(all_counts[a], old_[a] * all_plots, first_ended * first_ended_at(a), first_plots);
    of_all += at_age[a];
  }
  for (double& x : at_age) x *= local / of_all;
  for (std::size_t b = 0; b < bands; ++b) {
    std::array<double, ages> ended{};
    double of_band = 0.0;
    const double in_plots = local / (share_ * of_sea[b]);
    known_[b] = old_[1] * band_plots_[b] / in_plots;
    for (std::size_t a = 1; a < ages; ++a) {
      ended[a] = mean(band_counts_[b * ages + a], old_[a] * band_plots_[b], at_age[a], in_plots);
      of_band += ended[a];
    }
    first_plots_[b] = local / of_band;
    for (std::size_t a = 1; a < ages; ++a) first_counts_[b * ages + a] = first_plots_[b] * ended[a];
  }
}

double TransientMap::reach(double range_m, double bearing, std::size_t age, double told_odds) const {
  const std::size_t cell = cell_of(range_m, bearing);
  const std::size_t band = cell / directions;
  const std::size_t least = std::clamp<std::size_t>(age, 1, ages - 1);
  double expected_in = first_plots_[band];
  if (told_odds > 0.0) {
    const double known = known_[band];
    expected_in *= (known + share_ / share_without(told_odds)) / (known + 1.0);
  }
  double r = 0.0;
  for (std::size_t a = least; a < ages; ++a) {
    r += mean(n_.counts[cell * ages + a], old_[a] * n_.plots[cell], first_counts_[band * ages + a], expected_in);
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
