// SPDX-License-Identifier: Apache-2.0
// What lies behind a ship: how much of its detection is left is learned, and used.
#include <gtest/gtest.h>

#include "core/tracking/sea/shadow_loss.hpp"
#include "core/tracking/test/scene.hpp"

namespace headland::tracking {
namespace {

using test::make_turn;
using test::Scene;

constexpr double ship_m = 200.0;  // long, broadside on

// Boats that pass one after another behind a ship that lies still at 3 km east: behind it none gives a plot.
PlotSector with_shadow(const Scene& scene, std::uint32_t turn) {
  PlotSector s = make_turn(scene, turn);
  std::erase_if(s.plots, [&](const Plot& p) {
    const double ship = 0.5 * std::numbers::pi + from_degrees(scene.rotate_deg).value();
    const double off = std::remainder(p.bearing.radians() - ship, 2.0 * std::numbers::pi);
    return p.range.value() > 3200.0 && std::abs(off) < 0.5 * ship_m / 3000.0;
  });
  for (Plot& p : s.plots) {
    if (p.range.value() > 3100.0 || p.range.value() < 2900.0) continue;
    p.bearing_extent = Radians(ship_m / 3000.0);
    p.range_extent = Metres(40.0);
  }
  return s;
}

void watch(Tracker& tracker, const Scene& scene, std::uint32_t first, std::uint32_t last) {
  TrackUpdates out;
  for (std::uint32_t turn = first; turn < last; ++turn) {
    out.tracks.clear();
    tracker.process(with_shadow(scene, turn), out);
  }
}

TEST(ShadowLoss, NothingIsLostUntilItWasCounted) {
  ShadowLoss loss;
  EXPECT_EQ(loss.behind(120.0), 0.0);
  for (int k = 0; k < 100; ++k) loss.look(120.0, 1.0, 0.1, 0.9);
  EXPECT_NEAR(loss.behind(120.0), 0.8 / 0.9, 0.1);
  EXPECT_EQ(loss.behind(10.0), 0.0) << "a boat is no ship";
  for (int k = 0; k < 100; ++k) loss.look(10.0, 1.0, 1.0, 0.9);
  EXPECT_EQ(loss.behind(10.0), 0.0) << "none is seen the better for what lies before it";
}

TEST(ShadowLoss, LooksWithHalfTheBeamOnTheHullTellTheSame) {
  ShadowLoss loss;  // 0.8 is lost where all of the beam is on it
  for (int k = 0; k < 1000; ++k) loss.look(120.0, 0.5, 0.9 * 0.6, 0.9);
  EXPECT_NEAR(loss.behind(120.0), 0.8, 0.08);
}

TEST(ShadowLoss, AHullCoversTheBeamAsFarAsItReaches) {
  EXPECT_EQ(covered_share(0.0, 0.01, 0.03), 1.0);
  EXPECT_NEAR(covered_share(0.03, 0.01, 0.03), 0.5, 1e-12);
  EXPECT_NEAR(covered_share(-0.03, 0.01, 0.03), 0.5, 1e-12);
  EXPECT_EQ(covered_share(0.041, 0.01, 0.03), 0.0);
  EXPECT_NEAR(covered_share(0.0, 0.01, 0.002), 0.2, 1e-12) << "a boat is narrower than the beam";
  EXPECT_EQ(covered_share(0.02, 0.0, 0.03), 1.0);
}

TEST(ShadowTest, WhatPassesBehindAShipIsHeldTheBetterForTheOnesBefore) {
  Scene scene;
  scene.vessels = {{3000, 0, 0, 0}};
  // One boat after another at 5 m/s, half a minute in the shadow of 370 m at 5.5 km.
  for (int k = 0; k < 24; ++k) scene.vessels.push_back({5500, -700.0 - 600.0 * k, 0, 5});
  scene.range_max_m = 9000.0;
  Tracker tracker{TrackerConfig{}};
  watch(tracker, scene, 0, 56);  // the first is in the shadow
  const auto visible_behind = [&] {
    double least = 1.0;
    for (const Track& t : tracker.tracks()) {
      const double north = t.state.position.north.value();
      if (t.state.position.east.value() > 5000.0 && std::abs(north) < 250.0) least = std::min(least, t.visibility);
    }
    return least;
  };
  double first = 1.0;
  double last = 1.0;
  for (std::uint32_t turn = 56; turn < 100; ++turn) {
    watch(tracker, scene, turn, turn + 1);
    first = std::min(first, visible_behind());
  }
  watch(tracker, scene, 100, 1000);
  for (std::uint32_t turn = 1000; turn < 1100; ++turn) {
    watch(tracker, scene, turn, turn + 1);
    last = std::min(last, visible_behind());
  }
  EXPECT_LT(first, 0.3) << "taken for faded";
  EXPECT_GT(last, 0.5) << "known to be in the shadow";

  Tracker again{TrackerConfig{}};
  again.restore(tracker.snapshot());
  watch(tracker, scene, 1100, 1110);
  watch(again, scene, 1100, 1110);
  const auto one = tracker.tracks();
  const auto other = again.tracks();
  ASSERT_EQ(one.size(), other.size());
  for (std::size_t k = 0; k < one.size(); ++k)
    EXPECT_EQ(one[k].visibility, other[k].visibility) << "kept over a restart";
}

// Where bearings leap from one side to the other.
TEST(ShadowTest, AShadowOnTheSeamIsOne) {
  Scene scene;
  scene.vessels = {{3000, 0, 0, 0}, {5500, 0, 0, 0}};
  for (const double rotate_deg : {0.0, 90.0, 180.0, -90.0}) {
    scene.rotate_deg = rotate_deg;
    Tracker tracker{TrackerConfig{}};
    TrackUpdates out;
    for (std::uint32_t turn = 0; turn < 20; ++turn) {
      PlotSector s = make_turn(scene, turn);
      if (turn >= 16) std::erase_if(s.plots, [](const Plot& p) { return p.range.value() > 5000.0; });
      tracker.process(s, out);
    }
    const auto tracks = tracker.tracks();
    ASSERT_EQ(tracks.size(), 2U);
    const bool first_far = tracks[0].state.position.east.value() * tracks[0].state.position.east.value() +
                               tracks[0].state.position.north.value() * tracks[0].state.position.north.value() >
                           16e6;
    const auto story = tracker.story(tracks[first_far ? 0 : 1].id);
    ASSERT_TRUE(story.has_value());
    EXPECT_TRUE(std::ranges::any_of(story->facts(), [](const Fact& f) { return f.kind == FactKind::hidden; }))
        << rotate_deg;
  }
}

}  // namespace
}  // namespace headland::tracking
