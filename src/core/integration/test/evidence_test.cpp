// SPDX-License-Identifier: Apache-2.0
#include "core/integration/evidence.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace headland::integration {
namespace {

// Integral of f over the powers of the table's steps.
template <class F>
double over_powers(F f) {
  double sum = 0.0;
  for (std::size_t i = 0; i < EvidenceTable::size; ++i) {
    const double db = EvidenceTable::first_db + (static_cast<double>(i) + 0.5) / EvidenceTable::steps_per_db;
    const double power = std::pow(10.0, 0.1 * db);
    sum += f(i, power) * power * std::log(10.0) / (10.0 * EvidenceTable::steps_per_db);
  }
  return sum;
}

TEST(Evidence, densities_are_densities_of_mean_1) {
  for (const Background b : {Background{1.0, 0.0}, Background{6.0, 0.0}, Background{1.0, 1.0}, Background{1.0, 4.0}}) {
    EXPECT_NEAR(over_powers([&](std::size_t, double p) { return density(b, p); }), 1.0, 0.025);
    EXPECT_NEAR(over_powers([&](std::size_t, double p) { return p * density(b, p); }), 1.0, 0.02);
    EXPECT_NEAR(over_powers([&](std::size_t, double p) { return density_with_vessel(b, p, 4.0); }), 1.0, 0.015);
    EXPECT_NEAR(over_powers([&](std::size_t, double p) { return p * density_with_vessel(b, p, 4.0); }), 5.0, 0.1);
  }
}

// The mean likelihood ratio of the background is 1 at most: what false paths gather is bounded by it. It is less where
// vessels often say more than one echo may.
TEST(Evidence, ratio_of_the_background_has_the_mean_1_at_most) {
  for (const Background b : {Background{1.0, 0.0}, Background{5.0, 0.0}, Background{1.0, 1.0}, Background{1.0, 0.5}}) {
    const EvidenceTable table(b);
    const double mean = over_powers([&](std::size_t i, double p) {
      const auto step = static_cast<std::uint8_t>(i);
      return std::exp((table.gain(step) - table.loss(step)) / EvidenceTable::steps_per_nat) * density(b, p);
    });
    EXPECT_LT(mean, 1.1) << b.looks << " looks, shape " << b.shape;
    EXPECT_GT(mean, b.looks > 1.0 ? 0.4 : 0.85) << b.looks << " looks, shape " << b.shape;
  }
}

TEST(Evidence, the_same_echo_says_less_in_spikier_clutter) {
  const EvidenceTable noise(Background{});
  const EvidenceTable clutter(Background{1.0, 1.0});
  const EvidenceTable spiky(Background{1.0, 0.5});
  const std::uint8_t strong = EvidenceTable::index_of(12.0);
  EXPECT_GT(noise.gain(strong), clutter.gain(strong));
  EXPECT_GT(clutter.gain(strong), spiky.gain(strong));
  EXPECT_GT(noise.loss(EvidenceTable::index_of(0.5)), 0);
}

TEST(Evidence, background_is_known_from_its_spread) {
  for (const Background b : {Background{1.0, 0.5}, Background{1.0, 1.0}, Background{1.0, 3.0}, Background{7.0, 0.0}}) {
    const Background back = background_of(log_spread_of(b));
    EXPECT_NEAR(back.shape, b.shape, 0.01 * b.shape);
    EXPECT_NEAR(back.looks, b.looks, 0.01 * b.looks);
  }
}

}  // namespace
}  // namespace headland::integration
