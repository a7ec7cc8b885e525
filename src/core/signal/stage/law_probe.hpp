// SPDX-License-Identifier: Apache-2.0
// How the levels of raw video follow the echo, told by how its noise scatters.
//
// Rayleigh amplitudes lean to one side, their logarithms to the other: with the quartiles a, b, c of the levels,
// (a + c - 2 b) / (c - a) is +0.076 for amplitude, +0.262 for power and -0.118 for decibels, whatever the gain
// (quartiles of the exponential distribution of power). Where the radar has taken the mean of n pulses it leans less,
// which tells n, and with n how many decibels lie between the outer quartiles: 6.83 for one look, so that so many
// levels are so many decibels. Unlike moments, quartiles stand where the weakest noise is cut off.
//
// Of each range the quieter half of the blocks counts, as the cells before each block tell: echoes, land and weather
// are the other half. The median over range is the answer.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace headland::signal {

struct MeasuredLaw {
  bool is_logarithmic = false;  // else proportional
  double decibels_per_level = 0.0;
};

class LawProbe {
 public:
  static constexpr std::size_t block_cells = 32;

  // One spoke of 8 bits, levels rounded down.
  void add(std::span<const std::uint8_t> levels);
  void clear() { bands_.clear(); }

  // Nothing where too little was seen, or where it is neither clearly the one nor the other.
  [[nodiscard]] std::optional<MeasuredLaw> result() const;

 private:
  struct Block {
    std::uint16_t before = 0;  // sum of the levels of the cells before it
    std::array<std::uint8_t, block_cells> levels{};
  };
  std::vector<std::vector<Block>> bands_;  // by range
};

}  // namespace headland::signal
