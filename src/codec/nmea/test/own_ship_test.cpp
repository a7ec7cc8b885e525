// SPDX-License-Identifier: Apache-2.0
#include "codec/nmea/own_ship.hpp"

#include <gtest/gtest.h>

namespace headland::nmea {
namespace {

const Timestamp now{std::chrono::seconds(7)};

OwnShipReport parsed(std::string_view body) {
  const auto report = parse_own_ship(body, now);
  EXPECT_TRUE(report) << body;
  return report.value_or(OwnShipReport{});
}

TEST(OwnShipSentences, GgaGivesThePosition) {
  const OwnShipReport r = parsed("GPGGA,195721,5310.8115,N,00525.7025,W,1,00,1.10,-2,M,,M,,");
  EXPECT_STREQ(r.source.data(), "GPGGA");
  EXPECT_EQ(r.received, now);
  ASSERT_TRUE(r.position);
  EXPECT_NEAR(r.position->latitude_deg(), 53.0 + 10.8115 / 60.0, 1e-12);
  EXPECT_NEAR(r.position->longitude_deg(), -(5.0 + 25.7025 / 60.0), 1e-12);
  EXPECT_FALSE(has_content(parsed("GPGGA,195721,5310.8115,N,00525.7025,W,0,00,1.10,-2,M,,M,,")));
}

TEST(OwnShipSentences, GllGivesThePositionWhileItIsValid) {
  EXPECT_TRUE(parsed("GPGLL,5310.8115,S,00525.7025,E,195721,A,A").position);
  EXPECT_LT(parsed("GPGLL,5310.8115,S,00525.7025,E,195721,A").position->latitude_deg(), 0.0);
  EXPECT_FALSE(parsed("GPGLL,5310.8115,N,00525.7025,E,195721,V,A").position);
  EXPECT_FALSE(parsed("GPGLL,5310.8115,N,00525.7025,E,195721,A,N").position);
}

TEST(OwnShipSentences, RmcGivesPositionMotionAndVariation) {
  const OwnShipReport r = parsed("GPRMC,195721,A,5310.8115,N,00525.7025,E,10.0,90.5,160414,0.7,W,A");
  EXPECT_TRUE(r.position);
  EXPECT_NEAR(to_knots(*r.speed), 10.0, 1e-12);
  EXPECT_NEAR(r.course->degrees(), 90.5, 1e-9);
  EXPECT_NEAR(r.variation->degrees(), -0.7, 1e-12);
  EXPECT_FALSE(r.heading_true);
  EXPECT_FALSE(has_content(parsed("GPRMC,195721,V,5310.8115,N,00525.7025,E,10.0,90.5,160414,0.7,W,A")));
  EXPECT_FALSE(has_content(parsed("GPRMC,,V,,,,,,,,,,N")));
}

TEST(OwnShipSentences, HeadingsKeepTheirKindOfNorth) {
  EXPECT_NEAR(parsed("HEHDT,296.0,T").heading_true->degrees(), 296.0, 1e-9);
  EXPECT_NEAR(parsed("HETHS,12.5,A").heading_true->degrees(), 12.5, 1e-9);
  EXPECT_FALSE(parsed("HETHS,12.5,V").heading_true);
  const OwnShipReport m = parsed("HCHDM,277.5,M");
  EXPECT_FALSE(m.heading_true);
  EXPECT_NEAR(m.heading_magnetic->degrees(), 277.5, 1e-9);
}

TEST(OwnShipSentences, HdgAddsTheDeviationOfItsSensor) {
  const OwnShipReport r = parsed("SDHDG,359.5,1.0,E,2.9,W");
  EXPECT_NEAR(r.heading_magnetic->degrees(), 0.5, 1e-9);
  EXPECT_NEAR(r.variation->degrees(), -2.9, 1e-12);
  const OwnShipReport bare = parsed("SDHDG,220.3,,,2.9,E");
  EXPECT_NEAR(bare.heading_magnetic->degrees(), 220.3, 1e-9);
  EXPECT_NEAR(bare.variation->degrees(), 2.9, 1e-12);
}

TEST(OwnShipSentences, VtgGivesTrueCourseAndSpeed) {
  const OwnShipReport r = parsed("GPVTG,84.4,T,77.0,M,6.2,N,11.5,K,A");
  EXPECT_NEAR(r.course->degrees(), 84.4, 1e-9);
  EXPECT_NEAR(to_knots(*r.speed), 6.2, 1e-12);
  EXPECT_FALSE(has_content(parsed("GPVTG,84.4,T,77.0,M,6.2,N,11.5,K,N")));
}

TEST(OwnShipSentences, WhatIsNoNumberOrOffTheGlobeIsAFault) {
  for (const std::string_view body :
       {"GPGGA,195721,53x0.8115,N,00525.7025,W,1", "GPGGA,195721,5310.8115,Q,00525.7025,W,1",
        "GPGGA,195721,5360.0,N,00525.7025,W,1", "GPGGA,195721,-5310.8,N,00525.7025,W,1", "HEHDT,361,T", "HEHDT,-1,T",
        "HEHDT,nan,T", "HEHDT,1e2,T", "GPVTG,84,T,77,M,-6.2,N,11.5,K,A", "GPHDT1,296.0,T"}) {
    const auto report = parse_own_ship(body, now);
    ASSERT_FALSE(report) << body;
    EXPECT_EQ(report.error(), NmeaFault::bad_fields) << body;
  }
  EXPECT_EQ(parse_own_ship("GPGLL,9100.0,N,00525.7025,E,195721,A,A", now).error(), NmeaFault::position_off_globe);
  EXPECT_EQ(parse_own_ship("GPGLL,5310.0,N,18001.0,E,195721,A,A", now).error(), NmeaFault::position_off_globe);
}

TEST(OwnShipSentences, AHeadingOf360IsNorth) { EXPECT_EQ(parsed("HEHDT,360.0,T").heading_true->degrees(), 0.0); }

TEST(OwnShipSentences, OwnTransponderWithoutAnyValueSaysNothing) {
  EXPECT_FALSE(own_ship_of(VesselReport{}));
  EXPECT_FALSE(own_ship_of(VesselParticulars{}));
  BaseStationReport b;
  b.position = GeoPosition::from_degrees(1.0, 2.0);
  EXPECT_TRUE(own_ship_of(b)->position);
}

}  // namespace
}  // namespace headland::nmea
