// SPDX-License-Identifier: Apache-2.0
// Neighbours: joint hypotheses and shared plots.
#include "core/tracking/filter/enumerator.hpp"

#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "core/tracking/test/scene.hpp"

namespace headland::tracking::test {
namespace {

TEST(EnumeratorTest, KeepsOnlyTheBetterOrderOfTwoPlotsAndTwoTracks) {
  AssociationProblem problem;
  problem.tracks = 2;
  problem.plot_alone = {1.0, 1.0};
  problem.pairs = {{0, 0, 30.0}, {0, 1, 10.0}, {1, 0, 10.0}, {1, 1, 30.0}};
  AssociationResult r;
  SharingResult s;
  ASSERT_TRUE(Enumerator{}.solve(problem, {}, r, s));
  // 900 of straight, of crossed none; single plots 30 (the better of each), none 1.
  const double total = 900.0 + 4.0 * 30.0 - 2.0 * (30.0 - 10.0) + 1.0;
  EXPECT_NEAR(r.pair[0], (900.0 + 30.0) / total, 1e-12);
  EXPECT_NEAR(r.pair[1], 10.0 / total, 1e-12);
  EXPECT_NEAR(r.track_none[0], (30.0 + 10.0 + 1.0) / total, 1e-12);
}

TEST(EnumeratorTest, GivesOnePlotToBothOfAClosePair) {
  AssociationProblem problem;
  problem.tracks = 2;
  problem.plot_alone = {1.0};
  problem.pairs = {{0, 0, 4.0}, {1, 0, 4.0}};
  const SharingProblem sharing{{{0, 1, 0.5, 0, 1}}, {{0, 20.0}}};
  AssociationResult r;
  SharingResult s;
  ASSERT_TRUE(Enumerator{}.solve(problem, sharing, r, s));
  // Shared 20, either alone and resolved 0.5 * 4, none 1.
  EXPECT_NEAR(s.share[0], 20.0 / 25.0, 1e-12);
  EXPECT_NEAR(s.unresolved[0], 20.0 / 25.0, 1e-12);
  EXPECT_NEAR(r.plot_none[0], 1.0 / 25.0, 1e-12);
  EXPECT_NEAR(r.track_none[0], 3.0 / 25.0, 1e-12);
}

TEST(EnumeratorTest, RefusesAClusterThatIsTooLarge) {
  AssociationProblem problem;
  problem.tracks = Enumerator::most_tracks;
  problem.plot_alone.assign(12, 1.0);
  for (std::size_t t = 0; t < problem.tracks; ++t) {
    for (std::size_t p = 0; p < 12; ++p) problem.pairs.push_back({t, p, 1.0});
  }
  AssociationResult r;
  SharingResult s;
  EXPECT_FALSE(Enumerator{}.solve(problem, {}, r, s));
}

// All plots in the gate of every track: the work is bounded by rounds, and what was not finished is said.
TEST(AssociatorTest, ManyTracksThatAllMayHaveAllPlotsTakeABoundedNumberOfRounds) {
  Random random(5);
  std::size_t unsettled = 0;
  for (const double weight : {1e-2, 1.0, 1e3, 1e6}) {
    AssociationProblem problem;
    problem.tracks = 120;
    problem.plot_alone.assign(120, 1.0);
    for (std::size_t t = 0; t < 120; ++t) {
      for (std::size_t p = 0; p < 120; ++p) problem.pairs.push_back({t, p, weight * random.uniform(0.5, 1.5)});
    }
    AssociationResult r;
    Associator{}.solve(problem, r);
    EXPECT_LE(r.rounds, 200U);
    unsettled += r.settled ? 0U : 1U;
    std::vector<double> sum = r.track_none;
    for (std::size_t k = 0; k < problem.pairs.size(); ++k) sum[problem.pairs[k].track] += r.pair[k];
    for (const double total : sum) EXPECT_NEAR(total, 1.0, 1e-9);
  }
  EXPECT_GE(unsettled, 1U);
  AssociationResult used;
  used.settled = false;
  Associator{}.solve({}, used);
  EXPECT_TRUE(used.settled) << "nothing to settle";
}

// A dozen vessels and a hundred false plots a turn in a few hundred metres.
TEST(TrackerNeighbours, ClustersThatAreTooLargeAreCounted) {
  TrackerConfig config;
  config.crowd_radius_m = 0.0;
  Tracker tracker{config};
  TrackUpdates out;
  Random random(11);
  Scene scene;
  for (std::uint32_t turn = 0; turn < 30; ++turn) {
    scene.vessels.clear();
    for (int k = 0; k < 12; ++k) scene.vessels.push_back({3000.0 + 60.0 * (k % 4), 3000.0 + 60.0 * (k / 4), 0, 0});
    for (int k = 0; turn > 10 && k < 100; ++k) {
      scene.vessels.push_back({3090 + 400 * (random.uniform() - 0.5), 3060 + 400 * (random.uniform() - 0.5), 0, 0});
    }
    tracker.process(make_turn(scene, turn), out);
  }
  EXPECT_GT(tracker.counters().largest_cluster, Enumerator::most_tracks);
  EXPECT_GT(tracker.counters().clusters_approximated, 0U);
}

// Two vessels abreast at 20 m/s; a second radar does not tell them apart, and its sectors come a turn late, when they
// are farther on: its one plot is of both, begins no third track and does not draw them together.
TEST(TrackerNeighbours, ShareAPlotThatComesLate) {
  Tracker tracker{TrackerConfig{}};
  TrackUpdates out;
  std::vector<PlotSector> late;
  Scene scene;
  scene.vessels = {{4000, -2000, 0, 20}, {4025, -2000, 0, 20}};
  double apart_m = 0.0;
  Scene middle = scene;
  middle.vessels = {{4012, -2000, 0, 20}};
  middle.seed = 7;
  scene.range_deviation_m = 4.0;
  middle.range_deviation_m = 2.0;
  middle.bearing_deviation_deg = 0.1;  // 7 m; a turn is 50 m
  for (std::uint32_t turn = 0; turn < 60; ++turn) {
    const auto own = split(make_turn(scene, turn), 16);
    auto other = split(make_turn(middle, turn), 16);
    for (std::size_t k = 0; k < own.size(); ++k) {
      tracker.process(own[k], out);
      other[k].sensor = SensorId(2);
      late.push_back(other[k]);
      if (turn >= 20) tracker.process(late[late.size() - 17], out);
    }
    if (turn < 30 || tracker.tracks().size() != 2) continue;
    const std::vector<Track> pair = tracker.tracks();
    apart_m += std::abs((pair[0].state.position.east - pair[1].state.position.east).value()) / 30.0;
  }
  EXPECT_NEAR(apart_m, 25.0, 3.0);
  EXPECT_EQ(tracker.counters().tracks_confirmed, 2U);
  ASSERT_EQ(tracker.tracks().size(), 2U);
  for (const Track& t : tracker.tracks()) {
    ASSERT_EQ(t.sensors.size(), 2U) << t.id.value();
    EXPECT_GT(t.sensors[1].share, 0.02);
  }
}

// Vessels 150 m abreast at 3 km, of which a radar with a beam of 5 degrees gives one plot in the middle.
TEST(TrackerNeighbours, EachRadarHasAResolutionOfItsOwn) {
  const auto confirmed = [](bool told) {
    TrackerConfig config;
    if (told) config.resolutions[SensorId(2)] = {40.0, 7.0 * std::numbers::pi / 180.0};
    Tracker tracker{config};
    TrackUpdates out;
    Scene sharp;
    sharp.vessels = {{3000, -75, -3, 0}, {3000, 75, -3, 0}};
    Scene wide = sharp;
    wide.vessels = {{3000, 0, -3, 0}};
    wide.bearing_deviation_deg = 0.3;
    for (std::uint32_t turn = 0; turn < 100; ++turn) {
      PlotSector s = make_turn(turn < 40 ? sharp : wide, turn);
      if (turn >= 40) s.sensor = SensorId(2);
      tracker.process(s, out);
      out.tracks.clear();
    }
    return tracker.counters().tracks_confirmed + 10 * tracker.counters().tracks_ended;
  };
  EXPECT_EQ(confirmed(true), 2U);
  EXPECT_NE(confirmed(false), 2U);
}

// Two vessels come together, sail abreast within beam and pulse so that their plots are one, and part again.
TEST(TrackerNeighbours, KeepTheirNumbersAlthoughTheyGiveOnePlotForAMinute) {
  TrackerConfig config;
  config.resolution_range_m = 40.0;
  config.resolution_bearing_deg = 1.5;
  Tracker tracker{config};
  TrackUpdates out;
  Random random(3);
  const auto apart = [](double t) { return 25.0 + std::max(std::abs(t - 120.0) - 40.0, 0.0) * 2.5; };
  std::set<std::uint32_t> before;
  std::set<std::uint32_t> after;
  for (std::uint32_t turn = 0; turn < 96; ++turn) {
    const double t0 = 2.5 * turn;
    PlotSector s;
    s.sensor = SensorId(1);
    s.turn = turn;
    s.began = at(t0);
    s.ended = at(t0 + 2.5);
    s.range_max = Metres(10000.0);
    const double t = t0 + 2.5 * 0.25;
    std::vector<double> north = {0.5 * apart(t), -0.5 * apart(t)};
    if (apart(t) < 40.0) north = {0.0};
    for (const double n : north) {
      const double e = 3000.0 - 5.0 * (t - 120.0);
      Plot p;
      p.range = Metres(std::hypot(e, n) + 8.0 * random.normal());
      p.bearing = Bearing::of(e, n) + Angle(Radians(0.0044 * random.normal()));
      p.range_deviation = Metres(8.0);
      p.bearing_deviation = from_degrees(0.25);
      p.time = at(t0 + 2.5 * p.bearing.radians() / (2.0 * std::numbers::pi));
      s.plots.push_back(p);
    }
    std::sort(s.plots.begin(), s.plots.end(), [](const Plot& a, const Plot& b) { return a.bearing < b.bearing; });
    tracker.process(s, out);
    std::set<std::uint32_t>* when = nullptr;
    if (turn == 28) when = &before;
    if (turn == 95) when = &after;
    if (when == nullptr) continue;
    for (const Track& track : tracker.tracks()) {
      if (track.stage == TrackStage::confirmed) when->insert(track.id.value());
    }
  }
  EXPECT_EQ(before.size(), 2U);
  EXPECT_EQ(before, after);
}

// Two ships whose echoes are larger than beam and pulse of a point pass each other along the line of sight, 60 m apart
// across it: for 17 turns there is one plot, in the middle of both by their areas. Neither is drawn to the other,
// though they are up to 125 m apart in range: as far as their echoes touch.
TEST(TrackerNeighbours, ShareAPlotAsFarAsTheirEchoesReach) {
  struct Ship {
    double north_m, ve_mps, deep_m, wide_m;
  };
  constexpr Ship large{30.0, 3.0, 160.0, 160.0}, small{-30.0, -3.0, 90.0, 100.0};
  constexpr double reach_m = 0.5 * (large.deep_m + small.deep_m);
  constexpr double share = small.deep_m * small.wide_m / (small.deep_m * small.wide_m + large.deep_m * large.wide_m);
  std::uint32_t kept = 0;
  double worst_m = 0.0;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Tracker tracker{TrackerConfig{}};
    TrackUpdates out;
    Random random(seed);
    std::set<std::uint32_t> before, after;
    for (std::uint32_t turn = 0; turn < 96; ++turn) {
      PlotSector s;
      s.sensor = SensorId(1);
      s.turn = turn;
      s.began = at(2.5 * turn);
      s.ended = at(2.5 * (turn + 1));
      s.range_max = Metres(10000.0);
      const double t = 2.5 * (turn + 0.25);
      const auto east = [&](const Ship& ship) { return 6000.0 + ship.ve_mps * (t - 120.0); };
      const auto add = [&](double e, double n, double deep_m, double wide_m) {
        Plot p;
        p.range = Metres(std::hypot(e, n) + 8.0 * random.normal());
        p.bearing = Bearing::of(e, n) + Angle(Radians(0.0044 * random.normal()));
        p.range_deviation = Metres(8.0);
        p.bearing_deviation = from_degrees(0.25);
        p.range_extent = Metres(deep_m * random.uniform(0.9, 1.1));
        p.bearing_extent = Radians(wide_m * random.uniform(0.9, 1.1) / 6000.0);
        p.time = at(2.5 * (turn + p.bearing.radians() / (2.0 * std::numbers::pi)));
        s.plots.push_back(p);
      };
      const double apart_m = std::abs(east(large) - east(small));
      if (apart_m < reach_m) {
        add(east(large) + share * (east(small) - east(large)), large.north_m + share * (small.north_m - large.north_m),
            std::max(reach_m + apart_m, large.deep_m), large.wide_m + 30.0);
      } else {
        add(east(large), large.north_m, large.deep_m, large.wide_m);
        add(east(small), small.north_m, small.deep_m, small.wide_m);
      }
      std::sort(s.plots.begin(), s.plots.end(), [](const Plot& a, const Plot& b) { return a.bearing < b.bearing; });
      tracker.process(s, out);
      const std::vector<Track> tracks = tracker.tracks();
      std::set<std::uint32_t>* const when = turn == 35 ? &before : turn == 95 ? &after : nullptr;
      for (const Track& track : tracks) {
        if (track.stage != TrackStage::confirmed) continue;
        if (when != nullptr) when->insert(track.id.value());
        if (turn < 35) continue;
        const double e = track.state.position.east.value();
        worst_m = std::max(worst_m, std::min(std::abs(e - east(large)), std::abs(e - east(small))));
      }
    }
    kept += before.size() == 2 && before == after ? 1 : 0;
  }
  EXPECT_EQ(kept, 5U);
  EXPECT_LT(worst_m, 45.0);
}

}  // namespace
}  // namespace headland::tracking::test
