// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/trust/drift_watch.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "core/base/random.hpp"

namespace headland::fusion {
namespace {

// Looks of a vessel whose AIS antenna lies 20 m beside its echo; errors of AIS last two minutes.
struct Vessel {
  Random random;
  double ais_e = 0.0, ais_n = 0.0;
  double t_s = 0.0;
  explicit Vessel(std::uint64_t seed) : random(seed) {}
  DriftLook look(double every_s, double off_m = 0.0) {
    t_s += every_s;
    const double keep = std::exp(-every_s / 120.0);
    const double fresh = 4.0 * std::sqrt(1.0 - keep * keep);
    ais_e = keep * ais_e + fresh * random.normal();
    ais_n = keep * ais_n + fresh * random.normal();
    DriftLook l;
    l.fix = from_epoch_seconds(1'700'000'000.0 + t_s);
    l.east_m = 20.0 + ais_e + off_m + 10.0 * random.normal();
    l.north_m = ais_n + 15.0 * random.normal();
    l.ee_m2 = 100.0 + 64.0;
    l.nn_m2 = 225.0 + 64.0;
    l.length_m = 100.0;
    l.may_count = true;
    return l;
  }
};

TEST(DriftWatch, a_drift_of_three_metres_a_second_is_told_within_a_minute) {
  const DriftWatch watch;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Vessel v(seed);
    DriftWatch::State s;
    for (int k = 0; k < 30; ++k) watch.look(v.look(10.0), s);
    ASSERT_FALSE(watch.drifts(s));
    double after_s = 0.0;
    while (!watch.drifts(s) && after_s < 300.0) after_s += 10.0, watch.look(v.look(10.0, 3.0 * after_s), s);
    EXPECT_LE(after_s, 70.0) << seed;
  }
}

TEST(DriftWatch, a_thousand_hours_of_honest_looks_accuse_nobody) {
  const DriftWatch watch;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    Vessel v(seed);
    DriftWatch::State s;
    for (int k = 0; k < 3600; ++k) {
      watch.look(v.look(10.0), s);
      ASSERT_FALSE(watch.drifts(s)) << seed << " " << k;
    }
  }
}

TEST(DriftWatch, turns_and_other_vessels_do_not_count_and_a_new_offset_becomes_usual) {
  const DriftWatch watch;
  Vessel v(1);
  DriftWatch::State s;
  for (int k = 0; k < 30; ++k) watch.look(v.look(10.0), s);
  for (int k = 0; k < 10; ++k) {
    DriftLook l = v.look(10.0, 300.0);
    l.may_count = false;
    watch.look(l, s);
  }
  EXPECT_FALSE(watch.drifts(s));
  // Less than a quarter of the hull and 60 m: another antenna.
  for (int k = 0; k < 30; ++k) watch.look(v.look(10.0, 60.0), s);
  EXPECT_FALSE(watch.drifts(s));
}

TEST(DriftWatch, what_came_back_is_taken_back) {
  const DriftWatch watch;
  Vessel v(3);
  DriftWatch::State s;
  for (int k = 0; k < 30; ++k) watch.look(v.look(10.0), s);
  for (int k = 0; k < 8; ++k) watch.look(v.look(10.0, 200.0), s);
  ASSERT_TRUE(watch.drifts(s));
  for (int k = 0; k < 20; ++k) watch.look(v.look(10.0), s);
  EXPECT_FALSE(watch.drifts(s));
}

}  // namespace
}  // namespace headland::fusion
