// SPDX-License-Identifier: Apache-2.0
// What a track must be when it begins, whoever begins it: a plot that nobody claims, or an operator.
#include <string>

#include "core/tracking/life/initiator.hpp"
#include "core/tracking/operate/by_hand.hpp"
#include "core/tracking/test/roles/roles.hpp"

namespace headland::tracking::test {
namespace {

const Timestamp when = from_epoch_seconds(1'700'000'000.0);

PlacedPlot plot_at(double east, double north, double deviation) {
  PlacedPlot plot;
  plot.time = when;
  plot.position << east, north;
  plot.noise = deviation * deviation * Matrix2::Identity();
  plot.birth_share = 0.2;
  plot.transient_share = 0.1;
  plot.transient_reach = 1.0;
  return plot;
}

struct InitiatorVariant {
  const char* name;
  Bernoulli (*begin)(double east, double north, double deviation);
  bool perhaps_nothing;  // it may be a transient, or no vessel
};

class InitiatorRole : public testing::TestWithParam<InitiatorVariant> {};

TEST_P(InitiatorRole, BeginsAliveAtItsPlaceAndTime) {
  const Bernoulli t = GetParam().begin(1234.0, -567.0, 30.0);
  EXPECT_TRUE(t.alive);
  EXPECT_FALSE(t.spread);
  EXPECT_EQ(t.time, when);
  EXPECT_EQ(t.began, when);
  EXPECT_EQ(t.last_plot, when);
  for (std::size_t m = 0; m < first_motions; ++m) {
    EXPECT_EQ(t.modes[m].position, Vector2(1234.0, -567.0));
    EXPECT_NEAR(t.modes[m].pp(0, 0), 900.0, 1e-9);
    EXPECT_NEAR(t.modes[m].pp(1, 1), 900.0, 1e-9);
  }
}

TEST_P(InitiatorRole, HasWeightsThatSumToOneAndOddsThatFitItsExistence) {
  const Bernoulli t = GetParam().begin(1000.0, 2000.0, 10.0);
  double sum = 0.0;
  for (const double w : t.weight) {
    EXPECT_GE(w, 0.0);
    sum += w;
  }
  EXPECT_NEAR(sum, 1.0, 1e-12);
  EXPECT_GT(t.existence, 0.0);
  EXPECT_LT(t.existence, 1.0);
  const double vessel = t.existence * (1.0 - t.weight[transient_model]);
  EXPECT_NEAR(t.first_odds, vessel / (1.0 - vessel), 1e-9);
  EXPECT_EQ(t.weight[transient_model] > 0.0, GetParam().perhaps_nothing);
  EXPECT_GT(t.starts[0].reach, 0.0);  // it is divided by
}

TEST_P(InitiatorRole, KnowsNothingOfItsSpeedButThatVesselsHaveBounds) {
  const Bernoulli t = GetParam().begin(1000.0, 2000.0, 10.0);
  const TrackerConfig config;
  EXPECT_EQ(t.modes[0].velocity, Vector2(0.0, 0.0));
  EXPECT_NEAR(t.modes[0].vv(0, 0), config.prior_speed_mps * config.prior_speed_mps, 1e-9);
  EXPECT_LT(t.modes[1].vv(0, 0), 0.1 * t.modes[0].vv(0, 0));  // or it is slow
  EXPECT_LT(t.modes[2].vv(0, 0), t.modes[0].vv(0, 0));        // or steady, as most are
  EXPECT_GT(t.modes[2].vv(0, 0), t.modes[1].vv(0, 0));
  EXPECT_GT(t.weight[2], t.weight[0]);
  for (std::size_t m = 0; m < first_motions; ++m) {
    EXPECT_EQ(t.modes[m].vv(0, 0), t.modes[m].vv(1, 1));
    EXPECT_EQ(t.modes[m].pv, Matrix2(Matrix2::Zero()));
    expect_positive(t.modes[m]);
  }
}

TEST_P(InitiatorRole, IsUnbiasedSoThatAnyVesselOfItsSpeedIsInTheNextGate) {
  // What is at the place with the speed of the prior, a turn later, lies in the gate about as often as it says.
  Random random(1);
  const TrackerConfig config;
  const Predictor predictor(config);
  const Bernoulli t = GetParam().begin(1000.0, 2000.0, 20.0);
  constexpr int rounds = 4000;
  constexpr double turn_s = 2.5;
  Prediction p;
  predictor.predict(t, turn_s, p);
  int in = 0;
  for (int round = 0; round < rounds; ++round) {
    const Vector2 velocity(random.normal() * config.prior_speed_mps, random.normal() * config.prior_speed_mps);
    PlacedPlot plot = plot_at(0.0, 0.0, 10.0);
    plot.time = when + to_duration(Seconds(turn_s));
    plot.position = Vector2(1000.0 + 20.0 * random.normal(), 2000.0 + 20.0 * random.normal()) + turn_s * velocity +
                    Vector2(10.0 * random.normal(), 10.0 * random.normal());
    Candidate c;
    in += gate(p, plot.time, plot, 3.0, c) ? 1 : 0;
  }
  EXPECT_GT(static_cast<double>(in) / rounds, 0.98);  // 1 - exp(-4.5) = 0.989
}

Bernoulli by_plot(double east, double north, double deviation) {
  return Initiator(TrackerConfig{}).begin(plot_at(east, north, deviation), 0.9);
}
Bernoulli by_operator(double east, double north, double deviation) {
  return begin_by_hand(TrackerConfig{}, Vector2(east, north), Metres(deviation), when);
}

TEST(InitiatorRoleOfAll, AnOperatorIsBelievedMoreThanAPlot) {
  EXPECT_GT(by_operator(0, 0, 10).existence, by_plot(0, 0, 10).existence);
  EXPECT_EQ(by_operator(0, 0, 10).stage, TrackStage::confirmed);
  EXPECT_EQ(by_plot(0, 0, 10).stage, TrackStage::tentative);
}

INSTANTIATE_TEST_SUITE_P(All, InitiatorRole,
                         testing::Values(InitiatorVariant{"by_plot", by_plot, true},
                                         InitiatorVariant{"by_operator", by_operator, false}),
                         [](const auto& variant) { return std::string(variant.param.name); });

}  // namespace
}  // namespace headland::tracking::test
