// SPDX-License-Identifier: Apache-2.0
// Behind a ship the sea is hidden, not gone: what is behind a strong echo teaches the clutter map but one turn in
// eight. Otherwise the map forgets the clutter while a ship passes before it, and calls it echoes when it comes back.
#pragma once

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
  static constexpr std::uint32_t none = 0xFFFFFFFFU;

  [[nodiscard]] bool is_strong(std::uint8_t level, std::uint8_t threshold) const {
    return level == 255 || level >= strong_from_[threshold];
  }

  std::uint32_t capacity_ = 0;
  std::uint32_t from_ = none;  // cell of the nearest strong echo of the spoke before
  std::uint32_t kept_ = none;
  std::vector<std::uint16_t> strong_from_;  // level, by threshold
  std::vector<std::uint16_t> even_, odd_;
};

}  // namespace headland::signal
