// SPDX-License-Identifier: Apache-2.0
// What an operator may do to tracks.
#include <gtest/gtest.h>

#include "core/tracking/test/scene.hpp"

namespace headland::tracking::test {
namespace {

TEST(OperateTest, ADroppedTrackEndsAndItsNumberDoesNotComeBack) {
  Scene scene;
  scene.vessels = {{2000, 3000, 5, -3}};
  Tracker tracker{TrackerConfig{}};
  run(tracker, scene, 0, 20, 16);
  ASSERT_EQ(tracker.tracks().size(), 1U);
  const TrackId id = tracker.tracks()[0].id;
  TrackUpdates out;
  EXPECT_FALSE(tracker.drop(TrackId(id.value() + 7), out));
  EXPECT_TRUE(tracker.drop(id, out));
  ASSERT_EQ(out.tracks.size(), 1U);
  EXPECT_EQ(out.tracks[0].stage, TrackStage::ended);
  EXPECT_TRUE(tracker.tracks().empty());
  EXPECT_EQ(tracker.story(id)->facts().back().reason, EndReason::dropped);
  run(tracker, scene, 20, 40, 16);  // the vessel is still there
  ASSERT_EQ(tracker.tracks().size(), 1U);
  EXPECT_NE(tracker.tracks()[0].id, id);
}

TEST(OperateTest, ATrackInitiatedByHandIsHeldByThePlotsThatFollow) {
  Scene scene;
  scene.vessels = {{2000, 3000, 5, -3}};
  Tracker tracker{TrackerConfig{}};
  run(tracker, Scene{}, 0, 4, 16);
  TrackUpdates out;
  const TrackId id = tracker.initiate({Metres(2050), Metres(2970)}, Metres(40), at(10.0), out);
  ASSERT_EQ(out.tracks.size(), 1U);
  EXPECT_EQ(out.tracks[0].stage, TrackStage::confirmed);
  run(tracker, scene, 4, 16, 16);
  ASSERT_EQ(tracker.tracks().size(), 1U);
  EXPECT_EQ(tracker.tracks()[0].id, id);
  EXPECT_NEAR(tracker.tracks()[0].state.velocity.east.value(), 5.0, 2.0);
  EXPECT_NE(sentence(id, *tracker.story(id)).find("by an operator"), std::string::npos);
}

TEST(OperateTest, ATrackInitiatedWhereThereIsNothingEnds) {
  Tracker tracker{TrackerConfig{}};
  run(tracker, Scene{}, 0, 4, 16);
  TrackUpdates out;
  tracker.initiate({Metres(2050), Metres(2970)}, Metres(40), at(10.0), out);
  run(tracker, Scene{}, 4, 60, 16);
  EXPECT_TRUE(tracker.tracks().empty());
}

TEST(OperateTest, NoTrackBeginsInAForbiddenAreaButOneMayPassThroughIt) {
  TrackerConfig config;
  const auto corner = [](double e, double n) { return EastNorth{Metres(e), Metres(n)}; };
  config.no_initiation = {{corner(2000, -500), corner(3000, -500), corner(3000, 500), corner(2000, 500)}};
  Scene scene;
  scene.vessels = {{2500, 100, 0, 0}, {2100, 1000, 0, -8}};
  Tracker tracker{config};
  run(tracker, scene, 0, 40, 16);  // the second is inside from the 25th turn on
  ASSERT_EQ(tracker.tracks().size(), 1U);
  EXPECT_NEAR(tracker.tracks()[0].state.velocity.north.value(), -8.0, 1.0);
  EXPECT_LT(tracker.tracks()[0].state.position.north.value(), 400.0);
  EXPECT_GT(tracker.counters().plots_in_no_area, 30U);
}

}  // namespace
}  // namespace headland::tracking::test
