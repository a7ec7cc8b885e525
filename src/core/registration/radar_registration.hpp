// SPDX-License-Identifier: Apache-2.0
// All that is wrong with one radar's measurements in common: found, and taken off its plots.
#pragma once

#include <cstdint>

#include "core/ais/report.hpp"
#include "core/plots/plot.hpp"
#include "core/registration/bearing_stabilizer.hpp"
#include "core/registration/bias_estimator.hpp"
#include "core/tracking/track.hpp"

namespace headland::registration {

struct RegistrationConfig {
  // Whatever says which radar this is and how it is mounted. What was learned under another one is not taken back.
  std::uint64_t mounting = 0;
  bool stabilize = true;  // take off what all bearings share for a second or two (a heading that jumps)
  bool unbias = true;     // take off what all ranges and bearings share for good
  BearingStabilizerConfig stabilizer;
  BiasEstimatorConfig bias;
  double latency_s = 0.5;           // an AIS position is so old when it is received, 0 .. 30
  double oldest_track_s = 5.0;      // a track is compared no longer after its last plot, 0.1 .. 60
  double least_probability = 0.85;  // that track and AIS are one vessel, 0.5 .. 1
};

class RadarRegistration {
 public:
  explicit RadarRegistration(const RegistrationConfig& config)
      : config_(config), stabilizer_(config.stabilizer), bias_(config.bias) {}

  // Corrects a sector that lies in the plane; its edges go with its plots. A whole turn is corrected for bias only.
  void process(PlotSector& sector);
  // An AIS report at `where` in the plane, of the vessel that `track` is with some probability. Tracks that other
  // radars see, too, say nothing of this one.
  void observe(const Track& track, double probability, const VesselReport& report, EastNorth where);

  [[nodiscard]] const BearingStabilizer& stabilizer() const { return stabilizer_; }
  [[nodiscard]] const BiasEstimator& bias() const { return bias_; }
  // What is taken off true bearings and ranges now.
  [[nodiscard]] Bias taken_off() const { return config_.unbias ? bias_.applied() : Bias{}; }

  struct Snapshot {
    BearingStabilizer::Snapshot stabilizer;
    BiasEstimator::Snapshot bias;
    std::uint64_t mounting = 0;
    double site_east_m = 0.0, site_north_m = 0.0;
    Bearing end, corrected_end;
  };
  [[nodiscard]] Snapshot snapshot() const;
  void restore(const Snapshot& snapshot);

 private:
  void turn(PlotSector& sector, Angle by);

  RegistrationConfig config_;
  BearingStabilizer stabilizer_;
  BiasEstimator bias_;
  EastNorth site_;  // of the antenna, at the last sector
  Bearing end_;     // of the last sector, as it came and as it left: the next begins there
  Bearing corrected_end_;
};

}  // namespace headland::registration
