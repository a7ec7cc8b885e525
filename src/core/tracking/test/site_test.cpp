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

}  // namespace
}  // namespace headland::tracking
