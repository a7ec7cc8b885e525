// SPDX-License-Identifier: Apache-2.0
#include "core/signal/threshold.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace headland::signal {
namespace {

Config without_map(LevelLaw law, double probability) {
  Config config;
  config.law = law;
  config.false_alarm_probability = probability;
  config.clutter_turns_log2 = 0;
  config.censor = false;
  return config;
}

TEST(Threshold, over_a_mean_without_error_is_that_of_the_rayleigh_law) {
  for (const double probability : {1e-3, 1e-6}) {
    const double u = -std::log(probability);
    const auto factor = [&](LevelLaw law) { return factors_of(without_map(law, probability)).without_error; };
    EXPECT_NEAR(factor(LevelLaw::square), u, 1e-6 * u);
    EXPECT_NEAR(factor(LevelLaw::linear), std::sqrt(u * 4.0 / std::numbers::pi), 1e-4);
    EXPECT_NEAR(factor(LevelLaw::logarithmic), 10.0 * std::log10(u) + 2.507, 1e-3);
  }
}

TEST(Threshold, of_square_law_video_is_the_closed_form_of_cell_averaging) {
  // Pfa = (1 + factor / N)^-N (Finn, Johnson 1968)
  for (const double probability : {1e-3, 1e-4, 1e-6}) {
    Config config = without_map(LevelLaw::square, probability);
    const double cells = 2.0 * config.training_cells;
    const double closed = cells * (std::pow(probability, -1.0 / cells) - 1.0);
    EXPECT_NEAR(factors_of(config).alone, closed, 2e-3 * closed);
  }
}

TEST(Threshold, of_an_order_statistic_is_the_closed_form_for_square_law_video) {
  // Pfa = prod over i < k of (N - i) / (N - i + factor) (Rohling 1983)
  Config config = without_map(LevelLaw::square, 1e-4);
  config.averaging = Averaging::ordered;
  const double factor = factors_of(config).alone;
  double product = 1.0;
  for (int i = 0; i < 24; ++i) product *= (32.0 - i) / (32.0 - i + factor);
  EXPECT_NEAR(product, 1e-4, 2e-6);
}

TEST(Threshold, falls_as_more_false_alarms_are_allowed) {
  for (const LevelLaw law : {LevelLaw::linear, LevelLaw::square, LevelLaw::logarithmic}) {
    double last = 1e9;
    for (const double probability : {1e-8, 1e-6, 1e-4, 1e-2}) {
      Config config;
      config.law = law;
      config.false_alarm_probability = probability;
      const Factors f = factors_of(config);
      EXPECT_LT(f.local, last);
      EXPECT_LT(f.local, f.alone);
      EXPECT_GT(f.one_window, f.alone);
      last = f.local;
    }
  }
}

TEST(Threshold, rises_with_the_spikes_of_the_clutter) {
  double last = factors_of({}).map;
  for (const double shape : {10.0, 2.0, 0.5}) {
    Config config;
    config.clutter_shape = shape;
    const double factor = factors_of(config).map;
    EXPECT_GT(factor, 1.1 * last) << shape;
    last = factor;
  }
}

TEST(Threshold, of_clutter_of_shape_one_half_is_that_of_exponential_amplitude) {
  Config config = without_map(LevelLaw::linear, 1e-4);
  config.clutter_shape = 0.5;
  EXPECT_NEAR(factors_of(config).without_error, -std::log(1e-4), 0.03);
  // and so of the closed form of cell averaging, (1 + factor / N)^-N
  EXPECT_NEAR(factors_of(config).alone, 32.0 * (std::pow(1e-4, -1.0 / 32.0) - 1.0), 0.06);
}

TEST(Threshold, costs_few_decibels_of_an_echo) {
  Config config = without_map(LevelLaw::square, 1e-4);
  // Closed form: Pd = (1 + factor / (N (1 + S)))^-N for Swerling 1
  const double factor = factors_of(config).alone;
  EXPECT_NEAR(detection_probability(config, Fluctuation::slow, 15.0),
              std::pow(1.0 + factor / (32.0 * (1.0 + std::pow(10.0, 1.5))), -32.0), 1e-3);
  EXPECT_NEAR(cfar_loss_db(config, Fluctuation::slow, 0.8), 0.6, 0.15);
  EXPECT_LT(cfar_loss_db({}, Fluctuation::slow, 0.8), 1.0);
}

TEST(Config, is_brought_into_its_ranges) {
  Config config;
  config.training_cells = 23;
  config.guard_cells = 99;
  config.false_alarm_probability = std::nan("");
  config.clutter_turns_log2 = 40;
  config.clutter_shape = 0.01;
  config.beam_width = Angle(Radians(std::nan("")));
  const Config sound = sanitized(config);
  EXPECT_EQ(sound.training_cells, 16U);
  EXPECT_EQ(sound.guard_cells, 32U);
  EXPECT_EQ(sound.false_alarm_probability, 1e-4);
  EXPECT_EQ(sound.clutter_turns_log2, 8U);
  EXPECT_EQ(sound.clutter_shape, 0.1);
  EXPECT_NEAR(sound.beam_width.degrees(), 2.0, 1e-9);
}

}  // namespace
}  // namespace headland::signal
