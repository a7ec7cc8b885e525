// SPDX-License-Identifier: Apache-2.0
#include "core/coverage/sensitivity.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace headland::coverage {
namespace {

double db(double ratio) { return 10.0 * std::log10(ratio); }

RadarParameters reference() {
  return {.frequency_ghz = 9.41,
          .peak_power_w = 25000.0,
          .pulse_ns = 150.0,
          .gain_db = 32.0,
          .noise_figure_db = 5.0,
          .losses_db = 6.0,
          .antenna_height_m = 30.0};
}

// 25 kW, 32 dB, 31.9 mm, 150 ns, 10 km: 44.0 + 64 - 29.9 - 6 - (33.0 + 160.0) - (-204.0 + 5.0 + 68.2), in dB by hand.
TEST(Sensitivity, power_of_a_square_metre_is_that_of_the_radar_equation) {
  EXPECT_NEAR(db(snr_of_square_metre(reference(), Metres(10'000.0))), 9.9, 0.1);
  EXPECT_NEAR(
      db(snr_of_square_metre(reference(), Metres(5'000.0)) / snr_of_square_metre(reference(), Metres(10'000.0))), 12.04,
      0.01);
}

TEST(Sensitivity, near_the_horizon_echoes_fall_with_the_eighth_power_of_range) {
  // Low antenna and target: phase 4 pi h1 h2 / (lambda R) far below pi, flat sea, earth hardly curved.
  RadarParameters low = reference();
  low.antenna_height_m = 3.0;
  const auto echo = [&](double range) {
    return snr_of_square_metre(low, Metres(range)) * two_way_factor(low, Metres(range), Metres(0.5), Metres(0.0));
  };
  EXPECT_NEAR(db(echo(1000.0) / echo(2000.0)), 80.0 * std::log10(2.0), 1.5);
}

TEST(Sensitivity, two_rays_give_at_most_twelve_decibels_and_rough_sea_takes_them) {
  double most = 0.0;
  for (double range = 2000.0; range < 8000.0; range += 10.0) {
    most = std::max(most, two_way_factor(reference(), Metres(range), Metres(5.0), Metres(0.0)));
  }
  EXPECT_NEAR(db(most), 12.04, 0.1);
  EXPECT_NEAR(two_way_factor(reference(), Metres(500.0), Metres(2.0), Metres(1.0)), 1.0, 0.15);
}

// ITU-R P.526: at 10 GHz over sea the field at the horizon is some 20 dB under that of free space, and falls on.
TEST(Sensitivity, beyond_the_horizon_diffraction_goes_on_smoothly) {
  double before = 1e9;
  for (double range = 24'000.0; range < 60'000.0; range += 500.0) {
    const double now = db(two_way_factor(reference(), Metres(range), Metres(2.0), Metres(0.3)));
    EXPECT_LT(now, before + 0.01) << range;
    if (before < 1e8) {
      EXPECT_GT(now, before - 4.0) << range;
    }
    before = now;
  }
  EXPECT_LT(before, -100.0);
}

TEST(Sensitivity, is_a_map_that_says_nothing_where_nothing_is_known) {
  std::vector<Region> regions(2 * 3);
  for (Region& r : regions) r = {true, 1.0, 0.0, 40.0};
  regions[1].over_noise = 100.0;  // 20 dB of clutter
  regions[2].known = false;
  const SensitivityMap map =
      sensitivity(reference(), Sea{Metres(2.0)}, 2, 3, Metres(0.0), Metres(2000.0), regions, false);
  EXPECT_TRUE(std::isnan(map.scan_m2[2]));
  EXPECT_NEAR(map.scan_m2[1] / map.scan_m2[4], 100.0, 0.1);
  EXPECT_GT(map.scan_m2[5], map.scan_m2[4]);
  EXPECT_LT(map.minute_m2[4], map.scan_m2[4]);
  RadarParameters unknown = reference();
  unknown.peak_power_w = 0.0;
  for (const float m2 : sensitivity(unknown, Sea{}, 2, 3, Metres(0.0), Metres(2000.0), regions, false).scan_m2) {
    EXPECT_TRUE(std::isnan(m2));
  }
}

TEST(Sensitivity, what_is_larger_stands_higher_and_so_gives_more_than_its_cross_section_says) {
  EXPECT_DOUBLE_EQ(usual_height(2.5).value(), 2.0);
  EXPECT_DOUBLE_EQ(usual_height(0.01).value(), 0.5);
  EXPECT_DOUBLE_EQ(usual_height(1e6).value(), 10.0);
  const Metres far(14'000.0);
  // A figure of its own: the boat of 2.5 m2 at 2 m is one of the targets, whichever way heights are had.
  const double echo = 2.5 / cross_section_m2(reference(), Sea{Metres(2.0)}, far, 1.0, 1.0);
  EXPECT_NEAR(cross_section_m2(reference(), Sea{}, far, echo, 1.0), 2.5, 1e-6);
  double before = 0.0;
  for (double over = 0.01; over < 1e6; over *= 1.5) {
    const double now = cross_section_m2(reference(), Sea{}, far, over, 1.0);
    EXPECT_GT(now, before);
    if (now > 10.0 && now < 1000.0) {
      EXPECT_LT(now, cross_section_m2(reference(), Sea{Metres(2.0)}, far, over, 1.0));
    }
    before = now;
  }
}

TEST(Sensitivity, a_minute_needs_more_under_higher_thresholds) {
  const double at_best = needed_in_a_minute(0.0, false);
  EXPECT_NEAR(db(at_best), 7.7, 1e-9);
  EXPECT_NEAR(needed_in_a_minute(0.0, false, 5.0), at_best, 1e-9);
  const double at_1e4 = needed_in_a_minute(0.0, false, -std::log(1e-4));
  const double at_1e6 = needed_in_a_minute(0.0, false, -std::log(1e-6));
  EXPECT_GT(db(at_1e4), 9.0);
  EXPECT_NEAR((1.0 + at_1e6) / (1.0 + at_1e4), 1.5, 1e-6);
  // What sums all that is under them is not touched by thresholds.
  EXPECT_EQ(needed_in_a_minute(0.0, true, -std::log(1e-4)), needed_in_a_minute(0.0, true, -std::log(1e-6)));
}

TEST(Sensitivity, a_minute_needs_more_the_spikier_the_sea_is) {
  double before = 0.0;
  for (const double shape : {0.0, 20.0, 5.0, 1.0, 0.5, 0.3}) {
    const double now = needed_in_a_minute(shape, true);
    EXPECT_GE(now, before);
    EXPECT_LT(now, needed_in_a_minute(shape, false));
    before = now;
  }
}

}  // namespace
}  // namespace headland::coverage
