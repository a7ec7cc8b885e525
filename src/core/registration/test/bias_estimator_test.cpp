// SPDX-License-Identifier: Apache-2.0
#include "core/registration/bias_estimator.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "core/base/random.hpp"

namespace headland::registration {
namespace {

constexpr double radian = std::numbers::pi / 180.0;

Timestamp at(double s) { return from_epoch_seconds(1'700'000'000.0 + s); }

// Vessels with their own offset of antenna and echo; a share of them lies by half a kilometre.
void feed(BiasEstimator& estimator, std::uint32_t vessels, std::uint32_t liars, Bias truth, std::uint64_t seed,
          double from_s = 0.0) {
  Random random(seed);
  for (std::uint32_t v = 0; v < vessels; ++v) {
    const double range = 1500.0 + 7000.0 * random.uniform();
    const double along = 20.0 * random.normal() + (v < liars ? 500.0 : 0.0);
    const double across = 20.0 * random.normal() + (v < liars ? 500.0 : 0.0);
    for (int k = 0; k < 30; ++k) {
      BiasLook look;
      look.vessel = Mmsi(200'000'000 + v);
      look.time = at(from_s + k * 10.0);
      look.range_m = range;
      look.speed_mps = 4.0;
      look.range_error_m = truth.range_m + along + 15.0 * random.normal();
      look.bearing_error_rad = truth.bearing_rad + across / range + 0.5 * radian * random.normal();
      estimator.observe(look);
    }
  }
}

TEST(BiasEstimator, finds_the_bias_within_the_deviation_it_states) {
  int inside = 0;
  constexpr int runs = 60;
  for (int k = 0; k < runs; ++k) {
    BiasEstimator estimator({});
    const Bias truth{50.0, 1.2 * radian};
    feed(estimator, 10, 0, truth, 10 + static_cast<std::uint64_t>(k));
    const auto& e = estimator.estimate();
    const bool range = std::abs(e.bias.range_m - truth.range_m) < 2.0 * e.deviation.range_m;
    const bool bearing = std::abs(e.bias.bearing_rad - truth.bearing_rad) < 2.0 * e.deviation.bearing_rad;
    if (range && bearing) ++inside;
    EXPECT_LT(e.deviation.range_m, 15.0);
  }
  EXPECT_GE(inside, runs * 85 / 100);
}

TEST(BiasEstimator, vessels_that_lie_do_not_move_it) {
  BiasEstimator estimator({});
  feed(estimator, 10, 3, {50.0, 1.2 * radian}, 4);
  const auto& e = estimator.estimate();
  EXPECT_NEAR(e.bias.range_m, 50.0, 30.0);
  EXPECT_NEAR(e.bias.bearing_rad / radian, 1.2, 0.6);
  EXPECT_EQ(e.refused, 3U);
}

TEST(BiasEstimator, one_vessel_or_two_move_nothing_however_much_and_often_they_say) {
  for (std::uint32_t vessels = 1; vessels <= 2; ++vessels) {
    BiasEstimator estimator({});
    feed(estimator, vessels, 0, {150.0, 3.0 * radian}, 4);
    for (int k = 0; k < 100; ++k) estimator.applied(at(1000.0 + k));
    EXPECT_EQ(estimator.applied().range_m, 0.0);
    EXPECT_EQ(estimator.applied().bearing_rad, 0.0);
  }
}

TEST(BiasEstimator, knows_nothing_before_anybody_was_heard) {
  const BiasEstimator estimator({});
  EXPECT_EQ(estimator.estimate().deviation.range_m, BiasEstimatorConfig{}.prior_range_m);
  EXPECT_EQ(estimator.estimate().vessels, 0U);
}

TEST(BiasEstimator, an_antenna_that_was_turned_is_believed_once_the_old_witnesses_are_gone) {
  BiasEstimator estimator({});
  feed(estimator, 8, 0, {0.0, 2.0 * radian}, 4);
  feed(estimator, 8, 0, {0.0, -2.0 * radian}, 5, 3.0 * 3600.0);
  EXPECT_NEAR(estimator.estimate().bias.bearing_rad / radian, -2.0, 0.6);
}

TEST(BiasEstimator, a_true_radar_is_left_alone) {
  int touched = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    BiasEstimator estimator({});
    feed(estimator, 8, 0, {}, seed);
    for (int k = 0; k < 100; ++k) estimator.applied(at(1000.0 + k));
    if (estimator.applied().range_m != 0.0 || estimator.applied().bearing_rad != 0.0) ++touched;
  }
  EXPECT_LE(touched, 8);
}

TEST(BiasEstimator, what_is_taken_off_changes_no_faster_than_tracks_can_follow) {
  BiasEstimatorConfig config;
  BiasEstimator estimator(config);
  feed(estimator, 12, 0, {80.0, 2.0 * radian}, 4);
  Bias before = estimator.applied(at(400.0));
  for (int k = 1; k < 400; ++k) {
    const Bias now = estimator.applied(at(400.0 + k));
    EXPECT_LE(std::abs(now.range_m - before.range_m), config.slew_range_mps + 1e-9);
    EXPECT_LE(std::abs(now.bearing_rad - before.bearing_rad), config.slew_bearing_deg_per_s * radian + 1e-12);
    before = now;
  }
  EXPECT_NEAR(before.range_m, 80.0, 25.0);
  EXPECT_NEAR(before.bearing_rad / radian, 2.0, 0.5);
}

TEST(BiasEstimator, time_that_goes_back_takes_nothing_off) {
  BiasEstimator estimator({});
  feed(estimator, 12, 0, {80.0, 2.0 * radian}, 4);
  const Bias before = estimator.applied(at(400.0));
  const Bias after = estimator.applied(at(100.0));
  EXPECT_EQ(before.range_m, after.range_m);
}

TEST(BiasEstimator, goes_on_from_a_snapshot) {
  BiasEstimator one({});
  feed(one, 12, 1, {80.0, 2.0 * radian}, 4);
  for (int k = 0; k < 50; ++k) one.applied(at(400.0 + k));
  BiasEstimator two({});
  two.restore(one.snapshot());
  for (int k = 50; k < 90; ++k) {
    EXPECT_EQ(one.applied(at(400.0 + k)).range_m, two.applied(at(400.0 + k)).range_m);
    EXPECT_EQ(one.applied().bearing_rad, two.applied().bearing_rad);
  }
}

TEST(BiasEstimator, remembers_no_more_vessels_than_it_may) {
  BiasEstimatorConfig config;
  config.most_vessels = 5;
  BiasEstimator estimator(config);
  feed(estimator, 50, 0, {}, 4);
  EXPECT_LE(estimator.snapshot().vessels.size(), 5U);
}

TEST(BiasEstimator, differences_that_are_no_numbers_are_not_counted) {
  BiasEstimator estimator({});
  BiasLook look;
  look.vessel = Mmsi(200'000'001);
  look.range_m = 1000.0;
  look.range_error_m = std::numeric_limits<double>::quiet_NaN();
  estimator.observe(look);
  look.range_error_m = 1.0;
  look.range_m = 0.0;
  estimator.observe(look);
  EXPECT_TRUE(estimator.snapshot().vessels.empty());
}

}  // namespace
}  // namespace headland::registration
