// SPDX-License-Identifier: Apache-2.0
// Hulls and classes of vessels.
#include <array>

#include <gtest/gtest.h>

#include "core/base/random.hpp"
#include "core/tracking/kind/classifier.hpp"
#include "core/tracking/kind/extent.hpp"
#include "core/tracking/kind/smear.hpp"
#include "core/tracking/test/scene.hpp"

namespace headland::tracking::test {
namespace {

constexpr double pi = std::numbers::pi;

struct Hull {
  double length_m, width_m;
};

// Looks at a hull under slowly changing aspects, its echoes as a beam and pulse of these sizes make them.
TrackSize seen(const Hull& hull, double aspect, bool course_known, double beam_m, double pulse_m,
               double believed_beam_m, std::uint64_t seed = 1) {
  Random random(seed);
  ExtentEstimator estimator;
  for (int k = 0; k < 150; ++k) {
    const double a = aspect + 0.004 * k;
    EchoLook look;
    look.along_m =
        hull.length_m * std::abs(std::cos(a)) + hull.width_m * std::abs(std::sin(a)) + pulse_m + 4.0 * random.normal();
    look.across_m = hull.length_m * std::abs(std::sin(a)) + hull.width_m * std::abs(std::cos(a)) + beam_m +
                    0.1 * beam_m * random.normal();
    look.smear_along_m = pulse_m;
    look.smear_across_m = believed_beam_m;
    look.course_known = course_known;
    look.aspect = a;
    estimator.add(look);
  }
  return estimator.size(aspect, 0.02);
}

TEST(ExtentTest, LengthAndWidthFollowFromEchoesUnderKnownCourses) {
  for (const double aspect : {0.0, 0.5, 0.9, 1.3}) {
    const TrackSize s = seen({150.0, 24.0}, aspect, true, 40.0, 20.0, 40.0);
    ASSERT_TRUE(s.known);
    EXPECT_NEAR(s.length.value(), 150.0, 12.0) << aspect;
    EXPECT_NEAR(s.width.value(), 24.0, 10.0) << aspect;
    EXPECT_LT(std::abs(s.length.value() - 150.0), 3.0 * s.length_deviation.value()) << aspect;
    EXPECT_NEAR(s.orientation.radians(), aspect, 1e-9);
  }
}

TEST(ExtentTest, WithoutACourseTheLengthHasNoOrientation) {
  const TrackSize s = seen({150.0, 23.0}, 0.7, false, 40.0, 20.0, 40.0);
  ASSERT_TRUE(s.known);
  EXPECT_NEAR(s.length.value(), 150.0, 25.0);
  EXPECT_GE(s.orientation_deviation.value(), pi);
}

TEST(ExtentTest, AVesselSmallerThanTheBeamIsNotClaimedToBeKnown) {
  // The beam is a fifth wider than believed: 40 m of 200.
  const TrackSize s = seen({12.0, 4.0}, 1.5, true, 240.0, 20.0, 200.0);
  EXPECT_GT(s.length_deviation.value(), 0.5 * 12.0);
  EXPECT_LT(std::abs(s.length.value() - 12.0), 2.0 * s.length_deviation.value());
}

TEST(ExtentTest, NothingIsKnownOfPlotsWithoutExtents) {
  ExtentEstimator estimator;
  for (int k = 0; k < 50; ++k) estimator.add({});
  EXPECT_FALSE(estimator.size(0.0, 0.1).known);
}

TEST(SmearTest, TheSmallestEchoesTellBeamAndPulse) {
  Smear smear(60.0, 0.05);
  Random random(3);
  for (int k = 0; k < 4000; ++k) {
    const double hull = k % 3 == 0 ? 5.0 : random.uniform(30.0, 200.0);  // a third are boats
    const double range = random.uniform(1000.0, 6000.0);
    smear.learn(range, 20.0 + hull, 0.015 * range + hull, 12.0 + random.normal());
  }
  EXPECT_NEAR(smear.along_m(12.0), 25.0, 4.0);
  EXPECT_NEAR(smear.across_rad(12.0), 0.017, 0.003);
  EXPECT_NEAR(smear.strength_db(), 12.0, 0.5);
}

// Point targets in simulated video, measured: along and across by strength, as of a beam of 1.4 degrees and a pulse
// of 22.5 m. Boats are 6 to 18 dB over the threshold; ships of 35 dB are not to be taken for 20 m longer than they are.
TEST(SmearTest, WhatWeakEchoesTellHoldsForStrongOnes) {
  Smear smear(60.0, 0.05);
  Random random(5);
  const std::array<std::array<double, 3>, 5> measured = {
      {{7.5, 27.0, 0.0238}, {10.5, 33.2, 0.0289}, {13.5, 36.3, 0.0335}, {16.5, 37.6, 0.0372}, {19.5, 40.7, 0.0409}}};
  for (int k = 0; k < 4000; ++k) {
    const auto& m = measured.at(static_cast<std::size_t>(random.uniform(0.0, 4.999)));
    const double range = random.uniform(1000.0, 6000.0);
    const double hull = k % 2 == 0 ? 3.0 : random.uniform(10.0, 60.0);
    smear.learn(range, m[1] + hull, m[2] * range + hull, m[0]);
  }
  EXPECT_NEAR(smear.along_m(34.5), 44.1, 5.0);  // measured of points at this strength
  EXPECT_NEAR(smear.across_rad(34.5), 0.0560, 0.005);
  EXPECT_NEAR(smear.across_rad(4.5), 0.0174, 0.003);
}

Evidence vessel(double speed, double length, double deviation) {
  Evidence e;
  e.speed_mps = speed;
  e.speed_deviation_mps = 0.1;
  e.size.known = length > 0.0;
  e.size.length = Metres(length);
  e.size.length_deviation = Metres(deviation);
  e.hits = 45.0;
  e.looks = 50.0;
  e.life_s = 200.0;
  return e;
}

TEST(ClassifierTest, PlainCasesAreToldWithConfidence) {
  const auto expect = [](const Evidence& e, TrackClass kind) {
    const TrackKind k = classify(e);
    EXPECT_EQ(k.likely, kind);
    EXPECT_GT(k.probability, 0.7);
    EXPECT_LE(k.probability, 1.0);
  };
  expect(vessel(6.0, 150.0, 15.0), TrackClass::large);
  expect(vessel(3.0, 12.0, 6.0), TrackClass::small);
  expect(vessel(15.0, 35.0, 10.0), TrackClass::fast);
  Evidence at_rest = vessel(0.05, 20.0, 10.0);
  at_rest.stands = true;
  expect(at_rest, TrackClass::stationary);
  Evidence ghost = vessel(1.5, 6.0, 6.0);
  ghost.hits = 12.0;
  ghost.looks = 30.0;
  ghost.life_s = 40.0;
  ghost.relative_db = -8.0;
  ghost.existence = 0.6;
  expect(ghost, TrackClass::improbable);
}

// Far out a ship at anchor seems to move.
TEST(ClassifierTest, WhatIsShownAtRestIsStationary) {
  Evidence e = vessel(0.65, 160.0, 30.0);
  EXPECT_EQ(classify(e).likely, TrackClass::large);
  e.stands = true;
  EXPECT_EQ(classify(e).likely, TrackClass::stationary);
}

TEST(ClassifierTest, FastIsWhatIsFasterThanTwentyKnots) {
  for (const double length : {10.0, 35.0, 150.0}) {
    EXPECT_EQ(classify(vessel(11.5, length, 8.0)).likely, TrackClass::fast) << length;
    EXPECT_EQ(classify(vessel(9.2, length, 8.0)).likely, length < 50.0 ? TrackClass::small : TrackClass::large)
        << length;
  }
}

TEST(ClassifierTest, WithoutALengthTheConfidenceIsLess) {
  const double with = classify(vessel(4.0, 20.0, 5.0)).probability;
  const double without = classify(vessel(4.0, 0.0, 0.0)).probability;
  EXPECT_LT(without, with);
  EXPECT_GT(without, 0.2);
}

TEST(KindTest, ATrackOfPlotsWithExtentsHasSizeAndClassAndARestartKeepsThem) {
  Scene scene;
  scene.vessels = {{-600, 4000, 6, 0}, {2500, 2500, 0, 0}};
  Tracker a{TrackerConfig{}};
  TrackUpdates out;
  const auto turns = [&](Tracker& tracker, std::uint32_t from, std::uint32_t to) {
    for (std::uint32_t turn = from; turn < to; ++turn) {
      PlotSector s = make_turn(scene, turn);
      for (Plot& p : s.plots) {
        const bool ship = std::abs(p.range.value() - 4000.0) < 200.0;
        p.range_extent = Metres(20.0 + (ship ? 20.0 : 8.0));
        p.bearing_extent = Radians(0.015 + (ship ? 120.0 : 8.0) / p.range.value());
      }
      tracker.process(s, out);
    }
  };
  turns(a, 0, 60);
  Tracker b{TrackerConfig{}};
  b.restore(a.snapshot());
  turns(a, 60, 70);
  turns(b, 60, 70);
  const auto tracks = a.tracks();
  ASSERT_EQ(tracks.size(), 2U);
  for (const Track& t : tracks) {
    ASSERT_TRUE(t.size.known);
    const bool ship = t.state.velocity.speed().value() > 3.0;
    EXPECT_EQ(t.kind.likely, ship ? TrackClass::large : TrackClass::stationary);
    EXPECT_LT(std::abs(t.size.length.value() - (ship ? 120.0 : 8.0)), 3.0 * t.size.length_deviation.value());
  }
  const auto again = b.tracks();
  ASSERT_EQ(again.size(), 2U);
  for (std::size_t k = 0; k < 2; ++k) {
    EXPECT_EQ(tracks[k].size.length, again[k].size.length);
    EXPECT_EQ(tracks[k].kind.probability, again[k].kind.probability);
  }
}

}  // namespace
}  // namespace headland::tracking::test
