// SPDX-License-Identifier: Apache-2.0
// The whole line of one radar: interference, clutter map, CFAR, plots, on blocks as a decoder gives them;
// beside the same work in plain loops with a label picture.
#include <vector>

#include <benchmark/benchmark.h>

#include "../video_scan.hpp"
#include "core/plots/plot_extractor.hpp"
#include "core/signal/signal_stage.hpp"

namespace headland {
namespace {

using bench::scan;

void report(benchmark::State& state, double plots) {
  const double cells = static_cast<double>(state.iterations()) * static_cast<double>(scan().levels.size());
  state.counters["mcells_per_s"] = benchmark::Counter(cells / 1e6, benchmark::Counter::kIsRate);
  state.counters["radars_4096x8192_48rpm"] =
      benchmark::Counter(cells / bench::class_b_cells_per_s, benchmark::Counter::kIsRate);
  state.counters["plots_per_turn"] = plots;
}

void follow_turn(std::vector<SpokeBlock>& blocks) {
  for (SpokeBlock& block : blocks) {
    for (SpokeInfo& info : block.spokes) info.time += std::chrono::milliseconds(1250);
  }
}

void run(benchmark::State& state, bool with_plots) {
  std::vector<SpokeBlock> blocks = bench::blocks_of(scan(), 0);
  signal::SignalStage stage({});
  plots::PlotExtractor extractor({});
  HitBlock hits;
  std::vector<PlotSector> sectors;
  double found = 0.0;
  for (auto _ : state) {
    sectors.clear();
    for (const SpokeBlock& block : blocks) {
      stage.process(block, hits);
      if (with_plots) extractor.process(hits, sectors);
    }
    found = 0.0;
    for (const PlotSector& sector : sectors) found += static_cast<double>(sector.plots.size());
    state.PauseTiming();
    follow_turn(blocks);
    state.ResumeTiming();
  }
  report(state, found);
}

void ours(benchmark::State& state) { run(state, true); }
void signal_only(benchmark::State& state) { run(state, false); }

void naive(benchmark::State& state) {
  const std::uint32_t cells = scan().cells;
  signal::Config config;
  signal::DetectRule rule;
  rule.threshold = signal::threshold_rule(config);
  AlignedVector<std::uint8_t> levels(cells), training(cells), thresholds(cells), caps(cells, 255);
  AlignedVector<std::uint16_t> map(scan().levels.size());
  AlignedVector<std::uint64_t> bits(cells / 64);
  for (auto _ : state) {
    for (std::uint32_t s = 1; s + 1 < scan().spokes; ++s) {
      signal::clean_row_scalar({scan().row(s - 1), scan().row(s), scan().row(s + 1), caps.data(), levels.data(),
                                training.data(), cells, 64});
      signal::detect_row_scalar(rule, {levels.data(), training.data(), map.data() + std::size_t{s} * cells,
                                       signal::MapUse::learned, thresholds.data(), caps.data(), bits.data(), cells});
    }
    benchmark::ClobberMemory();
  }
  report(state, 0.0);
}

BENCHMARK(ours)->Name("line/ours")->Unit(benchmark::kMillisecond)->Repetitions(5)->ReportAggregatesOnly();
BENCHMARK(signal_only)
    ->Name("line/signal_only/ours")
    ->Unit(benchmark::kMillisecond)
    ->Repetitions(5)
    ->ReportAggregatesOnly();
BENCHMARK(naive)->Name("line/naive")->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace headland
