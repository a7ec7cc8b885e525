// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/story/story.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/tracking/test/scene.hpp"

namespace headland::tracking::test {
namespace {

using testing::HasSubstr;

bool has(const Story& story, FactKind kind) {
  return std::any_of(story.facts().begin(), story.facts().end(), [&](const Fact& f) { return f.kind == kind; });
}

TEST(StoryTest, MissesInARowAreOneFactAndShortOnesBecomeFading) {
  Story s;
  for (int k = 0; k < 5; ++k) s.miss(FactKind::missed, at(k), TrackId{});
  s.seen();
  ASSERT_EQ(s.facts().size(), 1U);
  EXPECT_EQ(s.facts()[0].count, 5U);
  EXPECT_EQ(s.facts()[0].last, at(4));
  for (int k = 10; k < 20; k += 2) {
    s.miss(FactKind::missed, at(k), TrackId{});
    s.seen();
  }
  ASSERT_EQ(s.facts().size(), 2U);
  EXPECT_EQ(s.facts()[1].kind, FactKind::faded);
  EXPECT_EQ(s.facts()[1].count, 5U);
}

TEST(StoryTest, ItsMemoryIsBoundedAndKeepsHowItBegan) {
  Story s;
  Fact first;
  first.place = {Metres(7), Metres(9)};
  s.add(first);
  for (int k = 0; k < 1000; ++k) {
    s.miss(FactKind::hidden, at(k), TrackId(static_cast<std::uint32_t>(k)));
    s.seen();
  }
  EXPECT_EQ(s.facts().size(), Story::most_facts);
  EXPECT_EQ(s.left_out(), 1001U - Story::most_facts);
  EXPECT_EQ(s.facts().front().place.east, Metres(7));
  EXPECT_EQ(s.facts().back().other, TrackId(999));
  EXPECT_THAT(sentence(TrackId(1), s), HasSubstr("969 facts left out"));
}

TEST(StoryTest, ASentenceNamesBeginShadowAndEnd) {
  Story s;
  Fact plot;
  plot.first = plot.last = from_epoch_seconds(3723.4);
  plot.place = {Metres(100), Metres(-20)};
  s.add(plot);
  Fact confirmed;
  confirmed.kind = FactKind::confirmed;
  confirmed.first = confirmed.last = from_epoch_seconds(3730.0);
  confirmed.value = 0.97;
  s.add(confirmed);
  s.miss(FactKind::hidden, from_epoch_seconds(3740.0), TrackId(4));
  s.miss(FactKind::hidden, from_epoch_seconds(3742.5), TrackId(4));
  Fact end;
  end.kind = FactKind::ended;
  end.first = end.last = from_epoch_seconds(3800.0);
  end.reason = EndReason::not_seen;
  end.value = 60.0;
  s.add(end);
  EXPECT_EQ(sentence(TrackId(12), s),
            "Track 12 was initiated at 01:02:03.4 by a plot 100 m east, -20 m north, was confirmed at 01:02:10.0 with "
            "existence 0.97, missed 2 scans from 01:02:20.0 to 01:02:22.5 in the shadow of track 4, and ended at "
            "01:03:20.0 because no plot came for 60 s.");
}

TEST(StoryTest, TheTrackerTellsWhatHappened) {
  Scene scene;
  scene.vessels = {{3000, -3000, 2, 2}};
  Tracker tracker{TrackerConfig{}};
  const auto seen = run(tracker, scene, 0, 20);
  ASSERT_FALSE(seen.empty());
  const TrackId id = seen.back().id;
  auto story = tracker.story(id);
  ASSERT_TRUE(story.has_value());
  EXPECT_EQ(std::count_if(story->facts().begin(), story->facts().end(),
                          [](const Fact& f) { return f.kind == FactKind::plot; }),
            3);
  EXPECT_NEAR(story->facts().front().place.east.value(), 3002, 40);
  EXPECT_TRUE(has(*story, FactKind::confirmed));
  EXPECT_FALSE(has(*story, FactKind::ended));
  scene.vessels.clear();
  run(tracker, scene, 20, 60);
  story = tracker.story(id);
  ASSERT_TRUE(story.has_value()) << "ended, and still to be explained";
  EXPECT_TRUE(has(*story, FactKind::missed));
  ASSERT_EQ(story->facts().back().kind, FactKind::ended);
  EXPECT_FALSE(tracker.story(TrackId(id.value() + 1000)).has_value());
  EXPECT_FALSE(tracker.story(TrackId{}).has_value());
}

TEST(StoryTest, AMissBehindALargeVesselIsItsShadow) {
  Scene scene;
  scene.vessels = {{2000, 0, 0, 0}, {4000, -60, 0, 1}};
  Tracker tracker{TrackerConfig{}};
  run(tracker, scene, 0, 20, 32);
  ASSERT_EQ(tracker.tracks().size(), 2U);
  const std::vector<Track> tracks = tracker.tracks();
  const bool first_is_near = tracks[0].state.position.east.value() < 3000;
  const TrackId near = tracks[first_is_near ? 0 : 1].id;
  const TrackId far = tracks[first_is_near ? 1 : 0].id;
  scene.vessels.pop_back();
  run(tracker, scene, 20, 24, 32);
  const auto story = tracker.story(far);
  ASSERT_TRUE(story.has_value());
  const auto hidden = std::find_if(story->facts().begin(), story->facts().end(),
                                   [](const Fact& f) { return f.kind == FactKind::hidden; });
  ASSERT_NE(hidden, story->facts().end()) << sentence(far, *story);
  EXPECT_EQ(hidden->other, near);
  EXPECT_FALSE(has(*tracker.story(near), FactKind::hidden));
}

TEST(StoryTest, ASectorThatIsNotLookedAtIsToldAsBlind) {
  Scene scene;
  scene.vessels = {{3000, 3000, 2, 2}};
  Tracker tracker{TrackerConfig{}};
  run(tracker, scene, 0, 20, 32);
  TrackUpdates out;
  for (std::uint32_t turn = 20; turn < 23; ++turn) {
    for (PlotSector s : split(make_turn(scene, turn), 32)) {
      s.seen = 0.0;
      s.plots.clear();
      tracker.process(s, out);
    }
  }
  ASSERT_EQ(tracker.tracks().size(), 1U);
  EXPECT_TRUE(has(*tracker.story(tracker.tracks()[0].id), FactKind::blind));
  EXPECT_FALSE(has(*tracker.story(tracker.tracks()[0].id), FactKind::missed));
}

TEST(StoryTest, StoriesOutliveARestart) {
  Scene scene;
  scene.vessels = {{3000, -3000, 2, 2}, {-2000, 500, 0, 4}};
  scene.detection = 0.8;
  Tracker a{TrackerConfig{}};
  const auto all = run(a, scene, 0, 20);
  scene.vessels.pop_back();
  run(a, scene, 20, 60);
  Tracker b{TrackerConfig{}};
  b.restore(a.snapshot());
  std::size_t told = 0;
  for (const Track& t : all) {
    const auto x = a.story(t.id);
    const auto y = b.story(t.id);
    ASSERT_EQ(x.has_value(), y.has_value());
    if (!x) continue;
    EXPECT_EQ(sentence(t.id, *x), sentence(t.id, *y));
    ++told;
  }
  EXPECT_GT(told, 0U);
}

}  // namespace
}  // namespace headland::tracking::test
