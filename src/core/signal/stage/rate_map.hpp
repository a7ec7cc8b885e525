// SPDX-License-Identifier: Apache-2.0
// Video that the radar has thresholded itself: how often cells light up that were dark a turn ago, region by region and
// level by level, and from which level on that is seldom enough.
//
// Such video has no noise to take means of; what it tells is how often, and how strongly, noise and waves get over the
// radar's own threshold. A cell counts at a level where it is over it and nothing about the same place (a quarter of a
// beam and 10 m either way) was when the beam last passed: noise, waves and interference come and go, while
// land, buoys and what lies at anchor stand and count for nothing, however long they are looked at. Counts fade over
// 32 turns. A region is 4 by 4 patches of 16 cells by 1/128 turn; the four with the most are left out, so that a vessel
// under way, which is in a patch or two at a time, does not raise the threshold over itself.
//
// The threshold of a region is the lowest of 17 levels from which on the share of cells is no more than asked for, and
// falls only where one more spot of noise would not change that; `start` until three turns could be compared. Where
// `highest` is over `start` it rises over that only where more comes and goes than stands: a shore that flickers is no
// sea.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace headland::signal {

struct RateRule {
  double most = 1e-3;         // share of the cells of a turn that may light up
  std::uint8_t start = 96;    // threshold of a region of which nothing is known
  std::uint8_t lowest = 0;    // no threshold is lower
  std::uint8_t highest = 96;  // or higher, whatever the rate
};

class RateMap {
 public:
  static constexpr std::uint32_t sectors = 32;
  static constexpr std::uint32_t region_cells = 64;
  static constexpr std::size_t most_cells = std::size_t{1}
                                            << 25;  // remembered of the last turn; rows are joined beyond

  // Nothing is known yet. `cells`: of the longest spoke, a multiple of region_cells. Allocates.
  void configure(const RateRule& rule, std::uint32_t cells, double cell_size_m, double spoke_width_rad,
                 double beam_rad);
  // What was counted holds no longer: it is learned anew from here on, from the thresholds as they are.
  void relearn();

  // Of the next spoke; `turn` counts turns, `fraction` is in 2^-32 of one. Masked cells (bits, may be empty) do not
  // count.
  void observe(std::uint64_t turn, std::uint32_t fraction, std::span<const std::uint8_t> levels,
               std::span<const std::uint64_t> masked);
  // One each region_cells about a bearing: a cell over it is a hit.
  [[nodiscard]] std::span<const std::uint8_t> thresholds(std::uint32_t fraction) const;

  // Of the regions that are known: how many lie at the highest level and have more than asked for even there.
  [[nodiscard]] double unbearable_share() const;
  [[nodiscard]] double mean_threshold() const;  // of all regions

 private:
  static constexpr std::uint32_t patch_cells = 16;
  static constexpr std::uint32_t patch_sectors = 128;
  static constexpr std::uint32_t across = 4;
  static constexpr std::size_t steps = 17;  // over 0, 15, 31 .. 255
  using Counts = std::array<float, steps + 1>;

  struct Look {
    std::uint32_t row = 0;
    std::uint32_t turn = 0;
    std::vector<std::uint8_t> levels;  // the greatest about each cell
  };

  void keep(std::uint32_t row, std::uint32_t turn, std::span<const std::uint8_t> levels);
  void store(const Look& look);
  // The greatest a turn ago about each cell of a row; false: this row was not seen then.
  [[nodiscard]] bool look_back(std::uint32_t row, std::uint32_t turn);
  void count(std::uint32_t patch_sector, std::span<const std::uint8_t> levels, std::span<const std::uint64_t> masked);
  void fade(std::uint32_t patch_sector);
  void judge(std::uint32_t sector);
  void judge_region(std::uint32_t sector, std::uint32_t band);
  // Below 0: too little was looked at.
  [[nodiscard]] double share_over(const std::vector<Counts>& of, std::uint32_t sector, std::uint32_t band,
                                  std::size_t step) const;

  RateRule rule_;
  std::uint32_t cells_ = 0;
  std::uint32_t bands_ = 0;
  std::uint32_t rows_ = 1;
  std::uint32_t beside_ = 1;  // rows and cells either way that are the same place
  std::uint32_t about_ = 2;
  std::vector<std::uint8_t> last_;        // rows of cells, of the last look at each
  std::vector<std::uint32_t> seen_turn_;  // of each row, from 1; 0: never
  std::vector<Look> waiting_;             // the last rows, which are still the turn before's for those beside them
  std::size_t next_waiting_ = 0;
  std::vector<std::uint8_t> before_;
  std::uint32_t last_row_ = 0xFFFFFFFF;
  std::uint32_t last_sector_ = patch_sectors;
  std::vector<Counts> counts_;            // patches: rows of patch_sectors; differences along levels
  std::vector<Counts> lit_;               // the same of all cells that are over a level, new or not
  std::vector<float> looked_at_;          // cells of a patch
  std::vector<float> turns_;              // of a patch sector, fading
  std::vector<std::uint8_t> thresholds_;  // regions
  std::vector<std::uint8_t> known_;       // 0 not, 1, 2 more than asked for
};

}  // namespace headland::signal
