// SPDX-License-Identifier: Apache-2.0
// What associators and motions must hold, whichever way it is done: one suite a role, every variant in it. The other
// roles have files of their own beside this.
#include "core/tracking/test/roles/roles.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>

#include <gtest/gtest.h>

#include "core/tracking/filter/enumerator.hpp"
#include "core/tracking/filter/predictor.hpp"

namespace headland::tracking::test {
namespace {

AssociationProblem some_problem(Random& random, std::size_t tracks, std::size_t plots, double density) {
  AssociationProblem problem;
  problem.tracks = tracks;
  for (std::size_t p = 0; p < plots; ++p) problem.plot_alone.push_back(std::exp(random.uniform(-3.0, 1.0)));
  for (std::size_t t = 0; t < tracks; ++t) {
    for (std::size_t p = 0; p < plots; ++p) {
      if (random.uniform() < density) problem.pairs.push_back({t, p, std::exp(random.uniform(-3.0, 4.0))});
    }
  }
  return problem;
}

// Every joint hypothesis: its weight is the product over its pairs of weight over the plot's own density. `best_only`:
// of those that give the same plots to the same tracks only the heaviest counts.
AssociationResult brute_force(const AssociationProblem& problem, bool best_only) {
  struct Joint {
    double weight;
    std::vector<std::size_t> pairs;
  };
  std::vector<Joint> all;
  std::vector<std::size_t> chosen;
  const std::function<void(std::size_t, std::uint32_t, double)> go = [&](std::size_t track, std::uint32_t used,
                                                                         double weight) {
    if (track == problem.tracks) {
      all.push_back({weight, chosen});
      return;
    }
    go(track + 1, used, weight);
    for (std::size_t k = 0; k < problem.pairs.size(); ++k) {
      const auto& pair = problem.pairs[k];
      if (pair.track != track || (used >> pair.plot & 1U) != 0) continue;
      chosen.push_back(k);
      go(track + 1, used | 1U << pair.plot, weight * pair.weight / problem.plot_alone[pair.plot]);
      chosen.pop_back();
    }
  };
  go(0, 0, 1.0);
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> heaviest;
  const auto key = [&](const Joint& j) {
    std::pair<std::uint32_t, std::uint32_t> sets{0, 0};
    for (const std::size_t k : j.pairs) {
      sets.first |= 1U << problem.pairs[k].track;
      sets.second |= 1U << problem.pairs[k].plot;
    }
    return sets;
  };
  for (const Joint& j : all) heaviest[key(j)] = std::max(heaviest[key(j)], j.weight);
  AssociationResult r;
  r.pair.assign(problem.pairs.size(), 0.0);
  r.track_none.assign(problem.tracks, 1.0);
  r.plot_none.assign(problem.plot_alone.size(), 1.0);
  double total = 0.0;
  for (const Joint& j : all) {
    if (best_only && j.weight < heaviest[key(j)]) continue;
    total += j.weight;
    for (const std::size_t k : j.pairs) r.pair[k] += j.weight;
  }
  for (std::size_t k = 0; k < r.pair.size(); ++k) {
    r.pair[k] /= total;
    r.track_none[problem.pairs[k].track] -= r.pair[k];
    r.plot_none[problem.pairs[k].plot] -= r.pair[k];
  }
  return r;
}

struct AssociatorVariant {
  const char* name;
  void (*solve)(const AssociationProblem& problem, AssociationResult& result);
  bool best_only;
  double loop_tolerance;  // where tracks and plots make loops; without, all are exact
};

void by_propagation(const AssociationProblem& problem, AssociationResult& result) {
  Associator{}.solve(problem, result);
}
void by_enumeration(const AssociationProblem& problem, AssociationResult& result) {
  SharingResult shared;
  ASSERT_TRUE(Enumerator{}.solve(problem, {}, result, shared));
}

class AssociatorRole : public testing::TestWithParam<AssociatorVariant> {};

TEST_P(AssociatorRole, GivesEachTrackAndEachPlotProbabilitiesThatSumToOne) {
  Random random(7);
  for (int round = 0; round < 300; ++round) {
    const auto problem = some_problem(random, 1 + random.below(4), 1 + random.below(5), 0.6);
    AssociationResult r;
    GetParam().solve(problem, r);
    std::vector<double> track = r.track_none;
    std::vector<double> plot = r.plot_none;
    for (std::size_t k = 0; k < problem.pairs.size(); ++k) {
      EXPECT_GE(r.pair[k], -1e-12);
      track[problem.pairs[k].track] += r.pair[k];
      plot[problem.pairs[k].plot] += r.pair[k];
    }
    for (const double sum : track) EXPECT_NEAR(sum, 1.0, 1e-3);
    for (const double sum : plot) EXPECT_NEAR(sum, 1.0, 1e-3);  // no plot is two tracks'
  }
}

TEST_P(AssociatorRole, DoesNotCareInWhichOrderTracksAndPlotsCome) {
  Random random(8);
  for (int round = 0; round < 100; ++round) {
    const std::size_t tracks = 1 + random.below(4);
    const std::size_t plots = 1 + random.below(5);
    const auto problem = some_problem(random, tracks, plots, 0.7);
    AssociationProblem turned;
    turned.tracks = tracks;
    turned.plot_alone.assign(problem.plot_alone.rbegin(), problem.plot_alone.rend());
    for (auto p = problem.pairs.rbegin(); p != problem.pairs.rend(); ++p) {
      turned.pairs.push_back({tracks - 1 - p->track, plots - 1 - p->plot, p->weight});
    }
    AssociationResult a;
    AssociationResult b;
    GetParam().solve(problem, a);
    GetParam().solve(turned, b);
    for (std::size_t k = 0; k < a.pair.size(); ++k) EXPECT_NEAR(a.pair[k], b.pair[a.pair.size() - 1 - k], 1e-3);
    for (std::size_t t = 0; t < tracks; ++t) EXPECT_NEAR(a.track_none[t], b.track_none[tracks - 1 - t], 1e-3);
  }
}

TEST_P(AssociatorRole, AgreesWithAllHypothesesOfSmallCases) {
  Random random(9);
  for (int round = 0; round < 300; ++round) {
    const bool tree = round % 2 == 0;  // one track, or one plot: no loop
    const std::size_t tracks = tree && round % 4 == 0 ? 1 : 1 + random.below(4);
    const std::size_t plots = tree && tracks > 1 ? 1 : 1 + random.below(4);
    const auto problem = some_problem(random, tracks, plots, 0.8);
    AssociationResult r;
    GetParam().solve(problem, r);
    const AssociationResult exact = brute_force(problem, GetParam().best_only);
    const double tolerance = tracks == 1 || plots == 1 ? 1e-4 : GetParam().loop_tolerance;
    for (std::size_t k = 0; k < r.pair.size(); ++k) EXPECT_NEAR(r.pair[k], exact.pair[k], tolerance) << round;
    for (std::size_t t = 0; t < tracks; ++t) EXPECT_NEAR(r.track_none[t], exact.track_none[t], tolerance) << round;
  }
}

TEST_P(AssociatorRole, LeavesTheTracksAloneWhereThereIsNoPlot) {
  AssociationProblem problem;
  problem.tracks = 3;
  AssociationResult r;
  GetParam().solve(problem, r);
  EXPECT_EQ(r.track_none, std::vector<double>(3, 1.0));
}

INSTANTIATE_TEST_SUITE_P(All, AssociatorRole,
                         testing::Values(AssociatorVariant{"propagation", by_propagation, false, 0.25},
                                         AssociatorVariant{"enumeration", by_enumeration, true, 1e-9}),
                         [](const auto& variant) { return std::string(variant.param.name); });

// What README.md says of it: clusters that make loops, of up to four tracks and as many plots that most tracks may
// have.
TEST(PropagationTest, ErrsByAsMuchAsIsSaid) {
  Random random(10);
  std::vector<double> errors;
  for (int round = 0; round < 1000; ++round) {
    const auto problem = some_problem(random, 2 + random.below(3), 2 + random.below(3), 0.8);
    AssociationResult r;
    by_propagation(problem, r);
    const AssociationResult exact = brute_force(problem, false);
    for (std::size_t k = 0; k < r.pair.size(); ++k) errors.push_back(std::abs(r.pair[k] - exact.pair[k]));
  }
  std::sort(errors.begin(), errors.end());
  const double mean = std::accumulate(errors.begin(), errors.end(), 0.0) / static_cast<double>(errors.size());
  EXPECT_LT(mean, 0.01);
  EXPECT_LT(errors[errors.size() * 95 / 100], 0.05);
  EXPECT_LT(errors.back(), 0.25);
}

struct MotionVariant {
  const char* name;
  void (*go)(Gaussian& g, double dt);
};

class MotionRole : public testing::TestWithParam<MotionVariant> {};

Gaussian some_gaussian() {
  Gaussian g;
  g.position << 100.0, -200.0;
  g.velocity << 3.0, 4.0;
  g.pp << 25.0, 6.0, 6.0, 16.0;
  g.vv << 4.0, -1.0, -1.0, 2.0;
  g.pv << 2.0, 0.5, -0.3, 1.0;
  return g;
}

TEST_P(MotionRole, StaysWhereItIsInNoTime) {
  Gaussian g = some_gaussian();
  GetParam().go(g, 0.0);
  expect_near(g, some_gaussian());
}

TEST_P(MotionRole, KnowsNoDirection) {
  Gaussian a = some_gaussian();
  Gaussian b = rotated(some_gaussian());
  GetParam().go(a, 3.7);
  GetParam().go(b, 3.7);
  expect_near(rotated(a), b);
}

TEST_P(MotionRole, ComesToTheSamePlaceInTwoStepsAsInOne) {
  Gaussian once = some_gaussian();
  Gaussian twice = some_gaussian();
  GetParam().go(once, 5.0);
  GetParam().go(twice, 2.0);
  GetParam().go(twice, 3.0);
  EXPECT_NEAR((once.position - twice.position).norm(), 0.0, 1e-8);
  EXPECT_NEAR((once.velocity - twice.velocity).norm(), 0.0, 1e-9);
}

TEST_P(MotionRole, KeepsCovariancesSymmetricAndPositive) {
  for (const double dt : {0.01, 1.0, 2.5, 30.0, 180.0}) {
    Gaussian g = some_gaussian();
    GetParam().go(g, dt);
    EXPECT_NEAR(g.pp(0, 1), g.pp(1, 0), 1e-9 * g.pp.trace());
    EXPECT_NEAR(g.vv(0, 1), g.vv(1, 0), 1e-9 * g.vv.trace());
    expect_positive(g);
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, MotionRole,
    testing::Values(MotionVariant{"calm", [](Gaussian& g, double dt) { move(g, dt, 0.00002, 0.0); }},
                    MotionVariant{"lively", [](Gaussian& g, double dt) { move(g, dt, 0.005, 0.0); }},
                    MotionVariant{"agile", [](Gaussian& g, double dt) { move(g, dt, 2.0, 0.0); }},
                    MotionVariant{"starboard", [](Gaussian& g, double dt) { move(g, dt, 0.3, 0.14); }},
                    MotionVariant{"port", [](Gaussian& g, double dt) { move(g, dt, 0.3, -0.14); }},
                    MotionVariant{"stopped", [](Gaussian& g, double dt) { settle(g, dt); }}),
    [](const auto& variant) { return std::string(variant.param.name); });

}  // namespace
}  // namespace headland::tracking::test
