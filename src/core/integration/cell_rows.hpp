// SPDX-License-Identifier: Apache-2.0
// From spokes to rows of cells of half a beam by a pulse, and from their power to evidence: the local mean and how
// spiky the background is are learned from the rows themselves.
//
// The mean of a cell is the greater of two: of eight cells before and eight behind it, over some turns, and, once
// learned, of the cell and its neighbours over some 64 turns, which knows edges of clutter and what stands still. Cells
// near a path that is followed are not learned: a boat that drops anchor stays one.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/integration/config.hpp"
#include "core/integration/evidence.hpp"
#include "core/integration/path_grid.hpp"
#include "core/video/hits.hpp"
#include "core/video/mask.hpp"

namespace headland::integration {

// One row of cells, seen once.
struct SeenRow {
  std::int64_t number = 0;  // rows since the antenna's position 0
  std::uint32_t spokes = 0;
  Timestamp time;                   // of its middle spoke
  std::vector<float> ratios;        // power over the local mean
  std::vector<std::uint8_t> gains;  // quarters of a nat
  std::vector<std::uint8_t> losses;
  std::vector<std::uint8_t> limits;  // the score that declares a path (Judgement)
  std::vector<std::uint8_t> screens;
  std::vector<std::uint8_t> lines;
  std::vector<std::uint32_t> strong;  // cells that are plots in any case
};

// Nothing is said for or against a path near the strong cells of a row.
void shade(std::span<const std::uint32_t> strong, SeenRow& row);

class CellRows {
 public:
  // `joined`: range cells of a spoke that make one.
  CellRows(const Config& config, const GridGeometry& geometry, std::uint32_t joined);

  void set_mask(const RangeAzimuthMask& mask);
  // Whether anything of a row is looked at.
  [[nodiscard]] bool is_open(std::uint32_t row) const { return open_[row] != 0; }

  // Cells behind the end of a spoke that was cut short are not seen.
  void add(std::span<const std::uint8_t> levels, double decibels_per_level);
  [[nodiscard]] std::uint32_t spokes() const { return spokes_; }
  // Ends the row under way: its evidence into `out`. Counts strong cells.
  void complete(std::uint32_t row, SeenRow& out, Counters& counters);
  // A path is followed there: cells about it are not learned in the next turn.
  void keep(std::uint32_t row, std::uint32_t cell);

 private:
  static constexpr std::uint32_t band_cells = 64;
  static constexpr std::uint32_t sectors = 32;
  static constexpr std::size_t tables = 24;
  struct Region {  // of cells, with forgetting
    double count = 0.0, sum = 0.0, log_sum = 0.0;
  };
  void set_levels(double decibels_per_level);
  void average(std::uint32_t row);
  void learn_means(std::uint32_t row);
  void give_evidence(std::uint32_t row, SeenRow& out, Counters& counters);
  [[nodiscard]] std::size_t table_of(const Region& region) const;
  [[nodiscard]] bool is_unseen(std::uint32_t cell) const { return missing_[cell] != 0; }  // once averaged
  // The limit of a cell for a straight line of ln(rate) in the limit.
  [[nodiscard]] std::uint8_t limit_of(std::uint32_t cell, double rise, double fall) const;
  [[nodiscard]] Region& region_of(std::uint32_t row, std::uint32_t cell);

  Config config_;
  GridGeometry geometry_;
  std::uint32_t joined_;
  double levels_law_ = -1.0;
  std::array<float, 256> power_of_{};
  std::uint32_t spokes_ = 0;
  std::uint32_t reach_ = 0;   // cells of the longest spoke so far: beyond, no path can be
  std::vector<double> sums_;  // before each cell
  std::vector<float> power_;
  std::vector<std::uint16_t> missing_;  // spokes of the row under way that ended before a cell
  std::vector<float> mean_;
  std::vector<float> local_;  // rows of cells
  std::vector<float> own_;
  std::vector<std::uint16_t> looks_;  // turns that a row was seen
  std::vector<std::uint8_t> kept_;    // rows of cells: turns that a cell is not learned
  std::vector<std::uint8_t> masked_;  // rows of cells
  std::vector<std::uint8_t> open_;
  std::vector<Region> regions_;
  std::array<EvidenceTable, tables> table_;
  std::vector<std::uint8_t> limits_;  // of all cells of a row
  std::vector<std::uint8_t> lines_;
};

}  // namespace headland::integration
