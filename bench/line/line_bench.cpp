// SPDX-License-Identifier: Apache-2.0
// The whole line of one radar: interference, clutter map, CFAR, plots, on blocks as a decoder gives them;
// beside the same work in plain loops with a label picture.
#include <cstring>
#include <vector>

#include <benchmark/benchmark.h>
#ifdef HEADLAND_OPENCV
#include <opencv2/imgproc.hpp>
#endif

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
  // The map is there and the shape of the clutter known: what a station does but for its first half minute.
  for (int turn = 0; turn < 6; ++turn) {
    for (const SpokeBlock& block : blocks) stage.process(block, hits);
    follow_turn(blocks);
  }
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
  const signal::ThresholdRules rules = signal::threshold_rules(config, signal::factors_of(config));
  rule.local = rules.local;
  rule.map = rules.map;
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

void copy(benchmark::State& state) {
  AlignedVector<std::uint8_t> to(scan().levels.size());
  for (auto _ : state) {
    std::memcpy(to.data(), scan().levels.data(), to.size());
    benchmark::ClobberMemory();
  }
  report(state, 0.0);
}

#ifdef HEADLAND_OPENCV
// Smoothed, compared, labelled: not the same detector, but what is at hand there.
void opencv(benchmark::State& state) {
  cv::setNumThreads(1);
  const cv::Mat cells(static_cast<int>(scan().spokes), static_cast<int>(scan().cells), CV_8U,
                      const_cast<std::uint8_t*>(scan().levels.data()));
  cv::Mat mean;
  cv::Mat hits(cells.size(), CV_8U);
  cv::Mat threshold;
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centroids;
  int found = 0;
  for (auto _ : state) {
    for (int s = 0; s < cells.rows; s += 64) {
      const cv::Mat rows = cells.rowRange(s, s + 64);
      cv::blur(rows, mean, cv::Size(37, 1));
      mean.convertTo(threshold, CV_8U, 3.7);
      cv::Mat part = hits.rowRange(s, s + 64);
      cv::compare(rows, threshold, part, cv::CMP_GT);
    }
    found = cv::connectedComponentsWithStats(hits, labels, stats, centroids, 8, CV_32S);
  }
  report(state, found);
}
BENCHMARK(opencv)->Name("line/opencv")->Unit(benchmark::kMillisecond)->Repetitions(3)->ReportAggregatesOnly();
#endif

BENCHMARK(copy)->Name("line/memcpy")->Unit(benchmark::kMillisecond)->Repetitions(7)->ReportAggregatesOnly();
BENCHMARK(ours)->Name("line/ours")->Unit(benchmark::kMillisecond)->Repetitions(7)->ReportAggregatesOnly();
BENCHMARK(signal_only)
    ->Name("line/signal_only/ours")
    ->Unit(benchmark::kMillisecond)
    ->Repetitions(7)
    ->ReportAggregatesOnly();
BENCHMARK(naive)->Name("line/naive")->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace headland
