// SPDX-License-Identifier: Apache-2.0
#include "core/registration/bearing_stabilizer.hpp"

#include <gtest/gtest.h>

#include "core/registration/test/registration_scene.hpp"

namespace headland::registration {
namespace {

using test::coast;
using test::radian;

double steady(double) { return 0.0; }

// A heading that jumps by a degree and a half for a second, every seven seconds.
double jumpy(double t) { return std::fmod(t, 7.0) < 1.0 ? 1.5 * radian : 0.0; }

struct Errors {
  double raw = 0.0;   // root mean square over all plots, radians
  double left = 0.0;  // after correction
  std::uint64_t plots = 0;
};

Errors run(BearingStabilizer& stabilizer, const std::vector<test::StandingEcho>& echoes, double (*error)(double),
           std::uint32_t first, std::uint32_t last, std::uint64_t seed) {
  Random random(seed);
  Errors e;
  for (std::uint32_t n = first; n < last; ++n) {
    for (PlotSector sector : test::turn(echoes, n, random, error)) {
      const PlotSector raw = sector;
      const auto& found = stabilizer.process(raw);
      if (found.applied) rotate(sector, -found.error);
      for (std::size_t k = 0; k < raw.plots.size(); ++k) {
        double truth = 0.0;
        double nearest = 1e9;
        for (const auto& echo : echoes) {
          const double off = std::abs(echo.range_m - raw.plots[k].range.value()) +
                             1e4 * std::abs((raw.plots[k].bearing - Bearing(Radians(echo.bearing_rad))).radians());
          if (off < nearest) {
            nearest = off;
            truth = echo.bearing_rad;
          }
        }
        e.raw += std::pow((raw.plots[k].bearing - Bearing(Radians(truth))).radians(), 2);
        e.left += std::pow((sector.plots[k].bearing - Bearing(Radians(truth))).radians(), 2);
        ++e.plots;
      }
    }
  }
  e.raw = std::sqrt(e.raw / static_cast<double>(e.plots));
  e.left = std::sqrt(e.left / static_cast<double>(e.plots));
  return e;
}

TEST(BearingStabilizer, takes_off_most_of_a_heading_that_jumps) {
  BearingStabilizer stabilizer({});
  const auto echoes = coast(300, 1);
  run(stabilizer, echoes, steady, 0, 12, 2);
  const Errors e = run(stabilizer, echoes, jumpy, 12, 80, 3);
  EXPECT_LT(e.left, 0.75 * e.raw) << "raw " << e.raw / radian << " deg, left " << e.left / radian;
  EXPECT_GT(stabilizer.counters().corrected, 100U);
}

TEST(BearingStabilizer, leaves_steady_bearings_as_they_are) {
  BearingStabilizer stabilizer({});
  const auto echoes = coast(300, 1);
  const Errors e = run(stabilizer, echoes, steady, 0, 80, 2);
  EXPECT_LT(static_cast<double>(stabilizer.counters().corrected),
            0.005 * static_cast<double>(stabilizer.counters().sectors));
  EXPECT_NEAR(e.left, e.raw, 0.01 * e.raw);
}

TEST(BearingStabilizer, a_constant_error_is_no_jump) {
  BearingStabilizer stabilizer({});
  const auto echoes = coast(300, 1);
  run(stabilizer, echoes, [](double) { return 2.0 * radian; }, 0, 60, 2);
  EXPECT_LT(static_cast<double>(stabilizer.counters().corrected),
            0.005 * static_cast<double>(stabilizer.counters().sectors));
}

TEST(BearingStabilizer, without_standing_echoes_nothing_is_touched) {
  BearingStabilizer stabilizer({});
  Random random(5);
  for (std::uint32_t n = 0; n < 40; ++n) {
    const auto clutter = coast(200, 100 + n);  // new places each turn
    for (PlotSector sector : test::turn(clutter, n, random, jumpy)) stabilizer.process(sector);
  }
  EXPECT_LT(stabilizer.counters().corrected, 4U);
}

TEST(BearingStabilizer, goes_on_from_a_snapshot_bit_for_bit) {
  const auto echoes = coast(300, 1);
  BearingStabilizer one({});
  Random random(9);
  std::vector<PlotSector> all;
  for (std::uint32_t n = 0; n < 30; ++n) {
    for (auto& sector : test::turn(echoes, n, random, jumpy)) all.push_back(std::move(sector));
  }
  const std::size_t half = all.size() / 2 + 7;  // within a turn
  for (std::size_t k = 0; k < half; ++k) one.process(all[k]);
  BearingStabilizer two({});
  two.restore(one.snapshot());
  for (std::size_t k = half; k < all.size(); ++k) {
    one.process(all[k]);
    two.process(all[k]);
    ASSERT_EQ(one.estimate().error, two.estimate().error) << "sector " << k;
    ASSERT_EQ(one.estimate().applied, two.estimate().applied);
  }
}

TEST(BearingStabilizer, a_snapshot_that_makes_no_sense_is_survived) {
  BearingStabilizer stabilizer({});
  BearingStabilizer::Snapshot bad;
  bad.belief.fill(std::numeric_limits<double>::quiet_NaN());
  bad.echoes.push_back({std::numeric_limits<double>::infinity(), 0.0, 7, 9, 4'000'000'000U});
  bad.begun = true;
  stabilizer.restore(bad);
  Random random(5);
  const auto echoes = coast(100, 3);
  for (std::uint32_t n = 0; n < 5; ++n) {
    for (PlotSector sector : test::turn(echoes, n, random, jumpy)) {
      stabilizer.process(sector);
      EXPECT_TRUE(std::isfinite(stabilizer.estimate().error.radians()));
    }
  }
}

TEST(BearingStabilizer, a_radar_that_counts_its_turns_anew_keeps_its_echoes) {
  BearingStabilizer stabilizer({});
  const auto echoes = coast(300, 1);
  run(stabilizer, echoes, steady, 1000, 1012, 2);
  const std::size_t before = stabilizer.reference_count();
  run(stabilizer, echoes, steady, 0, 2, 3);
  EXPECT_GE(stabilizer.reference_count(), before);
}

TEST(BearingStabilizer, remembers_no_more_echoes_than_it_may) {
  BearingStabilizerConfig config;
  config.most_echoes = 50;
  BearingStabilizer stabilizer(config);
  run(stabilizer, coast(300, 1), steady, 0, 5, 2);
  EXPECT_LE(stabilizer.snapshot().echoes.size(), 50U);
  EXPECT_GT(stabilizer.counters().echoes_refused, 0U);
}

}  // namespace
}  // namespace headland::registration
