// SPDX-License-Identifier: Apache-2.0
#include "core/coverage/propagation.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "core/base/units.hpp"

namespace headland::coverage {
namespace {

constexpr double pi = std::numbers::pi;
constexpr double lambda = 0.032;

TEST(Reflection, NearByIsThatOfAPlane) {
  const auto r = reflection_of(15.0, 5.0, 500.0);
  EXPECT_NEAR(r.from_antenna_m, 375.0, 1.0);  // heights as 3 to 1
  EXPECT_NEAR(r.grazing_rad, std::atan(20.0 / 500.0), 1e-4);
  EXPECT_NEAR(r.path_difference_m, 2.0 * 15.0 * 5.0 / 500.0, 0.003);
  EXPECT_NEAR(r.divergence, 1.0, 0.01);
}

// The angles at the reflecting point are equal: what the cubic stands for.
TEST(Reflection, AnglesAreEqualOnTheSphere) {
  for (const double range : {2e3, 8e3, 15e3, 20e3}) {
    const double a = effective_earth_radius_m;
    const auto r = reflection_of(30.0, 8.0, range);
    const double d1 = r.from_antenna_m;
    const double d2 = range - d1;
    const double one = (30.0 - d1 * d1 / (2.0 * a)) / d1;
    const double two = (8.0 - d2 * d2 / (2.0 * a)) / d2;
    EXPECT_NEAR(one, two, 1e-6) << range;
  }
}

TEST(Reflection, GrazesAtTheHorizon) {
  const double horizon = horizon_m(15.0) + horizon_m(3.0);
  const auto r = reflection_of(15.0, 3.0, 0.9999 * horizon);
  EXPECT_NEAR(r.from_antenna_m / horizon_m(15.0), 1.0, 0.01);
  EXPECT_LT(r.grazing_rad, 1e-5);
  EXPECT_LT(r.divergence, 0.2);
}

// A calm sea near by: F = 2 |sin(2 pi h1 h2 / (lambda R))| (Skolnik, Introduction to Radar Systems, 3rd ed., 8.2).
TEST(TwoRays, OverAPlaneGiveTheLobesOfTheTextbook) {
  for (double range = 900.0; range < 2500.0; range += 37.0) {
    const double lobes = 2.0 * std::abs(std::sin(2.0 * pi * 10.0 * 2.0 / (lambda * range)));
    EXPECT_NEAR(two_ray_factor(lambda, 10.0, 2.0, range, 0.0), lobes, 0.12) << range;
  }
}

TEST(TwoRays, BehindTheLastLobeAnEchoFallsWithTheEighthPowerOfRange) {
  const PropagationPath path(lambda, 15.0, 1.0, 0.0);
  const auto echo = [&](double range) { return std::pow(path.factor(range), 4.0) / std::pow(range, 4.0); };
  // Last lobe at 4 h1 h2 / lambda = 1875 m. Flat earth: 2^-8; the curve of the sea makes it steeper.
  const double fall = std::log2(echo(3800.0) / echo(7600.0));
  EXPECT_GT(fall, 7.5);
  EXPECT_LT(fall, 11.0);
  EXPECT_NEAR(std::log2(std::pow(two_ray_factor(lambda, 100.0, 0.1, 5000.0, 0.0), 4.0) /
                        std::pow(two_ray_factor(lambda, 100.0, 0.1, 10000.0, 0.0), 4.0)),
              4.0, 0.5);
}

TEST(TwoRays, ARoughSeaMirrorsLess) {
  EXPECT_DOUBLE_EQ(mirrored_share(0.0, 0.01, lambda), 1.0);
  // z = 2 (2 pi g)^2 with 2 pi g = 1: exp(-2) I0(2) = 0.30851.
  const double deviation = lambda / (2.0 * pi * std::sin(0.01));
  EXPECT_NEAR(mirrored_share(deviation, 0.01, lambda), 0.30851, 1e-4);
  // z = 8, the other branch of the series: exp(-8) I0(8) = 0.143432.
  EXPECT_NEAR(mirrored_share(2.0 * deviation, 0.01, lambda), 0.143432, 1e-4);
  // No lobes left: the direct ray alone.
  EXPECT_NEAR(two_ray_factor(lambda, 15.0, 10.0, 1000.0, 20.0), 1.0, 0.15);
}

TEST(SeaDeviation, IsThatOfTheWaveTables) {
  // World Meteorological Organization, sea state 4: significant height (four deviations) 1.25 to 2.5 m, wind about 9.5
  // m/s.
  EXPECT_GT(4.0 * sea_deviation_m(9.5), 1.25);
  EXPECT_LT(4.0 * sea_deviation_m(9.5), 2.5);
  EXPECT_LT(4.0 * sea_deviation_m(5.2), 0.55);  // sea state 2: 0.1 to 0.5 m
}

// ITU-R P.526 by hand: 9.4 GHz, 30 and 10 m, 50 km. X = (pi / (lambda a^2))^(1/3) d = 5.546: 11 + 7.44 - 97.61 =
// -79.17. Y = 2 (pi^2 / (lambda^2 a))^(1/3) h = 6.27 and 2.090: 17.6 sqrt(5.17) - 5 log 5.17 - 8 = 28.45 and 17.6
// sqrt(0.99) - 5 log 0.99 - 8 = 9.53. Together -41.2 dB.
TEST(Diffraction, OverASphereWorkedByHand) {
  const double wavelength = speed_of_light_mps / 9.4e9;
  EXPECT_NEAR(20.0 * std::log10(diffraction_factor(wavelength, 30.0, 10.0, 50e3)), -41.2, 0.1);
}

// Low antennas gain 6 dB with each doubling of the height, in the field (20 log B): the recommendation's other branch.
TEST(Diffraction, OfLowHeightsGrowsInProportionToThem) {
  const double low = diffraction_factor(lambda, 15.0, 0.5, 40e3);
  EXPECT_NEAR(20.0 * std::log10(diffraction_factor(lambda, 15.0, 1.0, 40e3) / low), 6.02, 0.1);
}

TEST(Propagation, GoesOnWithoutALeapFromRaysToDiffraction) {
  for (const double height : {0.5, 2.0, 5.0, 20.0}) {
    const PropagationPath path(lambda, 15.0, height, 0.1);
    EXPECT_LT(path.rays_to_m(), path.horizon_at_m());
    double before = path.factor(path.rays_to_m() - 50.0);
    for (double range = path.rays_to_m(); range < path.horizon_at_m() + 10e3; range += 50.0) {
      const double now = path.factor(range);
      // Before the last lobe fields go up and down; behind it only down.
      EXPECT_LT(std::abs(20.0 * std::log10(now / before)), 0.7) << height << " " << range;
      before = now;
    }
    EXPECT_LT(path.factor(path.horizon_at_m() + 10e3), 0.03);
  }
}

}  // namespace
}  // namespace headland::coverage
