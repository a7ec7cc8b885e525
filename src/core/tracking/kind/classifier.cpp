// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/kind/classifier.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/constants.hpp"

namespace headland::tracking {
namespace {

constexpr double memory_looks = 60.0;
constexpr double independent_looks = 12.0;  // of hits and misses: fades last
constexpr double still_mps = 0.12;          // what is at rest seems to move
constexpr double vessel_life_s = 2500.0;
constexpr double phantom_life_s = 60.0;
constexpr double phantom_detection = 0.5;
constexpr double fast_from_mps = 20.0 * mps_per_knot;
constexpr double fast_margin_mps = 0.5;  // some 20 knots

// Speed and length: median and spread of the logarithm; strength against all vessels: mean and deviation.
struct Model {
  TrackClass kind;
  double prior;
  double speed_mps, speed_spread;
  double length_m, length_spread;
  double strength_db, strength_deviation_db;
  double stands;  // how often shown at rest
};
constexpr Model models[] = {
    {TrackClass::large, 0.12, 4.7, 0.45, 103.0, 0.45, 4.0, 8.0, 0.02},
    {TrackClass::small, 0.17, 2.2, 0.70, 17.0, 0.50, -3.0, 8.0, 0.02},
    {TrackClass::fast, 0.03, 14.0, 0.25, 30.0, 0.80, 0.0, 8.0, 0.001},
    {TrackClass::stationary, 0.65, 0.0, 0.0, 17.5, 0.80, 0.0, 8.0, 0.95},
    {TrackClass::improbable, 0.03, 1.5, 1.20, 8.0, 0.70, -6.0, 6.0, 0.3},
};

// A measured value, its deviation and what all models need of it.
struct Measured {
  double x = 0.0;
  double variance_of_log = 0.0;
  double log_x = 0.0;
  Measured(double value, double deviation)
      : x(value), variance_of_log(square(deviation / value)), log_x(std::log(value)) {}
};

// Log density under a logarithmic normal distribution.
double log_normal(const Measured& m, double median, double spread) {
  const double variance = square(spread) + m.variance_of_log;
  return -0.5 * square(std::log(m.x / median)) / variance - 0.5 * std::log(variance) - m.log_x;
}

double of_speed(const Evidence& e, const Measured& measured, const Model& m) {
  const double speed = measured.x;
  if (m.kind != TrackClass::stationary) return log_normal(measured, m.speed_mps, m.speed_spread);
  const double variance = square(still_mps) + square(e.speed_deviation_mps);
  return std::log(speed / variance) - 0.5 * square(speed) / variance + 0.5 * std::log(2.0 * std::numbers::pi);
}

// Faster than some 20 knots, or not.
double of_limit(const Evidence& e, const Model& m) {
  if (m.kind == TrackClass::stationary || m.kind == TrackClass::improbable) return 0.0;
  const double over = (e.speed_mps - fast_from_mps) / std::hypot(e.speed_deviation_mps, fast_margin_mps);
  const double faster = 0.5 * std::erfc(-over / std::numbers::sqrt2);
  return std::log(std::max(m.kind == TrackClass::fast ? faster : 1.0 - faster, 1e-12));
}

double of_rest(const Evidence& e, const Model& m) { return std::log(e.stands ? m.stands : 1.0 - m.stands); }

double of_strength(const Evidence& e, const Model& m, double log_deviation) {
  return -0.5 * square((e.relative_db - m.strength_db) / m.strength_deviation_db) - log_deviation;
}

double of_life(const Evidence& e, bool vessel) {
  const double scale = e.looks > independent_looks ? independent_looks / e.looks : 1.0;
  const double p = std::clamp(vessel ? e.detection : phantom_detection, 0.05, 0.95);
  const double missed = std::max(e.looks - e.hits, 0.0);
  return scale * (e.hits * std::log(p) + missed * std::log(1.0 - p)) -
         e.life_s / (vessel ? vessel_life_s : phantom_life_s);
}

}  // namespace

void History::hit(double ve_mps, double vn_mps, double relative_db) {
  for (double& s : sums_) s *= 1.0 - 1.0 / memory_looks;
  const double add[] = {1.0, 1.0, 1.0, ve_mps, vn_mps, relative_db};
  for (std::size_t k = 0; k < sums_.size(); ++k) sums_[k] += add[k];
}

void History::miss(double share_seen) {
  sums_[0] *= 1.0 - share_seen / memory_looks;
  sums_[1] = sums_[1] * (1.0 - share_seen / memory_looks) + share_seen;
}

void History::take(const History& other) {
  for (std::size_t k = 0; k < sums_.size(); ++k) sums_[k] += other.sums_[k];
}

double History::speed_mps() const { return sums_[2] > 0.0 ? std::hypot(sums_[3], sums_[4]) / sums_[2] : 0.0; }
double History::relative_db() const { return sums_[2] > 0.0 ? sums_[5] / sums_[2] : 0.0; }

TrackKind classify(const Evidence& e) {
  constexpr std::size_t n = std::size(models);
  static const auto log_deviations = [] {
    std::array<double, n> all{};
    for (std::size_t k = 0; k < n; ++k) all[k] = std::log(models[k].strength_deviation_db);
    return all;
  }();
  const Measured speed(std::max(e.speed_mps, 0.02), e.speed_deviation_mps);
  const Measured length(std::max(e.size.length.value(), 3.0), e.size.length_deviation.value());
  const double life_of_vessel = of_life(e, true);
  std::array<double, n> log_of{};
  for (std::size_t k = 0; k < n; ++k) {
    const Model& m = models[k];
    // That the tracker itself doubts it speaks for no vessel, too.
    const double prior = m.kind == TrackClass::improbable ? m.prior + (1.0 - e.existence) : m.prior * e.existence;
    const double by_length = e.size.known ? log_normal(length, m.length_m, m.length_spread) : 0.0;
    const double by_life = m.kind == TrackClass::improbable ? of_life(e, false) : life_of_vessel;
    log_of[k] = std::log(std::max(prior, 1e-12)) + of_speed(e, speed, m) + of_limit(e, m) + of_rest(e, m) + by_length +
                of_strength(e, m, log_deviations[k]) + by_life;
  }
  const double most = *std::max_element(log_of.begin(), log_of.end());
  double sum = 0.0;
  for (const double l : log_of) sum += std::exp(l - most);
  const auto best = static_cast<std::size_t>(std::max_element(log_of.begin(), log_of.end()) - log_of.begin());
  return {models[best].kind, 1.0 / sum};
}

}  // namespace headland::tracking
