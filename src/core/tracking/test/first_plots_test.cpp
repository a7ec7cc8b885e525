// SPDX-License-Identifier: Apache-2.0
// Where tracks begin.
#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "core/tracking/test/scene.hpp"

namespace headland::tracking {
namespace {

test::Scene small_radar() {
  test::Scene scene;
  scene.range_deviation_m = 4.0;
  scene.bearing_deviation_deg = 1.0;
  scene.turn_s = 1.7;
  scene.range_max_m = 1000.0;
  return scene;
}

// The first plot lies forty metres off, the others are those of a vessel that stands: a track from the first to them
// has a speed that they do not, and fails at the first miss.
TEST(FirstPlotsTest, AVesselWhoseFirstPlotsAChanceTrackClaimsIsTrackedFromThem) {
  test::Scene chance = small_radar();
  test::Scene scene = chance;
  test::Scene nothing = chance;
  chance.vessels = {{110.0, 40.0, 0.0, 0.0}};
  scene.vessels = {{150.0, 60.0, 0.0, 0.0}};
  Tracker tracker{TrackerConfig{}};
  TrackUpdates out;
  for (std::uint32_t turn = 0; turn < 40; ++turn) {
    const bool missed = turn == 2 || turn == 7;
    tracker.process(test::make_turn(turn == 0 ? chance : missed ? nothing : scene, turn), out);
  }
  const auto all = tracker.tracks();
  const auto there = std::find_if(all.begin(), all.end(), [](const Track& t) {
    return t.stage == TrackStage::confirmed && std::abs(t.state.position.east.value() - 150.0) < 15.0 &&
           std::abs(t.state.position.north.value() - 60.0) < 15.0;
  });
  ASSERT_NE(there, all.end());
  EXPECT_LT(there->began, test::at(1.7 * 5));
}

// The same without a miss: nothing tells that the track fails, so it must come to its vessel by the plots it takes.
// That the first was nobody's explains them better than a vessel that came at 32 knots and stopped at once.
TEST(FirstPlotsTest, ATrackWithAFalseFirstPlotComesToItsVesselByThePlotsItTakes) {
  constexpr int seeds = 20;
  int stands = 0, tracked = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    test::Scene chance = small_radar();
    chance.seed = seed;
    test::Scene scene = chance;
    chance.vessels = {{130.0, 40.0, 0.0, 0.0}};
    scene.vessels = {{150.0, 60.0, 0.0, 0.0}};
    Tracker tracker{TrackerConfig{}};
    TrackUpdates out;
    for (std::uint32_t turn = 0; turn < 7; ++turn) {
      tracker.process(test::make_turn(turn == 0 ? chance : scene, turn), out);
    }
    const auto all = tracker.tracks();
    if (all.empty()) continue;
    ++tracked;
    const Track& oldest = all.front();
    const double speed = std::hypot(oldest.state.velocity.east.value(), oldest.state.velocity.north.value());
    if (speed < 1.0) ++stands;
  }
  EXPECT_EQ(tracked, seeds);
  EXPECT_GE(stands, seeds / 2) << "of that many, two where the first plot is never doubted";
}

std::uint32_t turns_until_confirmed(double confirm_young, double confirm_clutter_per_km2, std::uint64_t seed) {
  test::Scene scene;
  scene.seed = seed;
  scene.vessels = {{2000.0, 3000.0, 5.0, -3.0}};
  scene.clutter = 150.0;
  TrackerConfig config;
  config.confirm_young = confirm_young;
  config.confirm_clutter_per_km2 = confirm_clutter_per_km2;
  config.confirm_plots = 2;
  Tracker tracker(config);
  TrackUpdates out;
  std::uint32_t turn = 0;
  for (; turn < 20 && tracker.counters().tracks_confirmed == 0; ++turn) {
    test::Scene empty = scene;
    if (turn < 3) empty.vessels.clear();
    tracker.process(test::make_turn(empty, turn), out);
  }
  return turn;
}

// Some four hundred plots of the last turns are followed up; few of them have a second plot.
TEST(FirstPlotsTest, TracksOfOnePlotAreNoTrialsForWhichOthersMustBeTheSurer) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    EXPECT_EQ(turns_until_confirmed(50.0, 0.0, seed), turns_until_confirmed(1e6, 0.0, seed)) << seed;
  }
}

// 150 plots of clutter a turn within 10 km: half a plot in a km^2.
TEST(FirstPlotsTest, WhereClutterIsDenseATrackIsConfirmedLater) {
  std::uint32_t as_ever = 0;
  std::uint32_t dense = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const std::uint32_t alone = turns_until_confirmed(1e6, 0.0, seed);
    EXPECT_EQ(turns_until_confirmed(1e6, 5.0, seed), alone) << seed;
    as_ever += alone;
    const std::uint32_t later = turns_until_confirmed(1e6, 0.05, seed);
    EXPECT_LT(later, 20U) << seed;
    dense += later;
  }
  EXPECT_GT(dense, as_ever + 10);
}

TEST(FirstPlotsTest, WhatNoRadarMeasuresIsCountedAndLeftOut) {
  Tracker tracker{TrackerConfig{}};
  TrackUpdates out;
  test::Scene scene;
  PlotSector s = test::make_turn(scene, 5);
  const double nan = std::nan("");
  const double without_end = std::numeric_limits<double>::infinity();
  const auto add = [&](const auto& spoil) {
    Plot p;
    p.range = Metres(4000.0);
    p.time = s.began;
    spoil(p);
    s.plots.push_back(p);
  };
  for (const double bad : {nan, without_end, -5.0, 1e9}) add([&](Plot& p) { p.range = Metres(bad); });
  for (const double bad : {nan, without_end}) {
    add([&](Plot& p) { p.strength = Decibels(bad); });
    add([&](Plot& p) { p.range_extent = Metres(bad); });
    add([&](Plot& p) { p.bearing_extent = Radians(bad); });
  }
  for (const double bad : {without_end, 1e7}) {
    add([&](Plot& p) { p.range_deviation = Metres(bad); });
    add([&](Plot& p) { p.bearing_deviation = Radians(bad); });
  }
  const std::size_t all = s.plots.size();
  add([](Plot&) {});
  tracker.process(s, out);
  EXPECT_EQ(tracker.counters().plots_impossible, all);
  EXPECT_EQ(tracker.counters().tracks_begun, 1U) << "of the plot that is in order";
  tracker.process(test::split(test::make_turn(scene, 3), 32)[7], out);  // earlier in turn and in time
  EXPECT_EQ(tracker.counters().sectors_late, 1U);
  PlotSector again = test::make_turn(scene, 0);  // the count of turns starts anew while time goes on
  again.began = test::at(100.0);
  again.ended = test::at(102.5);
  tracker.process(again, out);
  EXPECT_EQ(tracker.counters().sectors_late, 1U);
  tracker.flush(out);
}

}  // namespace
}  // namespace headland::tracking
