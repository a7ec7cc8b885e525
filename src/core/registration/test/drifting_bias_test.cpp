// SPDX-License-Identifier: Apache-2.0
#include "core/registration/drifting_bias.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "core/base/random.hpp"

namespace headland::registration {
namespace {

constexpr double radian = std::numbers::pi / 180.0;
constexpr std::int64_t second = 1'000'000'000;

struct Course {
  double within = 0.0;  // share of the minutes after the fifth at which the truth lies within 2 deviations
  double worst_rad = 0.0;
  double deviation_rad = 0.0;
};

// Twenty vessels about a radar whose bearings are `bias_rad(seconds)` off.
template <class F>
Course follow(F bias_rad) {
  DriftingBias drifting({});
  Random random(3);
  std::vector<std::array<double, 4>> vessels;
  for (int v = 0; v < 20; ++v) {
    vessels.push_back({random.uniform(-6'000.0, 6'000.0), random.uniform(-6'000.0, 6'000.0), 10.0 * random.normal(),
                       10.0 * random.normal()});
  }
  Course out;
  int minutes = 0;
  for (int t = 0; t <= 1500; t += 3) {
    for (std::size_t v = 0; v < vessels.size(); ++v) {
      const auto& [e, n, off_e, off_n] = vessels[v];
      const double range = std::hypot(e, n), ue = e / range, un = n / range;
      const double db = bias_rad(t) + 0.25 * radian * random.normal();
      const double dr = 8.0 * random.normal();
      JointLook l;
      l.witness = 200'000'000 + v;
      l.time_ns = t * second;
      l.east_m = dr * ue + db * range * un + off_e;
      l.north_m = dr * un - db * range * ue + off_n;
      l.parts[0] = {SensorId(1), {ue, range * un, 0.0, range * ue}, {un, -range * ue, 0.0, range * un}};
      const double vr = 64.0, vc = std::pow(0.25 * radian * range, 2);
      l.weight_ee = ue * ue / vr + un * un / vc;
      l.weight_en = ue * un / vr - un * ue / vc;
      l.weight_nn = un * un / vr + ue * ue / vc;
      l.own_east = {1.0, 0.0, 0.0};
      l.own_north = {0.0, 1.0, 0.0};
      drifting.observe(l, {15.0, 15.0, 0.5});
    }
    drifting.solve(t * second);
    if (t < 300 || t % 60 != 0) continue;
    ++minutes;
    const auto e = drifting.estimate(SensorId(1));
    const double off = std::abs(e.bias.bearing_rad - bias_rad(t));
    out.within += off < 2.0 * e.deviation.bearing_rad ? 1.0 : 0.0;
    out.worst_rad = std::max(out.worst_rad, off);
    out.deviation_rad = e.deviation.bearing_rad;
  }
  out.within /= minutes;
  return out;
}

TEST(DriftingBias, what_stands_still_is_known_as_well_as_by_all_looks) {
  const Course c = follow([](double) { return 0.5 * radian; });
  EXPECT_GE(c.within, 0.9);
  EXPECT_LT(c.worst_rad, 0.1 * radian);
  EXPECT_LT(c.deviation_rad, 0.1 * radian);
}

TEST(DriftingBias, a_bearing_that_wanders_is_followed_and_its_deviation_grows) {
  const auto wander = [](double t) { return (2.0 * std::sin(t / 250.0)) * radian; };
  const Course c = follow(wander);
  // A swing is no random walk: less than 95 %. One least squares with the long memory comes to 5 %.
  EXPECT_GE(c.within, 0.7);
  EXPECT_LT(c.worst_rad, 1.5 * radian);
  EXPECT_GT(c.deviation_rad, 0.2 * radian);
}

TEST(DriftingBias, a_restart_of_the_program_forgets_nothing) {
  DriftingBias a({});
  JointLook l;
  l.witness = 1, l.time_ns = second;
  l.east_m = 50.0;
  l.parts[0] = {SensorId(1), {0.0, 5'000.0, 0.0, 0.0}, {1.0, 0.0, 0.0, 5'000.0}};
  l.weight_ee = l.weight_nn = 0.01;
  l.own_east = {1.0, 0.0, 0.0};
  l.own_north = {0.0, 1.0, 0.0};
  for (int k = 0; k < 30; ++k) a.observe(l, {15.0, 15.0, 0.5}), l.time_ns += second, a.solve(l.time_ns);
  DriftingBias b({});
  b.restore(a.snapshot());
  EXPECT_EQ(a.estimate(SensorId(1)).bias.bearing_rad, b.estimate(SensorId(1)).bias.bearing_rad);
  EXPECT_EQ(a.estimate(SensorId(1)).deviation.bearing_rad, b.estimate(SensorId(1)).deviation.bearing_rad);
}

// Three radars; the reports of those in sight become two seconds older, then one radar's clock is set by one second.
TEST(DriftingBias, what_ages_all_reports_does_not_part_the_clocks_of_radars) {
  DriftingBias drifting({});
  Random random(5);
  std::vector<std::array<double, 4>> vessels;
  for (int v = 0; v < 30; ++v) {
    const double course = random.uniform(0.0, 2.0 * std::numbers::pi);
    vessels.push_back({random.uniform(-6'000.0, 6'000.0), random.uniform(-6'000.0, 6'000.0), 9.0 * std::sin(course),
                       9.0 * std::cos(course)});
  }
  for (int t = 0; t <= 2400; t += 3) {
    const double age_s = t < 900 ? 0.2 : 0.5;
    for (std::size_t v = 0; v < vessels.size(); ++v) {
      const auto& [e, n, ve, vn] = vessels[v];
      for (std::uint16_t r = 1; r <= 3; ++r) {
        const double range = std::hypot(e, n), ue = e / range, un = n / range;
        const double late_s = (r == 2 ? 0.3 : 0.0) + (r == 3 && t >= 1800 ? 1.0 : 0.0) - age_s;
        JointLook l;
        l.witness = 200'000'000 + v;
        l.time_ns = t * second;
        l.east_m = 8.0 * random.normal() - late_s * ve;
        l.north_m = 8.0 * random.normal() - late_s * vn;
        l.parts[0] = {SensorId(r), {ue, range * un, -ve, range * ue}, {un, -range * ue, -vn, range * un}};
        l.weight_ee = l.weight_nn = 1.0 / 64.0;
        l.own_east = {ve / 9.0, vn / 9.0, ve};
        l.own_north = {vn / 9.0, -ve / 9.0, vn};
        drifting.observe(l, {5.0, 5.0, 0.3});
      }
    }
    drifting.solve(t * second);
    const auto apart = [&](std::uint16_t r) {
      return drifting.estimate(SensorId(r)).bias.time_s - drifting.estimate(SensorId(1)).bias.time_s;
    };
    if (t >= 600 && t < 1800 && t % 60 == 0) {
      EXPECT_NEAR(apart(2), 0.3, 0.05) << t;
      EXPECT_NEAR(apart(3), 0.0, 0.05) << t;
    }
    if (t == 2400) {
      EXPECT_NEAR(apart(3), 1.0, 0.1);
    }
  }
}

}  // namespace
}  // namespace headland::registration
