// SPDX-License-Identifier: Apache-2.0
// Vessels not yet seen, transients, and what is hidden.
#include <set>

#include <gtest/gtest.h>

#include "core/tracking/life/visibility.hpp"
#include "core/tracking/sea/newcomers.hpp"
#include "core/tracking/sea/transients.hpp"
#include "core/tracking/test/scene.hpp"

namespace headland::tracking::test {
namespace {

constexpr double whole_turn = 2.0 * std::numbers::pi;

TEST(NewcomersTest, ExpectsManyVesselsAtFirstAndOnlyNewOnesOnceItLooked) {
  const TrackerConfig config;
  const ClutterMap map{config};
  Newcomers n{config};
  const double before = n.density(5000.0, 1.0);
  for (int turn = 0; turn < 30; ++turn) n.sweep(whole_turn * turn, whole_turn, 1.0, 20000.0, map);
  const double after = n.density(5000.0, 1.0);
  EXPECT_GT(before, 10.0 * after);
  EXPECT_GE(after, arrival_density(config, 5000.0) * 0.9);
}

TEST(NewcomersTest, LearnsNothingWhereTheRadarDidNotLook) {
  const TrackerConfig config;
  const ClutterMap map{config};
  Newcomers n{config};
  const double before = n.density(15000.0, 4.0);
  for (int turn = 0; turn < 30; ++turn) {
    n.sweep(whole_turn * turn, whole_turn, 1.0, 8000.0, map);         // too near
    n.sweep(whole_turn * turn, whole_turn / 4.0, 1.0, 20000.0, map);  // elsewhere
  }
  EXPECT_DOUBLE_EQ(n.density(15000.0, 4.0), before);
}

TEST(TransientMapTest, LearnsHowLongThingsLastThatAreNoVessels) {
  TransientMap map{TrackerConfig{}};
  for (int turn = 0; turn < 60; ++turn) {
    map.sweep(whole_turn * turn, whole_turn, 1.0, 10000.0);
    map.ended(2000.0, 1.0, 3, 1.0);
  }
  map.settle();
  EXPECT_GT(map.reach(2000.0, 1.0, 3), 10.0 * map.reach(2000.0, 1.0, 4));
  EXPECT_GT(map.reach(2000.0, 1.0, 3), 10.0 * map.reach(9000.0, 4.0, 3));
}

TEST(TransientMapTest, ForgetsItsFearWhereNothingIsShortLived) {
  TransientMap map{TrackerConfig{}};
  const double before = map.reach(6000.0, 1.0, 2);
  for (int turn = 0; turn < 60; ++turn) map.sweep(whole_turn * turn, whole_turn, 1.0, 10000.0);
  map.settle();
  EXPECT_LT(map.reach(6000.0, 1.0, 2), 0.1 * before);
}

TEST(VisibilityTest, ComesBackToItsRestFromEitherSide) {
  const TrackerConfig config;
  const double rest = config.mean_visible_s / (config.mean_visible_s + config.mean_hidden_s);
  EXPECT_NEAR(visibility_after(config, 1.0, 1e4), rest, 1e-9);
  EXPECT_NEAR(visibility_after(config, 0.0, 1e4), rest, 1e-9);
  EXPECT_DOUBLE_EQ(visibility_after(config, 0.3, 0.0), 0.3);
}

// Twenty things a minute that drift for three turns and are gone; one vessel.
TEST(TrackerSea, SpikesOfThreeTurnsBecomeNoVesselsButTheVesselDoes) {
  Tracker tracker{TrackerConfig{}};
  TrackUpdates out;
  Random random(5);
  struct Spike {
    double e, n;
    std::uint32_t born;
  };
  std::vector<Spike> spikes;
  Scene scene;
  scene.vessels = {{3000.0, 2000.0, -6.0, 3.0}};
  for (std::uint32_t turn = 0; turn < 120; ++turn) {
    PlotSector s = make_turn(scene, turn);
    spikes.push_back({random.uniform(-2500.0, 2500.0), random.uniform(-2500.0, 2500.0), turn});
    for (const Spike& spike : spikes) {
      if (turn >= spike.born + 3) continue;
      Plot p;
      p.range = Metres(std::hypot(spike.e, spike.n) + random.uniform(-8.0, 8.0));
      p.bearing = Bearing::of(spike.e, spike.n);
      p.range_deviation = Metres(8.0);
      p.bearing_deviation = from_degrees(0.25);
      p.time = at(scene.turn_s * (turn + p.bearing.radians() / whole_turn));
      p.strength = Decibels(10.0);
      if (p.range.value() > 200.0) s.plots.push_back(p);
    }
    std::sort(s.plots.begin(), s.plots.end(), [](const Plot& a, const Plot& b) { return a.bearing < b.bearing; });
    tracker.process(s, out);
  }
  std::set<std::uint32_t> confirmed;
  std::set<std::uint32_t> late;  // after the sea was learned
  for (const Track& t : out.tracks) {
    if (t.stage != TrackStage::confirmed) continue;
    confirmed.insert(t.id.value());
    if (t.began > at(60.0)) late.insert(t.id.value());
  }
  EXPECT_GE(confirmed.size(), 1U);
  EXPECT_LE(confirmed.size(), 4U);
  EXPECT_LE(late.size(), 1U);
}

}  // namespace
}  // namespace headland::tracking::test
