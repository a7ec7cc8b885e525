// SPDX-License-Identifier: Apache-2.0
// What must hold for any scene.
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/tracking/test/scene.hpp"

namespace headland::tracking::test {
namespace {

Scene any_scene() {
  Scene scene;
  scene.seed = *rc::gen::inRange<std::uint64_t>(1, 1'000'000);
  scene.clutter = *rc::gen::inRange(0, 60);
  scene.detection = *rc::gen::element(0.6, 0.9, 1.0);
  const int count = *rc::gen::inRange(0, 6);
  Random random(scene.seed + 17);
  for (int k = 0; k < count; ++k) {
    scene.vessels.push_back(
        {random.uniform(-6000, 6000), random.uniform(-6000, 6000), random.uniform(-15, 15), random.uniform(-15, 15)});
  }
  return scene;
}

RC_GTEST_PROP(TrackerProperty, CovariancesAreSymmetricAndPositive, ()) {
  Tracker tracker{TrackerConfig{}};
  for (const Track& t : run(tracker, any_scene(), 0, 25)) {
    const auto& c = t.state.covariance;
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < i; ++j) RC_ASSERT(std::abs(c[4 * i + j] - c[4 * j + i]) <= 1e-9 * (c[0] + c[5]));
    }
    // Cholesky succeeds only for positive definite matrices.
    double l[4][4] = {};
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        double sum = c[4 * i + j];
        for (std::size_t k = 0; k < j; ++k) sum -= l[i][k] * l[j][k];
        if (i == j) RC_ASSERT(sum > 0.0);
        l[i][j] = i == j ? std::sqrt(sum) : sum / l[j][j];
      }
    }
    RC_ASSERT(t.existence >= 0.0 && t.existence <= 1.0);
  }
}

RC_GTEST_PROP(TrackerProperty, TheOrderOfPlotsWithinASectorChangesNothing, ()) {
  const Scene scene = any_scene();
  Tracker a{TrackerConfig{}};
  Tracker b{TrackerConfig{}};
  TrackUpdates ua;
  TrackUpdates ub;
  Random random(scene.seed);
  for (std::uint32_t turn = 0; turn < 15; ++turn) {
    for (PlotSector s : split(make_turn(scene, turn), 8)) {
      a.process(s, ua);
      for (std::size_t k = s.plots.size(); k > 1; --k) {
        std::swap(s.plots[k - 1], s.plots[random.below(static_cast<std::uint32_t>(k))]);
      }
      b.process(s, ub);
    }
  }
  RC_ASSERT(ua.tracks.size() == ub.tracks.size());
  for (std::size_t k = 0; k < ua.tracks.size(); ++k) {
    RC_ASSERT(ua.tracks[k].id == ub.tracks[k].id);
    RC_ASSERT(ua.tracks[k].state.position == ub.tracks[k].state.position);
    RC_ASSERT(ua.tracks[k].existence == ub.tracks[k].existence);
  }
}

RC_GTEST_PROP(TrackerProperty, NumbersAreNeverUsedTwice, ()) {
  Tracker tracker{TrackerConfig{}};
  std::set<TrackId> ended;
  for (const Track& t : run(tracker, any_scene(), 0, 40)) {
    RC_ASSERT(!ended.contains(t.id));
    if (t.stage == TrackStage::ended) ended.insert(t.id);
  }
}

RC_GTEST_PROP(TrackerProperty, TwoRunsAgreeBitForBitAndSoDoesARestart, ()) {
  const Scene scene = any_scene();
  Tracker a{TrackerConfig{}};
  Tracker b{TrackerConfig{}};
  run(a, scene, 0, 10, 16);
  run(b, scene, 0, 10, 16);
  Tracker c{TrackerConfig{}};
  c.restore(a.snapshot());
  const auto ra = run(a, scene, 10, 20, 16);
  for (Tracker* other : {&b, &c}) {
    const auto ro = run(*other, scene, 10, 20, 16);
    RC_ASSERT(ra.size() == ro.size());
    for (std::size_t k = 0; k < ra.size(); ++k) {
      RC_ASSERT(ra[k].id == ro[k].id);
      RC_ASSERT(ra[k].state.covariance == ro[k].state.covariance);
      RC_ASSERT(ra[k].state.position == ro[k].state.position);
    }
  }
}

// Rotated by whole cells of the clutter map, away from the seam's own effects on time.
TEST(TrackerRotation, ARotatedSceneGivesRotatedTracks) {
  Scene scene;
  scene.vessels = {{3000, 2000, 4, -5}, {1000, 4500, -6, 2}};
  Scene turned = scene;
  turned.rotate_deg = 45.0;
  Tracker a{TrackerConfig{}};
  Tracker b{TrackerConfig{}};
  run(a, scene, 0, 30);
  run(b, turned, 0, 30);
  const auto ta = a.tracks();
  const auto tb = b.tracks();
  ASSERT_EQ(ta.size(), 2U);
  ASSERT_EQ(tb.size(), 2U);
  const double c = std::cos(std::numbers::pi / 4);
  for (const Track& x : ta) {
    const double e = c * (x.state.position.east.value() + x.state.position.north.value());
    const double n = c * (x.state.position.north.value() - x.state.position.east.value());
    double nearest = 1e9;
    for (const Track& y : tb) {
      // The beam is there an eighth of a turn later.
      const double dt = to_seconds(x.time - y.time).value();
      const auto& s = y.state;
      nearest = std::min(nearest, std::hypot(s.position.east.value() + dt * s.velocity.east.value() - e,
                                             s.position.north.value() + dt * s.velocity.north.value() - n));
    }
    EXPECT_LT(nearest, 4.0);
  }
}

}  // namespace
}  // namespace headland::tracking::test
