// SPDX-License-Identifier: Apache-2.0
// What simulated video costs: spokes a second of one radar of 2048 x 2048 at 24 rpm with land, sea and thirty vessels.
#include <benchmark/benchmark.h>

#include "core/scenario/simulation.hpp"

namespace headland::scenario {
namespace {

Scene busy_scene() {
  Scene scene;
  const auto here = GeoPosition::from_degrees(10.0, -150.0);
  const LocalFrame frame(here);
  const auto geo = [&](double e, double n) { return frame.to_geo({Metres(e), Metres(n)}); };
  scene.radars.push_back({"radar", here, {}});
  scene.coast = {{geo(-15'000, 3000), geo(15'000, 3000), geo(15'000, 20'000), geo(-15'000, 20'000)}};
  for (int i = 0; i < 30; ++i) {
    auto v = usual(i % 3 == 0 ? VesselKind::tanker : VesselKind::fishing_boat);
    v.behaviour = Behaviour::route;
    v.name = std::to_string(i);
    v.points = {geo(-9000, -500.0 * i), geo(9000, -500.0 * i - 300)};
    scene.vessels.push_back(v);
  }
  return scene;
}

void simulated_video(benchmark::State& state) {
  const Timestamp start(std::chrono::seconds(1'700'000'000));
  Simulation simulation(busy_scene(), start, 1);
  SimulationOutput out;
  Timestamp now = start;
  std::int64_t spokes = 0;
  for (auto _ : state) {
    out.clear();
    now += std::chrono::milliseconds(500);
    simulation.advance(now, out);
    for (const auto& block : out.video) spokes += static_cast<std::int64_t>(block.spokes.size());
  }
  state.counters["spokes"] = benchmark::Counter(static_cast<double>(spokes), benchmark::Counter::kIsRate);
  state.counters["cells"] = benchmark::Counter(2048.0 * static_cast<double>(spokes), benchmark::Counter::kIsRate);
  // Share of a core for one radar in real time.
  state.counters["core_share"] = benchmark::Counter(static_cast<double>(spokes) / 819.2,
                                                    benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(simulated_video)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace headland::scenario
