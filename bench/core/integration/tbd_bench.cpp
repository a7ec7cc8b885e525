// SPDX-License-Identifier: Apache-2.0
// Track-before-detect for the sea half of one radar of 4096 x 8192 cells of 3.75 m at 24 turns a minute: cells of half
// a beam (0.6 degrees) by a pulse (15 m), 300 rows of 2048, 64 velocities. `core_share`: of one core, of the 2.5 s of a
// turn. The whole stage (spokes to plots), and the step of the scores alone, with its plain twin.
#include <numbers>

#include <benchmark/benchmark.h>

#include "core/base/random.hpp"
#include "core/integration/path_grid.hpp"
#include "core/integration/track_before_detect.hpp"
#include "core/video/azimuth_clock.hpp"

namespace headland::integration {
namespace {

constexpr std::uint32_t spokes = 4096;
constexpr std::uint32_t cells = 8192;
constexpr double turn_s = 2.5;

void report(benchmark::State& state, double cells_a_turn) {
  const auto turns = static_cast<double>(state.iterations());
  state.counters["cells_per_s"] = benchmark::Counter(cells_a_turn * turns, benchmark::Counter::kIsRate);
  state.counters["core_share"] =
      benchmark::Counter(turns * turn_s, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

GridGeometry half_turn() {
  GridGeometry g;
  g.rows = 300;
  g.cells = 2048;
  g.closed = false;
  g.row_width = Angle::from_degrees(0.6);
  g.cell_size = Metres(15.0);
  g.turn_time = Seconds(turn_s);
  return g;
}

void scores(benchmark::State& state, bool plain) {
  PathGrid grid(half_turn(), PathConfig{});
  grid.use_scalar(plain);
  Random random(2);
  std::vector<std::uint8_t> gains(2048);
  std::vector<std::uint8_t> losses(2048);
  for (std::size_t k = 0; k < gains.size(); ++k) {
    gains[k] = random.below(4) == 0 ? static_cast<std::uint8_t>(random.below(12)) : std::uint8_t{0};
    losses[k] = gains[k] == 0 ? std::uint8_t{4} : std::uint8_t{0};
  }
  for (auto _ : state) {
    for (std::uint32_t row = 0; row < 300; ++row) grid.advance(row, gains, losses);
    grid.end_turn();
  }
  report(state, 300.0 * 2048.0 * static_cast<double>(grid.velocities().size()));
}

// Half a turn of noise, again and again; the other half is land, of which no spokes come.
void whole_stage(benchmark::State& state) {
  constexpr std::uint32_t in_block = 32;
  HitBlock block;
  block.stride = padded_cells(cells);
  block.levels.resize(std::size_t{in_block} * block.stride);
  Random random(3);
  for (auto& level : block.levels) {
    level = static_cast<std::uint8_t>(std::min(20.0 * std::sqrt(random.exponential()), 255.0));
  }
  Config config;
  config.beam_width = Angle::from_degrees(1.2);
  TrackBeforeDetect stage(config);
  RangeAzimuthMask land(360, Metres(50.0), 620);
  for (std::uint32_t a = 180; a < 360; ++a) land.fill(a, Metres(0.0), Metres(40'000.0));
  stage.set_mask(land);
  std::int64_t turn = 0;
  std::vector<PlotSector> none;
  std::vector<PlotSector> out;
  const auto play = [&] {
    for (std::uint32_t from = 0; from < spokes / 2; from += in_block) {
      block.spokes.clear();
      for (std::uint32_t i = 0; i < in_block; ++i) {
        HitSpoke s;
        const double share = (from + i + 0.5) / spokes;
        s.time = from_epoch_seconds(turn_s * (static_cast<double>(turn) + share));
        s.bearing = Bearing(Radians(2.0 * std::numbers::pi * share));
        s.width = Angle::from_degrees(360.0 / spokes);
        s.cell_size = Metres(3.75);
        s.position = (turn << 32) + turn_fraction(s.bearing);
        s.cell_count = cells;
        s.row = (i + static_cast<std::uint32_t>(random.below(in_block))) % in_block;  // not the same noise every turn
        block.spokes.push_back(s);
      }
      stage.process(block, Seconds(turn_s), false, none, out);
    }
    ++turn;
  };
  constexpr int learning = 20;  // straight lines are looked along from then on
  for (int t = 0; t < learning; ++t) play();
  for (auto _ : state) play();
  report(state, 0.5 * spokes * cells);
  state.counters["paths"] = static_cast<double>(stage.counters().paths);
  state.counters["memory_mib"] = static_cast<double>(stage.counters().memory_bytes) / (1024.0 * 1024.0);
}

BENCHMARK_CAPTURE(scores, vector, false)->Name("tbd/scores")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(scores, plain, true)->Name("tbd/scores/plain")->Unit(benchmark::kMillisecond);
BENCHMARK(whole_stage)->Name("tbd/stage")->Unit(benchmark::kMillisecond)->Iterations(20);

}  // namespace
}  // namespace headland::integration
