// SPDX-License-Identifier: Apache-2.0
// The false-alarm probability of 1e-6, which the tests have no time for: over 8e8 cells of noise through the whole
// signal stage as it is by default. `over_asked` must lie within 0.9 .. 1.1.
#include <benchmark/benchmark.h>

#include "../../../test/support/cell_source.hpp"
#include "core/signal/signal_stage.hpp"

namespace headland::signal {
namespace {

void one_in_a_million(benchmark::State& state, LevelLaw law, const test::CellSource& source) {
  constexpr double wanted = 8e8;
  Config config;
  config.law = law;
  config.false_alarm_probability = 1e-6;
  double rate = 0.0;
  for (auto _ : state) {
    SignalStage stage(config);
    test::CellTurns turns;
    Random random(17);
    HitBlock hits;
    Counters settled;
    for (int t = 0; static_cast<double>(stage.counters().cells - settled.cells) < wanted; ++t) {
      stage.process(turns.next([&](std::uint32_t, std::uint8_t* row) { source.fill(random, row, turns.cells); }), hits);
      if (t == 60) settled = stage.counters();
    }
    rate = static_cast<double>(stage.counters().hits - settled.hits) /
           static_cast<double>(stage.counters().cells - settled.cells);
  }
  state.counters["over_asked"] = rate / config.false_alarm_probability;
}

BENCHMARK_CAPTURE(one_in_a_million, linear, LevelLaw::linear, test::CellSource::linear_noise(20.0))
    ->Name("false_alarms/1e-6/linear")
    ->Unit(benchmark::kSecond)
    ->Iterations(1);
BENCHMARK_CAPTURE(one_in_a_million, logarithmic, LevelLaw::logarithmic, test::CellSource::logarithmic_noise(0.5, 80.0))
    ->Name("false_alarms/1e-6/logarithmic")
    ->Unit(benchmark::kSecond)
    ->Iterations(1);

}  // namespace
}  // namespace headland::signal
