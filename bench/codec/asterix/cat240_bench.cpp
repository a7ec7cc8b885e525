// SPDX-License-Identifier: Apache-2.0
// CAT240 records to spokes against memcpy of the same bytes: 32 spokes of 8192 cells a round, as a block holds, read
// from more datagrams than the caches hold.
#include <cstring>
#include <vector>

#include <benchmark/benchmark.h>

#include "codec/asterix/cat240_spokes.hpp"

namespace headland::asterix {
namespace {

constexpr std::size_t spokes = 32;
constexpr std::uint32_t cells_per_spoke = 8192;
constexpr std::size_t rounds = 384;

std::vector<std::vector<std::uint8_t>> messages(std::uint8_t bits) {
  std::vector<std::vector<std::uint8_t>> out;
  std::vector<std::uint8_t> cells(cells_per_spoke * bits / 8);
  for (std::size_t i = 0; i < spokes * rounds; ++i) {
    for (std::size_t k = 0; k < cells.size(); ++k) cells[k] = static_cast<std::uint8_t>(i * 7 + k * 13);
    Cat240Video v;
    v.sequence = static_cast<std::uint32_t>(i);
    v.start_azimuth = static_cast<std::uint16_t>(i * 16);
    v.end_azimuth = static_cast<std::uint16_t>(i * 16 + 16);
    v.cell_duration_fs = 33'333'333;
    v.bits = bits;
    v.cell_count = cells_per_spoke;
    v.cells = cells;
    encode_video(v, CellDurationItem::femto, out.emplace_back());
  }
  return out;
}

void cat240_decode(benchmark::State& state) {
  const auto bits = static_cast<std::uint8_t>(state.range(0));
  const auto datagrams = messages(bits);
  SpokeBlock block;
  std::size_t round = 0;
  for (auto _ : state) {
    block.spokes.clear();
    block.samples.clear();
    block.samples16.clear();
    for (std::size_t i = 0; i < spokes; ++i) {
      BlockReader blocks(datagrams[round * spokes + i]);
      Cat240Reader records(*blocks.next());
      append_spoke(std::get<Cat240Video>(*records.next()), Timestamp{}, block);
    }
    benchmark::DoNotOptimize(block.samples.data());
    benchmark::DoNotOptimize(block.samples16.data());
    benchmark::ClobberMemory();
    round = (round + 1) % rounds;
  }
  const auto cells = static_cast<double>(state.iterations()) * spokes * cells_per_spoke;
  state.counters["Mcells/s"] = benchmark::Counter(cells / 1e6, benchmark::Counter::kIsRate);
  state.SetBytesProcessed(static_cast<std::int64_t>(cells * bits / 8));
}
BENCHMARK(cat240_decode)->Arg(8)->Repetitions(7)->ReportAggregatesOnly();
BENCHMARK(cat240_decode)->Arg(1)->Arg(2)->Arg(4)->Arg(16)->Arg(32);

void cat240_memcpy(benchmark::State& state) {
  const auto datagrams = messages(8);
  std::vector<std::uint8_t> out(spokes * cells_per_spoke);
  std::size_t round = 0;
  for (auto _ : state) {
    for (std::size_t i = 0; i < spokes; ++i) {
      std::memcpy(out.data() + i * cells_per_spoke, datagrams[round * spokes + i].data() + 40, cells_per_spoke);
    }
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
    round = (round + 1) % rounds;
  }
  const auto cells = static_cast<double>(state.iterations()) * spokes * cells_per_spoke;
  state.counters["Mcells/s"] = benchmark::Counter(cells / 1e6, benchmark::Counter::kIsRate);
  state.SetBytesProcessed(static_cast<std::int64_t>(cells));
}
BENCHMARK(cat240_memcpy)->Repetitions(7)->ReportAggregatesOnly();

}  // namespace
}  // namespace headland::asterix
