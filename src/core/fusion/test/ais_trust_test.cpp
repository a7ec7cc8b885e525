// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/trust/ais_trust.hpp"

#include <gtest/gtest.h>

#include "core/geo/local_frame.hpp"

namespace headland::fusion {
namespace {

const GeoPosition middle = GeoPosition::from_degrees(54.5, 12.0);
const LocalFrame frame{middle};
Timestamp at(double s) { return from_epoch_seconds(1'700'000'000.0 + s); }

VesselReport report(std::uint32_t mmsi, double s, double east_m, double north_m = 0.0) {
  VesselReport r;
  r.mmsi = Mmsi(mmsi);
  r.message_type = 1;
  r.received = at(s);
  r.position = frame.to_geo({Metres(east_m), Metres(north_m)});
  r.speed = MetresPerSecond(5.0);
  r.course = Bearing::from_degrees(90.0);
  return r;
}

bool says(const Trust& trust, TrustEvidence kind) {
  return std::any_of(trust.reasons.begin(), trust.reasons.end(), [&](const TrustReason& r) { return r.kind == kind; });
}

// An AIS station 400 km from the receiver.
AisTrust with_one_far_away(double until_s) {
  AisTrust trust;
  trust.place_receiver(middle);
  for (double s = 0.0; s <= until_s; s += 10.0) {
    trust.process(report(1, s, 5000.0 + 5.0 * s));
    trust.process(report(9, s, 5.0 * s, 400'000.0));
    trust.judge(
        at(s), {}, {}, {}, [](TrackId) { return RadarWitness::TrackState{}; },
        [](Mmsi) -> const AisMotion* { return nullptr; });
  }
  return trust;
}

TEST(AisTrust, reasons_fade_after_the_clock_was_set_back) {
  AisTrust trust = with_one_far_away(100.0);
  ASSERT_TRUE(says(trust.verdict(Mmsi(9), at(100.0)), TrustEvidence::out_of_reach));
  // Two hours back, and one goes by.
  trust.take_time_back(at(-7200.0));
  const Trust then = trust.verdict(Mmsi(9), at(-7200.0));
  ASSERT_TRUE(says(then, TrustEvidence::out_of_reach));
  EXPECT_LE(then.reasons.front().last, at(-7200.0));
  EXPECT_EQ(trust.verdict(Mmsi(9), at(-3600.0)).score, 1.0);
}

TEST(AisTrust, judges_as_many_stations_as_the_picture_holds_and_believes_no_others) {
  AisTrustConfig config;
  EXPECT_GE(config.max_stations, 20'000U);
  config.max_stations = 2;
  AisTrust trust(config);
  for (const std::uint32_t mmsi : {1U, 2U, 3U}) trust.process(report(mmsi, 0.0, 1000.0 * mmsi));
  EXPECT_EQ(trust.counters().stations_refused, 1U);
  EXPECT_EQ(trust.score(Mmsi(2), at(0.0)), 1.0);
  EXPECT_LT(trust.score(Mmsi(3), at(0.0)), 0.9);
  EXPECT_TRUE(trust.may_witness(Mmsi(2), at(0.0)));
  EXPECT_FALSE(trust.may_witness(Mmsi(3), at(0.0)));
}

TEST(AisTrust, whose_own_reports_contradict_it_is_no_witness_of_radars) {
  const AisTrust trust = with_one_far_away(100.0);
  EXPECT_TRUE(trust.may_witness(Mmsi(1), at(100.0)));
  EXPECT_FALSE(trust.may_witness(Mmsi(9), at(100.0)));
}

}  // namespace
}  // namespace headland::fusion
