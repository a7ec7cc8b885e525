// SPDX-License-Identifier: Apache-2.0
// What stands alone in the clutter map is no clutter but an echo: a boat at anchor, a buoy. Sea, rain and land reach
// farther than an echo does. Where such an echo is below its threshold in part of the turns (a weak boat that
// fluctuates) these turns raise the map over it until it would not be seen at all. So its cells are compared with the
// map of what lies about them; the map itself goes on to learn what they are, or it would not know what stands.
//
// A cell stands alone if it is over all but one of the eight places about it, as far away as an echo may reach in range
// and in bearing, by more than means of noise differ and by far more than the eight differ among themselves. One of the
// eight may be another boat; a strip of clutter or a breakwater, however thin, passes through two. It must have stood
// alone for long: crests of a spiky sea stand out of the map for as long as its memory, and are what the map is there
// for.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/signal/clutter_map.hpp"
#include "core/signal/row_kernels.hpp"

namespace headland::signal {

// A row of the map (even cells, then odd ones, `half` each) and rows as far away as an echo may reach, on both sides.
struct StandingRow {
  const std::uint16_t* map;
  const std::uint16_t* before;
  const std::uint16_t* after;
  std::uint32_t half;
  std::uint32_t away;  // lanes of a half: half the distance in cells
  Raise over;
};

struct StandingCell {
  std::uint32_t place = 0;  // in the row of the map
  std::uint16_t about = 0;  // of the map about it
  friend bool operator==(const StandingCell&, const StandingCell&) = default;
};

// Writes `out` anew. Per lane k, away <= k < half - away, of both halves: with b the second largest of map, before and
// after at k - away and k + away and of before and after at k, and m the mean of these eight (of pairs, rounded up), a
// cell stands where map[k] > b + floor(b * gain / 65536) + addition (more than noise) and > m + 6 (b - m) (more than
// these differ among themselves: where the sea is spiky they do), and b is about it. Cells nearer to the ends of a row
// have no places on both sides and never stand.
void find_standing(const StandingRow& row, std::vector<StandingCell>& out);
void find_standing_scalar(const StandingRow& row, std::vector<StandingCell>& out);

class StandingEchoes {
 public:
  // What stands is looked for in one turn of `every_turns`, for a look costs much and the map changes slowly. A cell
  // counts from where it stood in `looks_to_count` looks more than it did not, until these are fewer than
  // `looks_to_stay`.
  static constexpr std::uint64_t every_turns = 16;
  static constexpr std::uint8_t looks_to_count = 3, looks_to_stay = 2, most_looks = 4;

  // Forgets what stood. Places in range are in the middle of the CFAR windows of `rule`.
  void configure(Raise over, const DetectRule& rule, double beam_rad);
  void forget() { rows_.clear(); }

  // Of a map that was taken up as it was before a restart, rows seen so often: what stands in a full one counts at
  // once, until one look shows that it does not.
  void resume(std::span<const std::uint16_t> looks, std::uint16_t full);

  // About the detection in a row of a map whose memory is full: cells that stand are compared with what lies about them
  // and learn by themselves (over the threshold as an echo, 1/256 level a turn at most). `row.map_use` is learned or
  // known.
  void level(ClutterMap& map, std::uint32_t row, std::uint64_t turn);
  void put_back(const DetectRule& rule, const DetectRow& row);

 private:
  struct Followed {
    StandingCell cell;
    std::uint8_t looks = 0;
    bool counts = false;
  };
  struct Row {
    std::uint64_t found_in = 0;  // turn + 1; 0: never looked at
    bool is_resumed = false;
    std::vector<Followed> cells;
    std::vector<StandingCell> counting;  // of these
  };

  void find(const ClutterMap& map, std::uint32_t row);
  void follow(Row& row);

  Raise over_;
  std::uint32_t away_ = 0;  // lanes
  double beam_rad_ = 0.0;
  std::vector<Row> rows_;
  std::vector<StandingCell> found_;
  std::vector<Followed> before_;
  struct Kept {
    std::uint32_t place = 0;
    std::uint16_t level = 0;
  };
  std::vector<Kept> kept_;      // of the row in hand,
  std::size_t kept_cells_ = 0;  // so many of them
};

}  // namespace headland::signal
