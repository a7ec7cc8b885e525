// SPDX-License-Identifier: Apache-2.0
// A radar that moves: what its own position does to tracks.
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

}  // namespace
}  // namespace headland::tracking
