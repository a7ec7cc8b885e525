// SPDX-License-Identifier: Apache-2.0
#include "core/registration/bias_estimator.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace headland::registration {
namespace {

constexpr double radian = std::numbers::pi / 180.0;
constexpr double biweight_sigmas = 4.0;  // a witness so far off weighs nothing
constexpr int rounds = 12;               // of reweighting: far past convergence for a handful of witnesses

double square(double x) { return x * x; }

double step(double from, double to, double most) { return from + std::clamp(to - from, -most, most); }

}  // namespace

void BiasEstimator::observe(const BiasLook& look) {
  if (!(look.range_m > 1.0) || !std::isfinite(look.range_error_m) || !std::isfinite(look.bearing_error_rad)) return;
  if (!vessels_.contains(look.vessel) && vessels_.size() >= config_.most_vessels) forget_stalest();
  Vessel& v = vessels_[look.vessel];
  const std::int64_t look_ns = look.time.time_since_epoch().count();
  if (static_cast<double>(look_ns - v.last_ns) > config_.memory_s * 1e9) v = Vessel{};
  v.looks = std::min(v.looks + 1.0, config_.memory_looks);
  const double gain = 1.0 / v.looks;
  v.range_error_m += gain * (look.range_error_m - v.range_error_m);
  v.bearing_error_rad += gain * (look.bearing_error_rad - v.bearing_error_rad);
  v.inverse_range += gain * (1.0 / look.range_m - v.inverse_range);
  v.speed_mps += gain * (look.speed_mps - v.speed_mps);
  v.last_ns = look_ns;
  newest_ns_ = std::max(newest_ns_, v.last_ns);
  judge();
}

void BiasEstimator::forget_stalest() {
  const auto stalest = std::min_element(vessels_.begin(), vessels_.end(), [](const auto& a, const auto& b) {
    return a.second.last_ns < b.second.last_ns;
  });
  if (stalest != vessels_.end()) vessels_.erase(stalest);
}

void BiasEstimator::combine(const std::vector<Witness>& witnesses, double prior, double& bias, double& deviation,
                            std::uint32_t& believed) {
  // From the median on, so that one liar among three does not draw the start to itself.
  std::vector<double> sorted;
  sorted.reserve(witnesses.size());
  for (const Witness& w : witnesses) sorted.push_back(w.error);
  std::sort(sorted.begin(), sorted.end());
  bias = sorted.empty() ? 0.0 : 0.5 * (sorted[(sorted.size() - 1) / 2] + sorted[sorted.size() / 2]);
  deviation = prior;
  believed = 0;
  for (int k = 0; k < rounds; ++k) {
    double weight = 1.0 / square(prior);
    double sum = 0.0;
    believed = 0;
    for (const Witness& w : witnesses) {
      const double off = (w.error - bias) / (biweight_sigmas * w.deviation);
      if (std::abs(off) >= 1.0) continue;
      ++believed;
      const double share = square(1.0 - square(off)) / square(w.deviation);
      weight += share;
      sum += share * w.error;
    }
    bias = sum / weight;
    deviation = std::sqrt(1.0 / weight);
  }
}

void BiasEstimator::judge() {
  std::vector<Witness> range;
  std::vector<Witness> bearing;
  const std::int64_t oldest = newest_ns_ - static_cast<std::int64_t>(config_.memory_s * 1e9);
  std::erase_if(vessels_, [&](const auto& entry) { return entry.second.last_ns < oldest; });
  for (const auto& [mmsi, v] : vessels_) {
    if (v.looks < config_.least_looks) continue;
    const double offset = std::hypot(config_.vessel_offset_m, v.speed_mps * config_.latency_deviation_s);
    range.push_back({v.range_error_m, std::sqrt(square(offset) + square(config_.look_range_m) / v.looks)});
    bearing.push_back(
        {v.bearing_error_rad, std::sqrt(square(offset * v.inverse_range) + square(config_.vessel_bearing_deg * radian) +
                                        square(config_.look_bearing_deg * radian) / v.looks)});
  }
  std::uint32_t in_range = 0;
  std::uint32_t in_bearing = 0;
  combine(range, config_.prior_range_m, estimate_.bias.range_m, estimate_.deviation.range_m, in_range);
  combine(bearing, config_.prior_bearing_deg * radian, estimate_.bias.bearing_rad, estimate_.deviation.bearing_rad,
          in_bearing);
  estimate_.vessels = std::min(in_range, in_bearing);
  estimate_.refused = static_cast<std::uint32_t>(range.size()) - estimate_.vessels;
}

const Bias& BiasEstimator::applied(Timestamp now) {
  const std::int64_t now_ns = now.time_since_epoch().count();
  const double dt_s = applied_ns_ == 0 ? 0.0 : std::clamp(static_cast<double>(now_ns - applied_ns_) * 1e-9, 0.0, 10.0);
  if (applied_ns_ == 0 || now_ns > applied_ns_) applied_ns_ = now_ns;
  const auto believed = [&](double bias, double deviation) {
    return std::abs(bias) > config_.significant_sigmas * deviation ? bias : 0.0;
  };
  // Once it is in force it stays until enough witnesses say otherwise: no switching on and off at the limit.
  if (estimate_.vessels >= config_.least_vessels) {
    const double range = applied_.range_m != 0.0 ? estimate_.bias.range_m
                                                 : believed(estimate_.bias.range_m, estimate_.deviation.range_m);
    const double bearing = applied_.bearing_rad != 0.0
                               ? estimate_.bias.bearing_rad
                               : believed(estimate_.bias.bearing_rad, estimate_.deviation.bearing_rad);
    applied_.range_m = step(applied_.range_m, range, config_.slew_range_mps * dt_s);
    applied_.bearing_rad = step(applied_.bearing_rad, bearing, config_.slew_bearing_deg_per_s * radian * dt_s);
  }
  return applied_;
}

BiasEstimator::Snapshot BiasEstimator::snapshot() const {
  Snapshot s;
  for (const auto& [mmsi, v] : vessels_) {
    s.mmsi.push_back(mmsi.value());
    s.vessels.push_back(v);
  }
  s.applied = applied_;
  s.applied_ns = applied_ns_;
  return s;
}

void BiasEstimator::restore(const Snapshot& snapshot) {
  vessels_.clear();
  for (std::size_t k = 0; k < snapshot.mmsi.size() && k < snapshot.vessels.size(); ++k) {
    vessels_[Mmsi(snapshot.mmsi[k])] = snapshot.vessels[k];
  }
  newest_ns_ = 0;
  for (const auto& [mmsi, v] : vessels_) newest_ns_ = std::max(newest_ns_, v.last_ns);
  applied_ = snapshot.applied;
  applied_ns_ = snapshot.applied_ns;
  judge();
}

}  // namespace headland::registration
