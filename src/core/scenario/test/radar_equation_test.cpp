// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/radar_equation.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "core/scenario/antenna_pattern.hpp"

namespace headland::scenario {
namespace {

double db(double ratio) { return 10.0 * std::log10(ratio); }

TEST(RadarEquation, WorkedByHandGivesTheSame) {
  RadarSettings radar;  // 25 kW, 32 dB, 9.41 GHz, 150 ns, F 5 dB, losses 6 dB
  // dBW: Pt 43.979 + 2 G 64 + lambda^2 -29.936 + 10 m2 10 - (4 pi)^3 32.976 - 10 km^4 160 - losses 6 = -110.933
  // noise: -203.977 + 68.239 + 5 = -130.738
  EXPECT_NEAR(db(snr(constants_of(radar), 10.0, 10e3)), 19.805, 0.01);
}

TEST(RadarEquation, FallsWithTheFourthPowerOfRange) {
  const auto radar = constants_of({});
  EXPECT_NEAR(snr(radar, 1.0, 5e3) / snr(radar, 1.0, 10e3), 16.0, 1e-9);
}

TEST(Horizon, OfAnAntennaIsTwoPointTwoOneRootsOfItsHeight) {
  // d(NM) = 2.21 sqrt(h(m)), 16 m: 8.84 NM
  EXPECT_NEAR(horizon_m(16.0) / metres_per_nautical_mile, 8.84, 0.1);
}

TEST(Horizon, HidesAVesselFromBelow) {
  const double none = -std::numbers::pi / 2.0;
  const double d = horizon_m(25.0);
  EXPECT_DOUBLE_EQ(visible_fraction(25.0, 2.0, 0.9 * d, none), 1.0);
  EXPECT_DOUBLE_EQ(visible_fraction(25.0, 2.0, d + horizon_m(2.0) + 10.0, none), 0.0);
  // Where the horizon of a 1 m boat meets, half of a 2 m boat stands above.
  EXPECT_NEAR(visible_fraction(25.0, 2.0, d + horizon_m(1.0), none), 0.5, 0.01);
}

TEST(Horizon, AnObstacleHidesWhatIsLowerBehindIt) {
  const double hill = elevation_rad(20.0, 50.0, 3000.0);  // 10 mrad up
  EXPECT_DOUBLE_EQ(visible_fraction(20.0, 30.0, 6000.0, hill), 0.0);
  EXPECT_GT(visible_fraction(20.0, 120.0, 6000.0, hill), 0.2);
}

TEST(SeaReflectivity, OfTheGitModelAtOnePoint) {
  // By hand: lambda 0.032 m, grazing 12 mrad, 7.5 m/s, upwind: -37.5 dB.
  EXPECT_NEAR(db(sea_reflectivity(0.032, 0.012, 7.5, 0.0)), -37.5, 0.1);
}

TEST(SeaReflectivity, GrowsWithWindAndIsGreatestUpwind) {
  const double calm = sea_reflectivity(0.032, 0.01, 3.0, 0.0);
  const double rough = sea_reflectivity(0.032, 0.01, 12.0, 0.0);
  EXPECT_GT(rough, 30.0 * calm);
  EXPECT_GT(sea_reflectivity(0.032, 0.01, 8.0, 0.0), sea_reflectivity(0.032, 0.01, 8.0, 1.0));
  EXPECT_GT(sea_reflectivity(0.032, 0.01, 8.0, 1.0), sea_reflectivity(0.032, 0.01, 8.0, std::numbers::pi));
  EXPECT_EQ(sea_reflectivity(0.032, -0.001, 8.0, 0.0), 0.0);
}

TEST(RainReflectivity, FollowsMarshallAndPalmer) {
  // Z(10 mm/h) = 200 * 10^1.6 = 7962 mm^6/m^3; eta = pi^5 * 0.93 * 7.962e-15 / 0.032^4 = 2.16e-6 /m
  EXPECT_NEAR(rain_reflectivity(0.032, 10.0) / 2.161e-6, 1.0, 0.01);
  EXPECT_EQ(rain_reflectivity(0.032, 0.0), 0.0);
}

TEST(AntennaPattern, IsHalfAtHalfTheBeamAndKeepsItsSideLobes) {
  RadarSettings radar;
  radar.beam_deg = 1.0;
  radar.sidelobe_db = -26.0;
  const AntennaPattern pattern(radar);
  EXPECT_NEAR(pattern.gain(0.0), 1.0, 1e-6);
  EXPECT_NEAR(pattern.gain(0.5 * radians_per_degree), 0.5, 0.003);
  EXPECT_NEAR(pattern.gain(-0.5 * radians_per_degree), 0.5, 0.003);
  double highest = 0.0;
  for (double off = 1.5; off <= 180.0; off += 0.05) highest = std::max(highest, pattern.gain(off * radians_per_degree));
  EXPECT_NEAR(db(highest), -26.0, 0.2);
  EXPECT_GT(pattern.gain(std::numbers::pi), 0.0);
}

}  // namespace
}  // namespace headland::scenario
