// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/simulation.hpp"

#include <algorithm>
#include <cmath>

#include "core/scenario/seeds.hpp"

namespace headland::scenario {
namespace {

constexpr std::size_t spokes_per_block = 32;

LocalFrame frame_of(const Scene& scene) {
  if (!scene.radars.empty()) return LocalFrame(scene.radars.front().position);
  if (!scene.vessels.empty() && !scene.vessels.front().points.empty()) {
    return LocalFrame(scene.vessels.front().points.front());
  }
  return LocalFrame(GeoPosition{});
}

std::vector<PlaneRing> in_plane(const std::vector<CoastRing>& coast, const LocalFrame& frame) {
  std::vector<PlaneRing> rings;
  for (const auto& ring : coast) {
    PlaneRing plane;
    for (const auto& p : ring) plane.push_back(frame.to_local(p));
    if (plane.size() >= 3) rings.push_back(std::move(plane));
  }
  return rings;
}

}  // namespace

Simulation::Simulation(Scene scene, Timestamp start, std::uint64_t seed, std::vector<CoastRing> coast)
    : scene_(std::move(scene)), start_(start), frame_(frame_of(scene_)), fleet_(scene_, frame_, seed) {
  if (scene_.coast_source == CoastSource::gshhg && !coast.empty()) scene_.coast = std::move(coast);
  const auto rings = in_plane(scene_.coast, frame_);
  double radius_m = 1000.0;
  for (const auto& r : scene_.radars) {
    radius_m = std::max(radius_m, r.settings.range_max_m() + distance({}, frame_.to_local(r.position)).value());
  }
  const Terrain terrain(rings, radius_m, scene_.land_height_m, seed_of(seed, Stream::terrain));
  for (std::size_t r = 0; r < scene_.radars.size(); ++r) {
    channels_.push_back(std::make_unique<Channel>(Channel{VideoSynthesizer(scene_, r, frame_, terrain, rings, seed),
                                                          SensorId(static_cast<std::uint16_t>(r + 1)),
                                                          0,
                                                          {}}));
  }
  for (std::size_t v = 0; v < scene_.vessels.size(); ++v) {
    transmitters_.emplace_back(scene_.vessels[v], seed_of(seed, Stream::ais, v), start);
  }
}

void Simulation::begin_tick() {
  for (std::size_t v = 0; v < transmitters_.size(); ++v) {
    transmitters_[v].at_tick(fleet_.at(v, 0.0), at(static_cast<double>(fleet_.tick()) * tick_s));
  }
}

void Simulation::advance(Timestamp to, SimulationOutput& out) {
  while (true) {
    const double from_s = static_cast<double>(fleet_.tick()) * tick_s;
    if (at(from_s) >= to) return;
    if (!tick_begun_) {
      tick_begun_ = true;
      begin_tick();
      if (fleet_.tick() % std::lround(1.0 / tick_s) == 0) {
        for (std::size_t v = 0; v < fleet_.size(); ++v) out.truth.push_back({at(from_s), v, fleet_.at(v, 0.0)});
      }
    }
    const double tick_end_s = from_s + tick_s;
    const Timestamp until = std::min(to, at(tick_end_s));
    for (auto& c : channels_) make_video(*c, from_s, to_seconds(until - start_).value(), out);
    make_ais(until, out);
    if (until < at(tick_end_s)) return;
    fleet_.step();
    tick_begun_ = false;
  }
}

void Simulation::make_video(Channel& channel, double from_s, double to_s, SimulationOutput& out) {
  auto& block = channel.pending;
  for (; channel.video.time_s(channel.next_spoke) < to_s; ++channel.next_spoke) {
    if (block.spokes.empty()) {
      block.sensor = channel.sensor;
      block.site = Site{channel.video.site().position, Metres(channel.video.site().settings.antenna_height_m)};
    }
    const double t = channel.video.time_s(channel.next_spoke);
    channel.video.render(channel.next_spoke, fleet_, std::max(0.0, (t - from_s) / tick_s), at(t), block);
    if (block.spokes.size() == spokes_per_block) {
      out.video.push_back(std::move(block));
      block = {};
    }
  }
}

void Simulation::make_ais(Timestamp to, SimulationOutput& out) {
  const std::size_t first = out.ais.size();
  for (std::size_t v = 0; v < transmitters_.size(); ++v) {
    auto& tx = transmitters_[v];
    while (tx.due() < to) {
      const double seconds = to_seconds(tx.due() - start_).value();
      tx.transmit(fleet_.at(v, std::clamp(fraction_at(seconds), 0.0, 1.0)), frame_, out.ais);
    }
  }
  std::stable_sort(out.ais.begin() + static_cast<std::ptrdiff_t>(first), out.ais.end(),
                   [](const AisTransmission& a, const AisTransmission& b) { return a.time < b.time; });
}

}  // namespace headland::scenario
