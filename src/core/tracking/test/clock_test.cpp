// SPDX-License-Identifier: Apache-2.0
// A clock that is set back, and times that are wrong once.
#include <gtest/gtest.h>

#include "core/tracking/test/scene.hpp"

namespace headland::tracking::test {
namespace {

constexpr std::uint32_t set_back_at = 30;  // turns
constexpr Duration hour = std::chrono::hours(1);

PlotSector earlier(PlotSector sector, Duration by) {
  sector.began -= by;
  sector.ended -= by;
  for (Plot& p : sector.plots) p.time -= by;
  return sector;
}

PlotSector of_radar(PlotSector sector, std::uint16_t sensor) {
  sector.sensor = SensorId(sensor);
  return sector;
}

Scene two_vessels() {
  Scene scene;
  scene.vessels = {{2000, 3000, 5, -3}, {-4000, 1000, 0, 8}};
  return scene;
}

// The parts of a turn as so many radars give them, one after the other; each errs in its own way.
std::vector<PlotSector> parts_of(Scene scene, std::uint32_t turn, std::uint32_t parts, std::uint16_t radars) {
  std::vector<PlotSector> all;
  for (std::uint32_t part = 0; part < parts; ++part) {
    for (std::uint16_t k = 1; k <= radars; ++k) {
      scene.seed = k;
      const PlotSector whole = make_turn(scene, turn);
      all.push_back(of_radar(parts == 1 ? whole : split(whole, parts)[part], k));
    }
  }
  return all;
}

std::vector<TrackId> believed_ids(const Tracker& tracker) {
  std::vector<TrackId> ids;
  for (const Track& t : tracker.tracks()) {
    if (t.stage != TrackStage::tentative) ids.push_back(t.id);
  }
  return ids;
}

TEST(ClockTest, TracksGoOnAndNewOnesBeginWhenTheClockIsSetBackByAnHour) {
  for (const std::uint32_t parts : {1U, 32U}) {
    for (const std::uint16_t radars : {std::uint16_t{1}, std::uint16_t{3}}) {
      Tracker tracker{TrackerConfig{}};
      TrackUpdates out;
      Scene scene = two_vessels();
      std::vector<TrackId> before;
      for (std::uint32_t turn = 0; turn < 60; ++turn) {
        if (turn == set_back_at) {
          before = believed_ids(tracker);
          scene.vessels.push_back({3000, -3000, 4, 4});
        }
        for (const PlotSector& s : parts_of(scene, turn, parts, radars)) {
          const PlotSector told = turn < set_back_at ? s : earlier(s, hour);
          tracker.process(told, out);
          tracker.process_tick(told.ended, out);
        }
      }
      EXPECT_EQ(tracker.counters().clock_steps, 1U) << parts << " parts, " << radars << " radars";
      EXPECT_EQ(tracker.counters().tracks_ended, 0U);
      ASSERT_EQ(before.size(), 2U);
      const std::vector<TrackId> after = believed_ids(tracker);
      ASSERT_EQ(after.size(), 3U) << parts << " parts, " << radars << " radars";
      EXPECT_EQ(after[0], before[0]);
      EXPECT_EQ(after[1], before[1]);
      for (const Track& t : tracker.tracks()) EXPECT_LT(t.time, at(2.5 * 61) - hour);
    }
  }
}

TEST(ClockTest, ARadarThatCountsItsTurnsAnewWithAnEarlierClockIsHeardAgain) {
  Tracker tracker{TrackerConfig{}};
  TrackUpdates out;
  const Scene scene = two_vessels();
  for (std::uint32_t turn = 0; turn < 60; ++turn) {
    for (PlotSector s : split(make_turn(scene, turn), 32)) {
      if (turn >= set_back_at) {
        s = earlier(s, hour);
        s.turn -= set_back_at;
      }
      tracker.process(s, out);
    }
  }
  EXPECT_EQ(tracker.counters().clock_steps, 1U);
  EXPECT_EQ(believed_ids(tracker).size(), 2U);
  for (const Track& t : tracker.tracks()) {
    if (t.stage != TrackStage::tentative) {
      EXPECT_GT(t.last_plot, at(2.5 * 58) - hour);
    }
  }
}

TEST(ClockTest, OneSectorWithAWrongTimeMovesNothing) {
  Tracker tracker{TrackerConfig{}};
  TrackUpdates out;
  const Scene scene = two_vessels();
  for (std::uint32_t turn = 0; turn < 60; ++turn) {
    std::uint32_t k = 0;
    for (const PlotSector& s : split(make_turn(scene, turn), 32)) {
      tracker.process(turn == set_back_at && k++ == 11 ? earlier(s, hour) : s, out);
    }
  }
  EXPECT_EQ(tracker.counters().clock_steps, 0U);
  EXPECT_EQ(tracker.counters().sectors_late, 1U);
  EXPECT_EQ(believed_ids(tracker).size(), 2U);
  EXPECT_EQ(tracker.counters().tracks_ended, 0U);
}

// Another radar's clock alone, that lags by an hour from some time on: the first is not disturbed by it.
TEST(ClockTest, ARadarWithAClockOfItsOwnThatGoesBackDoesNotDisturbTheOthers) {
  Tracker tracker{TrackerConfig{}};
  TrackUpdates out;
  const Scene scene = two_vessels();
  for (std::uint32_t turn = 0; turn < 60; ++turn) {
    for (const PlotSector& s : parts_of(scene, turn, 32, 2)) {
      tracker.process(turn < set_back_at || s.sensor == SensorId(1) ? s : earlier(s, hour), out);
    }
  }
  EXPECT_EQ(tracker.counters().clock_steps, 0U);
  EXPECT_EQ(tracker.counters().tracks_ended, 0U);
  EXPECT_EQ(believed_ids(tracker).size(), 2U);
}

}  // namespace
}  // namespace headland::tracking::test
