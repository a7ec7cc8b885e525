// SPDX-License-Identifier: Apache-2.0
// What the last turns say for a vessel that goes straight on: the second look at a path. Dynamic programming pays for
// every step from cell to cell; of a straight line only its two ends are free, which is far less that has to be paid.
//
// Keeps the evidence of each cell for some turns. For one cell it adds up the evidence along all lines that end near it
// with velocities near a given one, each as long back as it pays, and takes the mean of the likelihood ratios over all
// lines that a vessel could go (Bayes: positions and velocities are equally likely beforehand).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/integration/path_grid.hpp"

namespace headland::integration {

struct LineConfig {
  static constexpr std::uint32_t most_turns = 32;
  std::uint32_t turns = 24;   // back, at most [fewest .. most_turns]
  std::uint32_t fewest = 6;   // that a line has
  double radial_reach = 1.5;  // about the velocity given, in steps of the grid's velocities
  double crossing_reach = 0.75;
};

class LineSearch {
 public:
  LineSearch(const GridGeometry& geometry, const PathConfig& paths, const LineConfig& config = {});

  // The evidence of a row in the turn under way, in quarters of a nat.
  void add(std::uint32_t row, std::span<const std::uint8_t> gains, std::span<const std::uint8_t> losses);
  // What is added from now on is of the next turn; a row that was not added in this one was not seen.
  void end_turn() { ++turn_; }

  // Natural logarithm of the likelihood ratio for a vessel that is in the cell in the last turn that the row was seen
  // and goes about so fast. Less than `least`, where a coarse look shows that it will not be reached.
  [[nodiscard]] double evidence(std::uint32_t row, std::uint32_t cell, const Velocity& about, double least) const;

  [[nodiscard]] std::size_t bytes() const { return kept_.size(); }

 private:
  static constexpr std::int64_t pad = 16;
  static constexpr std::size_t lanes = 8;  // ends side by side, the middle one the
  static constexpr int cells_before = 3;   // cell itself
  static constexpr std::size_t scores = 512;
  using Histogram = std::array<std::uint32_t, scores>;
  using Steps = std::array<std::int32_t, LineConfig::most_turns>;
  struct End {
    std::int64_t turn;
    std::uint32_t row, cell;
    double range_m;
    std::array<const std::int8_t*, LineConfig::most_turns> first;  // row of each turn back
  };
  struct Spread {  // of velocities
    double along_mps, across_mps;
    int radial, crossing;  // steps to either side
  };
  void look(const End& end, const Velocity& about, const Spread& spread, bool coarse, Histogram& found) const;
  void look_back(const End& end, const Velocity& v, bool coarse, Histogram& found) const;
  // One line for each of the cells about the end.
  void along(const End& end, const Steps& rows, std::int32_t side, const Steps& cells, std::uint32_t turns,
             Histogram& found) const;
  [[nodiscard]] static double best_of(const Histogram& found);
  [[nodiscard]] const std::int8_t* beyond_north(std::int64_t turn, std::int64_t row) const;

  GridGeometry geometry_;
  LineConfig config_;
  double radial_step_mps_ = 1.0;  // of the grid's velocities
  double crossing_step_mps_ = 1.0;
  double fastest_mps_ = 15.5;
  std::int64_t slots_ = 1;
  std::int64_t stride_ = 1;
  std::int64_t turn_ = 1;
  std::vector<std::int64_t> latest_;  // turn in which each row was added
  std::vector<std::int8_t> kept_;     // slots of rows of cells
};

}  // namespace headland::integration
