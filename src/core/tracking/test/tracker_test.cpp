// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/tracker.hpp"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "core/tracking/test/scene.hpp"

namespace headland::tracking::test {
namespace {

Scene two_vessels() {
  Scene scene;
  scene.vessels = {{2000, 3000, 5, -3}, {-4000, 1000, 0, 8}};
  scene.clutter = 30;
  scene.detection = 0.9;
  return scene;
}

TEST(TrackerTest, FollowsEachVesselUnderOneNumber) {
  Tracker tracker{TrackerConfig{}};
  const Scene scene = two_vessels();
  run(tracker, scene, 0, 60);
  const std::vector<Track> tracks = tracker.tracks();
  std::vector<Track> believed;
  for (const Track& t : tracks) {
    if (t.stage != TrackStage::tentative) believed.push_back(t);
  }
  ASSERT_EQ(believed.size(), 2U);
  for (const Track& t : believed) {
    const double s = to_seconds(t.time - start_of_day).value();
    double nearest = 1e9;
    double velocity_error = 1e9;
    for (const Vessel& v : scene.vessels) {
      const double d = std::hypot(t.state.position.east.value() - v.east_m - v.ve_mps * s,
                                  t.state.position.north.value() - v.north_m - v.vn_mps * s);
      if (d < nearest) {
        nearest = d;
        velocity_error =
            std::hypot(t.state.velocity.east.value() - v.ve_mps, t.state.velocity.north.value() - v.vn_mps);
      }
    }
    EXPECT_LT(nearest, 30.0);
    EXPECT_LT(velocity_error, 1.5);
    EXPECT_GT(t.existence, 0.99);
  }
  EXPECT_EQ(tracker.counters().tracks_confirmed, 2U);
  EXPECT_EQ(tracker.counters().tracks_ended, 0U);
}

// Turns until a vessel that appears among many false plots is confirmed, when all its plots carry one evidence and all
// others another.
int turns_until_confirmed(double of_vessel, double of_clutter, std::uint64_t seed) {
  Scene scene;
  scene.seed = seed;
  scene.vessels = {{2000, 3000, 5, -3}};
  scene.clutter = 600;
  scene.detection = 0.8;
  Tracker tracker{TrackerConfig{}};
  constexpr int appears = 15;
  TrackUpdates out;
  int turn = 0;
  for (; turn < 60; ++turn) {
    PlotSector sector = make_turn(scene, static_cast<std::uint32_t>(turn));
    const auto away = [](double east, double north, Timestamp time) {
      const double s = to_seconds(time - start_of_day).value();
      return std::hypot(east - 2000 - 5 * s, north - 3000 + 3 * s);
    };
    const auto is_vessel = [&](const Plot& p) {
      const double r = p.range.value();
      return away(r * std::sin(p.bearing.radians()), r * std::cos(p.bearing.radians()), p.time) < 150.0;
    };
    if (turn < appears) std::erase_if(sector.plots, is_vessel);
    for (Plot& p : sector.plots) p.evidence = is_vessel(p) ? of_vessel : of_clutter;
    tracker.process(sector, out);
    out.tracks.clear();
    for (const Track& t : tracker.tracks()) {
      const bool near = away(t.state.position.east.value(), t.state.position.north.value(), t.time) < 200.0;
      if (near && t.stage == TrackStage::confirmed) return turn - appears;
    }
  }
  return turn - appears;
}

int turns_over_seeds(double of_vessel, double of_clutter) {
  int sum = 0;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) sum += turns_until_confirmed(of_vessel, of_clutter, seed);
  return sum;
}

TEST(TrackerTest, TakesTheStrengthOfPlotsForEvidence) {
  const int without = turns_over_seeds(0.0, 0.0);
  EXPECT_LT(turns_over_seeds(2.5, -1.0), without);
  EXPECT_GT(turns_over_seeds(-2.5, 0.0), without);
  // Bounded, and what is no number says nothing.
  EXPECT_EQ(turns_until_confirmed(4.0, 0.0, 1), turns_until_confirmed(1e9, 0.0, 1));
  EXPECT_EQ(turns_over_seeds(std::nan(""), std::nan("")), without);
}

// A ship of 200 m at anchor, whose echo wanders along the hull.
TEST(TrackerTest, SaysThatAnAnchoredShipStands) {
  int standing = 0;
  double squares = 0.0;
  double expected = 0.0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Scene scene;
    scene.vessels = {{3000, 2000, 0, 0}};
    scene.range_deviation_m = 33.0;
    scene.detection = 0.9;
    scene.seed = seed;
    Tracker tracker{TrackerConfig{}};
    run(tracker, scene, 0, 240);
    const std::vector<Track> tracks = tracker.tracks();
    ASSERT_EQ(tracks.size(), 1U);
    const KinematicState& s = tracks[0].state;
    const double speed = std::hypot(s.velocity.east.value(), s.velocity.north.value());
    EXPECT_LT(speed, 0.3) << seed;
    standing += speed == 0.0 ? 1 : 0;
    squares += speed * speed;
    expected += s.covariance[10] + s.covariance[15];
  }
  EXPECT_GE(standing, 19);       // 0.0 kn, not noise
  EXPECT_LT(squares, expected);  // no surer than it may be
}

