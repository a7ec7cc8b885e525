// SPDX-License-Identifier: Apache-2.0
#include "core/score/position_bound.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "core/score/proportion.hpp"

namespace headland::score {
namespace {

constexpr double bearing_rad = 0.004;

TEST(PositionBound, is_the_error_of_one_plot_at_first) {
  PositionBound bound(0.01, 9.0);
  EXPECT_FALSE(bound.begun());
  bound.detect(0.0, 3000.0, 4000.0, 8.0, bearing_rad);
  EXPECT_NEAR(bound.rms_m(0.0), std::hypot(8.0, 5000.0 * bearing_rad), 1e-9);
  EXPECT_GT(bound.rms_m(5.0), 5.0 * 9.0);  // nothing is known of the velocity
}

TEST(PositionBound, of_a_vessel_that_stands_still_falls_with_the_root_of_the_plots) {
  PositionBound bound(0.0, 1e-6);
  for (int k = 0; k < 100; ++k) bound.detect(k, 3000.0, 4000.0, 8.0, bearing_rad);
  EXPECT_NEAR(bound.rms_m(99.0), std::hypot(8.0, 20.0) / 10.0, 1e-3);
}

TEST(PositionBound, a_radar_that_looks_across_sharpens_what_the_first_sees_badly) {
  PositionBound one(0.01, 9.0);
  PositionBound two(0.01, 9.0);
  for (int k = 0; k < 50; ++k) {
    one.detect(2.0 * k, 10'000.0, 0.0, 8.0, bearing_rad);
    two.detect(2.0 * k, 10'000.0, 0.0, 8.0, bearing_rad);
    two.detect(2.0 * k + 1.0, 0.0, 10'000.0, 8.0, bearing_rad);
  }
  EXPECT_LT(two.rms_m(99.0), 0.65 * one.rms_m(99.0));
}

TEST(PositionBound, forgets_in_a_turn_what_a_straight_leg_told) {
  PositionBound straight(0.0, 9.0), turning(0.0, 9.0), of_one_q(0.0, 9.0);
  for (int k = 0; k < 100; ++k) {
    for (PositionBound* b : {&straight, &turning, &of_one_q}) b->detect(k, 3000.0, 4000.0, 8.0, bearing_rad);
  }
  turning.change_q(100.0, 0.1);
  turning.change_q(120.0, 0.0);
  of_one_q.change_q(100.0, 0.0);
  EXPECT_NEAR(of_one_q.rms_m(130.0), straight.rms_m(130.0), 1e-9);
  EXPECT_GT(turning.rms_m(130.0), 3.0 * straight.rms_m(130.0));
}

TEST(Proportion, has_the_interval_that_Wilson_gives) {
  Proportion p{81, 263};
  EXPECT_NEAR(p.interval().low, 0.2553, 1e-4);  // Newcombe (1998), table I
  EXPECT_NEAR(p.interval().high, 0.3662, 1e-4);
  Proportion none{0, 20};
  EXPECT_EQ(none.interval().low, 0.0);
  EXPECT_NEAR(none.interval().high, 0.1611, 1e-4);
}

}  // namespace
}  // namespace headland::score
