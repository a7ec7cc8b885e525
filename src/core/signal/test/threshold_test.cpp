// SPDX-License-Identifier: Apache-2.0
#include "core/signal/threshold.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "core/base/random.hpp"

namespace headland::signal {
namespace {

double rayleigh(Random& random) { return std::sqrt(random.exponential()); }

TEST(Threshold, of_a_mean_without_error_is_that_of_the_rayleigh_law) {
  // exp(-pi/4 f^2) = 1e-4
  EXPECT_NEAR(linear_threshold_factor(1e-4, 1'000'000), std::sqrt(-std::log(1e-4) * 4.0 / 3.14159265), 1e-3);
}

TEST(Threshold, keeps_the_false_alarm_probability_it_was_made_for) {
  Random random(4);
  for (const std::uint32_t cells : {16U, 32U}) {
    const double factor = linear_threshold_factor(2e-3, cells);
    const double offset = logarithmic_threshold_offset_db(2e-3, cells);
    int linear = 0;
    int logarithmic = 0;
    constexpr int trials = 200'000;
    for (int i = 0; i < trials; ++i) {
      double mean = 0.0;
      double mean_db = 0.0;
      for (std::uint32_t k = 0; k < cells; ++k) {
        const double x = rayleigh(random);
        mean += x / cells;
        mean_db += 20.0 * std::log10(x) / cells;
      }
      const double x = rayleigh(random);
      linear += x > factor * mean ? 1 : 0;
      logarithmic += 20.0 * std::log10(x) > mean_db + offset ? 1 : 0;
    }
    EXPECT_NEAR(linear / double{trials}, 2e-3, 0.5e-3) << cells;
    EXPECT_NEAR(logarithmic / double{trials}, 2e-3, 0.6e-3) << cells;
  }
}

TEST(Threshold, falls_as_more_false_alarms_are_allowed) {
  Config config;
  std::uint16_t last = 65535;
  for (const double probability : {1e-8, 1e-6, 1e-4, 1e-2}) {
    config.false_alarm_probability = probability;
    const ThresholdRule rule = threshold_rule(config);
    EXPECT_LT(rule.factor, last);
    EXPECT_EQ(rule.offset, 0);
    last = rule.factor;
  }
  config.law = LevelLaw::logarithmic;
  config.false_alarm_probability = 1e-4;
  EXPECT_EQ(threshold_rule(config).factor, 256);
  EXPECT_NEAR(threshold_rule(config).offset * config.decibels_per_level, 12.9, 1.0);
}

TEST(Config, is_brought_into_its_ranges) {
  Config config;
  config.training_cells = 23;
  config.guard_cells = 99;
  config.false_alarm_probability = std::nan("");
  config.clutter_turns_log2 = 40;
  config.beam_width = Angle(Radians(std::nan("")));
  const Config sound = sanitized(config);
  EXPECT_EQ(sound.training_cells, 16U);
  EXPECT_EQ(sound.guard_cells, 32U);
  EXPECT_EQ(sound.false_alarm_probability, 1e-4);
  EXPECT_EQ(sound.clutter_turns_log2, 8U);
  EXPECT_NEAR(sound.beam_width.degrees(), 2.0, 1e-9);
}

}  // namespace
}  // namespace headland::signal