// One that drifts with half a knot and more is not told to stand.
TEST(TrackerTest, TellsTheSpeedOfWhatDriftsSlowly) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Scene scene;
    scene.vessels = {{3000, 2000, 0.3, 0.3}};
    scene.detection = 0.9;
    scene.seed = seed;
    Tracker tracker{TrackerConfig{}};
    run(tracker, scene, 0, 240);
    ASSERT_EQ(tracker.tracks().size(), 1U);
    EXPECT_NEAR(tracker.tracks()[0].state.velocity.speed().value(), 0.42, 0.15) << seed;
  }
}

TEST(TrackerTest, GivesTheSameTracksForSectorsAsForWholeTurns) {
  const Scene scene = two_vessels();
  Tracker whole{TrackerConfig{}};
  Tracker parted{TrackerConfig{}};
  run(whole, scene, 0, 40);
  run(parted, scene, 0, 40, 16);
  EXPECT_EQ(whole.counters().tracks_confirmed, parted.counters().tracks_confirmed);
  ASSERT_EQ(whole.tracks().size(), parted.tracks().size());
  for (std::size_t k = 0; k < whole.tracks().size(); ++k) {
    EXPECT_LT(distance(whole.tracks()[k].state.position, parted.tracks()[k].state.position).value(), 5.0);
  }
}

TEST(TrackerTest, HoldsAVesselThatCrossesNorthUnderOneNumber) {
  for (const double speed : {12.0, -12.0}) {
    Scene scene;
    scene.vessels = {{-speed * 60.0, 2000, speed, 0}};
    for (const std::uint32_t parts : {1U, 32U}) {
      Tracker tracker{TrackerConfig{}};
      const auto all = run(tracker, scene, 0, 48, parts);
      std::set<TrackId> ids;
      for (const Track& t : all) ids.insert(t.id);
      EXPECT_EQ(ids.size(), 1U) << speed << " " << parts;
      // Westward it is passed twice in one turn; the scene gives one plot a turn, so one is missed.
      EXPECT_EQ(count_stage(all, TrackStage::coasting), speed > 0 ? 0U : 1U) << speed << " " << parts;
    }
  }
}

TEST(TrackerTest, CountsNoMissWhereTheRadarDidNotLook) {
  Scene scene;
  scene.vessels = {{3000, 3000, 2, 2}};
  Tracker tracker{TrackerConfig{}};
  run(tracker, scene, 0, 20, 32);
  ASSERT_EQ(tracker.tracks().size(), 1U);
  const double before = tracker.tracks()[0].existence;
  TrackUpdates out;
  for (std::uint32_t turn = 20; turn < 24; ++turn) {
    for (PlotSector s : split(make_turn(scene, turn), 32)) {
      if (turn % 2 == 0) {  // nothing came in at all: told as not seen, or not told
        s.seen = 0.0;
        s.plots.clear();
      } else if (s.sector > 2 && s.sector < 6) {
        continue;
      }
      tracker.process(s, out);
    }
  }
  ASSERT_EQ(tracker.tracks().size(), 1U);
  EXPECT_EQ(tracker.tracks()[0].scans_missed, 0U);
  EXPECT_NEAR(tracker.tracks()[0].existence, before, 0.02);
  const auto all = run(tracker, scene, 24, 30, 32);
  EXPECT_EQ(tracker.tracks().size(), 1U);
  EXPECT_EQ(count_stage(all, TrackStage::ended), 0U);
}

