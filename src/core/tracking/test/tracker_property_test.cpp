// SPDX-License-Identifier: Apache-2.0
// What must hold for any scene.
#include <algorithm>
#include <array>
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
  add_vessels(scene, *rc::gen::inRange(0, 6));
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
    RC_ASSERT(ua.tracks[k].stage == ub.tracks[k].stage);
    RC_ASSERT(ua.tracks[k].state.position == ub.tracks[k].state.position);
    RC_ASSERT(ua.tracks[k].state.velocity == ub.tracks[k].state.velocity);
    RC_ASSERT(ua.tracks[k].state.covariance == ub.tracks[k].state.covariance);
    RC_ASSERT(ua.tracks[k].existence == ub.tracks[k].existence);
  }
}

RC_GTEST_PROP(TrackerProperty, NumbersAreNeverUsedTwice, ()) {
  Tracker tracker{TrackerConfig{}};
  std::set<TrackId> ended;
  for (const Track& t : run(tracker, any_scene(), 0, 40)) {
    RC_ASSERT(!ended.contains(t.id) || t.identity < 1.0);  // unless it is the same vessel again
    if (t.stage == TrackStage::ended) ended.insert(t.id);
  }
}

// Whether a second run, and one restarted from a snapshot of the first, give the first one's tracks to the last bit.
bool runs_and_restart_agree(const Scene& scene) {
  Tracker a{TrackerConfig{}};
  Tracker b{TrackerConfig{}};
  run(a, scene, 0, 10, 16);
  run(b, scene, 0, 10, 16);
  Tracker c{TrackerConfig{}};
  c.restore(a.snapshot());
  const auto ra = run(a, scene, 10, 20, 16);
  return std::ranges::all_of(std::array{&b, &c}, [&](Tracker* other) {
    return std::ranges::equal(ra, run(*other, scene, 10, 20, 16), [](const Track& x, const Track& y) {
      return x.id == y.id && x.state.covariance == y.state.covariance && x.state.position == y.state.position;
    });
  });
}

RC_GTEST_PROP(TrackerProperty, TwoRunsAgreeBitForBitAndSoDoesARestart, ()) {
  RC_ASSERT(runs_and_restart_agree(any_scene()));
}

// A young track that was weighed anew while it waited for the beam, and the restart between: scenes where it showed.
TEST(TrackerRestart, AYoungTrackThatWaitsForTheBeamGoesOnToTheLastBit) {
  for (const std::uint64_t seed : {241866ULL}) {
    Scene scene;
    scene.seed = seed;
    scene.clutter = 0;
    scene.detection = 0.6;
    add_vessels(scene, 2);
    EXPECT_TRUE(runs_and_restart_agree(scene)) << seed;
  }
}

// Plots that fall on either side of the seam, or of a sector's edge, by chance: a pass has none, one or two.
TEST(TrackerSeam, AVesselOnTheSeamOrOnAnEdgeIsOneTrack) {
  std::size_t others = 0;
  for (const double bearing_deg : {0.0, 90.0, 33.75}) {
    for (const double speed : {0.0, 0.4, -0.4}) {
      for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        Scene scene;
        scene.seed = seed;
        scene.rotate_deg = bearing_deg;
        scene.vessels = {{-30.0 * speed, 4000, speed, 0}};
        Tracker tracker{TrackerConfig{}};
        const auto all = run(tracker, scene, 0, 60, 32);
        std::set<TrackId> believed;
        for (const Track& t : all) {
          if (t.stage == TrackStage::confirmed) believed.insert(t.id);
        }
        EXPECT_GE(believed.size(), 1U) << bearing_deg << " " << speed << " " << seed;
        others += believed.size() - 1;
      }
    }
  }
  EXPECT_EQ(others, 0U);
}

}  // namespace
}  // namespace headland::tracking::test
