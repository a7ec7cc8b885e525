// SPDX-License-Identifier: Apache-2.0
#include "core/signal/threshold.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace headland::signal {
namespace {

// Root of a falling function by bisection.
template <class F>
double solve(F falling, double wanted, double low, double high) {
  for (int i = 0; i < 80; ++i) {
    const double middle = 0.5 * (low + high);
    (falling(middle) > wanted ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

double logarithmic_false_alarm_probability(double offset_db, std::uint32_t cells) {
  // E over the normal error of the mean, by the trapezium rule over 6 deviations.
  const double deviation = 5.57 / std::sqrt(static_cast<double>(cells));
  double sum = 0.0;
  double weights = 0.0;
  for (int i = -60; i <= 60; ++i) {
    const double z = 0.1 * i;
    const double weight = std::exp(-0.5 * z * z);
    sum += weight * std::exp(-std::pow(10.0, (offset_db + z * deviation - 2.507) / 10.0));
    weights += weight;
  }
  return sum / weights;
}

// Mean of Rayleigh noise (mean 1) whose values count for no more than `cap`:
// 1 - E[(x - cap)+], and that is the integral of exp(-pi/4 x^2) from cap on.
double censored_mean(double cap) { return 1.0 - std::erfc(0.5 * std::sqrt(std::numbers::pi) * cap); }

std::uint32_t power_of_two_at_most(std::uint32_t value) {
  std::uint32_t power = 4;
  while (power * 2 <= value && power < 32) power *= 2;
  return power;
}

template <class T>
T finite_between(T value, T low, T high, T otherwise) {
  return std::isfinite(value) ? std::clamp(value, low, high) : otherwise;
}

}  // namespace

double linear_false_alarm_probability(double factor, std::uint32_t cells) {
  const double b = std::numbers::pi / 4.0 * factor * factor;
  const double spread = 1.0 + 2.0 * b * (4.0 / std::numbers::pi - 1.0) / static_cast<double>(cells);
  return std::exp(-b / spread) / std::sqrt(spread);
}

double linear_threshold_factor(double probability, std::uint32_t cells) {
  return solve([&](double f) { return linear_false_alarm_probability(f, cells); }, probability, 0.0, 200.0);
}

double logarithmic_threshold_offset_db(double probability, std::uint32_t cells) {
  return solve([&](double d) { return logarithmic_false_alarm_probability(d, cells); }, probability, -20.0, 60.0);
}

ThresholdRule threshold_rule(const Config& config) {
  const std::uint32_t cells = 2 * config.training_cells;
  ThresholdRule rule;
  if (config.law == LevelLaw::linear) {
    double factor = linear_threshold_factor(config.false_alarm_probability, cells);
    if (config.censor) factor /= censored_mean(0.5 * factor);
    rule.factor = static_cast<std::uint16_t>(std::clamp(std::round(factor * 256.0), 256.0, 65535.0));
  } else {
    const double offset =
        logarithmic_threshold_offset_db(config.false_alarm_probability, cells) / config.decibels_per_level;
    rule.offset = static_cast<std::uint16_t>(std::clamp(std::round(offset), 1.0, 255.0));
  }
  return rule;
}

Config sanitized(Config config) {
  config.decibels_per_level = finite_between(config.decibels_per_level, 0.05, 5.0, 0.5);
  config.guard_cells = std::min(config.guard_cells, 32U);
  config.training_cells = power_of_two_at_most(config.training_cells);
  config.false_alarm_probability = finite_between(config.false_alarm_probability, 1e-9, 0.1, 1e-4);
  config.minimum_level = std::min<std::uint8_t>(config.minimum_level, 254);
  config.thresholded_video_level = std::min<std::uint8_t>(config.thresholded_video_level, 254);
  const double beam = finite_between(config.beam_width.degrees(), 0.1, 10.0, 2.0);
  config.beam_width = Angle::from_degrees(beam);
  config.clutter_turns_log2 = std::min(config.clutter_turns_log2, 8U);
  config.clutter_echo_step = std::min(config.clutter_echo_step, 255U);
  config.clutter_valid_within = Metres(finite_between(config.clutter_valid_within.value(), 1.0, 1e6, 50.0));
  return config;
}

}  // namespace headland::signal
