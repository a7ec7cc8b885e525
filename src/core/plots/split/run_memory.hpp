// SPDX-License-Identifier: Apache-2.0
// The newest runs of cells with their levels, in a ring, chained echo by echo: what an echo was made of can be looked
// at once more when it is over. What the ring has no room for any more is forgotten, and known to be.
//
// Every run of noise goes through it: 16 bytes and no copy for runs of up to four cells.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "core/base/time.hpp"
#include "core/video/hits.hpp"

namespace headland::plots {

// The runs of one echo, in no order. Whole only while `RunMemory::holds`.
struct RunChain {
  std::uint32_t head = 0;
  std::uint32_t tail = 0;
  std::uint64_t oldest = 0;  // number of the oldest run, counted from 1; 0: nothing is remembered
};

class RunMemory {
 public:
  static constexpr std::uint32_t longest_run = 255;  // cells; of a longer one nothing is kept
  struct Kept {
    std::uint32_t next = 0;
    std::uint32_t levels = 0;  // up to four themselves; else where they are
    std::uint16_t begin = 0;   // first cell (a spoke has 65536 at most)
    std::uint16_t row = 0;     // counts spokes
    std::uint8_t length = 0;   // cells; 0: too long to be kept
    std::uint8_t peak_threshold = 0;
  };
  struct Row {
    AntennaPosition position = 0;
    Timestamp time;
    std::uint64_t first_level = 0;  // counted over all
  };

  RunMemory() : runs_(most_runs), levels_(most_levels + longest_run + 1), rows_(most_rows) {}

  void begin_row(AntennaPosition position, Timestamp time) {
    ++row_;
    rows_[row_ % most_rows] = {position, time, next_level_};
  }
  // Of the row that was begun last, levels from the first of the run. Its number.
  std::uint64_t add(std::uint32_t begin, std::uint32_t end, std::uint8_t peak_threshold, const std::uint8_t* levels) {
    ++last_run_;
    const std::uint32_t length = end - begin;
    Kept run{0,
             0,
             static_cast<std::uint16_t>(begin),
             static_cast<std::uint16_t>(row_),
             length > longest_run ? std::uint8_t{0} : static_cast<std::uint8_t>(length),
             peak_threshold};
    if (length <= sizeof run.levels) {
      for (std::uint32_t k = 0; k < length; ++k) run.levels |= std::uint32_t{levels[k]} << (8 * k);
    } else if (length <= longest_run) {
      run.levels = keep_levels(levels, length);
    }
    runs_[last_run_ % most_runs] = run;
    return last_run_;
  }
  void append(RunChain& chain, std::uint64_t run) {
    const auto at = static_cast<std::uint32_t>(run % most_runs);
    join(chain, {at, at, run});
  }
  // Where only one of them is remembered what remains is not whole: fewer cells than the echo has.
  void join(RunChain& chain, const RunChain& other) {
    if (chain.oldest == 0) {
      chain = other;
      return;
    }
    runs_[chain.tail].next = other.head;
    chain.tail = other.tail;
    chain.oldest = std::min(chain.oldest, other.oldest);
  }

  // Whether all of the chain is still here.
  [[nodiscard]] bool holds(const RunChain& chain) const;
  [[nodiscard]] const Kept& at(std::uint32_t place) const { return runs_[place]; }
  void copy_levels(const Kept& run, std::uint8_t* to) const {
    for (std::uint32_t k = 0; k < run.length; ++k) {
      to[k] =
          run.length <= sizeof run.levels ? static_cast<std::uint8_t>(run.levels >> (8 * k)) : levels_[run.levels + k];
    }
  }
  [[nodiscard]] const Row& row(std::uint16_t number) const { return rows_[number % most_rows]; }

 private:
  static constexpr std::uint32_t most_runs = 1U << 15;
  static constexpr std::uint32_t most_levels = 1U << 18;
  static constexpr std::uint32_t most_rows = 1U << 10;

  // Where they are now.
  std::uint32_t keep_levels(const std::uint8_t* levels, std::uint32_t length) {
    const auto at = static_cast<std::uint32_t>(next_level_ % most_levels);
    std::memcpy(levels_.data() + at, levels, length);
    next_level_ += length;
    // The next run begins at the beginning rather than across the end.
    if (at + length > most_levels) next_level_ -= next_level_ % most_levels;
    return at;
  }

  std::vector<Kept> runs_;
  std::vector<std::uint8_t> levels_;
  std::vector<Row> rows_;
  std::uint64_t last_run_ = 0;
  std::uint64_t next_level_ = 0;
  std::uint64_t row_ = 0;
};

}  // namespace headland::plots
