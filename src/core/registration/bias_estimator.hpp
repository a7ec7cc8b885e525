// SPDX-License-Identifier: Apache-2.0
// How far a radar measures all ranges and all bearings amiss, from vessels whose AIS agrees with their echoes.
//
// Each vessel tells the difference of its radar position and its AIS position. One vessel is one witness, however
// often it reports: its AIS antenna lies off the centre of its echo, its reports are late, and both stay so. Witnesses
// are weighed by a robust mean (biweight, Beaton and Tukey 1974) with a prior about zero; one that contradicts the
// others (a lying AIS, a wrong association) weighs nothing. The bias is believed when `least_vessels` agree and
// it exceeds `significant_sigmas` of its own deviation, and is then taken off slowly, so that tracks follow without
// seeming to move.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "core/ais/report.hpp"
#include "core/base/angle.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"

namespace headland::registration {

struct BiasEstimatorConfig {
  double prior_range_m = 60.0;            // deviation of the bias before anything is known, 1 .. 1000
  double prior_bearing_deg = 1.5;         // 0.1 .. 20
  double vessel_offset_m = 30.0;          // of an AIS antenna from the centre of the echo, 1 .. 200
  double vessel_bearing_deg = 0.6;        // of one vessel's mean bearing error, offset apart, 0.05 .. 5
  double latency_deviation_s = 2.0;       // of AIS reports, 0 .. 30
  double look_bearing_deg = 1.0;          // of a single difference in bearing, 0.1 .. 5
  double look_range_m = 25.0;             // likewise in range, 1 .. 200
  double memory_looks = 200.0;            // of one vessel, 5 .. 10000
  double memory_s = 7200.0;               // a vessel not seen for so long is no witness any more, 60 .. 1e7
  double significant_sigmas = 2.0;        // 1 .. 5
  std::uint32_t least_looks = 6;          // until a vessel is a witness, 1 .. 100
  std::uint32_t least_vessels = 3;        // witnesses that agree, before anything is taken off, 1 .. 100
  double slew_range_mps = 0.5;            // how fast what is taken off changes, 0.01 .. 100
  double slew_bearing_deg_per_s = 0.015;  // 0.001 .. 10
  std::uint32_t most_vessels = 1000;      // witnesses remembered, 4 .. 100000
};

// One difference: the radar, uncorrected, minus AIS, both at one instant.
struct BiasLook {
  Mmsi vessel;
  Timestamp time;
  double range_m = 0.0;  // of the AIS position from the antenna
  double range_error_m = 0.0;
  double bearing_error_rad = 0.0;
  double speed_mps = 0.0;
};

struct Bias {
  double range_m = 0.0;  // measured minus true
  double bearing_rad = 0.0;
};

struct BiasEstimate {
  Bias bias;
  Bias deviation;             // standard deviations
  std::uint32_t vessels = 0;  // witnesses that were believed
  std::uint32_t refused = 0;  // and those that contradict them
};

class BiasEstimator {
 public:
  explicit BiasEstimator(const BiasEstimatorConfig& config) : config_(config) { judge(); }

  void observe(const BiasLook& look);
  // What to take off measurements made at `now`; moves towards the estimate while time goes on.
  const Bias& applied(Timestamp now);
  [[nodiscard]] const Bias& applied() const { return applied_; }
  [[nodiscard]] const BiasEstimate& estimate() const { return estimate_; }

  struct Vessel {
    double range_error_m = 0.0;  // means
    double bearing_error_rad = 0.0;
    double inverse_range = 0.0;  // mean of 1 / range, 1/m
    double speed_mps = 0.0;
    double looks = 0.0;
    std::int64_t last_ns = 0;
  };
  struct Snapshot {
    std::vector<std::uint32_t> mmsi;  // in order
    std::vector<Vessel> vessels;      // of each
    Bias applied;
    std::int64_t applied_ns = 0;
  };
  [[nodiscard]] Snapshot snapshot() const;
  void restore(const Snapshot& snapshot);

 private:
  struct Witness {
    double error;
    double deviation;
  };
  static void combine(const std::vector<Witness>& witnesses, double prior, double& bias, double& deviation,
                      std::uint32_t& believed);
  void judge();
  void forget_stalest();

  BiasEstimatorConfig config_;
  std::map<Mmsi, Vessel> vessels_;
  BiasEstimate estimate_;
  Bias applied_;
  std::int64_t applied_ns_ = 0;
  std::int64_t newest_ns_ = 0;  // look
};

}  // namespace headland::registration
