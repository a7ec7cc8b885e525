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

TEST(Gauss, HasUnitVarianceAndReachesOverCellsAndRows) {
  const auto field = make_gauss(128, 1024, 8.0, 8.0, 31);
  double mean = 0.0;
  double var = 0.0;
  double near = 0.0;
  double far = 0.0;
  const auto value = [&](std::size_t r, std::size_t c) { return static_cast<double>(field.row(r)[c]); };
  double n = 0.0;
  for (std::size_t r = 0; r + 20 < field.rows; ++r) {
    for (std::size_t c = 0; c + 20 < field.columns; ++c, ++n) {
      mean += value(r, c);
      var += value(r, c) * value(r, c);
      near += value(r, c) * value(r + 1, c + 1);
      far += value(r, c) * value(r + 19, c + 19);
    }
  }
  EXPECT_NEAR(mean / n, 0.0, 0.03);
  EXPECT_NEAR(var / n, 1.0, 0.05);
  EXPECT_GT(near / var, 0.7);
  EXPECT_NEAR(far / var, 0.0, 0.05);
}

TEST(Gauss, IsTheSameForTheSameSeed) {
  EXPECT_EQ(make_gauss(16, 64, 3.0, 3.0, 5).values, make_gauss(16, 64, 3.0, 3.0, 5).values);
  EXPECT_NE(make_gauss(16, 64, 3.0, 3.0, 5).values, make_gauss(16, 64, 3.0, 3.0, 6).values);
}

}  // namespace
}  // namespace headland::scenario
