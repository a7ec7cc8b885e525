// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/random_fields.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace headland::scenario {
namespace {

TEST(Speckle, IsComplexGaussianOfUnitPower) {
  const auto field = make_speckle(128, 1024, 1.0, 0.0, 11);
  double power = 0.0;
  double power2 = 0.0;
  for (const auto& z : field.values) {
    const auto p = static_cast<double>(std::norm(z));
    power += p;
    power2 += p * p;
  }
  const auto n = static_cast<double>(field.values.size());
  EXPECT_NEAR(power / n, 1.0, 0.01);
  EXPECT_NEAR(power2 / n, 2.0, 0.05);  // exponential power
}

TEST(Speckle, OfALongPulseIsAlikeInNeighbouringCells) {
  const auto field = make_speckle(64, 2048, 4.0, 1.0, 12);
  double same = 0.0;
  double next = 0.0;
  double far = 0.0;
  double row = 0.0;
  for (std::size_t r = 0; r + 1 < field.rows; ++r) {
    const auto* z = field.row(r);
    for (std::size_t c = 0; c + 8 < field.columns; ++c) {
      same += static_cast<double>(std::norm(z[c]));
      next += static_cast<double>((z[c] * std::conj(z[c + 1])).real());
      far += static_cast<double>((z[c] * std::conj(z[c + 4])).real());
      row += static_cast<double>((z[c] * std::conj(field.row(r + 1)[c])).real());
    }
  }
  EXPECT_NEAR(next / same, 0.75, 0.02);  // a matched filter: triangle over the pulse
  EXPECT_NEAR(far / same, 0.0, 0.03);
  EXPECT_NEAR(row / same, 0.0, 0.03);
}

// Intensity moments of the K-distribution: <I^2> / <I>^2 = 2 (1 + 1 / shape) (Ward, Tough, Watts).
TEST(Clutter, HasTheMomentsOfTheKDistribution) {
  for (const double shape : {0.7, 1.5, 5.0}) {
    const auto speckle = make_speckle(256, 1024, 2.0, 3.0, 21);
    const auto texture = make_texture(256, 1024, 4.0, 6.0, shape, 22);
    double i1 = 0.0;
    double i2 = 0.0;
    double t1 = 0.0;
    double t2 = 0.0;
    for (std::size_t k = 0; k < texture.amplitude.size(); ++k) {
      const double t = static_cast<double>(texture.amplitude[k]) * static_cast<double>(texture.amplitude[k]);
      const double i = t * static_cast<double>(std::norm(speckle.values[k]));
      t1 += t;
      t2 += t * t;
      i1 += i;
      i2 += i * i;
    }
    const auto n = static_cast<double>(texture.amplitude.size());
    EXPECT_NEAR(t1 / n, 1.0, 0.02) << shape;
    EXPECT_NEAR(t2 / n - 1.0, 1.0 / shape, 0.06 / shape) << shape;
    EXPECT_NEAR(i2 / n / (i1 / n * i1 / n), 2.0 * (1.0 + 1.0 / shape), 0.12 * 2.0 * (1.0 + 1.0 / shape)) << shape;
  }
}

TEST(Clutter, TextureReachesOverCellsAndSpokes) {
  const auto texture = make_texture(128, 1024, 8.0, 8.0, 1.5, 31);
  double var = 0.0;
  double near = 0.0;
  double far = 0.0;
  const auto power = [&](std::size_t r, std::size_t c) {
    const auto a = static_cast<double>(texture.row(r)[c]);
    return a * a - 1.0;
  };
  for (std::size_t r = 0; r + 20 < texture.rows; ++r) {
    for (std::size_t c = 0; c + 20 < texture.columns; ++c) {
      var += power(r, c) * power(r, c);
      near += power(r, c) * power(r + 1, c + 1);
      far += power(r, c) * power(r + 19, c + 19);
    }
  }
  EXPECT_GT(near / var, 0.6);
  EXPECT_NEAR(far / var, 0.0, 0.05);
}

TEST(Clutter, IsTheSameForTheSameSeed) {
  EXPECT_EQ(make_texture(16, 64, 3.0, 3.0, 1.0, 5).amplitude, make_texture(16, 64, 3.0, 3.0, 1.0, 5).amplitude);
  EXPECT_NE(make_texture(16, 64, 3.0, 3.0, 1.0, 5).amplitude, make_texture(16, 64, 3.0, 3.0, 1.0, 6).amplitude);
}

}  // namespace
}  // namespace headland::scenario
