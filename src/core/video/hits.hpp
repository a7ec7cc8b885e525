// SPDX-License-Identifier: Apache-2.0
// What the signal stage hands to the plots: which cells of which spoke are over their threshold.
//
// A row of bits a spoke, not a list of cells: at 8192 cells and one in a hundred over the threshold
// a row is 1 kB, is written by the comparison itself, and runs of cells are found in it 64 at a time.
// Levels and thresholds come along for amplitude and strength. Plots need not know the signal stage.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/angle.hpp"
#include "core/base/constants.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/base/units.hpp"
#include "core/video/aligned.hpp"
#include "core/video/spoke.hpp"

namespace headland {

// Rows of HitBlock are padded to a multiple of this many cells; what is in the padding is never a hit.
inline constexpr std::uint32_t hit_row_alignment = 128;
constexpr std::uint32_t padded_cells(std::uint32_t cells) {
  return (cells + hit_row_alignment - 1) / hit_row_alignment * hit_row_alignment;
}

// How far the antenna has turned since the radar's first north crossing or start, in 2^-32 turns:
// `>> 32` is the number of the turn, the low half the bearing. Grows but for small steps back.
using AntennaPosition = std::int64_t;
inline constexpr AntennaPosition positions_per_turn = AntennaPosition{1} << 32;
inline constexpr double radians_per_position = full_turn / static_cast<double>(positions_per_turn);

struct HitSpoke {
  Timestamp time;      // when the middle of the beam passed `bearing`
  Bearing bearing;     // middle of the spoke
  Angle width;         // angle the spoke stands for
  Metres range_start;  // near edge of cell 0
  Metres cell_size;
  AntennaPosition position = 0;
  std::uint32_t cell_count = 0;
  std::uint32_t row = 0;     // row of this spoke in the block's buffers
  bool has_doppler = false;  // of the radar, not of single cells
  // What its levels mean. It changes once where it is measured.
  double decibels_per_level = 0.0;  // 0: levels are proportional to amplitude or power; else logarithmic
  bool is_square_law = false;       // proportional to power
};

// Values of one block of spokes, in order of time. Buffers hold rows of `stride` cells.
struct HitBlock {
  SensorId sensor;
  BearingReference reference = BearingReference::true_north;
  std::optional<Site> site;  // where the antenna was, if known
  std::uint32_t stride = 0;  // cells of a row, a multiple of hit_row_alignment
  std::vector<HitSpoke> spokes;
  AlignedVector<std::uint8_t> levels;      // amplitude after rejection of interference, 0 .. 255
  AlignedVector<std::uint8_t> thresholds;  // a cell is a hit when its level is over its threshold
  AlignedVector<std::uint8_t> doppler;     // DopplerCell, where the spoke has it; may be empty
  AlignedVector<std::uint64_t> bits;       // bit k % 64 of word k / 64 = cell k is a hit
  // Rows as of `bits`, or empty. Where the radar cut off the noise: hits, and weaker cells, too, where little comes and
  // goes; an echo without a hit in it is a weak one by itself, with one it is the fringe of a strong one.
  AlignedVector<std::uint64_t> weak_bits;
  bool has_strengths = false;  // levels over thresholds mean something: the radar did not cut the noise off

  [[nodiscard]] std::span<const std::uint8_t> levels_of(const HitSpoke& s) const {
    return std::span(levels).subspan(std::size_t{s.row} * stride, s.cell_count);
  }
  [[nodiscard]] std::span<const std::uint8_t> thresholds_of(const HitSpoke& s) const {
    return std::span(thresholds).subspan(std::size_t{s.row} * stride, s.cell_count);
  }
  [[nodiscard]] std::span<const std::uint8_t> doppler_of(const HitSpoke& s) const {
    if (!s.has_doppler) return {};
    return std::span(doppler).subspan(std::size_t{s.row} * stride, s.cell_count);
  }
  [[nodiscard]] std::span<const std::uint64_t> bits_of(const HitSpoke& s) const {
    return std::span(bits).subspan(std::size_t{s.row} * (stride / 64), (s.cell_count + 63) / 64);
  }
  [[nodiscard]] std::span<const std::uint64_t> weak_bits_of(const HitSpoke& s) const {
    if (weak_bits.empty()) return {};
    return std::span(weak_bits).subspan(std::size_t{s.row} * (stride / 64), (s.cell_count + 63) / 64);
  }
};

}  // namespace headland
