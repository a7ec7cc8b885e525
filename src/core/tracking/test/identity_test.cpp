// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <set>

#include <gtest/gtest.h>

#include "core/tracking/identity/recogniser.hpp"
#include "core/tracking/test/scene.hpp"

namespace headland::tracking::test {
namespace {

std::set<TrackId> believed(const Tracker& tracker) {
  std::set<TrackId> ids;
  for (const Track& t : tracker.tracks()) {
    if (t.stage != TrackStage::tentative) ids.insert(t.id);
  }
  return ids;
}

// Seen, hidden for `hidden` turns, seen again.
std::vector<Track> hide(Tracker& tracker, Scene scene, std::uint32_t hidden) {
  run(tracker, scene, 0, 30, 16);
  const std::vector<Vessel> vessels = scene.vessels;
  scene.vessels.clear();
  run(tracker, scene, 30, 30 + hidden, 16);
  scene.vessels = vessels;
  return run(tracker, scene, 30 + hidden, 45 + hidden, 16);
}

TEST(RecogniserTest, TheDensityOfADifferenceIsTheGaussians) {
  // East and north apart, so that it can be done by hand as two pairs of position and velocity.
  Gaussian a;
  a.pp << 4.0, 0.0, 0.0, 3.0;
  a.pv << 0.5, 0.0, 0.0, -0.2;
  a.vv << 1.0, 0.0, 0.0, 2.0;
  Gaussian b = a;
  b.position << 2.0, -1.0;
  b.velocity << 0.3, 0.4;
  double distance2 = 0.0;
  const double density = density_of_difference(a, b, distance2);
  double by_hand = 0.0;
  double scale = 1.0;
  for (const Eigen::Index k : {0, 1}) {
    Matrix2 c;
    c << a.pp(k, k), a.pv(k, k), a.pv(k, k), a.vv(k, k);
    c *= 2.0;
    by_hand += quadratic(inverse(c), Vector2(b.position(k), b.velocity(k)));
    scale *= 2.0 * std::numbers::pi * std::sqrt(determinant(c));
  }
  EXPECT_NEAR(distance2, by_hand, 1e-12);
  EXPECT_NEAR(density, std::exp(-0.5 * by_hand) / scale, 1e-12);
}

TEST(IdentityTest, AVesselThatComesOutOfAShadowGetsItsNumberBack) {
  for (const std::uint32_t hidden : {20U, 24U, 28U}) {
    Scene scene;
    scene.vessels = {{2000, 3000, 5, -3}};
    Tracker tracker{TrackerConfig{}};
    run(tracker, scene, 0, 30, 16);
    const auto before = believed(tracker);
    Tracker other{TrackerConfig{}};
    const auto rows = hide(other, scene, hidden);
    EXPECT_EQ(believed(other), before) << hidden;
    EXPECT_EQ(other.counters().tracks_recognised, 1U) << hidden;
    ASSERT_EQ(other.tracks().size(), 1U);
    EXPECT_LT(other.tracks()[0].identity, 1.0);
    EXPECT_GE(other.tracks()[0].identity, 0.9);
    EXPECT_LT(other.tracks()[0].began, at(10.0)) << "it is known since then";
    // The number that it had for some plots has ended.
    std::set<TrackId> open;
    for (const Track& t : rows) {
      if (t.stage == TrackStage::ended) {
        open.erase(t.id);
      } else {
        open.insert(t.id);
      }
    }
    EXPECT_EQ(open, before);
    const auto story = other.story(*before.begin());
    ASSERT_TRUE(story.has_value());
    EXPECT_NE(sentence(*before.begin(), *story).find("got its number back"), std::string::npos)
        << sentence(*before.begin(), *story);
  }
}

TEST(IdentityTest, TwoVesselsThatHideDoNotChangeNumbers) {
  Scene scene;
  scene.vessels = {{2000, 3000, 5, -3}, {2150, 2900, 5, -3}, {2500, 3000, -4, 4}};
  Tracker tracker{TrackerConfig{}};
  run(tracker, scene, 0, 30, 16);
  std::vector<TrackId> before;
  const auto nearest = [&](const Vessel& v, double t) {
    TrackId found;
    double best = 60.0;
    for (const Track& track : tracker.tracks()) {
      const double d = std::hypot(track.state.position.east.value() - v.east_m - v.ve_mps * t,
                                  track.state.position.north.value() - v.north_m - v.vn_mps * t);
      if (d < best) {
        best = d;
        found = track.id;
      }
    }
    return found;
  };
  for (const Vessel& v : scene.vessels) before.push_back(nearest(v, 30 * scene.turn_s));
  const std::vector<Vessel> vessels = scene.vessels;
  scene.vessels.clear();
  run(tracker, scene, 30, 52, 16);
  EXPECT_TRUE(believed(tracker).empty());
  scene.vessels = vessels;
  run(tracker, scene, 52, 70, 16);
  for (std::size_t k = 0; k < vessels.size(); ++k) {
    EXPECT_NE(before[k].value(), 0U);
    EXPECT_EQ(nearest(vessels[k], 70 * scene.turn_s), before[k]) << k;
  }
}

TEST(IdentityTest, AnotherVesselGetsANumberOfItsOwn) {
  Scene scene;
  scene.vessels = {{2000, 3000, 5, -3}};
  Tracker tracker{TrackerConfig{}};
  run(tracker, scene, 0, 30, 16);
  const auto before = believed(tracker);
  scene.vessels.clear();
  run(tracker, scene, 30, 52, 16);
  // Where the first would be by now, but going the other way at speed.
  scene.vessels = {{2000 + 130 * 5 + 130 * 12, 3000 - 130 * 3, -12, 0}};
  run(tracker, scene, 52, 70, 16);
  ASSERT_EQ(believed(tracker).size(), 1U);
  EXPECT_FALSE(before.contains(*believed(tracker).begin())) << tracker.tracks()[0].identity;
  EXPECT_EQ(tracker.counters().tracks_recognised, 0U);
}

TEST(IdentityTest, ItIsRecognisedAfterARestartToo) {
  Scene scene;
  scene.vessels = {{2000, 3000, 5, -3}};
  Tracker a{TrackerConfig{}};
  run(a, scene, 0, 30, 16);
  const auto before = believed(a);
  const std::vector<Vessel> vessels = scene.vessels;
  scene.vessels.clear();
  run(a, scene, 30, 55, 16);
  ASSERT_TRUE(believed(a).empty());
  Tracker b{TrackerConfig{}};
  b.restore(a.snapshot());
  scene.vessels = vessels;
  run(a, scene, 55, 70, 16);
  run(b, scene, 55, 70, 16);
  EXPECT_EQ(believed(a), before);
  ASSERT_EQ(believed(b), before);
  EXPECT_EQ(a.tracks()[0].identity, b.tracks()[0].identity);
  EXPECT_EQ(a.tracks()[0].state.covariance, b.tracks()[0].state.covariance);
}

TEST(IdentityTest, WithoutATimeForItNothingIsRecognised) {
  TrackerConfig config;
  config.return_max_s = 0.0;
  Scene scene;
  scene.vessels = {{2000, 3000, 5, -3}};
  Tracker tracker{config};
  hide(tracker, scene, 28);
  EXPECT_EQ(tracker.counters().tracks_recognised, 0U);
}

// A vessel whose plots lie 190 m from where its track expects them, from the thirtieth turn on, but for two of them
// (`strays`). What then is believed, and what it was called before.
struct Astray {
  std::set<TrackId> before, after;
  std::string story;
};
Astray go_astray(bool both) {
  Scene scene, aside;
  scene.vessels = {{2000, 6000, 4, -2}};
  aside.vessels = {{2180, 5941, 4, -2}};
  Scene pair = scene;
  pair.vessels.push_back(aside.vessels.front());
  Tracker tracker{TrackerConfig{}};
  Astray found;
  run(tracker, scene, 0, 30, 16);
  found.before = believed(tracker);
  for (std::uint32_t turn = 30; turn < 70; ++turn) {
    const bool stray = turn == 34 || turn == 36;
    run(tracker, stray ? (both ? pair : scene) : aside, turn, turn + 1, 16);
  }
  found.after = believed(tracker);
  if (!found.after.empty()) {
    found.story = sentence(*found.after.begin(), tracker.story(*found.after.begin()).value_or(Story{}));
  }
  return found;
}

TEST(IdentityTest, ATrackThatBeganOnAVesselGoesOnUnderTheNumberOfTheOneThatLeftIt) {
  const Astray found = go_astray(false);
  ASSERT_EQ(found.before.size(), 1U);
  EXPECT_EQ(found.after, found.before);
  EXPECT_NE(found.story.find("got its number back"), std::string::npos) << found.story;
}

TEST(IdentityTest, NotWhereBothHadAPlotInOneLook) {
  const Astray found = go_astray(true);
  ASSERT_EQ(found.before.size(), 1U);
  ASSERT_EQ(found.after.size(), 1U);
  EXPECT_NE(found.after, found.before) << found.story;
}

// Two radars, of which one measures bearings 2 degrees too large until that is taken off: each begins a track of the
// one vessel, and both see one plot for both from then on.
TEST(TwinsTest, TheSecondTrackOfAVesselEndsAndSaysOfWhichItWas) {
  constexpr std::uint32_t corrected_turn = 15;
  Scene scene;
  scene.vessels = {{2000, 6000, 4, -2}};
  Scene amiss = scene;
  amiss.rotate_deg = 2.0;
  amiss.seed = 2;
  Tracker tracker{TrackerConfig{}};
  TrackUpdates out;
  std::set<TrackId> before;
  for (std::uint32_t turn = 0; turn < 60; ++turn) {
    if (turn == corrected_turn) {
      before = believed(tracker);
      CorrectionStep step;
      step.sensor = SensorId(2);
      step.bearing_rad = amiss.rotate_deg * std::numbers::pi / 180.0;
      tracker.follow(step, {});
      amiss.rotate_deg = 0.0;
    }
    PlotSector other = make_turn(amiss, turn);
    other.sensor = SensorId(2);
    tracker.process(make_turn(scene, turn), out);
    tracker.process(other, out);
  }
  ASSERT_EQ(before.size(), 2U);
  EXPECT_EQ(tracker.counters().twins_ended, 1U);
  ASSERT_EQ(believed(tracker).size(), 1U);
  const TrackId first = *before.begin();
  const TrackId second = *before.rbegin();
  EXPECT_EQ(*believed(tracker).begin(), first);
  const auto story = tracker.story(second);
  ASSERT_TRUE(story.has_value());
  const std::string told = sentence(second, *story);
  const std::string why = "because its plots were those of track " + std::to_string(first.value());
  EXPECT_NE(told.find(why), std::string::npos) << told;
  EXPECT_EQ(told.find("probability"), std::string::npos) << told;  // none was computed
  // So also after a restart.
  Tracker restarted{TrackerConfig{}};
  restarted.restore(tracker.snapshot());
  const auto kept = restarted.story(second);
  ASSERT_TRUE(kept.has_value());
  EXPECT_EQ(sentence(second, *kept), told);
}

// Bearings 3 degrees too large, from the twentieth turn on taken off.
TEST(FollowTest, TracksGoWithWhatIsTakenOffTheirRadar) {
  Scene scene;
  scene.vessels = {{-4000, 6000, 5, -3}, {2000, -5000, -4, 2}};
  Scene biased = scene;
  biased.rotate_deg = 3.0;
  for (const bool followed : {false, true}) {
    Tracker tracker{TrackerConfig{}};
    run(tracker, biased, 0, 20, 16);
    const auto before = believed(tracker);
    ASSERT_EQ(before.size(), 2U);
    if (followed) {
      CorrectionStep step;
      step.sensor = SensorId(1);
      step.bearing_rad = 3.0 * std::numbers::pi / 180.0;
      tracker.follow(step, {});
      for (const Track& t : tracker.tracks()) {
        const double dt = to_seconds(t.time - at(0.0)).value();
        double nearest = 1e9;
        for (const Vessel& v : scene.vessels) {
          nearest = std::min(nearest, std::hypot(t.state.position.east.value() - v.east_m - dt * v.ve_mps,
                                                 t.state.position.north.value() - v.north_m - dt * v.vn_mps));
        }
        EXPECT_LT(nearest, 40.0);
      }
    }
    run(tracker, scene, 20, 30, 16);
    if (followed) {
      EXPECT_EQ(believed(tracker), before);
      EXPECT_EQ(tracker.counters().tracks_begun, 2U);
    } else {
      EXPECT_GT(tracker.counters().tracks_begun, 2U);
    }
  }
}

// Far out a track is uncertain across the sight: so it stays when it is turned by much.
TEST(FollowTest, WhatIsUncertainIsTurnedWithTheTrack) {
  Scene scene;
  scene.vessels = {{0.0, 9000.0, 2.0, 1.0}};
  Tracker tracker{TrackerConfig{}};
  run(tracker, scene, 0, 12, 16);
  ASSERT_EQ(believed(tracker).size(), 1U);
  const auto before = tracker.tracks()[0].state.covariance;
  ASSERT_GT(before[0], 2.0 * before[5]);
  CorrectionStep step;
  step.sensor = SensorId(1);
  step.bearing_rad = 0.5 * std::numbers::pi;
  tracker.follow(step, {});
  const auto after = tracker.tracks()[0].state.covariance;
  // All of it came from this radar but for what was thought at first: to a percent.
  EXPECT_NEAR(after[5], before[0], 0.02 * before[0]);
  EXPECT_NEAR(after[0], before[5], 0.02 * before[0]);
  EXPECT_NEAR(after[0] * after[5] - after[1] * after[4], before[0] * before[5] - before[1] * before[4],
              1e-6 * before[0] * before[5]);
}

TEST(FollowTest, OfTwoRadarsEachMovesATrackByItsShare) {
  Scene scene;
  scene.vessels = {{-4000, 6000, 5, -3}};
  Tracker tracker{TrackerConfig{}};
  TrackUpdates out;
  for (std::uint32_t turn = 0; turn < 30; ++turn) {
    for (const std::uint16_t radar : std::array<std::uint16_t, 2>{1, 2}) {
      PlotSector s = make_turn(scene, turn);
      s.sensor = SensorId(radar);
      tracker.process(s, out);
    }
  }
  ASSERT_EQ(believed(tracker).size(), 1U);
  const EastNorth was = tracker.tracks()[0].state.position;
  CorrectionStep step;
  step.range_m = 60.0;
  double moved = 0.0;
  for (const std::uint16_t radar : std::array<std::uint16_t, 2>{1, 2}) {
    step.sensor = SensorId(radar);
    tracker.follow(step, {});
    const double now = distance(tracker.tracks()[0].state.position, was).value();
    EXPECT_GT(now - moved, 15.0) << radar;
    EXPECT_LT(now - moved, 45.0) << radar;
    moved = now;
  }
  EXPECT_NEAR(moved, 60.0, 0.1);
  // A restart forgets nothing of it.
  Tracker other{TrackerConfig{}};
  other.restore(tracker.snapshot());
  tracker.follow(step, {});
  other.follow(step, {});
  EXPECT_EQ(tracker.tracks()[0].state.position.east.value(), other.tracks()[0].state.position.east.value());
}

TEST(IdentityTest, TwoTracksExchangeTheirNumbersAndNothingElse) {
  Scene scene;
  scene.vessels = {{2000, 3000, 5, -3}, {-3000, 1000, 0, 4}};
  Tracker tracker{TrackerConfig{}};
  run(tracker, scene, 0, 20, 16);
  const auto before = tracker.tracks();
  ASSERT_EQ(before.size(), 2U);
  TrackUpdates out;
  EXPECT_FALSE(tracker.exchange(before[0].id, TrackId(99), out));
  EXPECT_FALSE(tracker.exchange(before[0].id, before[0].id, out));
  EXPECT_TRUE(out.tracks.empty());
  EXPECT_TRUE(tracker.exchange(before[0].id, before[1].id, out));
  ASSERT_EQ(out.tracks.size(), 2U);
  const auto after = tracker.tracks();
  ASSERT_EQ(after.size(), 2U);
  for (std::size_t k = 0; k < 2; ++k) {
    EXPECT_EQ(after[k].id, before[k].id);
    EXPECT_EQ(after[k].began, before[k].began);
    EXPECT_EQ(after[k].state.position, before[1 - k].state.position);
    EXPECT_NE(sentence(after[k].id, *tracker.story(after[k].id)).find("changed places"), std::string::npos);
  }
  run(tracker, scene, 20, 40, 16);
  EXPECT_EQ(tracker.tracks().size(), 2U);
  EXPECT_EQ(tracker.tracks()[0].id, before[0].id);
}

}  // namespace
}  // namespace headland::tracking::test
