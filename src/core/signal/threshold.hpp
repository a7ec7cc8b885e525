// SPDX-License-Identifier: Apache-2.0
// From a false-alarm probability to the numbers that turn a mean level into a threshold.
#pragma once

#include <cstdint>

#include "core/signal/config.hpp"

namespace headland::signal {

// threshold = floor(mean * factor / 256) + offset, levels; the mean is in 1/256 levels.
struct ThresholdRule {
  std::uint16_t factor = 256;  // in 1/256
  std::uint16_t offset = 0;    // levels
  friend bool operator==(const ThresholdRule&, const ThresholdRule&) = default;
};

// For thermal noise behind an envelope detector (Rayleigh amplitude). `cells` = training cells that enter
// the mean. Linear levels: with the mean m of N cells taken as normal, deviation s = sqrt((4/pi - 1)/N),
//   Pfa = E[exp(-b m^2)] = exp(-b / (1 + 2 b s^2)) / sqrt(1 + 2 b s^2),  b = pi/4 factor^2,
// solved for the factor. Censoring lowers the mean a little; the factor makes up for it.
// Logarithmic levels: noise power in dB exceeds its mean in dB by d with probability
// exp(-10^((d - 2.507)/10)); the deviation of a cell is 5.57 dB, of the mean 5.57/sqrt(N).
[[nodiscard]] ThresholdRule threshold_rule(const Config& config);

// What linear_threshold_factor solves: the probability that Rayleigh noise exceeds factor times the mean of
// `cells` others.
[[nodiscard]] double linear_false_alarm_probability(double factor, std::uint32_t cells);
[[nodiscard]] double linear_threshold_factor(double probability, std::uint32_t cells);
[[nodiscard]] double logarithmic_threshold_offset_db(double probability, std::uint32_t cells);

}  // namespace headland::signal
