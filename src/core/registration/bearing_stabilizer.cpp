// SPDX-License-Identifier: Apache-2.0
#include "core/registration/bearing_stabilizer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/base/constants.hpp"
#include "core/base/units.hpp"

namespace headland::registration {
namespace {

constexpr double grid_step = 0.1 * radians_per_degree;
constexpr double largest = grid_step * static_cast<double>(BearingStabilizer::grid_middle);  // 4 degrees
constexpr std::uint32_t bearing_bins = 180;
constexpr double gate_sigmas = 3.0;
constexpr double longest_gap_s = 10.0;  // after which nothing is known of the error
constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
// Significant: known well, and clear of nothing.
constexpr double known_within = 0.45 * radians_per_degree;
constexpr double least_error = 0.2 * radians_per_degree;
constexpr double clear_sigmas = 2.0;

double at(std::size_t k) {
  return grid_step * (static_cast<double>(k) - static_cast<double>(BearingStabilizer::grid_middle));
}

double wrapped(double angle) { return std::remainder(angle, 2.0 * std::numbers::pi); }

void normalise(std::array<double, BearingStabilizer::grid_size>& p) {
  double sum = 0.0;
  for (const double v : p) sum += v;
  for (double& v : p) v /= sum;
}

std::size_t bin_of(double bearing) {
  const double turns = bearing / (2.0 * std::numbers::pi);
  const double share = turns - std::floor(turns);
  return std::min(static_cast<std::size_t>(share * bearing_bins), std::size_t{bearing_bins - 1});
}

}  // namespace

BearingStabilizer::BearingStabilizer(const BearingStabilizerConfig& config)
    : config_(config), by_bearing_(bearing_bins) {
  const double deviation = config_.error_deviation_deg * radians_per_degree;
  for (std::size_t k = 0; k < grid_size; ++k) prior_[k] = std::exp(-0.5 * std::pow(at(k) / deviation, 2)) + 1e-4;
  normalise(prior_);
  belief_ = prior_;
}

const BearingStabilizer::Estimate& BearingStabilizer::process(const PlotSector& sector) {
  const bool part = clockwise_from(sector.from, sector.to) > 1e-9;
  estimate_.applied = false;
  if (!part || sector.reference == BearingReference::head_up) return estimate_;
  ++counters_.sectors;
  const double dt_s = begun_ ? std::clamp(to_seconds(sector.ended - last_).value(), 0.0, longest_gap_s) : longest_gap_s;
  if (!begun_ || sector.turn != turn_) begin_turn(sector);
  begun_ = true;
  last_ = sector.ended;
  predict(dt_s);
  sight(sector);
  for (const Plot& plot : sector.plots) weigh(plot);
  judge();
  remember(sector, estimate_.error.radians());
  if (estimate_.applied) ++counters_.corrected;
  return estimate_;
}

void BearingStabilizer::predict(double dt_s) {
  const double jump = 1.0 - std::exp(-config_.jumps_per_s * dt_s);
  const double spread = config_.drift_deg_per_root_s * radians_per_degree * std::sqrt(dt_s) / grid_step;  // in steps
  // A random walk in steps of the grid: each round passes a share of half the variance to either side.
  double left = spread * spread;
  while (left > 1e-6) {
    const double share = 0.5 * std::min(left, 0.5);
    left -= 2.0 * share;
    std::array<double, grid_size> next{};
    for (std::size_t k = 0; k < grid_size; ++k) {
      next[k] += belief_[k] * (1.0 - 2.0 * share);
      next[k == 0 ? 0 : k - 1] += belief_[k] * share;
      next[k + 1 == grid_size ? k : k + 1] += belief_[k] * share;
    }
    belief_ = next;
    if (left > 200.0) break;  // flat already
  }
  for (std::size_t k = 0; k < grid_size; ++k) belief_[k] = (1.0 - jump) * belief_[k] + jump * prior_[k];
}

void BearingStabilizer::begin_turn(const PlotSector& sector) {
  if (sector.turn < turn_) {  // the radar counts anew
    for (Echo& e : echoes_) e.last_turn = sector.turn;
  }
  turn_ = sector.turn;
  std::erase_if(echoes_, [&](const Echo& e) {
    const std::uint32_t unseen = sector.turn - e.last_turn;
    return unseen > std::min(e.plots, config_.memory_turns);
  });
  for (Echo& e : echoes_) {
    e.bin = static_cast<std::uint32_t>(bin_of(
        std::atan2(e.east_m - sector.site_east_m, e.north_m - sector.site_north_m) - sector.site_north.radians()));
  }
  sort_bins();
}

void BearingStabilizer::sort_bins() {
  for (auto& bin : by_bearing_) bin.clear();
  for (std::uint32_t k = 0; k < echoes_.size(); ++k) {
    if (echoes_[k].bin < bearing_bins) by_bearing_[echoes_[k].bin].push_back(k);
  }
}

void BearingStabilizer::sight(const PlotSector& sector) {
  sighted_.clear();
  const double reach = largest + gate_sigmas * config_.echo_bearing_deviation_deg * radians_per_degree;
  const double width = clockwise_from(sector.from, sector.to) + 2.0 * reach;
  const double bin_width = 2.0 * std::numbers::pi / static_cast<double>(bearing_bins);
  const std::size_t first = bin_of(sector.from.radians() - reach);
  const auto count = std::min<std::size_t>(bearing_bins, static_cast<std::size_t>(width / bin_width) + 2);
  for (std::size_t i = 0; i < count; ++i) {
    for (const std::uint32_t k : by_bearing_[(first + i) % bearing_bins]) {
      const double de = echoes_[k].east_m - sector.site_east_m;
      const double dn = echoes_[k].north_m - sector.site_north_m;
      sighted_.push_back({std::hypot(de, dn), std::atan2(de, dn) - sector.site_north.radians(), k});
    }
  }
  std::sort(sighted_.begin(), sighted_.end(), [](const Sighted& a, const Sighted& b) {
    return a.range_m != b.range_m ? a.range_m < b.range_m : a.echo < b.echo;
  });
}

std::array<std::size_t, 2> BearingStabilizer::near(double range_m) const {
  const double gate = gate_sigmas * config_.echo_range_deviation_m;
  const auto by_range = [](const Sighted& s, double value) { return s.range_m < value; };
  const auto a = std::lower_bound(sighted_.begin(), sighted_.end(), range_m - gate, by_range);
  const auto b = std::lower_bound(a, sighted_.end(), range_m + gate, by_range);
  return {static_cast<std::size_t>(a - sighted_.begin()), static_cast<std::size_t>(b - sighted_.begin())};
}

void BearingStabilizer::weigh(const Plot& plot) {
  const double deviation = config_.echo_bearing_deviation_deg * radians_per_degree;
  const double reach = largest + gate_sigmas * deviation;
  likelihood_.fill(0.0);
  double weights = 0.0;
  const auto [a, b] = near(plot.range.value());
  for (std::size_t i = a; i < b; ++i) {
    const Echo& echo = echoes_[sighted_[i].echo];
    if (echo.plots < config_.least_plots) continue;
    const double off = wrapped(plot.bearing.radians() - sighted_[i].bearing);
    if (std::abs(off) > reach) continue;
    const double dr = (plot.range.value() - sighted_[i].range_m) / config_.echo_range_deviation_m;
    const double weight = std::exp(-0.5 * dr * dr);
    weights += weight;
    add_bell(off, weight);
  }
  if (weights < 0.05) return;
  // Densities over the error: an outlier lies anywhere on the grid.
  const double outlier = config_.outlier_share / (2.0 * largest);
  const double hit = (1.0 - config_.outlier_share) / (deviation * std::sqrt(2.0 * std::numbers::pi) * weights);
  for (std::size_t k = 0; k < grid_size; ++k) {
    const double ratio = 1.0 + hit / outlier * likelihood_[k];
    belief_[k] *= config_.evidence_share == 0.5 ? std::sqrt(ratio) : std::pow(ratio, config_.evidence_share);
  }
  normalise(belief_);
}

// Adds weight * exp(-(off - error)^2 / 2 deviation^2) over the grid. A bell is the first times a geometric
// sequence whose ratio is itself one: two multiplications a step instead of an exponential.
void BearingStabilizer::add_bell(double off, double weight) {
  const double deviation = config_.echo_bearing_deviation_deg * radians_per_degree;
  const double h = grid_step / deviation;
  const double reach = 4.0 * deviation;
  const double middle = static_cast<double>(grid_middle);
  const double low = std::ceil((off - reach) / grid_step + middle);
  const double high = std::floor((off + reach) / grid_step + middle);
  const auto first = static_cast<std::size_t>(std::max(low, 0.0));
  const auto last = static_cast<std::size_t>(std::clamp(high, -1.0, static_cast<double>(grid_size - 1)) + 1.0);
  if (first >= last) return;
  const double x = (at(first) - off) / deviation;
  double value = weight * std::exp(-0.5 * x * x);
  double ratio = std::exp(-h * (x + 0.5 * h));
  const double change = std::exp(-h * h);
  for (std::size_t k = first; k < last; ++k) {
    likelihood_[k] += value;
    value *= ratio;
    ratio *= change;
  }
}

void BearingStabilizer::judge() {
  double mean = 0.0;
  double square = 0.0;
  for (std::size_t k = 0; k < grid_size; ++k) {
    mean += belief_[k] * at(k);
    square += belief_[k] * at(k) * at(k);
  }
  const double deviation = std::sqrt(std::max(square - mean * mean, 0.0));
  estimate_.error = Angle(Radians(mean));
  estimate_.deviation = Angle(Radians(deviation));
  estimate_.applied =
      deviation < known_within && std::abs(mean) > least_error && std::abs(mean) > clear_sigmas * deviation;
}

std::uint32_t BearingStabilizer::match(const Plot& plot, double error_rad, std::uint32_t turn) const {
  const auto [a, b] = near(plot.range.value());
  std::uint32_t best = none;
  double least = gate_sigmas * gate_sigmas;
  for (std::size_t i = a; i < b; ++i) {
    const Echo& echo = echoes_[sighted_[i].echo];
    if (echo.last_turn == turn && echo.plots > 0) continue;  // has its plot
    const double db = wrapped(plot.bearing.radians() - error_rad - sighted_[i].bearing) /
                      (config_.echo_bearing_deviation_deg * radians_per_degree);
    const double dr = (plot.range.value() - sighted_[i].range_m) / config_.echo_range_deviation_m;
    const double distance = db * db + dr * dr;
    if (distance < least) {
      least = distance;
      best = sighted_[i].echo;
    }
  }
  return best;
}

void BearingStabilizer::remember(const PlotSector& sector, double error_rad) {
  for (const Plot& plot : sector.plots) {
    const double a = plot.bearing.radians() + sector.site_north.radians();
    const double east = sector.site_east_m + plot.range.value() * std::sin(a);
    const double north = sector.site_north_m + plot.range.value() * std::cos(a);
    const std::uint32_t found = match(plot, error_rad, sector.turn);
    if (found != none) {
      Echo& echo = echoes_[found];
      ++echo.plots;
      echo.last_turn = sector.turn;
      // As measured, not as corrected: the mean of what is measured is the reference and cannot drift off.
      const double gain = 1.0 / std::min(echo.plots, config_.memory_turns);
      echo.east_m += gain * (east - echo.east_m);
      echo.north_m += gain * (north - echo.north_m);
    } else if (echoes_.size() < config_.most_echoes) {
      echoes_.push_back({east, north, 1, sector.turn, bearing_bins});
    } else {
      ++counters_.echoes_refused;
    }
  }
}

std::size_t BearingStabilizer::reference_count() const {
  return static_cast<std::size_t>(
      std::count_if(echoes_.begin(), echoes_.end(), [&](const Echo& e) { return e.plots >= config_.least_plots; }));
}

BearingStabilizer::Snapshot BearingStabilizer::snapshot() const {
  return {belief_, echoes_, last_.time_since_epoch().count(), turn_, begun_};
}

void BearingStabilizer::restore(const Snapshot& snapshot) {
  belief_ = snapshot.belief;
  double sum = 0.0;
  for (const double p : belief_) sum += p >= 0.0 ? p : -1e9;
  if (!(sum > 0.5 && sum < 2.0)) belief_ = prior_;
  echoes_ = snapshot.echoes;
  last_ = Timestamp(Duration(snapshot.last_ns));
  turn_ = snapshot.turn;
  begun_ = snapshot.begun;
  sort_bins();
}

}  // namespace headland::registration
