// SPDX-License-Identifier: Apache-2.0
// Simulated video of one radar through the signal stage to plots, turn by turn.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "core/plots/plot_extractor.hpp"
#include "core/scenario/radar_equation.hpp"
#include "core/scenario/simulation.hpp"
#include "core/signal/signal_stage.hpp"

namespace headland::test {

inline const Timestamp simulation_start = Timestamp(std::chrono::seconds(1'767'225'600));

// The stages know of the radar what a station is told of it.
inline signal::Config signal_config_of(const scenario::RadarSettings& radar) {
  signal::Config config;
  config.law = signal::LevelLaw::logarithmic;
  config.decibels_per_level = (radar.video_max_db - radar.video_min_db) / 255.0;
  config.beam_width = Angle::from_degrees(radar.beam_deg);
  return signal::sanitized(config);
}

inline plots::Config plots_config_of(const scenario::RadarSettings& radar) {
  plots::Config config;
  config.beam_width = Angle::from_degrees(radar.beam_deg);
  config.pulse_length = Metres(scenario::constants_of(radar).resolution_m);
  return config;
}

class SimulatedLine {
 public:
  SimulatedLine(const scenario::Scene& scene, std::uint64_t seed, const plots::Config& plots)
      : turn_s_(60.0 / scene.radars[0].settings.rotation_rpm),
        simulation_(scene, simulation_start, seed),
        stage_(signal_config_of(scene.radars[0].settings)),
        extractor_(plots) {}

  // One more turn of the antenna: appends the sectors that came out.
  void turn(std::vector<PlotSector>& sectors) {
    scenario::SimulationOutput out;
    simulation_.advance(simulation_start + to_duration(Seconds(++turns_ * turn_s_)), out);
    for (const auto& block : out.video) {
      stage_.process(block, hits_);
      extractor_.process(hits_, sectors);
    }
  }

  [[nodiscard]] Timestamp now() const { return simulation_start + to_duration(Seconds(turns_ * turn_s_)); }
  [[nodiscard]] bool has_strengths() const { return hits_.has_strengths; }
  [[nodiscard]] const plots::PlotExtractor& extractor() const { return extractor_; }

 private:
  double turn_s_;
  int turns_ = 0;
  scenario::Simulation simulation_;
  signal::SignalStage stage_;
  plots::PlotExtractor extractor_;
  HitBlock hits_;
};

}  // namespace headland::test
