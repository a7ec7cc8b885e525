// SPDX-License-Identifier: Apache-2.0
// The work on one spoke, cell by cell, in two forms that give the same cells: vectors of whatever width
// the processor has (Highway), and a plain loop that says what is meant. All of it in integers, so that
// neither the width nor the compiler can matter.
//
// Rows are padded with zeros to a multiple of hit_row_alignment cells; `cells` is the true number.
#pragma once

#include <cstdint>
#include <vector>

#include "core/signal/config.hpp"
#include "core/signal/threshold.hpp"
#include "core/video/aligned.hpp"
#include "core/video/hits.hpp"

namespace headland::signal {

// Cells that a row buffer must have behind its padded length: vectors read ahead.
inline constexpr std::uint32_t row_slack = 256;

// Interference of other radars is short and not in step with our pulses, so it stands in one spoke only:
// a cell more than `margin` over the same cell of both neighbours gets the greater of these two.
// training[k] = min(levels[k], caps[k]). Returns how many cells were cut.
struct CleanRow {
  const std::uint8_t* previous;  // the cells of `current` where there is no neighbour
  const std::uint8_t* current;
  const std::uint8_t* next;
  const std::uint8_t* caps;
  std::uint8_t* levels;
  std::uint8_t* training;
  std::uint32_t cells;
  std::uint8_t margin;
};

// What holds for every cell of a row.
struct DetectRule {
  Averaging averaging = Averaging::cell;
  std::uint32_t guard = 4;
  std::uint32_t training = 16;  // 4, 8, 16, 32
  Scale local;
  Scale map;
  EdgeRule edge;  // of Averaging::automatic
  Raise map_start;
  std::uint8_t minimum = 0;         // lowest threshold, 0 .. 254
  std::uint32_t map_shift = 4;      // time constant 2^map_shift turns, 2 .. 8
  std::uint16_t map_echo_step = 1;  // 1/256 levels
  std::uint8_t cap_drop = 0;        // levels; 0: caps are half the threshold
};

// Which of the 2 T training cells, from the smallest, an order statistic takes.
constexpr std::uint32_t rank_of(std::uint32_t training) { return training + training / 2; }

constexpr std::uint32_t fewest_cells(const DetectRule& rule) {
  return 2 * (rule.guard + rule.training) + rule.training;
}

// Known: compared with, but not brought up to date.
enum class MapUse : std::uint8_t { none, first_seen, learned, known };

// Detection in one row. With T = training, G = guard, x = training cells, per cell k:
//   lag  = x[k-G-T] + ... + x[k-G-1]    (towards the antenna)
//   lead = x[k+G+1] + ... + x[k+G+T]
//   where one of the two windows is not wholly inside the row, the T cells behind the other take its place: a mean is
//   always one of 2 T cells; rows shorter than fewest_cells have no local mean (0);
//   mean  = (lag + lead | 2 max | 2 min | see EdgeRule) * 128 / T        in 1/256 levels
//   scaled(m, s) = floor(min(m + s.bias, 65535) * s.factor / 65536)
//   threshold = clamp(max(scaled(mean, local), scaled(map, map)), minimum, 255), of a learned or known map only
//   hit = level > threshold;  cap = threshold - floor(threshold/2), or max(threshold - cap_drop, 0) where that is set
// Map m: first seen: m = the mean as Raise says, 65535 at most. Learned: m += d / 2^shift to the nearest, d = 256
// level - m (to the even below), but where level > scaled(256 max(lag, lead) / T, local) (an echo, not clutter: over
// what the stronger window allows, or at an edge the map would lose the peaks of the clutter) it rises by
// `map_echo_step` at most. A map row holds the even cells, then (padded / 2 behind) the odd ones.
//
// Ordered: the local threshold is the (3T/2)th smallest of the 2T training cells, scaled as min(scaled(256 x), 255);
// nothing is sorted: a cell is over it exactly where at least 3T/2 of the scaled cells are below the cell
// (rank count; Rohling 1983 for the detector). A hit that is not weaker than the cell before and behind it has its
// exact threshold, for the strength of the echo; other cells over the local threshold have the map's (or the minimum),
// all others the greater of that and their own level. Caps are 255. Cells over the local threshold are the echoes.
struct DetectRow {
  const std::uint8_t* levels;
  const std::uint8_t* training;
  std::uint16_t* map;  // may be null with MapUse::none
  MapUse map_use;
  std::uint8_t* thresholds;
  std::uint8_t* caps;
  std::uint64_t* bits;
  std::uint32_t cells;
  // What the next rows will need from far memory, fetched meanwhile: their map, of which this row fetches one of
  // 2^next_map_parts_log2 parts, and the cells of the next one; may be null.
  const std::uint16_t* next_map = nullptr;
  const std::uint8_t* next_cells = nullptr;
  std::uint32_t next_map_parts_log2 = 0;
};

// What a map cell learns of a level, as above.
[[nodiscard]] std::uint16_t learned_level(const DetectRule& rule, std::uint16_t map, std::uint8_t level, bool echo);

// Memory for the sums of one row.
class RowWorkspace {
 public:
  static constexpr std::size_t margin = 64;  // lanes before and behind each half
  void reserve(std::uint32_t cells) {
    half_ = padded_cells(cells) / 2 + row_slack;
    sums_.assign(std::size_t{2} * (half_ + 2 * margin), 0);
    bytes_ = padded_cells(cells) + row_slack;
    rows_.assign(3 * (bytes_ + 2 * margin), 0);
    places_.assign(padded_cells(cells), 0);
  }
  // Sum whose last cell is 2 j (even) or 2 j + 1 (odd): lane j.
  [[nodiscard]] std::uint16_t* even() { return sums_.data() + margin; }
  [[nodiscard]] std::uint16_t* odd() { return sums_.data() + half_ + std::size_t{3} * margin; }
  // Rows of cells, for the order statistic: what cells scale to, the third smallest of four, echoes.
  [[nodiscard]] std::uint8_t* scaled() { return row(0); }
  [[nodiscard]] std::uint8_t* thirds() { return row(1); }
  [[nodiscard]] std::uint8_t* echoes() { return row(2); }
  // Cells of the row that more is to be done with.
  [[nodiscard]] std::uint32_t* places() { return places_.data(); }

