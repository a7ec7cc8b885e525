// SPDX-License-Identifier: Apache-2.0
// The roles one by one.
#include <cmath>

#include <gtest/gtest.h>

#include "core/tracking/filter/associator.hpp"
#include "core/tracking/filter/gater.hpp"
#include "core/tracking/filter/predictor.hpp"
#include "core/tracking/filter/updater.hpp"
#include "core/tracking/life/deleter.hpp"
#include "core/tracking/life/initiator.hpp"
#include "core/tracking/sea/clutter_map.hpp"
#include "core/tracking/sea/newcomers.hpp"

namespace headland::tracking {
namespace {

Gaussian some_state() {
  Gaussian g;
  g.position << 100.0, 200.0;
  g.velocity << 3.0, 4.0;
  g.pp = 25.0 * Matrix2::Identity();
  g.vv = 4.0 * Matrix2::Identity();
  return g;
}

TEST(PredictorTest, MovesStraightAndGrowsItsDoubt) {
  Gaussian g = some_state();
  move(g, 2.0, 0.5, 0.0);
  EXPECT_DOUBLE_EQ(g.position(0), 106.0);
  EXPECT_DOUBLE_EQ(g.position(1), 208.0);
  // P + dt^2 V + q dt^3 / 3
  EXPECT_NEAR(g.pp(0, 0), 25.0 + 4.0 * 4.0 + 0.5 * 8.0 / 3.0, 1e-12);
  EXPECT_NEAR(g.pv(0, 0), 2.0 * 4.0 + 0.5 * 4.0 / 2.0, 1e-12);
  EXPECT_NEAR(g.vv(0, 0), 4.0 + 0.5 * 2.0, 1e-12);
}

TEST(PredictorTest, TurnsClockwiseOnItsCircle) {
  Gaussian g;
  g.velocity << 0.0, 10.0;  // north
  const double rate = 0.1;
  move(g, std::numbers::pi / 2.0 / rate, 0.0, rate);
  EXPECT_NEAR(g.velocity(0), 10.0, 1e-9);  // east
  EXPECT_NEAR(g.velocity(1), 0.0, 1e-9);
  EXPECT_NEAR(g.position(0), 100.0, 1e-9);  // radius 100 m
  EXPECT_NEAR(g.position(1), 100.0, 1e-9);
}

TEST(PredictorTest, MixingKeepsMeanAndWeights) {
  Bernoulli t;
  t.spread = true;
  t.weight = {0.5, 0.2, 0.1, 0.1, 0.05, 0.05, 0.0};
  for (auto& m : t.modes) m = some_state();
  t.modes[2].position << 130.0, 180.0;
  Predictor predictor{TrackerConfig{}};
  Prediction p;
  predictor.predict(t, 1e-9, p);
  double sum = 0.0;
  for (const double w : p.weight) sum += w;
  EXPECT_NEAR(sum, 1.0, 1e-12);
  EXPECT_NEAR(p.mean.position(0), 103.0, 1e-6);
  EXPECT_NEAR(p.mean.position(1), 198.0, 1e-6);
}

// A track of which one model is certain, at this speed northward.
Bernoulli certain(std::size_t model, double speed_mps) {
  Bernoulli t;
  t.spread = true;
  for (auto& m : t.modes) {
    m = some_state();
    m.velocity << 0.0, speed_mps;
  }
  t.weight[model] = 1.0;
  return t;
}

TEST(PredictorTest, LetsNoManoeuvreEndOnTheCalmCourseAtOnce) {
  const Predictor predictor{TrackerConfig{}};
  Prediction p;
  for (const std::size_t manoeuvre : {2U, 3U, 4U}) {
    predictor.predict(certain(manoeuvre, 5.0), 2.5, p);
    EXPECT_EQ(p.weight[0], 0.0) << manoeuvre;
    EXPECT_GT(p.weight[1], 0.01) << manoeuvre;
  }
  predictor.predict(certain(1, 5.0), 2.5, p);
  EXPECT_GT(p.weight[0], 0.01);
}

TEST(PredictorTest, ExpectsBoatsToTurnSoonerThanShipsAndFerries) {
  const Predictor predictor{TrackerConfig{}};
  const auto leaves = [&](double speed_mps) {
    Prediction p;
    predictor.predict(certain(0, speed_mps), 2.5, p);
    return 1.0 - p.weight[0];
  };
  EXPECT_LT(leaves(5.0), 0.001);
  EXPECT_GT(leaves(20.0), 10.0 * leaves(5.0));
  EXPECT_GT(leaves(20.0), 2.0 * leaves(40.0));
}

TEST(PredictorTest, KeepsWhatIsStoppedWhereItIs) {
  Gaussian g = some_state();
  settle(g, 1000.0);
  EXPECT_NEAR(g.velocity.norm(), 0.0, 1e-9);
  EXPECT_LT((g.position - some_state().position).norm(), 120.0);  // 5 m/s, for some 20 s more
  EXPECT_NEAR(g.vv(0, 0), 0.09, 1e-9);                            // 0.3 m/s
  // In two steps as in one.
  Gaussian once = some_state();
  Gaussian twice = some_state();
  settle(once, 7.0);
  settle(twice, 3.0);
  settle(twice, 4.0);
  EXPECT_NEAR((once.position - twice.position).norm(), 0.0, 1e-9);
  EXPECT_NEAR((once.velocity - twice.velocity).norm(), 0.0, 1e-9);
  EXPECT_NEAR((once.pp - twice.pp).norm(), 0.0, 1e-9);
  EXPECT_NEAR((once.pv - twice.pv).norm(), 0.0, 1e-9);
  EXPECT_NEAR((once.vv - twice.vv).norm(), 0.0, 1e-9);
}

TEST(UpdaterTest, IsTheKalmanFilterForOneCertainPlot) {
  Bernoulli t;
  Prediction p;
  p.weight[0] = 1.0;
  p.modes[0] = p.mean = some_state();
  PlacedPlot plot;
  plot.position << 110.0, 200.0;
  plot.noise = 25.0 * Matrix2::Identity();
  Candidate c;
  ASSERT_TRUE(gate(p, Timestamp{}, plot, 4.0, c));
  update(p, {{&c, &plot, 1.0}}, 0.0, t);
  EXPECT_TRUE(t.spread);
  EXPECT_NEAR(t.modes[0].position(0), 105.0, 1e-9);  // half-way: equal variances
  EXPECT_NEAR(t.modes[0].pp(0, 0), 12.5, 1e-9);
}

TEST(UpdaterTest, AddsTheSpreadOfDoubtfulPlots) {
  Bernoulli t;
  Prediction p;
  p.weight[0] = 1.0;
  p.modes[0] = p.mean = some_state();
  PlacedPlot left;
  left.position << 90.0, 200.0;
  left.noise = 25.0 * Matrix2::Identity();
  PlacedPlot right = left;
  right.position << 110.0, 200.0;
  Candidate a;
  Candidate b;
  ASSERT_TRUE(gate(p, Timestamp{}, left, 4.0, a));
  ASSERT_TRUE(gate(p, Timestamp{}, right, 4.0, b));
  update(p, {{&a, &left, 0.5}, {&b, &right, 0.5}}, 0.0, t);
  EXPECT_NEAR(t.modes[0].position(0), 100.0, 1e-9);
  EXPECT_NEAR(t.modes[0].pp(0, 0), 12.5 + 25.0, 1e-9);  // own variance, and 5 m either way
  EXPECT_NEAR(t.modes[0].pp(1, 1), 12.5, 1e-9);
}

TEST(GaterTest, LeavesFarPlotsOutAndMovesNearOnesToTheTime) {
  Prediction p;
  p.weight[0] = 1.0;
  p.modes[0] = p.mean = some_state();
  PlacedPlot plot;
  plot.noise = 25.0 * Matrix2::Identity();
  plot.position << 103.0, 204.0;
  plot.time = Timestamp{} + std::chrono::seconds(1);
  Candidate c;
  ASSERT_TRUE(gate(p, Timestamp{}, plot, 4.0, c));
  EXPECT_NEAR(c.residual_of_position(0), 100.0, 1e-9);
  EXPECT_NEAR(c.likelihood, 1.0 / (2.0 * std::numbers::pi * 50.0), 1e-9);
  plot.position << 150.0, 204.0;
  EXPECT_FALSE(gate(p, Timestamp{}, plot, 4.0, c));
}

// All joint events, counted out, for a cluster of any shape.
void expect_close_to_exact(const AssociationProblem& problem, double tolerance) {
  AssociationResult r;
  Associator{}.solve(problem, r);
  const std::size_t n = problem.pairs.size();
  double total = 0.0;
  std::vector<double> exact(n, 0.0);
  for (std::size_t set = 0; set < (std::size_t{1} << n); ++set) {
    double weight = 1.0;
    std::vector<int> track(problem.tracks, 0);
    std::vector<int> plot(problem.plot_alone.size(), 0);
    bool valid = true;
    for (std::size_t k = 0; k < n; ++k) {
      if ((set >> k & 1U) == 0) continue;
      valid = valid && ++track[problem.pairs[k].track] == 1 && ++plot[problem.pairs[k].plot] == 1;
      weight *= problem.pairs[k].weight / problem.plot_alone[problem.pairs[k].plot];
    }
    if (!valid) continue;
    total += weight;
    for (std::size_t k = 0; k < n; ++k) {
      if ((set >> k & 1U) != 0) exact[k] += weight;
    }
  }
  for (std::size_t k = 0; k < n; ++k) EXPECT_NEAR(r.pair[k], exact[k] / total, tolerance) << k;
}

TEST(AssociatorTest, IsExactForTrees) {
  AssociationProblem one{{{0, 0, 3e-3}}, {1e-3}, 1};
  expect_close_to_exact(one, 1e-6);
  AssociationProblem shared{{{0, 0, 3e-3}, {1, 0, 1e-3}, {1, 1, 2e-3}}, {1e-3, 1e-4}, 2};
  expect_close_to_exact(shared, 1e-6);
}

TEST(AssociatorTest, IsNearForLoops) {
  AssociationProblem loop{{{0, 0, 3e-3}, {0, 1, 1e-3}, {1, 0, 1e-3}, {1, 1, 2e-3}}, {1e-3, 1e-3}, 2};
  expect_close_to_exact(loop, 0.05);
}

TEST(AssociatorTest, EndsForHugeRatios) {
  AssociationProblem hard{{{0, 0, 1e9}, {0, 1, 1e9}, {1, 0, 1e9}, {1, 1, 1e9}}, {1e-12, 1e-12}, 2};
  AssociationResult r;
  Associator{}.solve(hard, r);
  EXPECT_NEAR(r.pair[0] + r.pair[1], 1.0, 1e-3);
  EXPECT_NEAR(r.pair[0], 0.5, 1e-3);
  EXPECT_LE(r.rounds, 200U);
}

TEST(ClutterMapTest, LearnsWhereTheSeaIsRough) {
  ClutterMap map{TrackerConfig{}};
  for (int turn = 0; turn < 60; ++turn) {
    map.sweep(0.0, 2.0 * std::numbers::pi, 1.0, 20'000.0);
    for (int k = 0; k < 4; ++k) map.count(700.0, 1.0, 1.0);
  }
  EXPECT_GT(map.density(700.0, 1.0), 20.0 * map.density(700.0, 4.0));
  EXPECT_GT(map.density(700.0, 1.0), 20.0 * map.density(5000.0, 1.0));
  // 4 a turn in a cell of (732^2 - 586^2) / 2 * 2 pi / 32 m^2 or so.
  EXPECT_NEAR(map.density(700.0, 1.0), 4.0 / 19'000.0, 1.5e-4);
}

// The band from 16.3 to 20.3 km, of which the radar sees 40 %.
TEST(ClutterMapTest, WhatOfABandLiesBeyondTheRangeIsNoClearWater) {
  constexpr double per_m2 = 0.4e-6;
  const double seen_m2 = std::numbers::pi * (18'000.0 * 18'000.0 - 16'263.0 * 16'263.0);
  ClutterMap map{TrackerConfig{}};
  for (int turn = 0; turn < 60; ++turn) {
    map.sweep(0.0, 2.0 * std::numbers::pi, 1.0, 18'000.0);
    for (int k = 0; k < 32; ++k) map.count(17'000.0, 0.1 + k * std::numbers::pi / 16.0, per_m2 * seen_m2 / 32.0);
  }
  EXPECT_NEAR(map.density(17'000.0, 1.0), per_m2, 0.1 * per_m2);
  ClutterMap restarted{TrackerConfig{}};
  restarted.restore(map.numbers());
  EXPECT_EQ(restarted.density(17'000.0, 1.0), map.density(17'000.0, 1.0)) << "before the first sweep after a restart";
}

TEST(ClutterMapTest, LearnsHowOftenVesselsAreSeen) {
  ClutterMap map{TrackerConfig{}};
  for (int k = 0; k < 400; ++k) map.look(6000.0, 0.02 * k, k % 2 == 0 ? 1.0 : 0.0, 1.0);
  EXPECT_NEAR(map.detection(6000.0, 1.0), 0.5, 0.05);
  EXPECT_NEAR(map.detection(1000.0, 1.0), TrackerConfig{}.detection_probability, 1e-9);
}

// In rain vessels are seen one time in four, elsewhere in the band nine times in ten.
TEST(ClutterMapTest, LearnsInWhichDirectionVesselsAreSeenLess) {
  ClutterMap map{TrackerConfig{}};
  const auto turn = [&](int k, double in_rain) {
    map.sweep(0.0, 2.0 * std::numbers::pi, 1.0, 20'000.0);
    for (int v = 0; v < 8; ++v) map.look(6000.0, 0.8 * v, v == 3 ? in_rain : (k % 10 != 0 ? 1.0 : 0.0), 1.0);
  };
  for (int k = 0; k < 200; ++k) turn(k, k % 4 == 0 ? 1.0 : 0.0);
  // 170 looks are not faded, a quarter of them plots, beside 60 of the band's 0.82.
  EXPECT_NEAR(map.detection(6000.0, 2.4), 0.40, 0.02);
  EXPECT_NEAR(map.detection(6000.0, 4.0), 0.88, 0.02);
  EXPECT_NEAR(map.detection(6000.0, 5.2), 0.82, 0.02) << "where none was looked at, as the band";
  ClutterMap restarted{TrackerConfig{}};
  restarted.restore(map.numbers());
  EXPECT_EQ(restarted.detection(6000.0, 2.4), map.detection(6000.0, 2.4));
  for (int k = 0; k < 3000; ++k) map.sweep(0.0, 2.0 * std::numbers::pi, 1.0, 20'000.0);
  EXPECT_NEAR(map.detection(6000.0, 2.4), 0.82, 0.03) << "what has passed is forgotten";
}

// As many vessels not yet seen are found each turn as arrive, wherever they are seen less.
TEST(NewcomersTest, AsManyAreFoundAsArriveWhereVesselsAreSeenLess) {
  const TrackerConfig config;
  ClutterMap map{config};
  Newcomers newcomers{config};
  for (int k = 0; k < 3000; ++k) {
    map.sweep(0.0, 2.0 * std::numbers::pi, 1.0, 20'000.0);
    map.look(6000.0, 2.4, k % 4 == 0 ? 1.0 : 0.0, 1.0);
    for (int v = 0; v < 7; ++v) map.look(6000.0, 3.2 + 0.2 * v, k % 10 != 0 ? 1.0 : 0.0, 1.0);
    newcomers.sweep(0.0, 2.0 * std::numbers::pi, 1.0, 20'000.0, map);
  }
  const auto found = [&](double bearing) {
    return map.detection(6000.0, bearing) * newcomers.density(6000.0, bearing);
  };
  EXPECT_LT(map.detection(6000.0, 2.4), 0.6 * map.detection(6000.0, 3.2));
  EXPECT_NEAR(found(2.4) / found(3.2), 1.0, 0.05);
}

// The course of a ship swings, not its speed; what is faster than a boat swings as one.
TEST(PredictorTest, SteeringIsAcrossTheCourse) {
  const TrackerConfig config;
  const Predictor predictor{config};
  const auto gained = [&](double speed_mps) {
    Bernoulli t;
    t.spread = true;
    t.weight[0] = 1.0;
    t.modes[0].velocity << 0.0, speed_mps;
    t.modes[0].pp = t.modes[0].vv = Matrix2::Identity();
    Prediction out;
    predictor.predict(t, 10.0, out);
    return Vector2(out.modes[0].vv(0, 0) - 1.0, out.modes[0].vv(1, 1) - 1.0);
  };
  const double calm = 10.0 * config.calm_noise_m2_s3;
  EXPECT_NEAR(gained(0.0)(0), calm, 1e-9);
  EXPECT_NEAR(gained(10.0)(0) - calm, 10.0 * 2.5e-6 * 100.0, 1e-9);
  EXPECT_NEAR(gained(10.0)(1) - calm, 10.0 * 2.5e-7 * 100.0, 1e-9);
  EXPECT_NEAR(gained(14.0)(0), gained(40.0)(0), 1e-9);
}

TEST(DeleterTest, ConfirmsByExistenceAndEndsByItsLack) {
  const TrackerConfig config;
  const Deleter deleter{config};
  Bernoulli t;
  t.existence = 0.999;
  t.first_odds = 0.01;
  t.plots_used = config.confirm_plots - 1;
  deleter.judge(t, true, 0.9, {});
  EXPECT_EQ(t.stage, TrackStage::tentative);
  ++t.plots_used;
  deleter.judge(t, true, 0.9, {});
  EXPECT_EQ(t.stage, TrackStage::confirmed);
  deleter.judge(t, false, 0.9, {});
  EXPECT_EQ(t.stage, TrackStage::coasting);
  deleter.judge(t, true, 0.9, {});
  EXPECT_EQ(t.stage, TrackStage::confirmed);
  t.existence = 0.5 * config.drop_existence;
  deleter.judge(t, false, 0.9, {});
  EXPECT_EQ(t.stage, TrackStage::ended);
}

TEST(DeleterTest, WithTwiceAsManyUnderTrialEachMustBeTwiceAsSure) {
  const TrackerConfig config;
  const Deleter deleter{config};
  const auto stage_at = [&](double doubt, double young) {
    Bernoulli t;
    t.existence = 1.0 - doubt * (1.0 - config.confirm_existence);
    t.weight[0] = 1.0;
    t.plots_used = config.confirm_plots;
    deleter.judge(t, true, 0.9, {.young = static_cast<std::size_t>(young)});
    return t.stage;
  };
  EXPECT_EQ(stage_at(0.9, config.confirm_young), TrackStage::confirmed);
  EXPECT_EQ(stage_at(0.9, 2.0 * config.confirm_young), TrackStage::tentative);
  EXPECT_EQ(stage_at(0.4, 2.0 * config.confirm_young), TrackStage::confirmed);
}

TEST(DeleterTest, WhereClutterIsTwiceAsDenseEachMustBeFourTimesAsSure) {
  TrackerConfig config;
  config.confirm_existence = 0.95;
  const auto stage_at = [&](double doubt, double clutter_per_km2, bool detected = true) {
    Bernoulli t;
    t.existence = 1.0 - doubt;
    t.weight[0] = 1.0;
    t.plots_used = config.confirm_plots;
    Deleter(config).judge(t, detected, 0.9, {.clutter_per_km2 = clutter_per_km2});
    return t.stage;
  };
  EXPECT_EQ(stage_at(0.049, 1e9), TrackStage::confirmed) << "not asked for";
  config.confirm_clutter_per_km2 = 2.0;
  EXPECT_EQ(stage_at(0.049, 2.0), TrackStage::confirmed);
  EXPECT_EQ(stage_at(0.049, 2.0, false), TrackStage::tentative) << "not by a miss";
  EXPECT_EQ(stage_at(0.013, 4.0), TrackStage::tentative);
  EXPECT_EQ(stage_at(0.012, 4.0), TrackStage::confirmed);
  EXPECT_EQ(stage_at(1.1e-5, 1e9), TrackStage::tentative);
  EXPECT_EQ(stage_at(0.9e-5, 1e9), TrackStage::confirmed) << "a ship is to be confirmed there, too";
  // Who asks for more everywhere is given that, and no more than the tracker can tell.
  config.confirm_existence = 0.999;
  EXPECT_EQ(stage_at(0.002, 4.0), TrackStage::tentative);
  EXPECT_EQ(stage_at(0.0009, 4.0), TrackStage::confirmed);
  config.confirm_existence = 0.99999999;
  EXPECT_EQ(stage_at(5e-9, 1e9), TrackStage::confirmed);
}

TEST(InitiatorTest, BelievesLittleWhereClutterIsThick) {
  const TrackerConfig config;
  const Initiator initiator{config};
  PlacedPlot plot;
  plot.birth_share = 0.01;
  EXPECT_TRUE(initiator.wants(plot, 1.0, 0));
  EXPECT_TRUE(initiator.wants(plot, 0.1, 0));  // a young track that claims it may yet turn out to be nothing
  EXPECT_FALSE(initiator.wants(plot, 0.01, 0));
  EXPECT_DOUBLE_EQ(initiator.begin(plot, 1.0).existence, 0.01);
}

TEST(InitiatorTest, LeavesThickClutterAloneOnlyWhereThereIsMuchToDo) {
  const TrackerConfig config;
  const Initiator initiator{config};
  PlacedPlot plot;
  plot.birth_share = 0.5 * config.busy_share;
  EXPECT_TRUE(initiator.wants(plot, 1.0, config.busy_tentative - 1));
  EXPECT_FALSE(initiator.wants(plot, 1.0, config.busy_tentative));
  plot.birth_share = 2.0 * config.busy_share;
  EXPECT_TRUE(initiator.wants(plot, 1.0, 10 * config.busy_tentative));
}

}  // namespace
}  // namespace headland::tracking
