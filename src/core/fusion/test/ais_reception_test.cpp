// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/trust/ais_reception.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace headland::fusion {
namespace {

const Timestamp start = from_epoch_seconds(1'700'000'000.0);

VesselReport heard(std::uint32_t number, double latitude_deg, double longitude_deg) {
  VesselReport r;
  r.mmsi = Mmsi(244'000'000 + number);
  r.message_type = 1;
  r.received = start + std::chrono::seconds(number);
  r.speed = MetresPerSecond(5.0);
  r.position = GeoPosition::from_degrees(latitude_deg, longitude_deg);
  return r;
}
double wrapped(double longitude_deg) { return std::remainder(longitude_deg, 360.0); }

// A receiver at the longitude of the parameter, and whom it hears.
class AisReceptionAt : public testing::TestWithParam<double> {};

TEST_P(AisReceptionAt, covers_where_others_are_heard_farther_out) {
  const double here = GetParam();
  AisReception reception;
  reception.place_receiver(GeoPosition::from_degrees(-17.0, here));
  reception.process(heard(1, -17.0, wrapped(here + 0.6)), true);  // 64 km east
  reception.refresh(start + std::chrono::seconds(10));
  EXPECT_TRUE(reception.covers(GeoPosition::from_degrees(-17.0, wrapped(here + 0.4)), Mmsi(9)));
  EXPECT_FALSE(reception.covers(GeoPosition::from_degrees(-17.0, wrapped(here - 0.4)), Mmsi(9)));
}

TEST_P(AisReceptionAt, learns_its_middle_from_those_it_hears) {
  const double here = GetParam();
  AisReception reception;
  for (std::uint32_t i = 0; i < 30; ++i) {
    reception.process(heard(i + 1, -17.0 + 0.01 * i, wrapped(here - 0.15 + 0.01 * i)), true);
  }
  reception.refresh(start + std::chrono::seconds(40));
  ASSERT_TRUE(reception.reach().has_value());
  EXPECT_NEAR(wrapped(reception.reach()->centre.longitude_deg() - here), 0.0, 0.05);
}

// Thirty vessels within 60 km of the receiver.
AisReception with_honest_ones() {
  AisReception reception;
  reception.place_receiver(GeoPosition::from_degrees(54.0, 10.0));
  for (std::uint32_t i = 0; i < 30; ++i) reception.process(heard(i, 54.0 + 0.018 * i, 10.0), true);
  reception.refresh(start + std::chrono::seconds(40));
  return reception;
}

TEST(AisReception, a_made_up_fleet_far_away_does_not_widen_the_reach) {
  AisReception reception = with_honest_ones();
  const double before = reception.reach()->limit_m;
  for (int turn = 0; turn < 20; ++turn) {
    const Timestamp now = start + std::chrono::seconds(50 + 10 * turn);
    for (std::uint32_t i = 0; i < 20; ++i) {
      VesselReport r = heard(1000 + i, 58.0, 10.0);  // 445 km
      r.received = now;
      reception.process(r, turn < 1);
    }
    reception.refresh(now + std::chrono::seconds(1));
  }
  EXPECT_EQ(reception.reach()->limit_m, before);
}

TEST(AisReception, a_receiver_that_hears_most_of_all_far_away_reaches_so_far) {
  AisReception reception = with_honest_ones();
  for (std::uint32_t i = 0; i < 100; ++i) reception.process(heard(40 + i, 58.0, 10.0), i % 2 == 0);
  reception.refresh(start + std::chrono::seconds(200));
  EXPECT_GT(reception.reach()->limit_m, 445'000.0);
}

TEST(AisReception, vessels_that_are_not_believed_make_no_hole_by_their_silence) {
  for (const bool believed : {true, false}) {
    AisReception reception;
    reception.place_receiver(GeoPosition::from_degrees(54.0, 10.0));
    for (int s = 0; s < 300; s += 10) {
      for (std::uint32_t i = 0; i < 25; ++i) {
        if (i >= 10 && s >= 100) break;  // fifteen of them all at once
        VesselReport r = heard(i, 54.1, 10.0);
        r.received = start + std::chrono::seconds(s);
        reception.process(r, i < 10 || believed);
      }
    }
    reception.refresh(start + std::chrono::seconds(295));
    EXPECT_EQ(reception.in_hole(), believed);
  }
}

INSTANTIATE_TEST_SUITE_P(Longitudes, AisReceptionAt, testing::Values(10.0, 179.9, -179.9, 180.0));

}  // namespace
}  // namespace headland::fusion
