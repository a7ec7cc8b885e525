// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/land_echoes.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace headland::scenario {
namespace {

EastNorth at(double east, double north) { return {Metres(east), Metres(north)}; }

// An island 2 km wide, from 3 to 5 km north of the radar.
const std::vector<PlaneRing> island = {{at(-1000, 3000), at(1000, 3000), at(1000, 5000), at(-1000, 5000)}};

RadarSettings small_radar() {
  RadarSettings r;
  r.azimuths = 720;
  r.cells = 500;
  r.cell_m = 20.0;
  r.beam_deg = 1.0;
  r.antenna_height_m = 20.0;
  return r;
}

struct Fixture {
  Terrain terrain{island, 10'500.0, 300.0, 5};
  LandEchoes land{terrain, island, small_radar(), {}, {}, 5};
};

TEST(Terrain, IsHighInlandLowAtTheShoreAndNothingAtSea) {
  const Terrain terrain(island, 10'500.0, 300.0, 5);
  EXPECT_EQ(terrain.height_m(at(0, 2000)), 0.0);
  EXPECT_EQ(terrain.height_m(at(9000, 9000)), 0.0);
  EXPECT_EQ(terrain.height_m(at(90'000, 0)), 0.0);
  EXPECT_GT(terrain.height_m(at(0, 4000)), 10.0);
  EXPECT_GT(terrain.height_m(at(0, 4000)), terrain.height_m(at(0, 3060)));
}

TEST(Terrain, InsideIsAnOddNumberOfRings) {
  auto rings = island;
  rings.push_back({at(-200, 3500), at(200, 3500), at(200, 3900), at(-200, 3900)});  // a lake
  EXPECT_TRUE(is_inside(rings, at(0, 3200)));
  EXPECT_FALSE(is_inside(rings, at(0, 3700)));
  EXPECT_FALSE(is_inside(rings, at(0, 5200)));
}

TEST(LandEchoes, BeginAtTheShore) {
  const Fixture f;
  const auto runs = f.land.runs(0);
  ASSERT_FALSE(runs.empty());
  EXPECT_EQ(runs.front().first, 150U);  // 3000 m / 20 m
  EXPECT_GT(f.land.amplitude(f.land.levels(runs.front())[5]), 3.0F);
  EXPECT_TRUE(f.land.runs(360).empty());  // south
}

TEST(LandEchoes, AreSmearedByTheBeamBesideTheIsland) {
  const Fixture f;
  // The island ends at atan(1000 / 3000) = 18.4 deg: azimuth 36.9 of 720. A beam farther there is still an echo, five
  // farther none.
  EXPECT_FALSE(f.land.runs(38).empty());
  EXPECT_TRUE(f.land.runs(50).empty());
}

TEST(LandEchoes, TheSeaBehindLandIsOutOfView) {
  const Fixture f;
  const auto behind = f.land.sea(0);
  ASSERT_FALSE(behind.empty());
  EXPECT_EQ(behind.front().first, 0U);
  EXPECT_EQ(behind.front().last, 150U);
  for (const auto& stretch : behind.subspan(1)) EXPECT_GE(stretch.last, stretch.first);
  EXPECT_EQ(behind.back().last, 150U) << "an island of hills hides all sea behind it from 20 m";
  const auto open = f.land.sea(360);
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open.front().last, 500U);
}

TEST(LandEchoes, TellsHowHighTheLandStandsBeforeARange) {
  const Fixture f;
  EXPECT_LT(f.land.blocked_rad(0, 2900.0), -1.0);
  EXPECT_GT(f.land.blocked_rad(0, 6000.0), 0.0);
  EXPECT_LT(f.land.blocked_rad(360, 6000.0), -1.0);
  // A ship behind the island is hidden, one before it is not.
  EXPECT_EQ(visible_fraction(20.0, 20.0, 7000.0, f.land.blocked_rad(0, 7000.0)), 0.0);
  EXPECT_EQ(visible_fraction(20.0, 20.0, 2500.0, f.land.blocked_rad(0, 2500.0)), 1.0);
}

TEST(LandEchoes, ARadarOnLandSeesFromItsShoreOutwards) {
  const std::vector<PlaneRing> coast = {{at(-9000, -100), at(9000, -100), at(9000, 9000), at(-9000, 9000)}};
  const Terrain terrain(coast, 10'500.0, 300.0, 5);
  const LandEchoes land(terrain, coast, small_radar(), {}, {}, 5);
  const auto south = land.sea(360);
  ASSERT_FALSE(south.empty());
  EXPECT_LE(south.front().first, 7U);  // sea from 100 m on, seen over the edge
  EXPECT_EQ(south.back().last, 500U);
  EXPECT_FALSE(land.runs(0).empty());
}

}  // namespace
}  // namespace headland::scenario
