// SPDX-License-Identifier: Apache-2.0
#include "core/base/digamma.hpp"

#include <numbers>

#include <gtest/gtest.h>

namespace headland {
namespace {

TEST(Digamma, HasTheValuesThatAreKnownInClosedForm) {
  const double euler = std::numbers::egamma;
  EXPECT_NEAR(digamma(1.0), -euler, 1e-9);
  EXPECT_NEAR(digamma(0.5), -euler - 2.0 * std::numbers::ln2, 1e-9);
  EXPECT_NEAR(digamma(2.0), 1.0 - euler, 1e-9);
  EXPECT_NEAR(digamma(10.0), 7129.0 / 2520.0 - euler, 1e-9);  // the harmonic number of 9
}

TEST(Digamma, KeepsItsRecurrence) {
  for (double x = 0.05; x < 30.0; x *= 1.3) EXPECT_NEAR(digamma(x + 1.0), digamma(x) + 1.0 / x, 1e-9) << x;
}

}  // namespace
}  // namespace headland
