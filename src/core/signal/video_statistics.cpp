// SPDX-License-Identifier: Apache-2.0
#include "core/signal/video_statistics.hpp"

#include <algorithm>
#include <cmath>

namespace headland::signal {

double VideoStatistics::zero_share() const {
  return cells_ == 0 ? 0.0 : static_cast<double>(count_[0]) / static_cast<double>(cells_);
}

double VideoStatistics::saturated_share() const {
  const std::uint64_t cells = count_[252] + count_[253] + count_[254] + count_[255];
  return cells_ == 0 ? 0.0 : static_cast<double>(cells) / static_cast<double>(cells_);
}

std::uint8_t VideoStatistics::noise_level(LevelLaw law, double decibels_per_level, Rounding rounding) const {
  if (cells_ == 0) return 0;
  const double quarter = 0.25 * static_cast<double>(cells_);
  double below = 0.0;
  std::size_t level = 0;
  while (level < 255 && below + static_cast<double>(count_[level]) < quarter) {
    below += static_cast<double>(count_[level++]);
  }
  // Within the level its cells are taken as spread evenly.
  const double inside = (quarter - below) / std::max(1.0, static_cast<double>(count_[level]));
  const double begins = static_cast<double>(level) - (rounding == Rounding::nearest ? 0.5 : 0.0);
  const double quartile = std::max(0.0, begins + std::min(1.0, inside));
  double mean = quartile + 2.90 / decibels_per_level;
  if (law == LevelLaw::linear) mean = 1.652 * quartile;
  if (law == LevelLaw::square) mean = 3.476 * quartile;
  return static_cast<std::uint8_t>(std::clamp(std::round(mean), 0.0, 255.0));
}

}  // namespace headland::signal
