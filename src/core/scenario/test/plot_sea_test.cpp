// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/sea/plot_sea.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "core/scenario/sea/sea_echo.hpp"

namespace headland::scenario {
namespace {

TEST(SeaEcho, IsTheHullAsItLiesAndWhatBeamAndPulseAdd) {
  const PlotRadar radar;
  SeaVessel ship;
  ship.length_m = 150.0, ship.beam_m = 24.0;
  Random random(1);
  double deep_on = 0.0, deep_beside = 0.0, wide_on = 0.0, wide_beside = 0.0;
  constexpr int n = 400;
  constexpr double range_m = 8000.0;
  for (int k = 0; k < n; ++k) {
    const SeaEcho on = echo_of_hull(radar, ship, 0.0, range_m, random);
    const SeaEcho beside = echo_of_hull(radar, ship, 1.5708, range_m, random);
    deep_on += on.range_extent_m / n, deep_beside += beside.range_extent_m / n;
    wide_on += on.bearing_extent_rad * range_m / n, wide_beside += beside.bearing_extent_rad * range_m / n;
    EXPECT_GE(on.cells, 1U);
    EXPECT_LE(on.strength_db, 35.0);
  }
  EXPECT_NEAR(deep_on - deep_beside, 0.875 * 150.0 - 24.0, 6.0);
  EXPECT_NEAR(wide_beside - wide_on, 0.875 * 150.0 - 24.0, 10.0);
  EXPECT_NEAR(deep_beside, 24.0 + 2.0 * 15.0 * std::sqrt(25.0 / 12.0), 4.0);
}

TEST(SeaEcho, SmallAndFarIsWeakAndNarrow) {
  const PlotRadar radar;
  SeaVessel boat;
  boat.length_m = 10.0, boat.beam_m = 3.0;
  Random random(2);
  const SeaEcho near = echo_of_hull(radar, boat, 0.5, 3000.0, random);
  const SeaEcho far = echo_of_hull(radar, boat, 0.5, 20'000.0, random);
  EXPECT_GT(near.strength_db, far.strength_db + 10.0);
  EXPECT_GT(near.bearing_extent_rad, far.bearing_extent_rad);
}

TEST(SeaEcho, HullsThatTouchGiveOnePlot) {
  const auto plot = [](double range_m, double bearing_rad) {
    Plot p;
    p.range = Metres(range_m), p.bearing = Bearing(Radians(bearing_rad));
    p.range_extent = Metres(60.0), p.bearing_extent = Radians(0.02);
    p.cell_count = 50;
    p.strength = Decibels(range_m / 1000.0);
    return p;
  };
  std::vector<Plot> plots{plot(5000.0, 1.0), plot(5040.0, 1.01), plot(5200.0, 1.0), plot(5000.0, 1.1)};
  std::vector<std::uint32_t> origin{1, 2, 3, 4};
  merge_touching(plots, origin);
  ASSERT_EQ(plots.size(), 3U);
  EXPECT_EQ(origin, (std::vector<std::uint32_t>{2, 3, 4}));
  EXPECT_NEAR(plots[0].range.value(), 5020.0, 1e-9);
  EXPECT_NEAR(plots[0].range_extent.value(), 100.0, 1e-9);
  EXPECT_NEAR(plots[0].bearing.radians(), 1.005, 1e-9);
  EXPECT_NEAR(plots[0].bearing_extent.value(), 0.03, 1e-9);
}

TEST(PlotSea, VesselsDescribeThemselvesAsCrewsDo) {
  PlotSeaConfig config = three_radars();
  config.vessels = config.with_ais = 3000;
  config.spoofed = 300;
  const PlotSea sea(config);
  std::size_t honest = 0, none = 0, far_off = 0, liars = 0, other_size = 0;
  for (const SeaVessel& v : sea.vessels()) {
    const double off = std::abs(std::log(std::max(1.0, v.sent.length_m()) / v.length_m));
    if (v.fault == AisFault::wrong_identity) ++liars, other_size += off > 0.7;
    if (v.fault == AisFault::badly_described && v.length_m > 15.0) {
      EXPECT_GT(off, 0.5) << v.length_m;
    }
    if (v.fault != AisFault::none) continue;
    ++honest;
    none += v.sent.length_m() == 0.0 ? 1 : 0;
    far_off += v.sent.length_m() > 0.0 && off > 0.3 && v.length_m > 20.0 ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(none) / static_cast<double>(honest), 0.05, 0.015);
  EXPECT_EQ(far_off, 0U);
  EXPECT_EQ(liars, 50U);
  EXPECT_GT(other_size, 15U);
  EXPECT_LT(other_size, 40U);
}

}  // namespace
}  // namespace headland::scenario
