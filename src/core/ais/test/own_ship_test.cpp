// SPDX-License-Identifier: Apache-2.0
#include "core/ais/own_ship.hpp"

#include <string_view>

#include <gtest/gtest.h>

#include "core/geo/local_frame.hpp"

namespace headland::ais {
namespace {

Timestamp at(double s) { return from_epoch_seconds(1000.0 + s); }

OwnShipReport report(std::string_view source, double time_s) {
  OwnShipReport r;
  r.received = at(time_s);
  std::copy(source.begin(), source.end(), r.source.begin());
  return r;
}
OwnShipReport fix(std::string_view source, double time_s, double latitude_deg, double longitude_deg = 5.0) {
  OwnShipReport r = report(source, time_s);
  r.position = GeoPosition::from_degrees(latitude_deg, longitude_deg);
  return r;
}
OwnShipReport hdt(std::string_view source, double time_s, double degrees) {
  OwnShipReport r = report(source, time_s);
  r.heading_true = Bearing::from_degrees(degrees);
  return r;
}
OwnShipReport hdm(std::string_view source, double time_s, double degrees) {
  OwnShipReport r = report(source, time_s);
  r.heading_magnetic = Bearing::from_degrees(degrees);
  return r;
}
OwnShipReport motion(std::string_view source, double time_s, double course_deg, double knots) {
  OwnShipReport r = report(source, time_s);
  r.course = Bearing::from_degrees(course_deg);
  r.speed = from_knots(knots);
  return r;
}
double heading_deg(const OwnShip& ship, double time_s) { return ship.heading_at(at(time_s))->heading.degrees(); }
std::string_view name(const OwnShipSource& s) { return s.name.data(); }

TEST(OwnShipHeading, OfTwoCompassesThatDisagreeTheTrueOneIsTaken) {
  // A HALO's network: HDM of a compass that is wrong comes twice as often, and first.
  OwnShip ship;
  for (int i = 0; i < 60; ++i) {
    ship.process(hdm("BKHDM", 0.05 * i, 277.5));
    if (i % 2 == 1) ship.process(hdt("BMHDT", 0.05 * i + 0.01, 296.0));
  }
  const auto heading = ship.heading_at(at(3.0));
  ASSERT_TRUE(heading);
  EXPECT_NEAR(heading->heading.degrees(), 296.0, 1e-9);
  EXPECT_TRUE(heading->is_true);
  EXPECT_EQ(name(heading->source), "BMHDT");
}

TEST(OwnShipHeading, ABetterKindTakesOverAtOnceAndAWorseOneOnlyAfterSilence) {
  OwnShip ship;
  OwnShipReport hdg = hdm("SDHDG", 0.0, 100.0);
  hdg.variation = Angle::from_degrees(3.0);
  ship.process(hdg);
  EXPECT_NEAR(heading_deg(ship, 0.0), 103.0, 1e-9);
  ship.process(hdt("HEHDT", 0.1, 110.0));
  EXPECT_NEAR(heading_deg(ship, 0.1), 110.0, 1e-9);
  for (double t = 1.0; t < 10.0; t += 1.0) {
    hdg.received = at(t);
    ship.process(hdg);
    EXPECT_NEAR(heading_deg(ship, t), 110.0, 1e-9) << t;
  }
  hdg.received = at(10.2);
  ship.process(hdg);
  EXPECT_NEAR(heading_deg(ship, 10.2), 103.0, 1e-9);
  EXPECT_EQ(ship.counters().source_changes, 2U);
}

TEST(OwnShipHeading, OfTwoOfAKindTheFirstIsKept) {
  OwnShip ship;
  for (int i = 0; i < 5; ++i) {
    ship.process(hdt("HEHDT", i, 10.0));
    ship.process(hdt("GPHDT", i + 0.5, 20.0));
  }
  EXPECT_NEAR(heading_deg(ship, 5.0), 10.0, 1e-9);
}

TEST(OwnShipHeading, TheSameSentenceOfAnotherInputIsAnotherSource) {
  OwnShip ship;
  OwnShipReport other = hdt("HEHDT", 0.5, 20.0);
  other.origin = 7;
  ship.process(hdt("HEHDT", 0.0, 10.0));
  ship.process(other);
  EXPECT_NEAR(heading_deg(ship, 0.6), 10.0, 1e-9);
}

TEST(OwnShipHeading, TheConfiguredSourceIsTheOnlyOne) {
  OwnShipConfig config;
  config.heading_source = "SDHDG";
  OwnShip ship(config);
  ship.process(hdt("HEHDT", 0.0, 10.0));
  EXPECT_FALSE(ship.heading_at(at(0.0)));
  ship.process(hdm("SDHDG", 0.1, 20.0));
  ship.process(hdt("HEHDT", 0.2, 10.0));
  EXPECT_NEAR(heading_deg(ship, 0.2), 20.0, 1e-9);
}

TEST(OwnShipHeading, MagneticHeadingIsCorrectedByTheVariationOfAnySource) {
  OwnShip ship;
  ship.process(hdm("HCHDM", 0.0, 350.0));
  ASSERT_TRUE(ship.heading_at(at(0.0)));
  EXPECT_FALSE(ship.heading_at(at(0.0))->is_true);
  EXPECT_NEAR(heading_deg(ship, 0.0), 350.0, 1e-9);
  OwnShipReport rmc = fix("GPRMC", 0.5, 53.0);
  rmc.variation = Angle::from_degrees(20.0);
  ship.process(rmc);
  EXPECT_TRUE(ship.heading_at(at(0.5))->is_true);
  EXPECT_NEAR(heading_deg(ship, 0.5), 10.0, 1e-9);
}

TEST(OwnShipHeading, OwnTransponderComesBeforeAnUncorrectedCompassAndAfterACorrectedOne) {
  OwnShip ship;
  ship.process(hdm("HCHDM", 0.0, 350.0));
  ship.process(hdt("AIVDO", 0.1, 30.0));
  EXPECT_NEAR(heading_deg(ship, 0.1), 30.0, 1e-9);
  OwnShipReport hdg = hdm("SDHDG", 0.2, 40.0);
  hdg.variation = Angle::from_degrees(1.0);
  ship.process(hdg);
  EXPECT_NEAR(heading_deg(ship, 0.2), 41.0, 1e-9);
}

TEST(OwnShipHeading, IsInterpolatedThroughNorthAndTurnsOnALittle) {
  OwnShip ship;
  ship.process(hdt("HEHDT", 0.0, 358.0));
  ship.process(hdt("HEHDT", 1.0, 2.0));
  EXPECT_NEAR(heading_deg(ship, 0.5), 0.0, 1e-9);
  EXPECT_NEAR(heading_deg(ship, 0.25), 359.0, 1e-9);
  EXPECT_NEAR(heading_deg(ship, 1.5), 4.0, 1e-9);
  EXPECT_NEAR(heading_deg(ship, 2.0), 6.0, 1e-9);
  EXPECT_NEAR(heading_deg(ship, 5.0), 6.0, 1e-9);  // no farther than the last interval
  EXPECT_FALSE(ship.heading_at(at(11.1)));
  EXPECT_FALSE(ship.heading_at(at(-10.1)));
  EXPECT_NEAR(heading_deg(ship, -1.0), 358.0, 1e-9);
}

TEST(OwnShipPosition, IsInterpolatedBetweenFixes) {
  OwnShip ship;
  ship.process(fix("GPGGA", 0.0, 53.0));
  ship.process(fix("GPGGA", 2.0, 53.001));
  const auto own = ship.position_at(at(0.5));
  ASSERT_TRUE(own);
  EXPECT_NEAR(own->position.latitude_deg(), 53.00025, 1e-8);
  EXPECT_NEAR(own->position.longitude_deg(), 5.0, 1e-8);
}

TEST(OwnShipPosition, GoesOnWithCourseAndSpeedAndEndsWithAge) {
  OwnShip ship;
  ship.process(fix("GPGGA", 0.0, 53.0));
  EXPECT_NEAR(ship.position_at(at(5.0))->position.latitude_deg(), 53.0, 1e-12);
  ship.process(motion("GPVTG", 0.0, 90.0, 20.0));
  const auto own = ship.position_at(at(5.0));
  const RangeBearing way = range_bearing(GeoPosition::from_degrees(53.0, 5.0), own->position);
  EXPECT_NEAR(way.range.value(), 5.0 * 20.0 * mps_per_knot, 1e-6);
  EXPECT_NEAR(way.bearing.degrees(), 90.0, 1e-6);
  EXPECT_FALSE(ship.position_at(at(10.5)));
}

TEST(OwnShipPosition, OfThreeReceiversTheFirstIsKeptAndOwnTransponderIsTheLastResort) {
  OwnShip ship;
  ship.process(fix("AIVDO", 0.0, 53.5));
  EXPECT_EQ(name(ship.position_at(at(0.0))->source), "AIVDO");
  ship.process(fix("BMGLL", 0.2, 53.0));
  ship.process(fix("CHGLL", 0.3, 53.1));
  ship.process(fix("BOGLL", 0.8, 53.2));
  EXPECT_EQ(name(ship.position_at(at(1.0))->source), "BMGLL");
}

TEST(OwnShipPosition, MotionComesFromTheReceiverOfThePosition) {
  OwnShip ship;
  ship.process(motion("BOVTG", 0.0, 301.0, 1.09));
  EXPECT_EQ(name(ship.motion_at(at(0.0))->source), "BOVTG");
  ship.process(fix("BMGLL", 0.2, 53.0));
  ship.process(motion("BMVTG", 0.3, 242.0, 0.0));
  ship.process(motion("BOVTG", 0.4, 301.0, 1.09));
  EXPECT_EQ(name(ship.motion_at(at(0.5))->source), "BMVTG");
}

TEST(OwnShipPosition, AFixThatNoShipCanReachIsLeftOutUnlessItPersists) {
  OwnShip ship;
  ship.process(fix("GPGGA", 0.0, 53.0));
  ship.process(fix("GPGGA", 1.0, 0.0, 0.0));
  EXPECT_NEAR(ship.position_at(at(1.0))->position.latitude_deg(), 53.0, 1e-9);
  ship.process(fix("GPGGA", 2.0, 53.0001));
  EXPECT_EQ(ship.counters().jumps, 1U);
  EXPECT_NEAR(ship.position_at(at(2.0))->position.latitude_deg(), 53.0001, 1e-9);
  for (double t = 3.0; t < 6.0; t += 1.0) ship.process(fix("GPGGA", t, 54.0));
  EXPECT_NEAR(ship.position_at(at(5.0))->position.latitude_deg(), 54.0, 1e-9);
}

TEST(OwnShipPosition, LateReportsAreLeftOutAndARestartOfTimeBeginsAnew) {
  OwnShip ship;
  ship.process(fix("GPGGA", 100.0, 53.0));
  ship.process(fix("GPGGA", 99.0, 53.0));
  EXPECT_EQ(ship.counters().late, 1U);
  ship.process(fix("GPGGA", 0.0, 54.0));
  ASSERT_TRUE(ship.position_at(at(1.0)));
  EXPECT_NEAR(ship.position_at(at(1.0))->position.latitude_deg(), 54.0, 1e-9);
}

TEST(OwnShip, SourcesAreBounded) {
  OwnShip ship;
  for (std::uint32_t i = 0; i < 100; ++i) {
    OwnShipReport r = fix("GPGGA", 0.0, 53.0);
    r.origin = i;
    ship.process(r);
  }
  EXPECT_EQ(ship.counters().too_many_sources, 100U - OwnShip::max_sources);
  EXPECT_EQ(ship.position_at(at(0.0))->source.origin, 0U);
}

TEST(OwnShip, SaysNothingBeforeAnyReport) {
  const OwnShip ship;
  EXPECT_FALSE(ship.position_at(at(0.0)) || ship.heading_at(at(0.0)) || ship.motion_at(at(0.0)));
}

}  // namespace
}  // namespace headland::ais
