// SPDX-License-Identifier: Apache-2.0
#include "core/registration/joint_bias.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "core/base/random.hpp"

namespace headland::registration {
namespace {

constexpr double radian = std::numbers::pi / 180.0;
constexpr std::int64_t second = 1'000'000'000;

// A vessel as one radar at the origin and perhaps another 10 km east of it see it, against its AIS.
struct Sea {
  std::vector<Bias> truth;
  std::uint32_t liars = 0;
  double lie_m = 300.0;
};

void look(JointBias& joint, Random& random, std::uint16_t sensor, const Bias& truth, std::uint64_t vessel, double east,
          double north, double ve, double vn, double off_e, double off_n, double t_s) {
  const double e = east + ve * t_s - (sensor - 1) * 10'000.0;
  const double n = north + vn * t_s;
  const double range = std::hypot(e, n);
  const double ue = e / range, un = n / range;
  const double dr = truth.range_m + truth.range_scale * range + 8.0 * random.normal();
  const double db = truth.bearing_rad + 0.25 * radian * random.normal();
  JointLook l;
  l.witness = vessel;
  l.time_ns = static_cast<std::int64_t>(t_s * 1e9);
  l.east_m = dr * ue + db * range * un + off_e - ve * truth.time_s;
  l.north_m = dr * un - db * range * ue + off_n - vn * truth.time_s;
  l.parts[0] = {SensorId(sensor), {ue, range * un, -ve, range * ue}, {un, -range * ue, -vn, range * un}};
  const double vr = 64.0, vc = std::pow(0.25 * radian * range, 2);
  l.weight_ee = ue * ue / vr + un * un / vc;
  l.weight_en = ue * un / vr - un * ue / vc;
  l.weight_nn = un * un / vr + ue * ue / vc;
  l.own_east = {1.0, 0.0, ve};
  l.own_north = {0.0, 1.0, vn};
  joint.observe(l, {15.0, 15.0, 0.5});
}

JointBias found(const Sea& sea, std::uint64_t seed, std::uint32_t vessels = 60) {
  JointBias joint({});
  Random random(seed);
  for (std::uint64_t v = 0; v < vessels; ++v) {
    const double east = random.uniform(-12'000.0, 20'000.0), north = random.uniform(1'000.0, 12'000.0);
    const double ve = 6.0 * random.normal(), vn = 6.0 * random.normal();
    const bool lies = v < sea.liars;
    const double off_e = 10.0 * random.normal() + (lies ? sea.lie_m : 0.0), off_n = 10.0 * random.normal();
    for (int k = 0; k < 60; ++k) {
      for (std::size_t s = 0; s < sea.truth.size(); ++s) {
        look(joint, random, static_cast<std::uint16_t>(s + 1), sea.truth[s], 200'000'000 + v, east, north, ve, vn,
             off_e, off_n, 3.0 * k);
      }
    }
  }
  joint.solve(180 * second);
  return joint;
}

TEST(JointBias, finds_range_bearing_and_time_within_the_deviations_it_states) {
  int inside = 0, all = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Bias truth{35.0, 0.6 * radian, 0.3, 0.0};
    const auto e = found({{truth}}, seed).estimate(SensorId(1));
    EXPECT_LT(e.deviation.range_m, 4.0);
    EXPECT_LT(e.deviation.bearing_rad, 0.06 * radian);
    for (const auto& [off, deviation] : {std::pair(e.bias.range_m - 35.0, e.deviation.range_m),
                                         {e.bias.bearing_rad - 0.6 * radian, e.deviation.bearing_rad},
                                         {e.bias.time_s - 0.3, e.deviation.time_s}}) {
      ++all;
      if (std::abs(off) < 2.0 * deviation) ++inside;
    }
  }
  EXPECT_GE(inside, all * 88 / 100);
}

TEST(JointBias, the_difference_of_two_radars_is_known_better_than_either) {
  const auto joint = found({{{35.0, 0.6 * radian, 0.3, 0.0}, {-20.0, -0.4 * radian, 0.0, 0.0}}}, 3, 200);
  const auto a = joint.estimate(SensorId(1));
  const auto b = joint.estimate(SensorId(2));
  EXPECT_NEAR(a.bias.time_s - b.bias.time_s, 0.3, 0.1);
  EXPECT_NEAR(a.bias.range_m, 35.0, 6.0);
  EXPECT_NEAR(b.bias.range_m, -20.0, 6.0);
  EXPECT_NEAR(b.bias.bearing_rad / radian, -0.4, 0.06);
}

TEST(JointBias, vessels_that_lie_do_not_move_it) {
  const auto e = found({{{35.0, 0.6 * radian, 0.0, 0.0}}, 15}, 4).estimate(SensorId(1));
  EXPECT_NEAR(e.bias.range_m, 35.0, 8.0);
  EXPECT_NEAR(e.bias.bearing_rad / radian, 0.6, 0.1);
  EXPECT_EQ(e.refused, 15U);
}

TEST(JointBias, a_range_scale_is_found_where_it_is_significant_and_none_where_it_is_not) {
  const auto scaled = found({{{0.0, 0.0, 0.0, 0.004}}}, 5).estimate(SensorId(1));
  EXPECT_NEAR(scaled.bias.range_scale, 0.004, 0.001);
  const auto plain = found({{{30.0, 0.0, 0.0, 0.0}}}, 5).estimate(SensorId(1));
  EXPECT_NEAR(plain.bias.range_scale, 0.0, 1e-6);
  // How large a one may go unseen is said, not that there is none.
  EXPECT_GT(plain.deviation.range_scale, 1e-5);
  EXPECT_LT(plain.deviation.range_scale, JointBiasConfig{}.prior_range_scale);
}

TEST(JointBias, knows_nothing_before_anybody_was_heard) {
  const JointBias joint({});
  const auto e = joint.estimate(SensorId(1));
  EXPECT_EQ(e.vessels, 0U);
  EXPECT_EQ(e.deviation.range_m, JointBiasConfig{}.prior_range_m);
}

TEST(JointBias, begun_anew_it_believes_what_it_is_told_until_it_knows_better) {
  auto joint = found({{{35.0, 0.6 * radian, 0.0, 0.0}}}, 6);
  joint.restart(SensorId(1), {.bearing_rad = 2.0 * radian}, {.bearing_rad = 0.5 * radian});
  EXPECT_NEAR(joint.estimate(SensorId(1)).bias.bearing_rad / radian, 2.0, 1e-9);
  joint.solve(181 * second);
  EXPECT_NEAR(joint.estimate(SensorId(1)).bias.bearing_rad / radian, 2.0, 1e-9);
  EXPECT_EQ(joint.estimate(SensorId(1)).vessels, 0U);
}

TEST(JointBias, stated_deviations_cover_what_vessels_disagree_beyond_their_own_word) {
  int within = 0;
  constexpr int trials = 60;
  for (int trial = 0; trial < trials; ++trial) {
    JointBias joint({});
    Random random(100 + static_cast<std::uint64_t>(trial));
    const Bias truth{.range_m = 20.0, .bearing_rad = 0.5 * radian};
    for (std::uint64_t v = 0; v < 10; ++v) {
      const double east = random.uniform(-6'000.0, 6'000.0), north = random.uniform(1'000.0, 6'000.0);
      const double ve = 6.0 * random.normal(), vn = 6.0 * random.normal();
      // Twice as far off as the vessels' prior says.
      const double off_e = 30.0 * random.normal(), off_n = 30.0 * random.normal();
      for (int k = 0; k < 20; ++k) {
        look(joint, random, 1, truth, 200'000'000 + v, east, north, ve, vn, off_e, off_n, 3.0 * k);
      }
    }
    joint.solve(60 * second);
    const auto e = joint.estimate(SensorId(1));
    if (std::abs(e.bias.bearing_rad - truth.bearing_rad) < 2.0 * e.deviation.bearing_rad) ++within;
  }
  // Witnesses so far off that they are trimmed do not show their scatter: less than 95 %.
  EXPECT_GE(within, trials * 85 / 100);
}

}  // namespace
}  // namespace headland::registration
