// SPDX-License-Identifier: Apache-2.0
// Behind a ship the sea is hidden, not gone: what is behind a strong echo teaches the clutter map but one turn in
// eight. Otherwise the map forgets the clutter while a ship passes before it, and calls it echoes when it comes back.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/video/hits.hpp"

namespace headland::signal {

// How levels follow the echo: what makes one strong.
struct StrongEcho {
  double decibels_per_level = 0.0;  // 0: levels follow amplitude, or power where `square` is set
  bool square = false;
};

// A hit is strong from level from[threshold] on, or where it is saturated. No threshold has a lower one than
// (1 or 3) threshold + more, which is what vectors of cells are asked first.
struct StrongRule {
  std::array<std::uint16_t, 256> from{};
  bool triple = false;
  std::uint8_t more = 0;
};
inline constexpr std::uint32_t nothing_strong = 0xFFFFFFFFU;

// The first cell that is strong. Rows may be read up to the next multiple of 64 cells.
std::uint32_t first_strong(const StrongRule& rule, std::span<const std::uint8_t> levels,
                           std::span<const std::uint8_t> thresholds, std::span<const std::uint64_t> bits);

class EchoShadow {
 public:
  void configure(const StrongEcho& strong, std::uint32_t capacity);

  // The row just detected: where its nearest strong echo is, for the spoke that follows.
  void note(std::span<const std::uint8_t> levels, std::span<const std::uint8_t> thresholds,
            std::span<const std::uint64_t> bits);

  // Around the detection in the next row (not where spokes were lost between): what of its map is to be kept, and put
  // back afterwards. `map` is the row of capacity cells, the even ones first, then the odd ones.
  void keep(std::span<const std::uint16_t> map, std::uint64_t turn);
  void put_back(std::span<std::uint16_t> map);

 private:
  static constexpr std::uint32_t none = nothing_strong;

  std::uint32_t capacity_ = 0;
  std::uint32_t from_ = none;  // cell of the nearest strong echo of the spoke before
  std::uint32_t kept_ = none;
  StrongRule rule_;
  std::vector<std::uint16_t> even_, odd_;
};

}  // namespace headland::signal
