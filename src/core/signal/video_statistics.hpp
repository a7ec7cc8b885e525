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
  // Every `step`th of the levels, from the first.
  void add(std::span<const std::uint8_t> levels, std::size_t step = 1) {
    for (std::size_t i = 0; i < levels.size(); i += step) ++count_[levels[i]];
    cells_ += (levels.size() + step - 1) / step;
  }
  void clear() { *this = {}; }
  [[nodiscard]] std::uint64_t cells() const { return cells_; }

  // Share of the cells that are exactly zero, 0 .. 1; 0 where nothing was seen.
  [[nodiscard]] double zero_share() const;
  // Share of the cells at the end of the scale: 252 and above, so that 6 bits spread to 8 count, too.
  [[nodiscard]] double saturated_share() const;
  // Mean level of Rayleigh noise from the lower quartile, which echoes hardly move:
  // linear mean = 1.652 quartile; square-law mean = 3.476 quartile; logarithmic mean = quartile + 2.90 dB.
  [[nodiscard]] std::uint8_t noise_level(LevelLaw law, double decibels_per_level,
                                         Rounding rounding = Rounding::nearest) const;

 private:
  std::array<std::uint64_t, 256> count_{};
  std::uint64_t cells_ = 0;
};

}  // namespace headland::signal
