// SPDX-License-Identifier: Apache-2.0
// What a restart costs: a simulated scene is watched for some minutes, then the radar's line begins again, with and
// without the clutter that was learned, beside one that never stopped.
//
//   clutter_restart SCENE [MINUTES BEFORE] [MINUTES AFTER]
//
// Trackers all begin anew, so that only the plots differ. Prints plots a turn, and confirmed tracks that begin near no
// vessel (300 m and three beams), by minute after the restart. Land is not masked.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <numbers>
#include <string>
#include <vector>

#include "core/scenario/simulation.hpp"
#include "core/tracking/tracker.hpp"
#include "runtime/config/scene_file.hpp"
#include "runtime/simulation/wire.hpp"
#include "runtime/station/picture/tracker_settings.hpp"
#include "runtime/station/radar/radar_chain.hpp"

namespace headland {
namespace {

struct Minute {
  std::uint64_t plots = 0;
  std::uint64_t turns = 0;
  std::uint64_t tracks = 0;  // of no vessel
};

class Line {
 public:
  Line(std::string called, const config::RadarSection& section)
      : name(std::move(called)),
        chain(section, SensorId(1)),
        tracker_(station::tracker_settings(config::TrackerSection{}, station::PlotSource::video)) {}

  void process(Timestamp time, std::span<const std::uint8_t> datagram, const std::vector<EastNorth>& vessels,
               double beam_rad, Minute* minute) {
    out_.clear();
    chain.process(time, datagram, out_);
    if (minute == nullptr) return;
    for (const auto& sector : out_.sectors) {
      minute->plots += sector.plots.size();
      if (sector.turn != turn_) ++minute->turns;
      turn_ = sector.turn;
      updates_.tracks.clear();
      tracker_.process(sector, updates_);
      for (const auto& track : updates_.tracks) {
        if (track.stage != TrackStage::confirmed || !confirmed_.try_emplace(track.id, true).second) continue;
        const double widened = 300.0 + 3.0 * beam_rad * distance({}, track.state.position).value();
        bool near = false;
        for (const auto& v : vessels) near = near || distance(v, track.state.position).value() < widened;
        if (!near) ++minute->tracks;
      }
    }
  }

  std::string name;
  station::RadarChain chain;
  std::map<int, Minute> minutes;

 private:
  tracking::Tracker tracker_;
  station::RadarOutput out_;
  TrackUpdates updates_;
  std::map<TrackId, bool> confirmed_;
  std::uint32_t turn_ = 0;
};

config::RadarSection section_of(const scenario::Scene& scene) {
  const auto& radar = scene.radars.front();
  config::RadarSection s;
  s.name = "radar";
  s.latitude_deg = radar.position.latitude_deg();
  s.longitude_deg = radar.position.longitude_deg();
  s.beam_width_deg = radar.settings.beam_deg;
  s.decibels_per_level = (radar.settings.video_max_db - radar.settings.video_min_db) / 255.0;
  return s;
}

void print(const std::vector<std::unique_ptr<Line>>& lines) {
  std::printf("%-16s  plots a turn, and tracks of no vessel, by minute\n", "");
  for (const auto& line : lines) {
    std::printf("%-16s", line->name.c_str());
    for (const auto& [number, m] : line->minutes) {
      std::printf("  %7.1f %3llu",
                  static_cast<double>(m.plots) / static_cast<double>(std::max<std::uint64_t>(m.turns, 1)),
                  static_cast<unsigned long long>(m.tracks));
    }
    std::printf("   %s\n", std::string(to_text(line->chain.clutter_resumption().why)).c_str());
  }
}

int run(const std::string& scene, double before_s, double after_s) {
  const auto loaded = config::load_scene(scene);
  if (!loaded) return std::fprintf(stderr, "the scene cannot be read\n"), 1;
  const auto section = section_of(*loaded);
  const double beam_rad = loaded->radars.front().settings.beam_deg * std::numbers::pi / 180.0;
  const Timestamp start = from_epoch_seconds(1'767'225'600.0);
  scenario::Simulation simulation(*loaded, start, 7);
  std::vector<std::unique_ptr<Line>> lines;
  lines.push_back(std::make_unique<Line>("never stopped", section));
  scenario::SimulationOutput out;
  std::map<std::size_t, EastNorth> vessels;
  std::vector<EastNorth> places;
  std::vector<std::uint8_t> datagram;
  for (double t = 0.5; t <= before_s + after_s; t += 0.5) {
    if (t > before_s && lines.size() == 1) {
      const auto memory = lines.front()->chain.clutter_memory();
      if (!memory) return std::fprintf(stderr, "nothing was learned\n"), 1;
      const auto bytes = signal::encode(*memory);
      std::printf("the map: %zu bytes\n", bytes.size());
      for (const double age_min : {1.0, 120.0}) {
        auto& line =
            lines.emplace_back(std::make_unique<Line>(age_min < 10.0 ? "resumed" : "after two hours", section));
        line->chain.resume_clutter(bytes, memory->time + to_duration(Seconds(60.0 * age_min)));
      }
      lines.push_back(std::make_unique<Line>("anew", section));
    }
    out.clear();
    simulation.advance(start + to_duration(Seconds(t)), out);
    for (const auto& truth : out.truth) vessels[truth.vessel] = truth.state.position;
    places.clear();
    for (const auto& [number, place] : vessels) places.push_back(place);
    for (const auto& block : out.video) {
      for (const auto& spoke : block.spokes) {
        simulation::to_cat240(block, spoke, datagram);
        for (auto& line : lines) {
          Minute* const minute =
              t > before_s ? &line->minutes[static_cast<int>((t - before_s) / 60.0 - 1e-9)] : nullptr;
          line->process(spoke.time, datagram, places, beam_rad, minute);
        }
      }
    }
  }
  print(lines);
  return 0;
}

}  // namespace
}  // namespace headland

int main(int argc, char** argv) {
  return headland::run(argc > 1 ? argv[1] : "data/scenes/strait.toml", 60.0 * (argc > 2 ? std::atof(argv[2]) : 15.0),
                       60.0 * (argc > 3 ? std::atof(argv[3]) : 4.0));
}
