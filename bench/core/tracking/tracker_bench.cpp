// SPDX-License-Identifier: Apache-2.0
// Milliseconds of CPU a scan for the loads of a calm, a coastal and a busy sea (20, 100, 2000 vessels with
// 50, 300, 5000 clutter plots a turn of 2.5 s), whole turns in, tracks out.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include <benchmark/benchmark.h>

#include "core/base/random.hpp"
#include "core/tracking/tracker.hpp"

namespace headland::tracking {
namespace {

struct Load {
  std::uint32_t vessels;
  double clutter;
  double range_m;
};
constexpr Load loads[] = {{20, 50.0, 10'000.0}, {100, 300.0, 18'000.0}, {2000, 5000.0, 36'000.0}};
constexpr double turn_s = 2.5;
constexpr double full = 2.0 * std::numbers::pi;

std::vector<PlotSector> make_turns(const Load& load, std::uint32_t count) {
  Random random(7);
  struct Vessel {
    double e, n, ve, vn;
  };
  std::vector<Vessel> vessels;
  for (std::uint32_t k = 0; k < load.vessels; ++k) {
    const double r = load.range_m * (0.08 + 0.85 * random.uniform());
    const double a = full * random.uniform();
    const double v = 12.0 * random.uniform();
    const double c = full * random.uniform();
    vessels.push_back({r * std::sin(a), r * std::cos(a), v * std::sin(c), v * std::cos(c)});
  }
  std::vector<PlotSector> turns;
  for (std::uint32_t turn = 0; turn < count; ++turn) {
    PlotSector s;
    s.sensor = SensorId(1);
    s.turn = turn;
    s.began = from_epoch_seconds(1'000'000.0 + turn_s * turn);
    s.ended = s.began + to_duration(Seconds(turn_s));
    s.range_max = Metres(load.range_m);
    const auto add = [&](double range, double bearing) {
      Plot p;
      p.range = Metres(range);
      p.bearing = Bearing(Radians(bearing));
      p.range_deviation = Metres(8.0);
      p.bearing_deviation = from_degrees(0.25);
      p.time = s.began + to_duration(Seconds(turn_s * p.bearing.radians() / full));
      s.plots.push_back(p);
    };
    for (const Vessel& v : vessels) {
      const double guess = Bearing::of(v.e + v.ve * turn_s * turn, v.n + v.vn * turn_s * turn).radians() / full;
      const double t = turn_s * (turn + guess);
      const double e = v.e + v.ve * t;
      const double n = v.n + v.vn * t;
      const double r = std::hypot(e, n);
      if (random.uniform() > 0.95 - 0.35 * (r / load.range_m) * (r / load.range_m)) continue;
      add(std::max(r + 8.0 * random.normal(), 1.0), std::atan2(e, n) + 0.25 * radians_per_degree * random.normal());
    }
    const std::uint32_t clutter = random.poisson(load.clutter);
    for (std::uint32_t k = 0; k < clutter; ++k) {
      const double r =
          random.uniform() < 0.6 ? 2500.0 * random.exponential() : load.range_m * std::sqrt(random.uniform());
      add(std::max(r, 150.0), full * random.uniform());
    }
    std::sort(s.plots.begin(), s.plots.end(), [](const Plot& a, const Plot& b) { return a.bearing < b.bearing; });
    turns.push_back(std::move(s));
  }
  return turns;
}

void tracker_scan(benchmark::State& state) {
  const Load& load = loads[state.range(0)];
  constexpr std::uint32_t warm = 12;
  constexpr std::uint32_t measured = 12;
  const std::vector<PlotSector> turns = make_turns(load, warm + measured);
  std::size_t confirmed = 0;
  for (auto _ : state) {
    state.PauseTiming();
    Tracker tracker{TrackerConfig{}};
    TrackUpdates out;
    for (std::uint32_t k = 0; k < warm; ++k) {
      out.tracks.clear();
      tracker.process(turns[k], out);
    }
    state.ResumeTiming();
    for (std::uint32_t k = warm; k < warm + measured; ++k) {
      out.tracks.clear();
      tracker.process(turns[k], out);
    }
    state.PauseTiming();
    confirmed = tracker.counters().tracks_confirmed;
    state.ResumeTiming();
  }
  // Seconds of CPU a scan: benchmark divides by the rate.
  state.counters["s_per_scan"] = benchmark::Counter(
      static_cast<double>(measured), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.counters["confirmed"] = static_cast<double>(confirmed);
}
BENCHMARK(tracker_scan)->Arg(0)->Arg(1)->Arg(2)->ArgName("calm0_coastal1_strait2")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace headland::tracking
