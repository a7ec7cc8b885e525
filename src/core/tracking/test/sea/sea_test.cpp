// SPDX-License-Identifier: Apache-2.0
// Vessels not yet seen, transients, and what is hidden.
#include <set>

#include <gtest/gtest.h>

#include "core/tracking/life/visibility.hpp"
#include "core/tracking/sea/newcomers.hpp"
#include "core/tracking/sea/transient_class.hpp"
#include "core/tracking/sea/transients.hpp"
#include "core/tracking/test/scene.hpp"

namespace headland::tracking::test {
namespace {

constexpr double whole_turn = 2.0 * std::numbers::pi;

TEST(NewcomersTest, ExpectsManyVesselsAtFirstAndOnlyNewOnesOnceItLooked) {
  const TrackerConfig config;
  const ClutterMap map{config};
  Newcomers n{config};
  const double before = n.density(5000.0, 1.0);
  for (int turn = 0; turn < 30; ++turn) n.sweep(whole_turn * turn, whole_turn, 1.0, 20000.0, map);
  const double after = n.density(5000.0, 1.0);
  EXPECT_GT(before, 10.0 * after);
  EXPECT_GE(after, arrival_density(config, 5000.0) * 0.9);
}

TEST(NewcomersTest, LearnsNothingWhereTheRadarDidNotLook) {
  const TrackerConfig config;
  const ClutterMap map{config};
  Newcomers n{config};
  const double before = n.density(15000.0, 4.0);
  for (int turn = 0; turn < 30; ++turn) {
    n.sweep(whole_turn * turn, whole_turn, 1.0, 8000.0, map);         // too near
    n.sweep(whole_turn * turn, whole_turn / 4.0, 1.0, 20000.0, map);  // elsewhere
  }
  EXPECT_DOUBLE_EQ(n.density(15000.0, 4.0), before);
}

// A turn of clutter in two places.
void look(TransientMap& map) {
  map.sweep(whole_turn);
  for (int k = 0; k < 20; ++k) {
    map.count(2000.0, 1.0, 1.0);
    map.count(9000.0, 4.0, 1.0);
  }
}

constexpr double sure = 1e6;  // odds for a share of one

ToldTransient told(double weight, std::uint32_t age) {
  return {weight, age, static_cast<std::uint32_t>(TransientMap::cell_of(2000.0, 1.0))};
}

TEST(TransientMapTest, LearnsHowLongThingsLastThatAreNoVessels) {
  TransientMap map;
  for (int turn = 0; turn < 60; ++turn) {
    look(map);
    map.gone(told(5.0, 3), 1.0);
    for (int k = 0; k < 5; ++k) map.tell(sure, 0.0);
  }
  map.settle();
  EXPECT_GT(map.reach(2000.0, 1.0, 3), 10.0 * map.reach(2000.0, 1.0, 4));
  EXPECT_GT(map.reach(2000.0, 1.0, 3), 10.0 * map.reach(9000.0, 4.0, 3));
  EXPECT_NEAR(map.reach(2000.0, 1.0, 3), 0.25, 0.04);
  EXPECT_NEAR(map.reach(2000.0, 1.0, 1), map.reach(2000.0, 1.0, 3), 0.01);  // all of them came so far
}

TEST(TransientMapTest, ForgetsItsFearWhereNothingIsShortLived) {
  TransientMap map;
  const double before = map.reach(6000.0, 1.0, 2);
  for (int turn = 0; turn < 60; ++turn) look(map);
  map.settle();
  EXPECT_LT(map.reach(6000.0, 1.0, 2), 0.1 * before);
}

// Noise does not come again; the sea does, and is near.
TEST(TransientMapTest, ExpectsFewFarOutUntilTheyComeThere) {
  TransientMap map;
  EXPECT_LT(map.reach(12'000.0, 4.0, 2), 0.25 * map.reach(1000.0, 4.0, 2));
  const auto far_out = static_cast<std::uint32_t>(TransientMap::cell_of(9000.0, 4.0));
  for (int turn = 0; turn < 60; ++turn) {
    look(map);
    map.gone({5.0, 3, far_out}, 1.0);
    for (int k = 0; k < 5; ++k) map.tell(sure, 0.0);
  }
  map.settle();
  EXPECT_NEAR(map.reach(9000.0, 4.0, 3), 0.25, 0.04);
  EXPECT_LT(map.reach(2000.0, 1.0, 3), 0.1 * map.reach(9000.0, 4.0, 3));
}

TEST(TransientMapTest, ClutterThatDidNotComeAgainSpeaksAgainstThemAsSoonAsItIsOverdue) {
  TransientMap map;
  const double before = map.share();
  look(map);
  map.settle();
  EXPECT_DOUBLE_EQ(map.share(), before);  // the second plots have not been waited for
  for (int turn = 0; turn < 3; ++turn) look(map);
  map.settle();
  EXPECT_LT(map.share(), 0.4 * before);
}

TEST(TransientMapTest, WhatMayBeChanceSpeaksForFewAndWhatIsSureForMany) {
  const auto share_after = [](double odds) {
    TransientMap map;
    for (int turn = 0; turn < 60; ++turn) {
      look(map);
      if (turn % 8 == 0) map.tell(odds, 0.0);
    }
    map.settle();
    return map.share();
  };
  const double first = TransientMap().share();
  EXPECT_LT(share_after(200.0), first);  // one plot in 200 is beside another by chance, as was seen
  EXPECT_NEAR(share_after(sure), 8.0 / (60.0 * 25.0), 0.002);
}

// Else the first vessel that goes slowly would be judged by a sea that itself has made one of transients.
TEST(TransientMapTest, AYoungTrackIsNotJudgedByItsOwnWord) {
  TransientMap map;
  for (int turn = 0; turn < 3; ++turn) look(map);
  map.settle();
  const double share = map.share();
  const double reach = map.reach(2000.0, 1.0, 2);
  map.tell(sure, 0.0);
  map.settle();
  EXPECT_GT(map.share(), 2.0 * share);
  EXPECT_GT(map.reach(2000.0, 1.0, 2), 1.5 * reach);
  EXPECT_NEAR(map.share_without(sure), share, 0.05 * share);
  EXPECT_NEAR(map.reach(2000.0, 1.0, 2, sure), reach, 0.25 * reach);  // as if all ages had been seen equally long
  // Of two, the other's word stays.
  map.tell(sure, 0.0);
  map.settle();
  EXPECT_GT(map.share_without(sure), 1.5 * share);
}

TEST(TransientMapTest, WhatBeganTooLatelyToHaveEndedAtAnAgeSaysNothingOfIt) {
  TransientMap map;
  const auto old_ones = [&] { return map.reach(2000.0, 1.0, 5) / map.reach(2000.0, 1.0, 1); };
  const double before = old_ones();
  for (int turn = 0; turn < 6; ++turn) look(map);
  map.settle();
  const double soon = old_ones();  // those of short life are known not to have come
  EXPECT_GT(soon, 1.1 * before);
  for (int turn = 0; turn < 60; ++turn) look(map);
  map.settle();
  EXPECT_LT(old_ones(), soon);
}

TEST(TransientMapTest, WhatIsTakenBackCountsNoMore) {
  TransientMap map;
  for (int turn = 0; turn < 3; ++turn) look(map);
  map.settle();
  const double before = map.reach(2000.0, 1.0, 1);
  map.gone(told(0.7, 1), 1.0);
  map.tell(2000.0, 0.0);
  map.settle();
  EXPECT_GT(map.reach(2000.0, 1.0, 1), 2.0 * before);
  map.gone(told(0.7, 1), -1.0);
  map.tell(0.0, 2000.0);
  map.settle();
  EXPECT_NEAR(map.reach(2000.0, 1.0, 1), before, 1e-12);
}

// A track of which one part in two is a transient, one in four a vessel, and one in four nothing.
TEST(TransientTest, ATrackIsWeighedAnewWhenMoreTransientsThanThoughtLastSoLong) {
  Bernoulli track;
  track.existence = 0.75;
  track.weight[0] = 1.0 / 3.0;
  track.weight[transient_model] = 2.0 / 3.0;
  track.starts[0] = {0, 1.0, 0.01};
  reweigh(track, Reaches{0.02});
  EXPECT_NEAR(track.existence * track.weight[transient_model], 4.0 / 6.0, 1e-12);
  EXPECT_NEAR(track.existence * track.weight[0], 1.0 / 6.0, 1e-12);
  EXPECT_NEAR(track.existence, 5.0 / 6.0, 1e-12);
  EXPECT_DOUBLE_EQ(track.starts[0].reach, 0.02);
}

// A track that is a vessel at 0.8, else nothing; its fourth look may have begun a transient instead.
TEST(TransientTest, BeginsWithALaterPlotWhereThoseBeforeWereClutter) {
  Bernoulli track;
  track.existence = 0.8;
  track.weight[0] = 1.0;
  track.starts[0] = {0, 1.0, 0.01};
  track.age_looks = 3;
  PlacedPlot plot;
  plot.position = {100.0, 200.0};
  plot.noise = 64.0 * Matrix2::Identity();
  plot.transient_reach = 0.02;
  begin_transient(track, plot, 0.1, 1.0);
  EXPECT_NEAR(track.existence, 0.9, 1e-12);
  EXPECT_NEAR(track.existence * track.weight[0], 0.8, 1e-12);
  EXPECT_NEAR(track.existence * track.weight[transient_model], 0.1, 1e-12);
  EXPECT_DOUBLE_EQ(own_transient(track), 0.0);
  EXPECT_EQ(track.modes[transient_model].position, plot.position);
  const Reaches next = reaches_of(track, 4, [](std::uint32_t age) { return age == 1 ? 0.01 : 0.0; });
  EXPECT_NEAR(going_on(track, next), 0.5, 1e-12);
}

// Half a vessel, half a transient that goes on in half of the turns: what a miss says of either.
TEST(TransientTest, IsGoneTheSurerTheMoreLooksItMissed) {
  Bernoulli track;
  track.existence = 1.0;
  track.weight[0] = track.weight[transient_model] = 0.5;
  track.transient_goes_on = 0.5;
  EXPECT_DOUBLE_EQ(gone_probability(track, 0.8), 0.0);
  EXPECT_DOUBLE_EQ(vessel_probability(track, 0.8), 0.5);
  track.scans_missed = 1;
  track.missed_so = 0.2;  // 0.5 gone, 0.1 missed; a vessel 0.2 missed
  EXPECT_NEAR(gone_probability(track, 0.8), 0.5 / 0.8, 1e-12);
  EXPECT_NEAR(transient_probability(track, 0.8), 0.6 / 0.8, 1e-12);
  EXPECT_NEAR(vessel_probability(track, 0.8), 0.2 / 0.8, 1e-12);
  track.scans_missed = 2;
  track.missed_so = 0.04;  // 0.5 + 0.1 * 0.5 gone, 0.01 missed; 0.04
  EXPECT_NEAR(gone_probability(track, 0.8), 0.55 / 0.6, 1e-12);
}

// When a vessel that comes later is believed.
std::uint32_t turn_of_late_vessel(bool neighbours) {
  Tracker tracker{TrackerConfig{}};
  TrackUpdates out;
  Scene scene;
  if (neighbours) {
    for (int k = 0; k < 6; ++k) scene.vessels.push_back({1000.0 + 300.0 * k, 2500.0, 0.0, 0.3});
  }
  constexpr std::uint32_t comes = 3;
  for (std::uint32_t turn = 0; turn < 30; ++turn) {
    if (turn == comes) scene.vessels.push_back({2000.0, 2000.0, 0.3, 0.0});
    out.tracks.clear();
    tracker.process(make_turn(scene, turn), out);
    for (const Track& t : tracker.tracks()) {
      const double off = std::hypot(t.state.position.east.value() - 2000.0, t.state.position.north.value() - 2000.0);
      if (t.stage == TrackStage::confirmed && off < 150.0) return turn;
    }
  }
  return 99;
}

TEST(TrackerSea, VesselsThatGoOnMakeNoneNearThemSuspect) {
  const std::uint32_t alone = turn_of_late_vessel(false);
  EXPECT_LT(alone, 12U);
  EXPECT_LE(turn_of_late_vessel(true), alone + 6U);
}

TEST(VisibilityTest, ComesBackToItsRestFromEitherSide) {
  const TrackerConfig config;
  const double rest = config.mean_visible_s / (config.mean_visible_s + config.mean_hidden_s);
  EXPECT_NEAR(visibility_after(config, 1.0, 1e4), rest, 1e-9);
  EXPECT_NEAR(visibility_after(config, 0.0, 1e4), rest, 1e-9);
  EXPECT_DOUBLE_EQ(visibility_after(config, 0.3, 0.0), 0.3);
}

struct SpikeTracks {
  std::size_t confirmed = 0;
  std::size_t late = 0;  // of these, after the sea was learned
  bool vessel = false;   // is among them
};

// Twenty things a minute that go south for three turns and are gone; one vessel. With `other`, a radar with a lower
// number that sees none of it turns beside this one.
SpikeTracks tracks_of_spikes(const TrackerConfig& config, double south_mps, bool other) {
  Tracker tracker{config};
  TrackUpdates out;
  Random random(5);
  struct Spike {
    double e, n;
    std::uint32_t born;
  };
  std::vector<Spike> spikes;
  Scene scene;
  scene.vessels = {{3000.0, 2000.0, -6.0, 3.0}};
  for (std::uint32_t turn = 0; turn < 120; ++turn) {
    PlotSector s = make_turn(scene, turn);
    spikes.push_back({random.uniform(-2500.0, 2500.0), random.uniform(-2500.0, 2500.0), turn});
    for (const Spike& spike : spikes) {
      if (turn >= spike.born + 3) continue;
      const double n = spike.n - south_mps * scene.turn_s * (turn - spike.born);
      Plot p;
      p.range = Metres(std::hypot(spike.e, n) + random.uniform(-8.0, 8.0));
      p.bearing = Bearing::of(spike.e, n);
      p.range_deviation = Metres(8.0);
      p.bearing_deviation = from_degrees(0.25);
      p.time = at(scene.turn_s * (turn + p.bearing.radians() / whole_turn));
      p.strength = Decibels(10.0);
      if (p.range.value() > 200.0) s.plots.push_back(p);
    }
    std::sort(s.plots.begin(), s.plots.end(), [](const Plot& a, const Plot& b) { return a.bearing < b.bearing; });
    if (other) {
      s.sensor = SensorId(2);
      PlotSector blind = make_turn(Scene{}, turn);
      blind.sensor = SensorId(1);
      blind.range_max = Metres(150.0);
      tracker.process(blind, out);
    }
    tracker.process(s, out);
  }
  std::set<std::uint32_t> confirmed;
  std::set<std::uint32_t> late;
  SpikeTracks tracks;
  for (const Track& t : out.tracks) {
    if (t.stage != TrackStage::confirmed) continue;
    confirmed.insert(t.id.value());
    if (t.began > at(60.0)) late.insert(t.id.value());
    const double age_s = to_seconds(t.time - at(0.0)).value();
    const auto [e, n] = std::pair(3000.0 - 6.0 * age_s, 2000.0 + 3.0 * age_s);
    const double off_m = std::hypot(t.state.position.east.value() - e, t.state.position.north.value() - n);
    tracks.vessel = tracks.vessel || (age_s > 250.0 && off_m < 100.0);
  }
  tracks.confirmed = confirmed.size();
  tracks.late = late.size();
  return tracks;
}

void expect_no_vessels_of_spikes(bool other) {
  const SpikeTracks tracks = tracks_of_spikes({}, 0.0, other);
  EXPECT_TRUE(tracks.vessel);
  EXPECT_LE(tracks.confirmed, 4U);
  EXPECT_LE(tracks.late, 1U);
}

TEST(TrackerSea, SpikesOfThreeTurnsBecomeNoVesselsButTheVesselDoes) { expect_no_vessels_of_spikes(false); }
TEST(TrackerSea, SpikesAreLearnedByTheRadarThatSeesThem) { expect_no_vessels_of_spikes(true); }

// At nine metres a second, the crests of a sea state 3.
TEST(TrackerSea, CrestsThatRunBecomeNoVesselsWhereTransientsMayRun) {
  TrackerConfig config;
  config.confirm_existence = 0.95;
  const SpikeTracks drifting = tracks_of_spikes(config, 9.0, false);
  config.transient_speed_mps = 5.0;
  const SpikeTracks running = tracks_of_spikes(config, 9.0, false);
  EXPECT_TRUE(running.vessel);
  EXPECT_GE(drifting.late, 10U) << "else the scene shows nothing";
  EXPECT_LE(running.late, drifting.late / 4);
}

}  // namespace
}  // namespace headland::tracking::test
