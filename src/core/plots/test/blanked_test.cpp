// SPDX-License-Identifier: Apache-2.0
#include "core/plots/blanked.hpp"

#include <gtest/gtest.h>

namespace headland {
namespace {

Bearing deg(double d) { return Bearing::from_degrees(d); }

BlankedSector area(double from, double to, double near = 0.0, double far = 120'000.0) {
  return {deg(from), deg(to), Metres(near), Metres(far)};
}

PlotSector sector(double from, double to) {
  PlotSector s;
  s.from = deg(from);
  s.to = deg(to);
  s.range_min = Metres(0.0);
  s.range_max = Metres(20'000.0);
  return s;
}

double share(const PlotSector& s, double bearing_deg, double deviation_deg = 0.0, double range_m = 5000.0) {
  return blanked_share(s.blanked, deg(bearing_deg), from_degrees(deviation_deg), Metres(range_m), Metres(0.0));
}

TEST(Blanked, range_limits_narrow_the_ranges_of_the_sector) {
  PlotSector s = sector(10, 20);
  withhold(s, std::vector{area(0, 0, 0, 300), area(0, 0, 8000, 120'000)});
  EXPECT_EQ(s.range_min, Metres(300.0));
  EXPECT_EQ(s.range_max, Metres(8000.0));
  EXPECT_TRUE(s.blanked.empty());
}

TEST(Blanked, a_blind_sector_is_cut_to_the_sectors_that_it_meets) {
  const std::vector areas{area(350, 15)};
  PlotSector before = sector(337.5, 348.75);
  withhold(before, areas);
  EXPECT_TRUE(before.blanked.empty());
  PlotSector across = sector(348.75, 0);
  withhold(across, areas);
  ASSERT_EQ(across.blanked.size(), 1U);
  EXPECT_NEAR(across.blanked[0].from.degrees(), 350.0, 1e-9);
  EXPECT_DOUBLE_EQ(share(across, 349), 0.0);
  EXPECT_DOUBLE_EQ(share(across, 355), 1.0);
  PlotSector behind = sector(11.25, 22.5);
  withhold(behind, areas);
  ASSERT_EQ(behind.blanked.size(), 1U);
  EXPECT_DOUBLE_EQ(share(behind, 12), 1.0);
  EXPECT_DOUBLE_EQ(share(behind, 16), 0.0);
  PlotSector inside = sector(0, 11.25);
  withhold(inside, areas);
  EXPECT_DOUBLE_EQ(share(inside, 5), 1.0);
}

TEST(Blanked, a_whole_turn_keeps_both_parts_of_what_crosses_north) {
  PlotSector s = sector(0, 0);
  withhold(s, std::vector{area(350, 15), area(90, 100)});
  EXPECT_DOUBLE_EQ(share(s, 359), 1.0);
  EXPECT_DOUBLE_EQ(share(s, 1), 1.0);
  EXPECT_DOUBLE_EQ(share(s, 95), 1.0);
  EXPECT_DOUBLE_EQ(share(s, 20), 0.0);
  EXPECT_DOUBLE_EQ(share(s, 340), 0.0);
}

TEST(Blanked, what_turns_with_the_sector_is_blanked_where_it_then_lies) {
  PlotSector s = sector(0, 0);
  withhold(s, std::vector{area(90, 100)});
  rotate(s, Angle::from_degrees(30));
  EXPECT_DOUBLE_EQ(share(s, 125), 1.0);
  EXPECT_DOUBLE_EQ(share(s, 95), 0.0);
}

TEST(Blanked, a_place_on_the_edge_is_blanked_for_its_share) {
  const std::vector areas{area(90, 100, 1000, 2000)};
  const auto at = [&](double bearing, double deviation, double range, double range_deviation) {
    return blanked_share(areas, deg(bearing), from_degrees(deviation), Metres(range), Metres(range_deviation));
  };
  EXPECT_NEAR(at(90, 1, 1500, 10), 0.5, 1e-9);
  EXPECT_NEAR(at(95, 1, 1000, 10), 0.5, 1e-9);
  EXPECT_NEAR(at(89, 1, 1500, 10), 0.5 - 0.5 / std::sqrt(3.0), 1e-9);  // the even spread is 2 sqrt 3 deviations wide
  EXPECT_DOUBLE_EQ(at(80, 1, 1500, 10), 0.0);
  EXPECT_DOUBLE_EQ(at(95, 1, 2500, 10), 0.0);
}

}  // namespace
}  // namespace headland
