// SPDX-License-Identifier: Apache-2.0
// The work on one spoke, cell by cell, in two forms that give the same cells: vectors of whatever width
// the processor has (Highway), and a plain loop that says what is meant. All of it in integers, so that
// neither the width nor the compiler can matter.
//
// Rows are padded with zeros to a multiple of hit_row_alignment cells; `cells` is the true number.
#pragma once

#include <cstdint>

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
  ThresholdRule threshold;
  std::uint8_t minimum = 0;         // lowest threshold, 0 .. 254
  std::uint32_t map_shift = 4;      // time constant 2^map_shift turns
  std::uint16_t map_echo_step = 1;  // 1/256 levels
  std::uint8_t cap_drop = 0;        // levels; 0: caps are half the threshold. At most threshold.offset
};

enum class MapUse : std::uint8_t { none, first_seen, learned };

// Detection in one row. With T = training, G = guard, x = training cells, per cell k:
//   lag  = x[k-G-T] + ... + x[k-G-1]    (towards the antenna)
//   lead = x[k+G+1] + ... + x[k+G+T]
//   where one of the two windows is not wholly inside the row, the other counts twice;
//   rows shorter than 2 (G + T) + 1 cells have no local mean (0);
//   mean  = (lag + lead | 2 max | 2 min) * 128 / T                       in 1/256 levels
//   local = clamp(floor(mean * factor / 65536) + offset, minimum, 255)
//   threshold = max(local, clamp(floor((m - floor(m/8)) * factor / 65536) + offset, minimum, 255)),
//   m = clutter map. Seven eighths of the map: in noise the greater of two means with errors of their
//   own would otherwise raise the threshold; in clutter that the local mean misses the map is far greater.
//   hit = level > threshold;  cap = threshold - floor(threshold/2), or threshold - cap_drop where that is set
// Map: first seen: m = mean. Later: m += (256 level - m) / 2^shift, both directions rounded towards m, but
// where level > local (an echo, not clutter) it rises by `map_echo_step` at most.
// A map row holds the even cells, then (padded / 2 behind) the odd ones.
struct DetectRow {
  const std::uint8_t* levels;
  const std::uint8_t* training;
  std::uint16_t* map;  // may be null with MapUse::none
  MapUse map_use;
  std::uint8_t* thresholds;
  std::uint8_t* caps;
  std::uint64_t* bits;
  std::uint32_t cells;
};

// Memory for the sums of one row.
class RowWorkspace {
 public:
  static constexpr std::uint32_t margin = 64;  // lanes before and behind each half
  void reserve(std::uint32_t cells) {
    half_ = padded_cells(cells) / 2 + row_slack;
    sums_.assign(std::size_t{2} * (half_ + 2 * margin), 0);
  }
  // Sum that starts at cell 2 j (even) or 2 j + 1 (odd): lane j.
  [[nodiscard]] std::uint16_t* even() { return sums_.data() + margin; }
  [[nodiscard]] std::uint16_t* odd() { return sums_.data() + half_ + std::size_t{3} * margin; }

 private:
  std::uint32_t half_ = 0;
  AlignedVector<std::uint16_t> sums_;
};

// Fixed threshold, for video whose noise the radar has cut off.
struct CompareRow {
  const std::uint8_t* levels;
  std::uint8_t threshold;
  std::uint8_t* thresholds;
  std::uint64_t* bits;
  std::uint32_t cells;
};

std::uint32_t clean_row(const CleanRow& row);
void detect_row(const DetectRule& rule, const DetectRow& row, RowWorkspace& workspace);
void compare_row(const CompareRow& row);

// The plain twins.
std::uint32_t clean_row_scalar(const CleanRow& row);
void detect_row_scalar(const DetectRule& rule, const DetectRow& row);
void compare_row_scalar(const CompareRow& row);

}  // namespace headland::signal
