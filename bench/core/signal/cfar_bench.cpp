// SPDX-License-Identifier: Apache-2.0
// CFAR alone on a whole scan, beside memcpy of the same bytes and the plain form. 16 training and 2 guard
// cells a side; thresholds and hits are written.
#include <cstring>

#include <benchmark/benchmark.h>

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
  rule.threshold = threshold_rule(config);
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
                     bits.data() + at * cells / 64, cells});
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

BENCHMARK(copy)->Name("memcpy")->Unit(benchmark::kMillisecond)->Repetitions(5)->ReportAggregatesOnly();
BENCHMARK_CAPTURE(simd, ca, Averaging::cell)
    ->Name("cfar/ca/simd")
    ->Unit(benchmark::kMillisecond)
    ->Repetitions(5)
    ->ReportAggregatesOnly();
BENCHMARK_CAPTURE(simd, go, Averaging::greatest_of)
    ->Name("cfar/go/simd")
    ->Unit(benchmark::kMillisecond)
    ->Repetitions(5)
    ->ReportAggregatesOnly();
BENCHMARK_CAPTURE(simd, so, Averaging::smallest_of)
    ->Name("cfar/so/simd")
    ->Unit(benchmark::kMillisecond)
    ->Repetitions(5)
    ->ReportAggregatesOnly();
BENCHMARK_CAPTURE(naive, ca, Averaging::cell)->Name("cfar/ca/naive")->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace headland::signal
