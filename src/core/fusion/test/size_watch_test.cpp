// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/trust/size_watch.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "core/base/random.hpp"

namespace headland::fusion {
namespace {

// What a radar makes of a hull: `slope` 1 and `blur` 0: the hull itself.
struct Waters {
  double slope = 1.0, blur_m = 0.0, scatter = 0.05, deviation = 0.1;
};

SizeWatch::State vessel(double sent_m, double true_m, const Waters& w, Random& random) {
  SizeWatch::State s;
  const double echo_m = w.blur_m + std::pow(true_m, w.slope) * std::exp(w.scatter * random.normal());
  SizeWatch::look(sent_m, echo_m, w.deviation * echo_m + 2.0, 20.0, s);
  return s;
}

std::vector<SizeWatch::State> honest(std::size_t count, const Waters& w, Random& random) {
  std::vector<SizeWatch::State> all;
  for (std::size_t k = 0; k < count; ++k) {
    const double true_m = random.uniform() < 0.3 ? random.uniform(8.0, 25.0) : random.uniform(50.0, 220.0);
    all.push_back(vessel(true_m * (1.0 + 0.08 * std::clamp(random.normal(), -2.0, 2.0)), true_m, w, random));
  }
  return all;
}

// One that learned from so many, of whom it accuses none.
SizeWatch taught_by(std::size_t count, const Waters& w, Random& random) {
  SizeWatch watch;
  const auto fleet = honest(count, w, random);
  watch.learn(fleet);
  for (const auto& s : fleet) EXPECT_FALSE(watch.misfits(s)) << s.sent_m << " " << s.echo_m;
  return watch;
}

TEST(SizeWatch, AccusesWhoeverSaysAnotherSizeAndNobodyElse) {
  Random random(3);
  const Waters waters;
  const SizeWatch watch = taught_by(200, waters, random);
  EXPECT_TRUE(watch.misfits(vessel(15.0, 180.0, waters, random)));
  EXPECT_TRUE(watch.misfits(vessel(180.0, 15.0, waters, random)));
  EXPECT_TRUE(watch.misfits(vessel(60.0, 200.0, waters, random)));
  // Much the same size leaves no evidence.
  EXPECT_FALSE(watch.misfits(vessel(110.0, 130.0, waters, random)));
  // Short vessels look alike.
  EXPECT_FALSE(watch.misfits(vessel(10.0, 20.0, waters, random)));
}

TEST(SizeWatch, LearnsWhatTheRadarMakesOfHulls) {
  Random random(4);
  const Waters waters{.slope = 0.5, .blur_m = 150.0, .scatter = 0.2};
  const SizeWatch watch = taught_by(100, waters, random);
  EXPECT_LT(watch.line().slope, 0.3);
  // Echoes that hardly tell of lengths accuse nobody.
  EXPECT_FALSE(watch.misfits(vessel(15.0, 180.0, waters, random)));
}

// Lengths that one radar makes too short by an unknown part of its beam have large deviations and scatter little.
TEST(SizeWatch, WhatAllEstimatesHaveInCommonIsNoDoubtOfOne) {
  Random random(7);
  const Waters waters{.scatter = 0.03, .deviation = 0.15};
  const SizeWatch watch = taught_by(200, waters, random);
  EXPECT_LT(watch.line().own_share, 0.5);
  EXPECT_TRUE(watch.misfits(vessel(18.0, 75.0, waters, random)));
}

TEST(SizeWatch, EstimatesThatScatterAsTheySayKeepTheirDoubt) {
  Random random(8);
  const Waters waters{.scatter = 0.3, .deviation = 0.3};
  SizeWatch watch;
  std::size_t accused = 0;
  for (int fleets = 0; fleets < 20; ++fleets) {
    const auto fleet = honest(200, waters, random);
    watch.learn(fleet);
    for (const auto& s : fleet) accused += watch.misfits(s) ? 1U : 0U;
  }
  EXPECT_LE(accused, 4U);  // of 4000; one in 2000 is allowed
}

// Two vessels met, and each goes on under the other's track.
TEST(SizeWatch, WhatFittedOnceIsNotALieWhenTheEchoIsAnother) {
  Random random(9);
  const Waters waters;
  SizeWatch watch;
  watch.learn(honest(80, waters, random));
  SizeWatch::State s = vessel(210.0, 205.0, waters, random);
  watch.note_fit(s);
  SizeWatch::look(210.0, 60.0, 5.0, 20.0, s);
  EXPECT_GT(watch.log_ratio(s), 7.6);
  watch.note_fit(s);
  EXPECT_FALSE(watch.misfits(s));
  // Another length sent is another claim.
  SizeWatch::look(250.0, 60.0, 5.0, 20.0, s);
  EXPECT_TRUE(watch.misfits(s));
  // And whoever never fitted is not spared.
  SizeWatch::State liar = vessel(15.0, 180.0, waters, random);
  watch.note_fit(liar);
  EXPECT_TRUE(watch.misfits(liar));
}

TEST(SizeWatch, JudgesNobodyByFewVesselsOrFewLooks) {
  Random random(5);
  SizeWatch watch;
  watch.learn(honest(8, {}, random));
  EXPECT_EQ(watch.log_ratio(vessel(15.0, 180.0, {}, random)), 0.0);
  watch.learn(honest(40, {}, random));
  auto s = vessel(15.0, 180.0, {}, random);
  EXPECT_TRUE(watch.misfits(s));
  s.looks = 3.0;
  EXPECT_FALSE(watch.misfits(s));
  s.looks = 20.0;
  s.sent_m = 0.0;
  EXPECT_FALSE(watch.misfits(s));
}

TEST(SizeWatch, SomeLiarsAmongThoseWhoTeachChangeNothing) {
  Random random(6);
  auto fleet = honest(80, {}, random);
  for (int k = 0; k < 12; ++k) fleet.push_back(vessel(12.0, 150.0, {}, random));
  SizeWatch watch;
  watch.learn(fleet);
  EXPECT_NEAR(watch.line().slope, 1.0, 0.15);
  EXPECT_TRUE(watch.misfits(fleet.back()));
}

}  // namespace
}  // namespace headland::fusion
