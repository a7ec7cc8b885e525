// SPDX-License-Identifier: Apache-2.0
// 16-bit video to levels of 8: the dynamic of 16 bits in steps of 0.376 dB, without loss that matters to detection, and
// the same fast path for both.
#include <algorithm>
#include <cmath>

#include "core/signal/signal_stage.hpp"

namespace headland::signal {
namespace {

constexpr double levels_per_octave = 16.0;  // 96 dB in 255 levels

std::uint8_t level_of(double steps) { return static_cast<std::uint8_t>(std::clamp(steps, 1.0, 255.0)); }

}  // namespace

double SignalStage::compand_16_bits() {
  const double step_db = 20.0 * std::log10(2.0) / levels_per_octave;
  // Values that are decibels already are only made coarser.
  const bool logarithmic = config_.law == LevelLaw::logarithmic;
  const double value_db = config_.decibels_per_level;
  const double per_octave = config_.law == LevelLaw::square ? 0.5 * levels_per_octave : levels_per_octave;
  companded_.assign(65536, 0);
  for (std::uint32_t value = 1; value < companded_.size(); ++value) {
    companded_[value] = logarithmic ? level_of(std::floor(value * std::min(value_db / step_db, 1.0)))
                                    : level_of(per_octave * std::log2(static_cast<double>(value)) + 0.5);
  }
  return logarithmic ? std::max(value_db, step_db) : step_db;
}

}  // namespace headland::signal
