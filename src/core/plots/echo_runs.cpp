// SPDX-License-Identifier: Apache-2.0
// The runs of one spoke: where they are, and what is in them.
#include <algorithm>
#include <bit>
#include <utility>

#include "core/plots/echo_labeller.hpp"

namespace headland::plots {
namespace {

constexpr std::size_t at_once = 4;       // runs of a word
constexpr std::size_t cells_a_run = 32;  // fewer: the spoke is full of noise, in which nothing can be told apart

}  // namespace

void EchoLabeller::find_runs(const HitSpoke& spoke, const HitBlock& block, std::span<const std::uint64_t> bits) {
  const std::uint8_t* const levels = block.levels_of(spoke).data();
  const std::uint8_t* const thresholds = block.thresholds_of(spoke).data();
  Row& row = current_;
  row.number = row_;
  row.position = spoke.position;
  row.time = spoke.time;
  row.has_doppler = spoke.has_doppler;
  row.hits.resize(bits.size() + 1);
  row.touching.resize(bits.size() + 1);
  row.ends.resize(bits.size() + 1);
  row.ended.resize(bits.size() + 1);
  std::size_t begun = 0;
  std::size_t ended = 0;
  std::uint64_t last = 0;
  std::uint64_t word = bits.empty() ? 0 : bits[0];
  for (std::size_t w = 0; w <= bits.size(); ++w) {
    const std::uint64_t next = w + 1 < bits.size() ? bits[w + 1] : 0;
    const std::uint64_t before = word << 1 | last >> 63;  // of each cell whether the one before is a hit
    std::uint64_t begins = word & ~before;
    std::uint64_t ends = before & ~word;
    row.hits[w] = word;
    row.touching[w] = word | before | word >> 1 | next << 63;
    row.ends[w] = ends;
    row.ended[w] = static_cast<std::uint32_t>(ended);
    last = std::exchange(word, next);
    if ((begins | ends) == 0) continue;
    __builtin_prefetch(levels + w * 64);  // for measure_runs
    __builtin_prefetch(thresholds + w * 64);
    if (row.runs.size() < begun + 32 + at_once) row.runs.resize(2 * begun + 32 + at_once);
    const auto base = static_cast<std::uint32_t>(w * 64);
    // Some at once, what is too much is written over: how many there are the processor cannot foresee.
    const auto beginning = static_cast<std::size_t>(std::popcount(begins));
    for (std::size_t done = 0; done < beginning; done += at_once) {
      for (std::size_t i = 0; i < at_once; ++i, begins &= begins - 1) {
        Run& run = row.runs[begun + done + i];
        run.begin = base + static_cast<std::uint32_t>(std::countr_zero(begins));
        run.label = no_label;
        run.followed = run.followed_later = false;
      }
    }
    begun += beginning;
    const auto ending = static_cast<std::size_t>(std::popcount(ends));
    for (std::size_t done = 0; done < ending; done += at_once) {
      for (std::size_t i = 0; i < at_once; ++i, ends &= ends - 1) {
        row.runs[ended + done + i].end = base + static_cast<std::uint32_t>(std::countr_zero(ends));
      }
    }
    ended += ending;
  }
  row.count = begun;
  runs_ += begun;
}

void EchoLabeller::measure_runs(const HitSpoke& spoke, const HitBlock& block) {
  const std::uint8_t* const levels = block.levels_of(spoke).data();
  const std::uint8_t* const thresholds = block.thresholds_of(spoke).data();
  const std::span<const std::uint8_t> doppler = block.doppler_of(spoke);
  current_.longest_run = 0;
  for (std::size_t i = 0; i < current_.count; ++i) {
    Run& run = current_.runs[i];
    std::uint32_t weight = 0;
    std::uint64_t weighted = 0;
    std::uint8_t peak = 0;
    std::uint8_t peak_threshold = 0;
    for (std::uint32_t k = run.begin; k < run.end; ++k) {
      const std::uint8_t level = levels[k];
      weight += level;
      weighted += std::uint64_t{level} * k;
      if (level > peak || (level == peak && thresholds[k] < peak_threshold)) {
        peak = level;
        peak_threshold = thresholds[k];
      }
    }
    current_.longest_run = std::max(current_.longest_run, run.end - run.begin);
    run.weight = weight;
    run.weighted_cell = weighted;
    run.peak = peak;
    run.peak_threshold = peak_threshold;
    run.approaching = run.receding = 0;
    if (doppler.empty()) continue;
    for (const std::uint8_t mark : doppler.subspan(run.begin, run.end - run.begin)) {
      run.approaching += mark == static_cast<std::uint8_t>(DopplerCell::approaching) ? 1U : 0U;
      run.receding += mark == static_cast<std::uint8_t>(DopplerCell::receding) ? 1U : 0U;
    }
  }
}

void EchoLabeller::remember_runs(const HitSpoke& spoke, const HitBlock& block) {
  Row& row = current_;
  row.first_remembered = 0;
  if (!memory_) return;
  memory_->begin_row(row.position, row.time);
  if (!block.has_strengths || row.count * cells_a_run > spoke.cell_count) return;
  const std::uint8_t* const levels = block.levels_of(spoke).data();
  for (std::size_t i = 0; i < row.count; ++i) {
    const Run& run = row.runs[i];
    const std::uint64_t number = memory_->add(run.begin, run.end, run.peak_threshold, levels + run.begin);
    if (i == 0) row.first_remembered = number;
  }
}

}  // namespace headland::plots
