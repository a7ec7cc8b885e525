// SPDX-License-Identifier: Apache-2.0
#include "core/registration/drifting_bias.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/constants.hpp"

namespace headland::registration {
namespace {

using Values = std::array<double, JointLook::biases>;

Values values_of(const Bias& b) { return {b.range_m, b.bearing_rad, b.time_s, b.range_scale}; }
Bias bias_of(const Values& v) { return {v[0], v[1], v[2], v[3]}; }
constexpr std::size_t time = 2;       // of Values
constexpr double clear_sigmas = 2.0;  // of the short memory: from there on a bias is followed

JointBiasConfig with_memory(JointBiasConfig config, double memory_s) {
  config.memory_s = std::min(config.memory_s, memory_s);
  return config;
}

}  // namespace

DriftingBias::DriftingBias(const DriftingBiasConfig& config)
    : config_(config), whole_(config.joint), recent_(with_memory(config.joint, config.short_memory_s)) {}

void DriftingBias::observe(const JointLook& look, const WitnessPrior& prior) {
  whole_.observe(look, prior);
  recent_.observe(look, prior);
}

void DriftingBias::solve(std::int64_t now_ns) {
  whole_.solve(now_ns);
  recent_.solve(now_ns);
  find_common_time();
  for (const SensorId sensor : whole_.sensors()) {
    Drift& drift = drifts_[sensor];
    const double dt_s = drift.last_ns == 0 ? 0.0 : std::max(0.0, static_cast<double>(now_ns - drift.last_ns) * 1e-9);
    drift.last_ns = now_ns;
    const BiasEstimate all = whole_.estimate(sensor);
    const BiasEstimate late = recent_.estimate(sensor);
    if (all.vessels + all.shared == 0 || late.vessels + late.shared == 0) continue;
    // A contradiction counts at once, and is forgotten slowly.
    const double rise = 1.0 - std::exp(-dt_s / config_.rise_s);
    const double fall = 1.0 - std::exp(-dt_s / config_.drift_memory_s);
    const Values a = values_of(all.bias), l = values_of(late.bias);
    const Values sa = values_of(all.deviation), sl = values_of(late.deviation);
    for (std::size_t i = 0; i < a.size(); ++i) {
      const double expected = std::max(0.0, square(sl[i]) - square(sa[i]));
      const double off = l[i] - a[i] - (i == time ? common_time_s_ : 0.0);
      const double excess = square(off) - expected;
      drift.square[i] += (excess > drift.square[i] ? rise : fall) * (excess - drift.square[i]);
    }
  }
}

// The median: a single clock that was set anew is no common drift.
void DriftingBias::find_common_time() {
  std::vector<double> off;
  for (const SensorId sensor : whole_.sensors()) {
    const BiasEstimate all = whole_.estimate(sensor);
    const BiasEstimate late = recent_.estimate(sensor);
    if (all.vessels > 0 && late.vessels > 0) off.push_back(late.bias.time_s - all.bias.time_s);
  }
  std::sort(off.begin(), off.end());
  const std::size_t n = off.size();
  common_time_s_ = n < 2 ? 0.0 : 0.5 * (off[(n - 1) / 2] + off[n / 2]);
  // Of two there is no median: what both share, by the lesser.
  if (n == 2) common_time_s_ = off[0] * off[1] <= 0.0 ? 0.0 : off[0] > 0.0 ? off[0] : off[1];
}

BiasEstimate DriftingBias::estimate(SensorId sensor) const {
  BiasEstimate e = whole_.estimate(sensor);
  const auto known = drifts_.find(sensor);
  const BiasEstimate late = recent_.estimate(sensor);
  if (known == drifts_.end() || late.vessels + late.shared == 0) return e;
  Values bias = values_of(e.bias), deviation = values_of(e.deviation);
  const Values l = values_of(late.bias), sl = values_of(late.deviation);
  // Of a random walk with variance q a second, an exponential mean with memory T lags by a variance of q T / 2, two of
  // them differ by q (T - t)^2 / (2 (T + t)), and their lags have the covariance q T t / (T + t).
  const double whole_s = config_.joint.memory_s;
  const double short_s = std::min(config_.short_memory_s, 0.9 * whole_s);
  const double rate = 2.0 * (whole_s + short_s) / square(whole_s - short_s);
  for (std::size_t i = 0; i < bias.size(); ++i) {
    const double q = rate * std::max(0.0, known->second.square[i]);
    if (!(q > 0.0) || !(sl[i] > 0.0)) continue;
    // The looks of the short memory are in the long one, too: what both err by together is the lesser variance.
    const double common = std::min(square(deviation[i]), square(sl[i])) + q * whole_s * short_s / (whole_s + short_s);
    const double all_off = square(deviation[i]) + 0.5 * q * whole_s;
    const double late_off = square(sl[i]) + 0.5 * q * short_s;
    const double weight = std::clamp((all_off - common) / std::max(all_off + late_off - 2.0 * common, 1e-30), 0.0, 1.0);
    // What hardly stands out of the short one's own noise widens the deviation, but is not followed.
    if (known->second.square[i] < square(clear_sigmas * sl[i])) {
      deviation[i] = std::sqrt(all_off);
      continue;
    }
    bias[i] += weight * (l[i] - bias[i] - (i == time ? common_time_s_ : 0.0));
    deviation[i] =
        std::sqrt(square(1.0 - weight) * all_off + square(weight) * late_off + 2.0 * weight * (1.0 - weight) * common);
  }
  e.bias = bias_of(bias);
  e.deviation = bias_of(deviation);
  return e;
}

// How far each wandered comes on top, as in the deviation of each.
double DriftingBias::time_deviation_between(SensorId a, SensorId b) const {
  const double whole = whole_.time_deviation_between(a, b);
  if (whole <= 0.0) return 0.0;
  double variance = square(whole);
  for (const SensorId sensor : {a, b}) {
    variance +=
        std::max(0.0, square(estimate(sensor).deviation.time_s) - square(whole_.estimate(sensor).deviation.time_s));
  }
  return std::sqrt(variance);
}

void DriftingBias::restart(SensorId sensor, const Bias& mean, const Bias& deviation) {
  whole_.restart(sensor, mean, deviation);
  recent_.restart(sensor, mean, deviation);
  drifts_.erase(sensor);
}

DriftingBias::Snapshot DriftingBias::snapshot() const {
  Snapshot s{whole_.snapshot(), recent_.snapshot(), {}, common_time_s_};
  for (const auto& [sensor, drift] : drifts_) s.drifts[sensor.value()] = drift;
  return s;
}

void DriftingBias::restore(const Snapshot& snapshot) {
  whole_.restore(snapshot.whole);
  recent_.restore(snapshot.recent);
  common_time_s_ = snapshot.common_time_s;
  drifts_.clear();
  for (const auto& [sensor, drift] : snapshot.drifts) drifts_[SensorId(sensor)] = drift;
}

}  // namespace headland::registration
