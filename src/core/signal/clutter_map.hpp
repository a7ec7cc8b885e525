// SPDX-License-Identifier: Apache-2.0
// Memory of the clutter: a level for each cell of a grid in bearing and range, learned over turns by
// detect_row (row_kernels.hpp). Here is only where it lies and which rows have been seen.
//
// Spokes much narrower than the beam share a row: the clutter is the same in all of them, and a map of every spoke
// would be read from and written to far memory at each. The last spoke of a row teaches it, once a turn as if it were
// alone: so none is compared with what its own neighbours taught in this turn, and the statistics are those of a row of
// its own.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "core/signal/row_kernels.hpp"

namespace headland::signal {

class ClutterMap {
 public:
  static constexpr std::size_t most_cells = std::size_t{1} << 26;  // 128 MiB; rows are joined beyond that

  static constexpr std::uint16_t most_counted = 256;  // the longest memory is as many turns

  // A grid for about `spokes` a turn, `shared` of them a row; nothing seen yet. Allocates.
  void configure(std::uint32_t spokes, std::uint32_t shared, std::uint32_t cells) {
    stride_ = padded_cells(cells);
    shared_ = shared > 1;
    shared_log2_ = static_cast<std::uint32_t>(std::bit_width(std::max(shared, 1U))) - 1U;
    rows_ = std::max(spokes / std::max(shared, 1U), 1U);
    while (std::size_t{rows_} * stride_ > most_cells && rows_ > 1) rows_ /= 2;
    levels_.assign(std::size_t{rows_} * stride_, 0);
    seen_.assign(rows_, 0);
  }
  void forget() { seen_.assign(rows_, 0); }
  // As many rows as `looks`, of as many cells as now; a row counts as seen `most_looks` times at most.
  void restore(std::span<const std::uint16_t> levels, std::span<const std::uint16_t> looks, std::uint16_t most_looks) {
    // The width of the first spoke, which says how many rows there are, may be rounded up or down.
    shared_ = shared_ || looks.size() != rows_;
    rows_ = static_cast<std::uint32_t>(looks.size());
    levels_.assign(levels.begin(), levels.end());
    seen_.assign(looks.begin(), looks.end());
    for (auto& n : seen_) n = std::min(n, most_looks);
  }

  [[nodiscard]] std::uint32_t rows() const { return rows_; }
  [[nodiscard]] std::uint32_t stride() const { return stride_; }
  [[nodiscard]] std::span<const std::uint16_t> all_levels() const { return levels_; }
  [[nodiscard]] std::span<const std::uint16_t> looks() const { return seen_; }
  [[nodiscard]] std::span<const std::uint16_t> row(std::uint32_t row) const {
    return all_levels().subspan(std::size_t{row} * stride_, stride_);
  }
  // Row of a bearing given in 2^-32 turns.
  [[nodiscard]] std::uint32_t row_of(std::uint32_t fraction) const {
    return static_cast<std::uint32_t>(std::uint64_t{fraction} * rows_ >> 32);
  }
  // About so many spokes share a row, a power of two; which of them a bearing is of.
  [[nodiscard]] std::uint32_t shared_log2() const { return shared_log2_; }
  [[nodiscard]] std::uint32_t share_of(std::uint32_t fraction) const {
    return static_cast<std::uint32_t>((std::uint64_t{fraction} * rows_ & 0xFFFFFFFF) >> (32 - shared_log2_));
  }
  [[nodiscard]] std::uint16_t* levels(std::uint32_t row) { return levels_.data() + std::size_t{row} * stride_; }
  // What a spoke is to do with its row; `last`: the next spoke is in another. A row counts as seen from its last spoke
  // on, once more each turn.
  [[nodiscard]] MapUse visit(std::uint32_t row, bool last) {
    last = last || !shared_;
    const bool seen = seen_[row] != 0;
    if (last && seen_[row] < most_counted) ++seen_[row];
    if (!seen) return MapUse::first_seen;
    return last ? MapUse::learned : MapUse::known;
  }
  // Of DetectRule::map_shift: a row that was seen n times has about the mean of n looks, until the memory is full.
  [[nodiscard]] std::uint32_t shift_of(std::uint32_t row, std::uint32_t full) const {
    const auto looks = static_cast<std::uint32_t>(std::bit_width(std::uint32_t{seen_[row]})) - 1U;
    return std::clamp(looks, std::min(2U, full), full);
  }

 private:
  std::uint32_t rows_ = 0;
  std::uint32_t stride_ = 0;
  bool shared_ = false;
  std::uint32_t shared_log2_ = 0;
  AlignedVector<std::uint16_t> levels_;
  std::vector<std::uint16_t> seen_;  // looks, most_counted at most
};

}  // namespace headland::signal
