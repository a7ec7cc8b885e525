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

}  // namespace
}  // namespace headland::tracking::test
