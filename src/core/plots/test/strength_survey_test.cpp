// SPDX-License-Identifier: Apache-2.0
#include "core/plots/strength_survey.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <gtest/gtest.h>

#include "core/base/random.hpp"

namespace headland::plots {
namespace {

double decibels(double power) { return 10.0 * std::log10(power); }

// False alarms over a threshold of so many times the mean of noise; and of waves that hardly weaken with strength.
double noise_db(Random& random, double threshold) { return decibels(1.0 + random.exponential() / threshold); }
double waves_db(Random& random) { return 4.5 * random.exponential(); }

double vessel_db(Random& random) {
  const double at = random.uniform();
  double sum = 0.0;
  const auto& shares = StrengthSurvey::vessel_shares();
  std::size_t i = 0;
  while (i + 1 < shares.size() && (sum += shares[i]) < at) ++i;
  return (static_cast<double>(i) + random.uniform()) / StrengthSurvey::steps_per_db;
}

struct Means {
  double vessel_inverse = 0.0;  // of exp(-evidence) over vessels
  double clutter = 0.0;         // of exp(evidence) over clutter
  double weak_vessel = 0.0;     // of the evidence of vessels
};

Means survey(const std::function<double(Random&)>& clutter_db, double vessels) {
  StrengthSurvey s;
  Random random(3);
  Means m;
  double n_vessels = 0.0;
  double n_clutter = 0.0;
  for (int i = 0; i < 60'000; ++i) {
    const bool is_vessel = random.uniform() < vessels;
    const double e = s.take(3000.0, is_vessel ? vessel_db(random) : clutter_db(random));
    if (i < 5000) continue;
    if (is_vessel) {
      m.vessel_inverse += std::exp(-e), m.weak_vessel += e, ++n_vessels;
    } else {
      m.clutter += std::exp(e), ++n_clutter;
    }
  }
  return {m.vessel_inverse / n_vessels, m.clutter / n_clutter, m.weak_vessel / n_vessels};
}

TEST(StrengthSurvey, is_a_ratio_of_likelihoods_among_false_alarms_of_noise) {
  const Means m = survey([](Random& r) { return noise_db(r, 9.2); }, 0.02);
  EXPECT_NEAR(m.vessel_inverse, 1.0, 0.15);
  EXPECT_LT(m.clutter, 1.15);
  EXPECT_GT(m.weak_vessel, 1.0);
}

TEST(StrengthSurvey, is_a_ratio_of_likelihoods_among_strong_waves_and_says_little_there) {
  const Means m = survey([](Random& r) { return waves_db(r); }, 0.02);
  EXPECT_NEAR(m.vessel_inverse, 1.0, 0.15);
  EXPECT_LT(m.clutter, 1.15);
  EXPECT_LT(m.weak_vessel, 1.0);
  EXPECT_GT(m.weak_vessel, 0.0);
}

TEST(StrengthSurvey, says_nothing_before_it_has_counted_and_little_where_all_are_vessels) {
  StrengthSurvey fresh;
  EXPECT_NEAR(fresh.take(3000.0, 0.2), 0.0, 1e-9);
  EXPECT_NEAR(fresh.take(9000.0, 30.0), 0.0, 1e-9);
  const Means m = survey([](Random& r) { return vessel_db(r); }, 0.5);
  EXPECT_NEAR(m.weak_vessel, 0.0, 0.2);
}

TEST(StrengthSurvey, never_holds_strength_against_an_echo) {
  StrengthSurvey s;
  Random random(4);
  for (int i = 0; i < 3000; ++i) s.take(6000.0, 25.0);  // ships only
  double before = -10.0;
  for (double db = 0.2; db < 30.0; db += 0.5) {
    StrengthSurvey copy = s;
    const double e = copy.take(6000.0, db);
    EXPECT_GE(e, before);
    EXPECT_LE(e, 4.0);
    before = e;
  }
  EXPECT_GE(before, 0.0);
  EXPECT_TRUE(std::isfinite(s.take(std::nan(""), std::nan(""))));
}

}  // namespace
}  // namespace headland::plots
