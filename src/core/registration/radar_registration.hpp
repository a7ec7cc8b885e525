// SPDX-License-Identifier: Apache-2.0
// All that is wrong with one radar's measurements in common: found, and taken off its plots.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/plots/edge_stitcher.hpp"
#include "core/registration/bearing_stabilizer.hpp"
#include "core/registration/bias.hpp"

namespace headland::registration {

struct RegistrationConfig {
  // Whatever says which radar this is and how it is mounted. What was learned under another one is not taken back.
  std::uint64_t mounting = 0;
  bool stabilize = true;  // take off what all bearings share for a second or two (a heading that jumps)
  bool unbias = true;     // take off what all ranges and bearings share for good
  BearingStabilizerConfig stabilizer;
  // The bias is believed when `least_vessels` agree, or as many places where another radar saw the same, and it
  // exceeds `significant_sigmas` of its own deviation; it is then taken off slowly, so that tracks follow without
  // seeming to move. More than `at_once_deg` is taken off at once: tracks so far off are of no use. It stays in force
  // until it is less than one deviation for `let_go_s` on end, and goes then as slowly.
  double significant_sigmas = 2.0;        // 1 .. 5
  double let_go_s = 300.0;                // 10 .. 1e5
  std::uint32_t least_vessels = 3;        // 1 .. 100
  double slew_range_mps = 0.5;            // 0.01 .. 100
  double slew_bearing_deg_per_s = 0.015;  // 0.001 .. 10
  double slew_time_per_s = 0.005;         // 0.0001 .. 1
  double at_once_deg = 4.0;               // 0.1 .. 180
  double young_s = 60.0;                  // of a radar: whatever is well known is taken off at once, 0 .. 600
};

class RadarRegistration {
 public:
  explicit RadarRegistration(const RegistrationConfig& config) : config_(config), stabilizer_(config.stabilizer) {}

  // Corrects a sector that lies in the plane; its edges go with its plots. A whole turn is corrected for bias only.
  void process(PlotSector& sector);
  // The radar that the times of the others are compared with, and how surely this one's differs from its.
  struct TimeReference {
    double time_s = 0.0;       // its time bias
    double deviation_s = 0.0;  // of the difference; 0: not known
  };
  // What is known of the radar; what is taken off moves towards it while time goes on. Without a reference what is
  // taken off times stays.
  void set_estimate(const BiasEstimate& estimate, std::optional<TimeReference> reference) {
    estimate_ = estimate;
    reference_ = reference;
  }
  // May be the reference: vessels with AIS tell of its time (others tell nothing of that), and it is looked at.
  [[nodiscard]] bool knows_time(const BiasEstimate& estimate) const {
    return config_.unbias && estimate.vessels >= config_.least_vessels;
  }

  [[nodiscard]] const BearingStabilizer& stabilizer() const { return stabilizer_; }
  [[nodiscard]] bool unbias() const { return config_.unbias; }
  [[nodiscard]] std::uint64_t mounting() const { return config_.mounting; }
  [[nodiscard]] const BiasEstimate& estimate() const { return estimate_; }
  // What is taken off true bearings and ranges now. Of time only what differs from the reference (the mean age of AIS
  // is not known).
  [[nodiscard]] Bias taken_off() const { return config_.unbias ? applied_ : Bias{}; }

  // Whether one bias is in force, and since when it is less than one deviation; 0: it is not.
  struct Held {
    bool in_force = false;
    std::int64_t small_since_ns = 0;
    double deviation = 0.0;  // when it was last significant
  };
  struct Snapshot {
    BearingStabilizer::Snapshot stabilizer;
    BiasEstimate estimate;
    Bias applied;
    std::int64_t applied_ns = 0;
    bool has_reference = false;
    double reference_time_s = 0.0, reference_deviation_s = 0.0;
    std::int64_t first_ns = 0;
    std::uint64_t mounting = 0;
    std::array<Held, 4> held;
    EdgeStitcher::Snapshot edges;
  };
  [[nodiscard]] Snapshot snapshot() const;
  void restore(const Snapshot& snapshot);

 private:
  void turn(PlotSector& sector, Angle by);
  void move_towards_estimate(Timestamp now);
  [[nodiscard]] bool in_force(Held& held, double bias, double deviation, std::int64_t now_ns) const;

  RegistrationConfig config_;
  BearingStabilizer stabilizer_;
  BiasEstimate estimate_;
  Bias applied_;
  std::int64_t applied_ns_ = 0;
  std::array<Held, 4> held_;  // range, bearing, time, scale
  std::optional<TimeReference> reference_;
  std::int64_t first_ns_ = 0;
  EdgeStitcher edges_;
};

}  // namespace headland::registration
