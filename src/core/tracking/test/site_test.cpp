// SPDX-License-Identifier: Apache-2.0
// Where radars are and look: one that moves, one that looks at what another one found, one with a mast before it.
#include <gtest/gtest.h>

#include "core/plots/blanked.hpp"
#include "core/tracking/test/scene.hpp"

namespace headland::tracking {
namespace {

TEST(SiteTest, TheErrorOfTheOwnPositionDoesNotAverageOut) {
  TrackerConfig config;
  config.site_deviation_m = 5.0;
  Tracker tracker{config};
  test::Scene scene;
  scene.vessels = {{1000.0, 1000.0, 0.0, 0.0}};
  (void)test::run(tracker, scene, 0, 100);
  const auto all = tracker.tracks();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_GE(all.front().state.covariance[0], 25.0);
  EXPECT_GE(all.front().state.covariance[5], 25.0);
}

// Half a minute behind a mast: not seen there is no miss.
TEST(SiteTest, KeepsAVesselThatPassesABlindSector) {
  for (const bool told : {true, false}) {
    Tracker tracker{TrackerConfig{}};
    test::Scene scene;
    scene.vessels = {{-3000, 5000, 15, 0}};
    scene.clutter = 30;
    scene.detection = 0.95;
    const BlankedSector mast{Bearing::from_degrees(357), Bearing::from_degrees(3), Metres(0.0), Metres(120'000.0)};
    double least = 1.0;
    TrackUpdates out;
    for (std::uint32_t turn = 0; turn < 120; ++turn) {
      PlotSector whole = test::make_turn(scene, turn);
      std::erase_if(whole.plots, [&](const Plot& p) {
        return clockwise_from(mast.from, p.bearing) < clockwise_from(mast.from, mast.to);
      });
      for (PlotSector& s : test::split(whole, 32)) {
        if (told) withhold(s, std::span(&mast, 1));
        tracker.process(s, out);
      }
      for (const Track& t : out.tracks) {
        if (turn > 30 && t.id == TrackId(1)) least = std::min(least, t.existence);
      }
      out.tracks.clear();
    }
    if (told) {
      EXPECT_GT(least, 0.9);
      EXPECT_EQ(tracker.counters().tracks_ended, 0U);
    } else {
      EXPECT_LT(least, 0.9);
    }
  }
}

// Sectors narrower than a gate, and wider ones with a vessel near the edge of one: it was put off from turn to turn.
TEST(SiteTest, ASecondRadarLooksAtTracksWhereverTheyLieInItsSectors) {
  for (const std::uint32_t parts : {16U, 128U}) {
    Tracker tracker{TrackerConfig{}};
    test::Scene scene;
    for (int k = 0; k < 12; ++k) {
      const double bearing = (32.0 * k + 1.5) * std::numbers::pi / 180.0;
      scene.vessels.push_back({5000.0 * std::sin(bearing), 5000.0 * std::cos(bearing), 0.0, 0.0});
    }
    (void)test::run(tracker, scene, 0, 10, parts);
    TrackUpdates out;
    for (std::uint32_t turn = 10; turn < 30; ++turn) {
      for (const PlotSector& s : test::split(test::make_turn(scene, turn), parts)) {
        PlotSector other = s;
        other.sensor = SensorId(2);
        tracker.process(s, out);
        tracker.process(other, out);
      }
    }
    const auto all = tracker.tracks();
    ASSERT_EQ(all.size(), scene.vessels.size()) << parts;
    for (const Track& t : all) EXPECT_GT(t.plots_used, 44U) << parts << " sectors, track " << t.id.value();
  }
}

// One radar at the origin, one so far off that it sees none of the vessels; then one beside it that sees them all.
TEST(SiteTest, ATrackTellsOfTheRadarsThatItRestsOnTheLargestShareFirst) {
  for (const bool second_sees : {false, true}) {
    Tracker tracker{TrackerConfig{}};
    test::Scene scene;
    scene.vessels = {{3000.0, 2000.0, 3.0, 0.0}, {-2000.0, 4000.0, 0.0, -4.0}};
    TrackUpdates out;
    for (std::uint32_t turn = 0; turn < 40; ++turn) {
      const PlotSector own = test::make_turn(scene, turn);
      PlotSector other = own;
      other.sensor = SensorId(0);  // the first in order of radars
      if (second_sees) {
        // Three times as uncertain, so that its share is the smaller.
        for (Plot& p : other.plots) {
          p.range_deviation = p.range_deviation * 3.0;
          p.bearing_deviation = p.bearing_deviation * 3.0;
        }
      } else {
        other.plots.clear();
        other.site_east_m = 60'000.0;
      }
      for (const PlotSector& s : test::split(other, 16)) tracker.process(s, out);
      for (const PlotSector& s : test::split(own, 16)) tracker.process(s, out);
    }
    const auto all = tracker.tracks();
    ASSERT_EQ(all.size(), 2U);
    for (const Track& t : all) {
      ASSERT_EQ(t.sensors.size(), second_sees ? 2U : 1U);
      EXPECT_EQ(t.sensors[0].sensor, SensorId(1));
      if (!second_sees) {
        EXPECT_NEAR(t.sensors[0].share, 1.0, 1e-9);
        continue;
      }
      EXPECT_EQ(t.sensors[1].sensor, SensorId(0));
      EXPECT_GT(t.sensors[0].share, 2.0 * t.sensors[1].share);
      EXPECT_NEAR(t.sensors[0].share + t.sensors[1].share, 1.0, 1e-9);
    }
  }
}

// The second radar loses them after turn 30.
TEST(SiteTest, ATrackTellsOfEachRadarWhenItHadTheVesselLast) {
  Tracker tracker{TrackerConfig{}};
  test::Scene scene;
  scene.vessels = {{3000.0, 2000.0, 3.0, 0.0}, {-2000.0, 4000.0, 0.0, -4.0}};
  const auto feed = [&](Tracker& to, std::uint32_t turn) {
    TrackUpdates out;
    PlotSector first = test::make_turn(scene, turn);
    PlotSector second = first;
    second.sensor = SensorId(2);
    if (turn > 30) second.plots.clear();
    for (const PlotSector& s : test::split(first, 16)) to.process(s, out);
    for (const PlotSector& s : test::split(second, 16)) to.process(s, out);
  };
  for (std::uint32_t turn = 0; turn <= 34; ++turn) feed(tracker, turn);
  Tracker again{TrackerConfig{}};
  again.restore(tracker.snapshot());
  for (Tracker* t : {&tracker, &again}) {
    const auto all = t->tracks();
    ASSERT_EQ(all.size(), 2U);
    for (const Track& track : all) {
      ASSERT_EQ(track.sensors.size(), 2U);
      const auto of = [&](std::uint16_t sensor) {
        return *std::ranges::find(track.sensors, SensorId(sensor), &RadarShare::sensor);
      };
      EXPECT_TRUE(of(1).in_last_turn);
      EXPECT_EQ(of(1).last_plot, track.last_plot);
      EXPECT_FALSE(of(2).in_last_turn);
      const double lost_s = to_seconds(of(1).last_plot - of(2).last_plot).value();
      EXPECT_GT(lost_s, 3.0 * scene.turn_s);
      EXPECT_LT(lost_s, 5.0 * scene.turn_s);
    }
  }
}

// What is told of the errors holds in place of what plots say, whichever is larger.
TEST(SiteTest, TakesTheErrorsThatItIsTold) {
  const auto deviations_after = [](double plots_say, double told) {
    TrackerConfig config;
    config.told_range_deviation_m = 50.0 * told;
    config.told_bearing_deviation_deg = 1.0 * told;
    config.bearing_scatter_deg = 0.5;
    Tracker tracker{config};
    test::Scene scene;
    scene.vessels = {{0, 4000, 0, 0}};
    TrackUpdates out;
    for (std::uint32_t turn = 0; turn < 4; ++turn) {
      PlotSector s = test::make_turn(scene, turn);
      for (Plot& p : s.plots) {
        p.range_deviation = Metres(plots_say * 50.0);
        p.bearing_deviation = from_degrees(plots_say);
      }
      tracker.process(s, out);
    }
    const auto c = tracker.tracks().front().state.covariance;
    return std::pair(c[0], c[5]);
  };
  for (const double plots_say : {0.1, 1.0, 5.0})
    EXPECT_EQ(deviations_after(plots_say, 1.0), deviations_after(1.0, 1.0));
  EXPECT_GT(deviations_after(1.0, 3.0).first, 4.0 * deviations_after(1.0, 1.0).first);
}

// At the edge of a sector at which the radar is told not to look, a vessel gives a plot every other turn: each turn was
// half a look, and tells nothing against the radar.
TEST(SiteTest, HalfALookTeachesTheDetectionMapHalf) {
  test::Scene scene;
  scene.vessels = {{5000, 0, 0, 0}};
  scene.detection = 0.5;
  Tracker tracker{TrackerConfig{}};
  TrackUpdates out;
  for (std::uint32_t turn = 0; turn < 200; ++turn) {
    PlotSector s = test::make_turn(scene, turn);
    s.blanked = {{Bearing::from_degrees(90), Bearing::from_degrees(92), Metres(0), Metres(scene.range_max_m)}};
    tracker.process(s, out);
  }
  ASSERT_EQ(tracker.tracks().size(), 1U);
  EXPECT_GT(*tracker.detection(SensorId(1), {Metres(5000), Metres(0)}), 0.8);
}

}  // namespace
}  // namespace headland::tracking
