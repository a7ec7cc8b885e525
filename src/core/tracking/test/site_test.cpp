// SPDX-License-Identifier: Apache-2.0
// Where radars are: one that moves, and one that looks at what another one found.
#include <gtest/gtest.h>

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
