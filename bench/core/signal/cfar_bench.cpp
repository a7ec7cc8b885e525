// SPDX-License-Identifier: Apache-2.0
// CFAR alone on a whole scan, beside memcpy of the same bytes and the plain form. 16 training and 2 guard
// cells a side; thresholds and hits are written.
#include <array>
#include <cstring>

#include <benchmark/benchmark.h>
#ifdef HEADLAND_OPENCV
#include <opencv2/imgproc.hpp>
#endif

#include "../../video_scan.hpp"
#include "core/signal/row_kernels.hpp"

namespace headland::signal {
namespace {

using bench::scan;

DetectRule rule_of(Averaging averaging) {
  Config config;
  DetectRule rule;
  rule.averaging = averaging;
  rule.guard = 2;
  rule.training = 16;
  config.averaging = averaging;
  config.clutter_turns_log2 = 0;
  rule.local = threshold_rules(config, factors_of(config)).alone;
  return rule;
}

void report(benchmark::State& state, double passes) {
  const double cells = passes * static_cast<double>(scan().levels.size());
  state.counters["mcells_per_s"] = benchmark::Counter(cells / 1e6, benchmark::Counter::kIsRate);
  state.counters["radars_4096x8192_48rpm"] =
      benchmark::Counter(cells / bench::class_b_cells_per_s, benchmark::Counter::kIsRate);
}

void copy(benchmark::State& state) {
  AlignedVector<std::uint8_t> to(scan().levels.size());
  for (auto _ : state) {
    std::memcpy(to.data(), scan().levels.data(), to.size());
    benchmark::ClobberMemory();
  }
  report(state, static_cast<double>(state.iterations()));
}

// One scan through the rows, as the stage does it: hits and thresholds into a block of 32 spokes.
template <class Detect>
void detect_scan(Detect detect) {
  const std::uint32_t cells = scan().cells;
  static AlignedVector<std::uint8_t> thresholds(std::size_t{32} * cells);
  static AlignedVector<std::uint8_t> caps(cells + row_slack);
  static AlignedVector<std::uint64_t> bits(std::size_t{32} * cells / 64);
  for (std::uint32_t s = 0; s + 1 < scan().spokes; ++s) {  // the last row has nothing behind it to read ahead
    const std::size_t at = s % 32;
    detect(DetectRow{scan().row(s), scan().row(s), nullptr, MapUse::none, thresholds.data() + at * cells, caps.data(),
                     bits.data() + at * cells / 64, cells, nullptr, scan().row(s + 1)});
  }
  benchmark::ClobberMemory();
}

void simd(benchmark::State& state, Averaging averaging) {
  const DetectRule rule = rule_of(averaging);
  RowWorkspace workspace;
  workspace.reserve(scan().cells);
  for (auto _ : state) detect_scan([&](const DetectRow& row) { detect_row(rule, row, workspace); });
  report(state, static_cast<double>(state.iterations()));
}

void naive(benchmark::State& state, Averaging averaging) {
  const DetectRule rule = rule_of(averaging);
  for (auto _ : state) detect_scan([&](const DetectRow& row) { detect_row_scalar(rule, row); });
  report(state, static_cast<double>(state.iterations()));
}

// The order statistic from a histogram that slides along, the plain fast form (Huang, Yang, Tang 1979): counts of the
// 32 cells, the rank followed up and down.
class SlidingHistogram {
 public:
  void add(std::uint8_t level) {
    ++count_[level];
    if (level < at_) ++below_;
  }
  void remove(std::uint8_t level) {
    --count_[level];
    if (level < at_) --below_;
  }
  std::uint8_t ranked(int rank) {
    while (below_ >= rank) below_ -= count_[--at_];
    while (below_ + count_[at_] < rank) below_ += count_[at_++];
    return static_cast<std::uint8_t>(at_);
  }

