// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/fused_state.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "core/base/random.hpp"
#include "core/fusion/fix_scatter.hpp"

namespace headland::fusion {
namespace {

Timestamp at(double s) { return from_epoch_seconds(1'700'000'000.0 + s); }

Track track_at(double east_m, double north_m) {
  Track t;
  t.id = TrackId(1);
  t.time = at(10);
  t.state.position = {Metres(east_m), Metres(north_m)};
  t.state.velocity = {MetresPerSecond(6.0), MetresPerSecond(0.0)};
  t.state.covariance[0] = 30.0 * 30.0;  // across the beam
  t.state.covariance[5] = 6.0 * 6.0;
  t.state.covariance[10] = t.state.covariance[15] = 0.25;
  return t;
}

AisMotion motion_at(double s, double east_m, double north_m) {
  AisMotion m;
  VesselReport r;
  r.received = at(s);
  r.speed = MetresPerSecond(6.0);
  r.course = Bearing::from_degrees(90.0);
  m.take(r, {Metres(east_m), Metres(north_m)}, 0.0, Duration{});
  return m;
}

TEST(FusedStateTest, LiesBetweenRadarAndAisNearerToTheBetter) {
  const FusedState f = fuse(track_at(0, 4000), {}, motion_at(10, 20, 4000), {});
  EXPECT_GT(f.position.east.value(), 12.0);
  EXPECT_LT(f.position.east.value(), 20.0);
  EXPECT_GT(f.ais_position_weight, 0.4);
  EXPECT_LT(f.var_ee_m2, 20.0 * 20.0);
}

TEST(FusedStateTest, TakesNoAccountOfAisThatIsNotTrustedOldOrElsewhere) {
  const Track radar = track_at(0, 4000);
  for (const FusedState& f :
       {fuse(radar, {}, motion_at(10, 20, 4000), {.trust = 0.3}), fuse(radar, {}, motion_at(-80, 20, 4000), {}),
        fuse(radar, {}, motion_at(10, 20, 4600), {})}) {
    EXPECT_EQ(f.position, radar.state.position);
    EXPECT_EQ(f.ais_position_weight, 0.0);
    EXPECT_EQ(f.var_ee_m2, 900.0);
  }
}

TEST(FusedStateTest, WeighsLessWhatItTrustsLess) {
  const Track radar = track_at(0, 4000);
  const AisMotion ais = motion_at(10, 20, 4000);
  EXPECT_GT(fuse(radar, {}, ais, {.trust = 1.0}).ais_position_weight,
            fuse(radar, {}, ais, {.trust = 0.6}).ais_position_weight + 0.1);
}

TEST(FusedStateTest, ItsCovarianceHoldsTheErrorsItMakes) {
  Random random(3);
  double sum = 0.0;
  constexpr int n = 2000;
  for (int i = 0; i < n; ++i) {
    // Errors as the model has them: the track's, the registration's across the beam, the fix's.
    const double across = 4000.0 * 0.5 * radians_per_degree;
    const Track radar = track_at(30.0 * random.normal() + across * random.normal(),
                                 4000 + 6.0 * random.normal() + 15.0 * random.normal());
    const AisMotion ais = motion_at(10, 20.0 * random.normal(), 4000 + 20.0 * random.normal());
    const FusedState f = fuse(radar, {}, ais, {});
    const double e = f.position.east.value();
    const double d = f.position.north.value() - 4000.0;
    const double det = f.var_ee_m2 * f.var_nn_m2 - f.cov_en_m2 * f.cov_en_m2;
    sum += (f.var_nn_m2 * e * e + f.var_ee_m2 * d * d - 2.0 * f.cov_en_m2 * e * d) / det;
  }
  EXPECT_NEAR(sum / n, 2.0, 0.25);
}

TEST(FixScatterTest, HowGoodAisIsIsLearnedFromTracksOfRadar) {
  FixScatter scatter;
  EXPECT_NEAR(scatter.deviation_m(true), 5.0, 1e-9);
  EXPECT_NEAR(scatter.deviation_m(false), 8.0, 1e-9);
  Random random(2);
  const auto look = [&](bool accurate, double ais_m) {
    const double radar_m = 3.0 + 12.0 * random.uniform();
    const double both = std::hypot(ais_m, radar_m);
    const double e = both * random.normal();
    const double n = both * random.normal();
    scatter.look(accurate, e * e + n * n, 2.0 * radar_m * radar_m);
  };
  for (int k = 0; k < 6000; ++k) look(true, 3.0), look(false, 12.0);
  EXPECT_NEAR(scatter.deviation_m(true), 3.0, 0.5);
  EXPECT_NEAR(scatter.deviation_m(false), 12.0, 1.0);
  // A pair that is none, and numbers that are none, teach nothing; nothing is thought perfect.
  const double before = scatter.deviation_m(true);
  scatter.look(true, 1e6, 20.0);
  scatter.look(true, std::nan(""), 20.0);
  EXPECT_EQ(scatter.deviation_m(true), before);
  for (int k = 0; k < 30000; ++k) scatter.look(true, 0.0, 10.0);
  EXPECT_EQ(scatter.deviation_m(true), 2.0);
}

}  // namespace
}  // namespace headland::fusion
