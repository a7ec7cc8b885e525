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

void add_vessels(Scene& scene, int count) {
  Random random(scene.seed + 17);
  for (int k = 0; k < count; ++k) {
    scene.vessels.push_back(
        {random.uniform(-6000, 6000), random.uniform(-6000, 6000), random.uniform(-15, 15), random.uniform(-15, 15)});
  }
}

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
    RC_ASSERT(ua.tracks[k].state.position == ub.tracks[k].state.position);
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

std::vector<Track> believed(const Tracker& tracker) {
  std::vector<Track> all = tracker.tracks();
  std::erase_if(all, [](const Track& t) { return t.stage == TrackStage::tentative; });
  return all;
}

// How far the nearest of `tracks` is from where `x` lies after a rotation. The beam is there some part of a turn later.
double apart_when_rotated(const Track& x, const std::vector<Track>& tracks, double rotate_rad) {
  const double c = std::cos(rotate_rad);
  const double s = std::sin(rotate_rad);
  const double east = c * x.state.position.east.value() + s * x.state.position.north.value();
  const double north = c * x.state.position.north.value() - s * x.state.position.east.value();
  double nearest = 1e9;
  for (const Track& y : tracks) {
    const double dt = to_seconds(x.time - y.time).value();
    nearest =
        std::min(nearest, std::hypot(y.state.position.east.value() + dt * y.state.velocity.east.value() - east,
                                     y.state.position.north.value() + dt * y.state.velocity.north.value() - north));
  }
  return nearest;
}

// Rotated by whole cells of the clutter map, so that what is learned of the sea is the same. A vessel may have been
// looked at once more, or less.
TEST(TrackerRotation, ARotatedSceneGivesRotatedTracks) {
  for (const double clutter : {0.0, 30.0}) {
    for (int eighths = 1; eighths < 8; ++eighths) {
      Scene scene;
      scene.vessels = {{3000, 2000, 4, -5}, {1000, 4500, -6, 2}, {-2500, -600, 0, 0}};
      scene.clutter = clutter;
      scene.detection = 0.9;
      Scene turned = scene;
      turned.rotate_deg = 45.0 * eighths;
      Tracker a{TrackerConfig{}};
      Tracker b{TrackerConfig{}};
      run(a, scene, 0, 40);
      run(b, turned, 0, 40);
      const auto ta = believed(a);
      const auto tb = believed(b);
      ASSERT_EQ(ta.size(), 3U) << turned.rotate_deg;
      ASSERT_EQ(tb.size(), 3U) << turned.rotate_deg;
      for (const Track& x : ta) {
        EXPECT_LT(apart_when_rotated(x, tb, turned.rotate_deg * std::numbers::pi / 180.0), 8.0) << turned.rotate_deg;
      }
    }
  }
}

// By any angle the vessels are found all the same, whatever is learned of the sea.
RC_GTEST_PROP(TrackerProperty, ARotatedSceneGivesRotatedTracks, ()) {
  Scene scene = any_scene();
  scene.detection = 0.95;
  Scene turned = scene;
  turned.rotate_deg = *rc::gen::inRange(1, 360);
  Tracker a{TrackerConfig{}};
  Tracker b{TrackerConfig{}};
  run(a, scene, 0, 40);
  run(b, turned, 0, 40);
  const auto tb = believed(b);
  for (const Track& x : believed(a)) {
    if (x.existence < 0.999 || x.plots_used < 25) continue;
    RC_ASSERT(apart_when_rotated(x, tb, turned.rotate_deg * std::numbers::pi / 180.0) < 40.0);
  }
}

// A radar at another place: all of it moves along, to the rounding of coordinates.
TEST(TrackerRotation, AShiftedSceneGivesShiftedTracks) {
  Scene scene;
  scene.vessels = {{3000, 2000, 4, -5}, {1000, 4500, -6, 2}, {-2500, -600, 0, 0}};
  scene.clutter = 20;
  scene.detection = 0.85;
  Tracker a{TrackerConfig{}};
  Tracker b{TrackerConfig{}};
  TrackUpdates out;
  for (std::uint32_t turn = 0; turn < 30; ++turn) {
    PlotSector s = make_turn(scene, turn);
    a.process(s, out);
    s.site_east_m = 4096.0;
    s.site_north_m = -20480.0;
    b.process(s, out);
  }
  const auto ta = a.tracks();
  const auto tb = b.tracks();
  ASSERT_GE(ta.size(), 3U);
  ASSERT_EQ(ta.size(), tb.size());
  for (std::size_t k = 0; k < ta.size(); ++k) {
    EXPECT_EQ(ta[k].id, tb[k].id);
    EXPECT_EQ(ta[k].stage, tb[k].stage);
    EXPECT_NEAR(ta[k].state.position.east.value() + 4096.0, tb[k].state.position.east.value(), 1e-4);
    EXPECT_NEAR(ta[k].state.position.north.value() - 20480.0, tb[k].state.position.north.value(), 1e-4);
    EXPECT_NEAR(ta[k].existence, tb[k].existence, 1e-6);
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