 private:
  std::array<int, 256> count_{};
  unsigned at_ = 0;
  int below_ = 0;
};

std::uint64_t histogram_row(const DetectRule& rule, const std::uint8_t* x, std::uint32_t cells, std::uint64_t* bits) {
  const std::uint32_t reach = rule.guard + rule.training;
  std::array<std::uint16_t, 256> scaled{};
  for (std::uint32_t v = 0; v < 256; ++v) {
    scaled[v] = static_cast<std::uint16_t>((256 * v + rule.local.bias) * rule.local.factor >> 16);
  }
  SlidingHistogram histogram;
  for (std::uint32_t i = 0; i < rule.training; ++i) {
    histogram.add(x[i]);
    histogram.add(x[i + reach + rule.guard + 1]);
  }
  std::uint64_t hits = 0;
  for (std::uint32_t k = reach; k + reach < cells; ++k) {
    const bool hit = x[k] > scaled[histogram.ranked(static_cast<int>(rank_of(rule.training)))];
    bits[k / 64] |= std::uint64_t{hit} << (k % 64);
    hits += hit ? 1 : 0;
    histogram.remove(x[k - reach]);
    histogram.add(x[k - rule.guard]);
    histogram.remove(x[k + rule.guard + 1]);
    if (k + reach + 1 < cells) histogram.add(x[k + reach + 1]);
  }
  return hits;
}

void histogram(benchmark::State& state) {
  const DetectRule rule = rule_of(Averaging::ordered);
  AlignedVector<std::uint64_t> bits(scan().cells / 64);
  std::uint64_t hits = 0;
  for (auto _ : state) {
    for (std::uint32_t s = 0; s + 1 < scan().spokes; ++s)
      hits += histogram_row(rule, scan().row(s), scan().cells, bits.data());
    benchmark::DoNotOptimize(hits);
  }
  report(state, static_cast<double>(state.iterations()));
}

#ifdef HEADLAND_OPENCV
// The same detector as an OpenCV user writes it: the sum of the long window less that of the guard cells, scaled and
// compared; in blocks of 64 rows that stay in the cache, or the whole scan as one picture.
void opencv(benchmark::State& state, int rows_at_once) {
  cv::setNumThreads(1);
  const DetectRule rule = rule_of(Averaging::cell);
  const int guard = 2 * static_cast<int>(rule.guard) + 1;
  const int window = guard + 2 * static_cast<int>(rule.training);
  const double factor = rule.local.factor / 256.0 / (2.0 * rule.training);
  cv::Mat all;
  cv::Mat inner;
  cv::Mat thresholds;
  cv::Mat hits;
  for (auto _ : state) {
    for (std::uint32_t s = 0; s < scan().spokes; s += static_cast<std::uint32_t>(rows_at_once)) {
      const cv::Mat rows(rows_at_once, static_cast<int>(scan().cells), CV_8U, const_cast<std::uint8_t*>(scan().row(s)));
      cv::boxFilter(rows, all, CV_16U, cv::Size(window, 1), cv::Point(-1, -1), false);
      cv::boxFilter(rows, inner, CV_16U, cv::Size(guard, 1), cv::Point(-1, -1), false);
      cv::subtract(all, inner, all);
      all.convertTo(thresholds, CV_8U, factor);
      cv::compare(rows, thresholds, hits, cv::CMP_GT);
      benchmark::DoNotOptimize(hits.data);
    }
  }
  report(state, static_cast<double>(state.iterations()));
}
BENCHMARK_CAPTURE(opencv, blocks, 64)
    ->Name("cfar/ca/opencv")
    ->Unit(benchmark::kMillisecond)
    ->Repetitions(3)
    ->ReportAggregatesOnly();
BENCHMARK_CAPTURE(opencv, whole_scan, 4096)
    ->Name("cfar/ca/opencv_whole_scan")
    ->Unit(benchmark::kMillisecond)
    ->Repetitions(3)
    ->ReportAggregatesOnly();
#endif

BENCHMARK(copy)->Name("cfar/memcpy")->Unit(benchmark::kMillisecond)->Repetitions(7)->ReportAggregatesOnly();

#define HEADLAND_CFAR_BENCH(name, averaging) \
  BENCHMARK_CAPTURE(simd, name, averaging)   \
      ->Name("cfar/" #name "/simd")          \
      ->Unit(benchmark::kMillisecond)        \
      ->Repetitions(7)                       \
      ->ReportAggregatesOnly()
HEADLAND_CFAR_BENCH(ca, Averaging::cell);
HEADLAND_CFAR_BENCH(go, Averaging::greatest_of);
HEADLAND_CFAR_BENCH(so, Averaging::smallest_of);
HEADLAND_CFAR_BENCH(os, Averaging::ordered);
HEADLAND_CFAR_BENCH(auto, Averaging::automatic);
BENCHMARK_CAPTURE(naive, ca, Averaging::cell)->Name("cfar/ca/naive")->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(histogram)->Name("cfar/os/histogram")->Unit(benchmark::kMillisecond)->Repetitions(3)->ReportAggregatesOnly();

}  // namespace
}  // namespace headland::signal
