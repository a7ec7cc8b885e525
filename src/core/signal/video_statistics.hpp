// SPDX-License-Identifier: Apache-2.0
// What kind of video a radar sends: raw, with its noise, or already cut off; and how strong the noise is.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "core/signal/config.hpp"

namespace headland::signal {

class VideoStatistics {
 public:
  void add(std::span<const std::uint8_t> levels) {
    for (const std::uint8_t level : levels) ++count_[level];
    cells_ += levels.size();
  }
  void clear() { *this = {}; }
  [[nodiscard]] std::uint64_t cells() const { return cells_; }

  // Share of the cells that are exactly zero, 0 .. 1; 0 where nothing was seen.
  [[nodiscard]] double zero_share() const;
  // Mean level of Rayleigh noise from the lower quartile, which echoes hardly move:
  // linear mean = 1.652 quartile; logarithmic mean = quartile + 2.90 dB.
  [[nodiscard]] std::uint8_t noise_level(LevelLaw law, double decibels_per_level) const;

 private:
  std::array<std::uint64_t, 256> count_{};
  std::uint64_t cells_ = 0;
};

}  // namespace headland::signal
