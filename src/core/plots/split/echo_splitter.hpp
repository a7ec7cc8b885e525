// SPDX-License-Identifier: Apache-2.0
// Whether an echo, one group of cells, holds two or three points that stand apart, and which cells are whose.
//
// Cells are taken from the strongest down, as water falls; each hill is what hangs together above the level where it
// meets a higher one (watershed; Vincent, Soille 1991). Hills stay apart where
// - their tops are more than a beam apart in bearing or more than a pulse in range, and
// - the lower top rises over that level by more than noise would: amplitudes of one echo well over noise have the
//   deviation of one quadrature of noise (Rice), so their difference that of sqrt(2) of it. The deviation is known from
//   the threshold: a cell of noise is over it with the false-alarm probability, threshold = deviation *
//   sqrt(2 ln(1 / probability)). `false_split_probability` is shared out among `looks` cells that might be a second
//   top.
// Then all has to look like points: no cell may be stronger than what beam and pulse make of the tops when their echoes
// add up in phase. A ship's hull, which echoes between its tops, too, stays one echo, and so does what has more than
// three tops: land, quays, rain.
//
// Two equal points on one line add up to no valley, or hardly one, below 1.2 beams or pulses, whatever the noise: then
// it hangs on their phases. Trunk (1978, range resolution of targets using automatic detectors) finds 2.5 pulses for
// 0.9 where adjacent detections are merged.
//
// Nothing is allocated once its buffers have grown to the largest picture, `most_cells`.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/plots/config.hpp"
#include "core/plots/echo.hpp"

namespace headland::plots {

class EchoSplitter {
 public:
  static constexpr std::size_t most_parts = 3;
  static constexpr std::uint32_t most_cells = 1U << 14;  // of the rectangle about an echo; what is larger is a body

  explicit EchoSplitter(const Config& config) : config_(config) {}

  // Before the first echo of a geometry.
  void begin(const HitSpoke& spoke);
  // Appends the parts, the strongest first, and says true, or leaves `parts` as they were.
  bool split(const Echo& echo, const RunMemory& memory, std::vector<Echo>& parts);

 private:
  using Cell = std::uint16_t;  // of the rectangle, which has an empty cell more on each side
  static constexpr Cell nobody = 0xFFFF;

  [[nodiscard]] bool may_hold_several(const Echo& echo) const;
  // Levels of the echo's cells in their rectangle; false: too large, or not all of them are remembered.
  bool paint(const Echo& echo, const RunMemory& memory);
  [[nodiscard]] std::uint32_t place_of(const RunMemory::Kept& run) const;
  void order_cells();
  // Whether its weakest cell is weak enough.
  [[nodiscard]] bool may_have_valleys() const;
  void flood();
  void take(Cell cell);
  // Two hills of which this cell is a neighbour.
  void meet(Cell a, Cell b, Cell cell);
  [[nodiscard]] double rows_between(Cell a, Cell b) const;
  [[nodiscard]] double columns_between(Cell a, Cell b) const;
  Cell top_of(Cell cell);
  [[nodiscard]] bool stand_apart(Cell a, Cell b) const;
  // Joins tops that were given nothing to stand by themselves; false: fewer than two or too many are left.
  bool settle_tops();
  [[nodiscard]] bool look_like_points() const;
  void measure(const Echo& echo, const RunMemory& memory, std::vector<Echo>& parts);
  void note_neighbours(std::span<Echo> parts) const;

  Config config_;
  std::array<float, 256> amplitude_{};  // of levels
  double beam_spokes_ = 1.0;
  double pulse_cells_ = 1.0;
  float needed_ = 0.0F;                 // amplitude of a rise, over that of the threshold
  float margin_ = 0.0F;                 // of this echo: what noise may add to or take from a difference
  std::array<float, 64> by_bearing_{};  // echo of a point so many spokes off its middle
  std::array<float, 64> by_range_{};    // cells

  // Of the echo in hand.
  std::uint16_t first_row_ = 0;  // as RunMemory counts
  std::uint32_t rows_ = 0;
  std::uint32_t near_ = 0;
  std::uint32_t columns_ = 0;
  std::uint32_t stride_ = 0;
  std::array<std::int32_t, 8> neighbours_{};
  std::vector<std::uint8_t> levels_;
  std::vector<Cell> above_;  // of each cell: one nearer to the top of its hill; the top itself
  std::vector<Cell> order_;  // cells, the strongest first
  std::vector<Cell> tops_;
  std::vector<float> meets_;  // of each top: amplitude where it meets another
};

}  // namespace headland::plots
