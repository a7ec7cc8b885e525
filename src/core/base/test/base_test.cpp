// SPDX-License-Identifier: Apache-2.0
#include <numbers>
#include <type_traits>

#include <gtest/gtest.h>

#include "core/base/angle.hpp"
#include "core/base/ids.hpp"
#include "core/base/random.hpp"
#include "core/base/time.hpp"
#include "core/base/units.hpp"

namespace headland {
namespace {

using namespace literals;

TEST(Units, products_carry_their_dimension) {
  static_assert(std::is_same_v<decltype(10_m / 2_s), MetresPerSecond>);
  static_assert(std::is_same_v<decltype(2_m * 3_m), SquareMetres>);
  static_assert(std::is_same_v<decltype(6_m / 2_m), double>);
  static_assert(!std::is_convertible_v<double, Metres>);
  EXPECT_DOUBLE_EQ((10_kn).value(), 5.144444444444445);
  EXPECT_DOUBLE_EQ((1_nmi).value(), 1852.0);
}

TEST(Bearing, wraps_to_one_turn) {
  EXPECT_NEAR(Bearing::from_degrees(-1).degrees(), 359.0, 1e-12);
  EXPECT_EQ(Bearing::from_degrees(360).degrees(), 0.0);
  EXPECT_EQ(Bearing(Radians(-1e-18)).radians(), 0.0);
  EXPECT_NEAR(Bearing::from_degrees(725).degrees(), 5.0, 1e-12);
}

TEST(Bearing, difference_crosses_north_the_short_way) {
  EXPECT_NEAR((Bearing::from_degrees(1) - Bearing::from_degrees(359)).degrees(), 2.0, 1e-12);
  EXPECT_NEAR((Bearing::from_degrees(359) - Bearing::from_degrees(1)).degrees(), -2.0, 1e-12);
  EXPECT_NEAR((Bearing::from_degrees(180) - Bearing::from_degrees(0)).degrees(), 180.0, 1e-12);
}

TEST(Bearing, of_a_vector_is_clockwise_from_north) {
  EXPECT_NEAR(Bearing::of(1, 0).degrees(), 90.0, 1e-12);
  EXPECT_NEAR(Bearing::of(-1, 0).degrees(), 270.0, 1e-12);
}

TEST(Time, epoch_seconds_go_there_and_back) {
  const double s = 1'700'000'000.125;
  EXPECT_EQ(epoch_seconds(from_epoch_seconds(s)), s);
  EXPECT_EQ(from_epoch_seconds(-0.5).time_since_epoch().count(), -500'000'000);
}

TEST(Random, is_the_same_for_the_same_seed) {
  Random a(42);
  Random b(42);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(a.bits(), b.bits());
}

TEST(Random, distributions_have_their_moments) {
  Random r(1);
  double normal = 0, square = 0, gamma = 0, poisson = 0;
  constexpr int n = 100'000;
  for (int i = 0; i < n; ++i) {
    const double x = r.normal();
    normal += x;
    square += x * x;
    gamma += r.gamma(0.5);
    poisson += r.poisson(3.0);
  }
  EXPECT_NEAR(normal / n, 0.0, 0.02);
  EXPECT_NEAR(square / n, 1.0, 0.02);
  EXPECT_NEAR(gamma / n, 0.5, 0.02);
  EXPECT_NEAR(poisson / n, 3.0, 0.03);
}

}  // namespace
}  // namespace headland
