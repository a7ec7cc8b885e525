// SPDX-License-Identifier: Apache-2.0
// What the gater must hold of every kind of track: which plots it lets in, and how likely it says they are.
#include <cmath>
#include <numbers>
#include <string>

#include "core/tracking/test/roles/roles.hpp"

namespace headland::tracking::test {
namespace {

constexpr double sigmas = 4.0;

struct GaterVariant {
  const char* name;
  Prediction (*make)(Random& random);
};

class GaterRole : public testing::TestWithParam<GaterVariant> {};

// By the textbook: the density of a normal distribution, and its distance, of one model.
double distance2_of(const Gaussian& g, const PlacedPlot& plot) {
  const Vector2 v = plot.position - g.position;
  const Matrix2 s = g.pp + plot.noise;
  return v.dot(inverse(s) * v);
}
double density_of(const Gaussian& g, const PlacedPlot& plot) {
  return std::exp(-0.5 * distance2_of(g, plot)) / (2.0 * std::numbers::pi * std::sqrt(determinant(g.pp + plot.noise)));
}

TEST_P(GaterRole, LetsInWhatLiesWithinTheGateOfAnyModelOfAVessel) {
  Random random(1);
  int in = 0;
  int out = 0;
  for (int round = 0; round < 2000; ++round) {
    const Prediction p = GetParam().make(random);
    const PlacedPlot plot = plot_near(random, p.mean.position, 40.0);
    double nearest = distance2_of(p.modes[0], plot);
    for (std::size_t m = 1; m < p.motions; ++m) nearest = std::min(nearest, distance2_of(p.modes[m], plot));
    if (p.weight[transient_model] > 0.0) nearest = std::min(nearest, distance2_of(p.modes[transient_model], plot));
    Candidate c;
    const bool inside = gate(p, Timestamp{}, plot, sigmas, c);
    EXPECT_EQ(inside, nearest < sigmas * sigmas) << std::sqrt(nearest);
    ++(inside ? in : out);
  }
  EXPECT_GT(in, 200);  // both happened
  EXPECT_GT(out, 200);
}

TEST_P(GaterRole, GivesTheDensityOfThePlotUnderEachModelAndTheirMixture) {
  Random random(2);
  for (int round = 0; round < 300; ++round) {
    const Prediction p = GetParam().make(random);
    const PlacedPlot plot = plot_near(random, p.mean.position, 8.0);
    Candidate c;
    if (!gate(p, Timestamp{}, plot, sigmas, c)) continue;
    double sum = 0.0;
    for (std::size_t m = 0; m < model_count; ++m) {
      if (m >= p.motions && (m != transient_model || p.weight[m] <= 0.0)) continue;
      const double expected = density_of(p.modes[m], plot) * (m == transient_model ? p.transient_goes_on : 1.0);
      EXPECT_NEAR(c.by_model[m], expected, 1e-9 * expected + 1e-15);
      sum += p.weight[m] * expected;
    }
    EXPECT_NEAR(c.likelihood, sum, 1e-9 * sum + 1e-15);
  }
}

TEST_P(GaterRole, LosesAboutAsManyOfAVesselsOwnPlotsAsTheGateLeavesOut) {
  // Two degrees of freedom: exp(-sigmas^2 / 2) lie outside the gate of the model that is true; others let some in.
  Random random(3);
  constexpr double narrow = 2.0;
  constexpr int rounds = 20000;
  int lost = 0;
  for (int round = 0; round < rounds; ++round) {
    Prediction p = GetParam().make(random);
    PlacedPlot plot = plot_near(random, {}, 0.0);
    const Matrix2 s = p.modes[0].pp + plot.noise;
    Matrix2 l;
    l << std::sqrt(s(0, 0)), 0.0, s(1, 0) / std::sqrt(s(0, 0)), 0.0;
    l(1, 1) = std::sqrt(s(1, 1) - l(1, 0) * l(1, 0));
    plot.position = p.modes[0].position + l * Vector2(random.normal(), random.normal());
    Candidate c;
    lost += gate(p, Timestamp{}, plot, narrow, c) ? 0 : 1;
  }
  const double share = static_cast<double>(lost) / rounds;
  EXPECT_LE(share, 1.05 * std::exp(-0.5 * narrow * narrow));
}

TEST_P(GaterRole, MovesThePlotToTheTimeOfThePrediction) {
  Random random(4);
  for (int round = 0; round < 300; ++round) {
    const Prediction p = GetParam().make(random);
    const PlacedPlot there = plot_near(random, p.mean.position, 8.0);
    PlacedPlot later = there;
    later.time = Timestamp{} + std::chrono::milliseconds(700);
    later.position += 0.7 * p.mean.velocity;
    Candidate a;
    Candidate b;
    ASSERT_EQ(gate(p, Timestamp{}, there, sigmas, a), gate(p, Timestamp{}, later, sigmas, b));
    EXPECT_NEAR((a.residual_of_position - b.residual_of_position).norm(), 0.0, 1e-9);
    EXPECT_NEAR(a.likelihood, b.likelihood, 1e-9 * a.likelihood + 1e-15);
  }
}

TEST_P(GaterRole, KnowsNoDirection) {
  Random random(5);
  for (int round = 0; round < 300; ++round) {
    const Prediction p = GetParam().make(random);
    const PlacedPlot plot = plot_near(random, p.mean.position, 15.0);
    Candidate a;
    Candidate b;
    ASSERT_EQ(gate(p, Timestamp{}, plot, sigmas, a), gate(rotated(p), Timestamp{}, rotated(plot), sigmas, b));
    EXPECT_NEAR(a.likelihood, b.likelihood, 1e-9 * a.likelihood + 1e-15);
  }
}

TEST_P(GaterRole, LooksAsFarAsAnyPlotInTheGateCanLie) {
  // gate_radius is the search before the gate: it must leave out nothing that the gate would let in.
  Random random(6);
  int in = 0;
  for (int round = 0; round < 5000; ++round) {
    Prediction p = GetParam().make(random);
    p.weight[transient_model] = 0.0;  // slower than any vessel, so never farther
    const PlacedPlot plot = plot_near(random, p.mean.position, 50.0);
    Candidate c;
    if (!gate(p, Timestamp{}, plot, sigmas, c)) continue;
    ++in;
    const double half = 0.5 * plot.noise.trace();
    const double noise = std::sqrt(half + std::sqrt(half * half - determinant(plot.noise)));
    EXPECT_LE((plot.position - p.mean.position).norm(), gate_radius(p, noise, sigmas) + 1e-9);
  }
  EXPECT_GT(in, 500);
}

Prediction first_plot(Random& random) { return random_prediction(random, false); }
Prediction known_velocity(Random& random) { return random_prediction(random, true); }
Prediction perhaps_transient(Random& random) {
  Prediction p = random_prediction(random, false);
  p.modes[transient_model] = p.modes[1];
  for (std::size_t m = 0; m < p.motions; ++m) p.weight[m] *= 0.4;
  p.weight[transient_model] = 0.6;
  p.transient_goes_on = 0.3;
  return p;
}

INSTANTIATE_TEST_SUITE_P(All, GaterRole,
                         testing::Values(GaterVariant{"first_plot", first_plot},
                                         GaterVariant{"known_velocity", known_velocity},
                                         GaterVariant{"perhaps_transient", perhaps_transient}),
                         [](const auto& variant) { return std::string(variant.param.name); });

}  // namespace
}  // namespace headland::tracking::test
