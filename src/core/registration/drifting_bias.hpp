// SPDX-License-Identifier: Apache-2.0
// Biases that wander: each a random walk whose process noise is learned from the innovations.
//
// Two least squares run side by side, one with a long memory, one with a short. While a bias stands still, they differ
// by no more than what the short one lacks of the looks (nested windows: variance of the difference = difference of
// the variances, Hausman 1978). What they differ by beyond that tells the process noise (adapted to the innovations:
// Mehra 1970), that by how much either lags, and so how much each weighs; the stated deviation contains the lag.
//
// Of time, what all radars wander by together is the mean age of the AIS reports of those in sight, no clock of a
// radar: it is not followed. Else one radar would follow it, another not, and both seem to differ by it.
#pragma once

#include <array>
#include <cstdint>
#include <map>

#include "core/registration/joint_bias.hpp"

namespace headland::registration {

struct DriftingBiasConfig {
  JointBiasConfig joint;          // its memory_s is the long one
  double short_memory_s = 100.0;  // 20 .. 1e5
  double drift_memory_s = 300.0;  // of the mean square of what they differ by, when it falls, 20 .. 1e6
  double rise_s = 20.0;           // and when it rises, 1 .. 1e6
};

class DriftingBias {
 public:
  explicit DriftingBias(const DriftingBiasConfig& config);

  void observe(const JointLook& look, const WitnessPrior& prior);
  void solve(std::int64_t now_ns);
  [[nodiscard]] BiasEstimate estimate(SensorId sensor) const;
  // Standard deviation of the difference of two radars' time biases, s; 0: not known.
  [[nodiscard]] double time_deviation_between(SensorId a, SensorId b) const;
  void restart(SensorId sensor, const Bias& mean, const Bias& deviation);

  // Mean squares of how far each bias wandered within the long memory.
  struct Drift {
    std::array<double, JointLook::biases> square{};
    std::int64_t last_ns = 0;
  };
  struct Snapshot {
    JointBias::Snapshot whole, recent;
    std::map<std::uint16_t, Drift> drifts;
    double common_time_s = 0.0;
  };
  [[nodiscard]] Snapshot snapshot() const;
  void restore(const Snapshot& snapshot);

 private:
  void find_common_time();
  DriftingBiasConfig config_;
  JointBias whole_;
  JointBias recent_;
  std::map<SensorId, Drift> drifts_;
  double common_time_s_ = 0.0;  // by which the short memory of all radars differs from the long one
};

}  // namespace headland::registration
