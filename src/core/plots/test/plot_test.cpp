// SPDX-License-Identifier: Apache-2.0
#include "core/plots/plot.hpp"

#include <gtest/gtest.h>

namespace headland {
namespace {

PlotSector sector(std::uint32_t turn, double from_deg, double to_deg) {
  PlotSector s;
  s.turn = turn;
  s.from = Bearing::from_degrees(from_deg);
  s.to = Bearing::from_degrees(to_deg);
  s.plots.emplace_back().bearing = Bearing::from_degrees(from_deg + 1.0);
  return s;
}

TEST(RotateSector, turns_bearings_and_the_count_of_turns_over_north) {
  PlotSector s = sector(5, 350.0, 0.0);
  rotate(s, Angle::from_degrees(20.0));
  EXPECT_EQ(s.turn, 6U);
  EXPECT_NEAR(s.from.degrees(), 10.0, 1e-9);
  EXPECT_NEAR(s.to.degrees(), 20.0, 1e-9);
  EXPECT_NEAR(s.plots[0].bearing.degrees(), 11.0, 1e-9);
}

TEST(RotateSector, counts_back_when_turned_anticlockwise_over_north) {
  PlotSector s = sector(5, 0.0, 10.0);
  rotate(s, Angle::from_degrees(-2.0));
  EXPECT_EQ(s.turn, 4U);
  EXPECT_NEAR(s.from.degrees(), 358.0, 1e-9);
}

TEST(RotateSector, the_first_turn_has_none_before_it) {
  PlotSector s = sector(0, 0.0, 10.0);
  rotate(s, Angle::from_degrees(-2.0));
  EXPECT_EQ(s.turn, 0U);
}

}  // namespace
}  // namespace headland
