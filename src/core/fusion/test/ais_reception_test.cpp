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

INSTANTIATE_TEST_SUITE_P(Longitudes, AisReceptionAt, testing::Values(10.0, 179.9, -179.9, 180.0));

}  // namespace
}  // namespace headland::fusion