TEST(TrackerTest, EndsATrackWhoseVesselIsGone) {
  Scene scene;
  scene.vessels = {{3000, -3000, 2, 2}};
  Tracker tracker{TrackerConfig{}};
  run(tracker, scene, 0, 20);
  scene.vessels.clear();
  const auto all = run(tracker, scene, 20, 40);
  EXPECT_GE(count_stage(all, TrackStage::coasting), 1U);
  EXPECT_EQ(count_stage(all, TrackStage::ended), 1U);
  EXPECT_TRUE(tracker.tracks().empty());
}

TEST(TrackerTest, EndsTracksByTimeAloneWhenTheRadarIsSilent) {
  Scene scene;
  scene.vessels = {{3000, -3000, 2, 2}};
  TrackerConfig config;
  Tracker tracker{config};
  run(tracker, scene, 0, 20);
  TrackUpdates out;
  tracker.process_tick(at(20 * 2.5 + config.max_coast_s - 10.0), out);
  EXPECT_EQ(tracker.tracks().size(), 1U);
  tracker.process_tick(at(20 * 2.5 + config.max_coast_s + 10.0), out);
  EXPECT_TRUE(tracker.tracks().empty());
  EXPECT_EQ(count_stage(out.tracks, TrackStage::ended), 1U);
}

// A turn of a file comes when it is over; time goes on before the next comes.
TEST(TrackerTest, AVesselBesideTheSeamOfWholeTurnsIsMetAlsoWhereTimeGoesOnBetweenThem) {
  Scene scene;
  scene.vessels = {{100, 8000, 3, 0}, {-3000, -4000, 0, 2}};  // through 0.7 to 3 degrees
  Tracker tracker{TrackerConfig{}};
  TrackUpdates out;
  std::size_t coasting = 0;
  for (std::uint32_t turn = 0; turn < 40; ++turn) {
    tracker.process(make_turn(scene, turn), out);
    if (turn > 5) coasting += count_stage(out.tracks, TrackStage::coasting);
    out.tracks.clear();
    for (int half = 1; half <= 5; ++half) tracker.process_tick(at(2.5 * (turn + 1) + 0.5 * half - 0.01), out);
    if (turn > 5) coasting += count_stage(out.tracks, TrackStage::coasting);
    out.tracks.clear();
  }
  EXPECT_EQ(coasting, 0U);
  EXPECT_EQ(tracker.counters().tracks_confirmed, 2U);
  EXPECT_EQ(tracker.counters().tracks_begun, 2U);
}

TEST(TrackerTest, GoesOnBitForBitAfterARestart) {
  const Scene scene = two_vessels();
  Tracker straight{TrackerConfig{}};
  run(straight, scene, 0, 15, 32);
  Tracker restarted{TrackerConfig{}};
  restarted.restore(straight.snapshot());
  const auto a = run(straight, scene, 15, 40, 32);
  const auto b = run(restarted, scene, 15, 40, 32);
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t k = 0; k < a.size(); ++k) {
    EXPECT_EQ(a[k].id, b[k].id);
    EXPECT_EQ(a[k].time, b[k].time);
    EXPECT_EQ(a[k].existence, b[k].existence);
    EXPECT_EQ(a[k].state.position, b[k].state.position);
    EXPECT_EQ(a[k].state.covariance, b[k].state.covariance);
  }
  EXPECT_EQ(straight.counters().plots, restarted.counters().plots);
}

TEST(TrackerTest, KeepsNumbersOfCrossingVesselsApart) {
  Scene scene;
  // They meet at (4000, 4000) after 100 s.
  scene.vessels = {{3200, 4000, 8, 0}, {4000, 4800, 0, -8}};
  scene.clutter = 20;
  Tracker tracker{TrackerConfig{}};
  run(tracker, scene, 0, 25);
  std::map<TrackId, double> eastward;
  for (const Track& t : tracker.tracks()) {
    if (t.stage != TrackStage::tentative) eastward[t.id] = t.state.velocity.east.value();
  }
  ASSERT_EQ(eastward.size(), 2U);
  run(tracker, scene, 25, 60);
  std::size_t kept = 0;
  for (const Track& t : tracker.tracks()) {
    if (!eastward.contains(t.id)) continue;
    ++kept;
    EXPECT_EQ(t.stage, TrackStage::confirmed);
    EXPECT_NEAR(t.state.velocity.east.value(), eastward[t.id], 1.0);
    const double s = to_seconds(t.time - start_of_day).value();
    const bool first = eastward[t.id] > 4.0;
    EXPECT_NEAR(t.state.position.east.value(), first ? 3200 + 8 * s : 4000, 20.0);
    EXPECT_NEAR(t.state.position.north.value(), first ? 4000 : 4800 - 8 * s, 20.0);
  }
  EXPECT_EQ(kept, 2U);
}

