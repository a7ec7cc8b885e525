// SPDX-License-Identifier: Apache-2.0
// A scene brought to life: radar video, AIS and truth as values, up to any time it is asked for. The
// same scene, seed and start give the same output, however large the steps.
#pragma once

#include <memory>

#include "core/scenario/ais_transmitter.hpp"
#include "core/scenario/video_synthesizer.hpp"

namespace headland::scenario {

struct TruthState {
  Timestamp time;
  std::size_t vessel = 0;  // index in Scene::vessels
  VesselState state;
};

// In each list in order of time.
struct SimulationOutput {
  std::vector<SpokeBlock> video;  // whole blocks of 32 spokes; sensor = 1 + index of the radar
  std::vector<AisTransmission> ais;
  std::vector<TruthState> truth;  // each vessel once a second

  void clear() {
    video.clear();
    ais.clear();
    truth.clear();
  }
};

class Simulation {
 public:
  // A scene without radar makes AIS and truth about the first vessel. `coast` replaces the scene's own
  // rings where the scene asks for a real coast (CoastSource::gshhg) and it is not empty.
  Simulation(Scene scene, Timestamp start, std::uint64_t seed, std::vector<CoastRing> coast = {});

  // Appends everything that happens before `to`. Times in the past do nothing.
  void advance(Timestamp to, SimulationOutput& out);

  [[nodiscard]] const Scene& scene() const { return scene_; }
  [[nodiscard]] const LocalFrame& frame() const { return frame_; }  // about the first radar
  [[nodiscard]] Timestamp start() const { return start_; }

 private:
  struct Channel {  // one radar
    VideoSynthesizer video;
    SensorId sensor;
    std::int64_t next_spoke = 0;
    SpokeBlock pending;
  };

  void begin_tick();
  void make_video(Channel& channel, double from_s, double to_s, SimulationOutput& out);
  void make_ais(Timestamp to, SimulationOutput& out);
  [[nodiscard]] Timestamp at(double seconds) const { return start_ + to_duration(Seconds(seconds)); }
  [[nodiscard]] double fraction_at(double seconds) const {
    return seconds / tick_s - static_cast<double>(fleet_.tick());
  }

  Scene scene_;
  Timestamp start_;
  LocalFrame frame_;
  Fleet fleet_;
  std::vector<std::unique_ptr<Channel>> channels_;
  std::vector<AisTransmitter> transmitters_;
  bool tick_begun_ = false;
};

}  // namespace headland::scenario