 private:
  [[nodiscard]] std::uint8_t* row(std::size_t i) { return rows_.data() + i * (bytes_ + 2 * margin) + margin; }

  std::size_t half_ = 0;
  std::size_t bytes_ = 0;
  AlignedVector<std::uint16_t> sums_;
  AlignedVector<std::uint8_t> rows_;
  std::vector<std::uint32_t> places_;
};

// One threshold each 64 cells, for video whose noise the radar has cut off.
struct CompareRow {
  const std::uint8_t* levels;
  const std::uint8_t* limits;  // as many as the padded row has words
  std::uint8_t* thresholds;    // of each cell; may be null
  std::uint64_t* bits;
  std::uint32_t cells;
};

// Of each group of probed_cells: how many are over a probe below their threshold, and the sum of their levels, where
// echoes count as their thresholds: sums[i] = sum of min(level, threshold) + 65536 times the number over.
// The probe: level >= floor(((threshold + 1) factor + 128) / 256), or where the factor is 0
// level >= max(threshold - drop, 0).
struct ProbeRow {
  const std::uint8_t* levels;
  const std::uint8_t* thresholds;
  std::uint8_t factor;  // in 1/256
  std::uint8_t drop;    // levels
  std::uint32_t* sums;  // room for all groups of the padded row; only those that are whole mean something
  std::uint32_t cells;
};
inline constexpr std::uint32_t probed_cells = 16;

std::uint32_t clean_row(const CleanRow& row);
void detect_row(const DetectRule& rule, const DetectRow& row, RowWorkspace& workspace);
void compare_row(const CompareRow& row);
void probe_row(const ProbeRow& row);
// detect_row with an order statistic, but for a map first seen, which is left alone.
void detect_row_ordered(const DetectRule& rule, const DetectRow& row, RowWorkspace& workspace);

// The plain twins.
std::uint32_t clean_row_scalar(const CleanRow& row);
void detect_row_scalar(const DetectRule& rule, const DetectRow& row);
void compare_row_scalar(const CompareRow& row);
void probe_row_scalar(const ProbeRow& row);

}  // namespace headland::signal