TEST(TrackerTest, KeepsAVesselThatFadesForHalfAMinute) {
  Tracker tracker{TrackerConfig{}};
  Scene scene;
  scene.vessels = {{2000, 3000, 5, -3}};
  run(tracker, scene, 0, 30);
  const auto before = tracker.tracks();
  ASSERT_EQ(before.size(), 1U);
  scene.detection = 0.0;
  run(tracker, scene, 30, 38);
  scene.detection = 1.0;
  run(tracker, scene, 38, 45);
  const auto after = tracker.tracks();
  ASSERT_EQ(after.size(), 1U);
  EXPECT_EQ(after[0].id, before[0].id);
  EXPECT_EQ(after[0].stage, TrackStage::confirmed);
}

// Plots that jump about within 200 m, as those of a harbour or of breaking waves do, twenty a turn.
TEST(TrackerTest, BelievesLittleInACrowd) {
  const auto confirmed = [](double crowd_radius_m) {
    TrackerConfig config;
    config.crowd_radius_m = crowd_radius_m;
    Tracker tracker{config};
    TrackUpdates out;
    Scene scene;
    Random random(7);
    for (std::uint32_t turn = 0; turn < 40; ++turn) {
      scene.vessels.clear();
      for (int k = 0; k < 20; ++k) {
        scene.vessels.push_back({3000 + 400 * (random.uniform() - 0.5), 3000 + 400 * (random.uniform() - 0.5), 0, 0});
      }
      tracker.process(make_turn(scene, turn), out);
    }
    return tracker.counters().tracks_confirmed;
  };
  EXPECT_LT(2 * confirmed(250.0), confirmed(0.0));
}

TEST(TrackerTest, FollowsAVesselAlthoughTheRadarsBearingsScatter) {
  // The plots claim 0.1 degrees, and are wrong by seven times that.
  const auto kept = [](double scatter_deg) {
    TrackerConfig config;
    config.bearing_scatter_deg = scatter_deg;
    Tracker tracker{config};
    TrackUpdates out;
    Scene scene;
    scene.vessels = {{2000, 5000, 5, -3}};
    scene.bearing_deviation_deg = 0.7;
    for (std::uint32_t turn = 0; turn < 60; ++turn) {
      PlotSector sector = make_turn(scene, turn);
      for (Plot& plot : sector.plots) plot.bearing_deviation = from_degrees(0.1);
      tracker.process(sector, out);
    }
    return std::count_if(out.tracks.begin(), out.tracks.end(),
                         [](const Track& t) { return t.id == TrackId(1) && t.stage == TrackStage::confirmed; });
  };
  EXPECT_GT(kept(0.5), 45);
}

TEST(TrackerTest, AVesselThatLeftTheRangesEndsThoughNoBeamLooksAtItAnyMoreAndNoTickComes) {
  Tracker tracker{TrackerConfig{}};
  Scene scene;
  scene.vessels = {{9000.0, 0.0, 15.0, 0.0}, {2000.0, 2000.0, 3.0, 0.0}};
  scene.range_max_m = 9500.0;
  const auto whole = [&](std::uint32_t turn) {
    PlotSector s = make_turn(scene, turn);
    std::erase_if(s.plots, [&](const Plot& p) { return p.range.value() > scene.range_max_m; });
    return s;
  };
  TrackUpdates out;
  for (std::uint32_t turn = 0; turn < 13; ++turn) tracker.process(whole(turn), out);
  EXPECT_EQ(tracker.tracks().size(), 2U);
  for (std::uint32_t turn = 13; turn < 60; ++turn) tracker.process(whole(turn), out);
  EXPECT_EQ(tracker.tracks().size(), 1U);
}

}  // namespace
}  // namespace headland::tracking::test
