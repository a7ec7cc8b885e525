// SPDX-License-Identifier: Apache-2.0
// Where the cells of an echo lie: sums of first and second order over its cells over the threshold, each counted once
// (the levels of a receiver that saturates say nothing of shape). A run takes a few multiplications, however long.
// Integers: the order of joining cannot matter.
#pragma once

#include <cstdint>

#include "core/base/units.hpp"
#include "core/plots/plot.hpp"
#include "core/video/hits.hpp"

namespace headland::plots {

struct EchoMoments {
  // Positions count in 2^-20 turns (6 microradians) from the first of the echo: with 2^24 cells, 2^16 of them a spoke,
  // and a sixth of a turn no sum reaches 2^60.
  static constexpr int position_shift = 12;

  std::uint64_t cells = 0;
  std::uint64_t cell_sum = 0;
  std::uint64_t cell_squares = 0;
  std::int64_t position_sum = 0;
  std::int64_t position_squares = 0;
  std::int64_t products = 0;

  // A run of cells [begin, end) at a position, in an echo that begins at `first`.
  void add(AntennaPosition position, AntennaPosition first, std::uint32_t begin, std::uint32_t end) {
    const std::uint64_t n = end - begin;
    const std::uint64_t sum = n * (std::uint64_t{begin} + end - 1) / 2;
    const std::int64_t at = (position >> position_shift) - (first >> position_shift);
    cells += n;
    cell_sum += sum;
    cell_squares += squares_below(end) - squares_below(begin);
    position_sum += at * static_cast<std::int64_t>(n);
    position_squares += at * at * static_cast<std::int64_t>(n);
    products += at * static_cast<std::int64_t>(sum);
  }
  // Positions count from `to` instead of `from`.
  void shift(AntennaPosition from, AntennaPosition to) {
    const std::int64_t by = (from >> position_shift) - (to >> position_shift);
    if (by == 0) return;
    const auto n = static_cast<std::int64_t>(cells);
    products += by * static_cast<std::int64_t>(cell_sum);
    position_squares += by * (2 * position_sum + by * n);
    position_sum += by * n;
  }
  // Of another echo, positions from the same first.
  void add(const EchoMoments& other) {
    cells += other.cells;
    cell_sum += other.cell_sum;
    cell_squares += other.cell_squares;
    position_sum += other.position_sum;
    position_squares += other.position_squares;
    products += other.products;
  }

 private:
  // 0 + 1 + 4 + .. + (k - 1)^2
  static constexpr std::uint64_t squares_below(std::uint64_t k) { return k == 0 ? 0 : (k - 1) * k * (2 * k - 1) / 6; }
};

// `range`: of the echo, for what is across the line of sight.
[[nodiscard]] PlotShape shape_of(const EchoMoments& moments, Metres range, Metres cell_size, Angle spoke_width);

}  // namespace headland::plots
