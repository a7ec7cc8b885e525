// SPDX-License-Identifier: Apache-2.0
// How readily chance makes paths, by region: learned from the scores of places that no path is followed at. Where
// echoes of the sea hold together from turn to turn, scores run higher than independent cells give, and limits must.
//
// Scores over a level fall off exponentially; their mean excess, over what independent noise and clutter give, is by
// how much limits are stretched. A vessel before it is declared adds a few of some hundred scores.
#pragma once

#include <cstdint>
#include <vector>

namespace headland::integration {

class PathSurvey {
 public:
  static constexpr std::uint8_t level = 24;  // quarters of a nat: peaks below say nothing

  PathSurvey(std::uint32_t rows, std::uint32_t cells);

  // A peak of the scores, `level` or more, that belongs to no path.
  void note(std::uint32_t row, std::uint32_t cell, std::uint8_t score);
  void end_turn();

  // What limits over `level` are to be multiplied with [1 .. 4].
  [[nodiscard]] double stretch(std::uint32_t row, std::uint32_t cell) const;
  static constexpr std::uint32_t band_cells = 128;  // it is the same within

  // Mean excess, in quarters, over all regions.
  [[nodiscard]] double mean_excess() const;

 private:
  static constexpr std::uint32_t sectors = 8;
  struct Region {
    double count = 0.0, sum = 0.0;
  };
  [[nodiscard]] std::size_t region_of(std::uint32_t row, std::uint32_t cell) const;

  std::uint32_t rows_;
  std::uint32_t bands_;
  std::vector<Region> regions_;
};

}  // namespace headland::integration
