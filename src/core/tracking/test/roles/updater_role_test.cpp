// SPDX-License-Identifier: Apache-2.0
// What the updater must hold of every kind of track, with one plot, with doubtful ones, with none.
#include <deque>
#include <string>
#include <vector>

#include "core/tracking/filter/updater.hpp"
#include "core/tracking/test/roles/roles.hpp"

namespace headland::tracking::test {
namespace {

struct UpdaterVariant {
  const char* name;
  bool spread;
  bool transient;
};

// Plots in the gate of a prediction, each with its share.
struct Given {
  std::deque<PlacedPlot> plots;
  std::deque<Candidate> candidates;
  std::vector<WeightedCandidate> weighted;
  // A model under which the first plot is all but impossible leaves it alone.
  [[nodiscard]] bool is_lost_on(std::size_t model) const {
    return candidates[0].by_model[model] < 1e-4 * candidates[0].likelihood;
  }
  bool add(const Prediction& p, const PlacedPlot& plot, double share) {
    Candidate c;
    if (!gate(p, Timestamp{}, plot, 6.0, c)) return false;
    plots.push_back(plot);
    candidates.push_back(c);
    weighted.push_back({&candidates.back(), &plots.back(), share});
    return true;
  }
};

class UpdaterRole : public testing::TestWithParam<UpdaterVariant> {
 protected:
  static Prediction make(Random& random) {
    Prediction p = random_prediction(random, GetParam().spread);
    if (!GetParam().transient) return p;
    for (std::size_t m = 0; m < p.motions; ++m) p.weight[m] *= 0.7;
    p.weight[transient_model] = 0.3;
    p.modes[transient_model] = p.modes[1];
    return p;
  }
  static Bernoulli track() {
    Bernoulli t;
    t.spread = GetParam().spread;
    return t;
  }
  static double sum_of(const Bernoulli& t) {
    double sum = 0.0;
    for (const double w : t.weight) sum += w;
    return sum;
  }
};

TEST_P(UpdaterRole, KeepsWeightsThatSumToOneAndCovariancesThatArePositive) {
  Random random(1);
  for (int round = 0; round < 3000; ++round) {
    const Prediction p = make(random);
    Given given;
    double left = 1.0;
    for (std::uint32_t k = random.below(4); k > 0; --k) {
      const double share = left * random.uniform();
      if (given.add(p, plot_near(random, p.mean.position, 12.0), share)) left -= share;
    }
    Bernoulli t = track();
    update(p, given.weighted, left, t);
    EXPECT_NEAR(sum_of(t), 1.0, 1e-9);
    for (std::size_t m = 0; m < t.used_motions(); ++m) {
      EXPECT_GE(t.weight[m], 0.0);
      expect_positive(t.modes[m]);
    }
  }
}

TEST_P(UpdaterRole, ChangesNothingWhereNoPlotIsTheTracks) {
  Random random(2);
  for (int round = 0; round < 100; ++round) {
    const Prediction p = make(random);
    Bernoulli t = track();
    update(p, {}, 1.0, t);
    for (std::size_t m = 0; m < p.motions; ++m) {
      expect_near(t.modes[m], p.modes[m]);
      EXPECT_NEAR(t.weight[m], p.weight[m], 1e-9);
    }
    EXPECT_EQ(t.spread, GetParam().spread);  // no second plot: no velocity
  }
}

TEST_P(UpdaterRole, IsTheKalmanFilterOfEachModelForOneCertainPlot) {
  Random random(3);
  for (int round = 0; round < 300; ++round) {
    const Prediction p = make(random);
    Given given;
    if (!given.add(p, plot_near(random, p.mean.position, 10.0), 1.0)) continue;
    Bernoulli t = track();
    update(p, given.weighted, 0.0, t);
    ASSERT_TRUE(t.spread);             // a second plot gives a velocity
    if (!GetParam().spread) continue;  // its models part then: see the next test
    const PlacedPlot& plot = given.plots[0];
    for (std::size_t m = 0; m < p.motions; ++m) {
      if (given.is_lost_on(m)) continue;
      const Gaussian& g = p.modes[m];
      const Matrix2 k = g.pp * inverse(g.pp + plot.noise);
      const Matrix2 kv = g.pv.transpose() * inverse(g.pp + plot.noise);
      const Vector2 nu = plot.position - g.position;
      expect_near(t.modes[m],
                  {g.position + k * nu, g.velocity + kv * nu, g.pp - k * g.pp, g.pv - k * g.pv, g.vv - kv * g.pv});
    }
  }
}

TEST_P(UpdaterRole, NeverGetsLessSureByACertainPlot) {
  Random random(4);
  for (int round = 0; round < 500; ++round) {
    const Prediction p = make(random);
    Given given;
    if (!given.add(p, plot_near(random, p.mean.position, 10.0), 1.0)) continue;
    Bernoulli t = track();
    update(p, given.weighted, 0.0, t);
    // The models of a track of one plot part at its second: of them, the fast one keeps its own.
    const std::size_t last = GetParam().spread ? p.motions : 1;
    for (std::size_t m = GetParam().spread ? 0 : 2; m < std::max<std::size_t>(last, 3); ++m) {
      if (given.is_lost_on(GetParam().spread ? m : 0)) continue;
      const Gaussian& before = p.modes[GetParam().spread ? m : 0];
      EXPECT_LT(t.modes[m].pp.trace(), before.pp.trace());
      EXPECT_LE(t.modes[m].vv.trace(), before.vv.trace() + 1e-9);
      EXPECT_LE(t.modes[m].pp.trace(), given.plots[0].noise.trace() + 1e-9);  // nor than the plot alone
    }
  }
}

// A track of one plot has no more than three models, which part at its second: what follows is of the others.
class UpdaterOfKnownVelocity : public UpdaterRole {};

TEST_P(UpdaterOfKnownVelocity, HasTheMeanAndTheSpreadOfWhatThePlotsSay) {
  // Two plots that may be it and the chance of none: moments of the mixture, model by model.
  Random random(5);
  for (int round = 0; round < 300; ++round) {
    const Prediction p = make(random);
    Given both;
    if (!both.add(p, plot_near(random, p.mean.position, 10.0), 0.5) ||
        !both.add(p, plot_near(random, p.mean.position, 10.0), 0.3)) {
      continue;
    }
    Bernoulli t = track();
    update(p, both.weighted, 0.2, t);
    for (std::size_t m = 0; m < p.motions; ++m) {
      double total = 0.2;
      Vector2 mean = 0.2 * p.modes[m].position;
      Matrix2 second = 0.2 * (p.modes[m].pp + p.modes[m].position * p.modes[m].position.transpose());
      for (const WeightedCandidate& w : both.weighted) {
        Given one;
        ASSERT_TRUE(one.add(p, *w.plot, 1.0));
        Bernoulli alone = track();
        update(p, one.weighted, 0.0, alone);
        const double share = w.probability * w.candidate->by_model[m] / w.candidate->likelihood;
        total += share;
        mean += share * alone.modes[m].position;
        second += share * (alone.modes[m].pp + alone.modes[m].position * alone.modes[m].position.transpose());
      }
      mean /= total;
      EXPECT_NEAR((t.modes[m].position - mean).norm(), 0.0, 0.01);
      EXPECT_NEAR((t.modes[m].pp - (second / total - mean * mean.transpose())).norm(), 0.0,
                  0.05 + 1e-2 * t.modes[m].pp.trace());
    }
  }
}

TEST_P(UpdaterRole, BelievesTheModelThatForetoldThePlot) {
  Random random(6);
  for (int round = 0; round < 300; ++round) {
    Prediction p = make(random);
    p.modes[1].position = p.modes[0].position + Vector2(60.0, 0.0);
    Given given;
    PlacedPlot plot = plot_near(random, p.modes[1].position, 0.0);
    if (!given.add(p, plot, 1.0)) continue;
    if (given.candidates[0].by_model[1] < 3.0 * given.candidates[0].by_model[0]) continue;
    Bernoulli t = track();
    update(p, given.weighted, 0.0, t);
    if (!GetParam().spread) {  // calm is both by then: what foretold it is nearer to the mean
      EXPECT_LT((t.modes[0].position - plot.position).norm(), (p.mean.position - plot.position).norm());
    } else {
      EXPECT_GT(t.weight[1] / t.weight[0], 2.9 * p.weight[1] / p.weight[0]);
    }
  }
}

TEST_P(UpdaterRole, KnowsNoDirectionAndNoOrderOfPlots) {
  Random random(7);
  for (int round = 0; round < 300; ++round) {
    const Prediction p = make(random);
    const PlacedPlot one = plot_near(random, p.mean.position, 8.0);
    const PlacedPlot two = plot_near(random, p.mean.position, 8.0);
    Given forth;
    Given back;
    if (!forth.add(p, one, 0.6) || !forth.add(p, two, 0.3)) continue;
    const Prediction turned = rotated(p);
    ASSERT_TRUE(back.add(turned, rotated(two), 0.3) && back.add(turned, rotated(one), 0.6));
    Bernoulli a = track();
    Bernoulli b = track();
    update(p, forth.weighted, 0.1, a);
    update(turned, back.weighted, 0.1, b);
    for (std::size_t m = 0; m < a.used_motions(); ++m) {
      EXPECT_NEAR(a.weight[m], b.weight[m], 1e-9);
      EXPECT_NEAR((rotated(a.modes[m]).position - b.modes[m].position).norm(), 0.0, 1e-6);
      EXPECT_NEAR((rotated(a.modes[m]).pp - b.modes[m].pp).norm(), 0.0, 1e-6);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, UpdaterOfKnownVelocity,
                         testing::Values(UpdaterVariant{"known_velocity", true, false},
                                         UpdaterVariant{"known_velocity_perhaps_transient", true, true}),
                         [](const auto& variant) { return std::string(variant.param.name); });
INSTANTIATE_TEST_SUITE_P(All, UpdaterRole,
                         testing::Values(UpdaterVariant{"second_plot", false, false},
                                         UpdaterVariant{"second_plot_perhaps_transient", false, true},
                                         UpdaterVariant{"known_velocity", true, false},
                                         UpdaterVariant{"known_velocity_perhaps_transient", true, true}),
                         [](const auto& variant) { return std::string(variant.param.name); });

}  // namespace
}  // namespace headland::tracking::test
