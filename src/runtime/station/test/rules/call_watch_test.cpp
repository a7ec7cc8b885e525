// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/rules/call_watch.hpp"

#include <gtest/gtest.h>

#include "core/geo/tangent.hpp"

namespace headland::station {
namespace {

const GeoPosition origin = GeoPosition::from_degrees(50.0, -1.0);
Timestamp at(double s) { return from_epoch_seconds(1'700'000'000.0 + s); }

PlotSector sector(double s, double bearing_deg, double range_m, std::uint32_t turns = 2) {
  PlotSector out;
  out.sensor = SensorId(1);
  out.ended = at(s);
  out.site_east_m = 1000.0;
  BeaconSighting b;
  b.kind = PlotCause::sart;
  b.time = at(s);
  b.bearing = Bearing::from_degrees(bearing_deg);
  b.range = Metres(range_m);
  b.marks = 8;
  b.turns = turns;
  out.beacons.push_back(b);
  return out;
}
EastNorth place(GeoPosition p) { return tangent_at(origin).near(normal_of(p)); }

TEST(CallWatch, LiesBetweenTheNearestDotAndASweepBeforeIt) {
  const LocalFrame frame(origin);
  CallWatch watch;
  watch.take(sector(0, 90.0, 5000.0), frame);
  const auto calls = watch.calling(at(1));
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_NEAR(place(calls[0].to).east.value(), 6000.0, 1.0);
  EXPECT_NEAR(place(calls[0].from).east.value(), 4815.0, 1.0);
  EXPECT_EQ(calls[0].dots, 8U);
}

TEST(CallWatch, TellsOfARadarThatJumpedForTenMinutesWhereItStands) {
  const LocalFrame frame(origin);
  CallWatch watch;
  watch.take(sector(0, 90.0, 5000.0), frame);
  watch.take(registration::RadarJump{SensorId(1), at(100), at(130), 0.1}, "matoco");
  EXPECT_TRUE(watch.jumped(at(99)).empty());
  const auto jumps = watch.jumped(at(140));
  ASSERT_EQ(jumps.size(), 1U);
  EXPECT_EQ(jumps[0].name, "matoco");
  EXPECT_NEAR(jumps[0].bearing_deg, 5.73, 0.01);
  EXPECT_NEAR(place(jumps[0].site).east.value(), 1000.0, 1.0);
  EXPECT_TRUE(watch.jumped(at(701)).empty());
}

TEST(CallWatch, OnceIsChanceAndARaconIsNoCall) {
  const LocalFrame frame(origin);
  CallWatch watch;
  watch.take(sector(0, 90.0, 5000.0, 1), frame);
  auto racon = sector(0, 90.0, 5000.0);
  racon.beacons[0].kind = PlotCause::racon;
  watch.take(racon, frame);
  EXPECT_TRUE(watch.calling(at(1)).empty());
}

TEST(CallWatch, TheSameOneKeepsItsNumberAnotherGetsItsOwn) {
  const LocalFrame frame(origin);
  CallWatch watch;
  watch.take(sector(0, 90.0, 5000.0), frame);
  watch.take(sector(120, 92.0, 5600.0), frame);
  auto calls = watch.calling(at(120));
  ASSERT_EQ(calls.size(), 1U);
  const auto first = calls[0].number;
  CallWatch begun_anew;  // after a restart another does not take a number that rules may still remember
  begun_anew.take(sector(60, 180.0, 5000.0), frame);
  EXPECT_GT(begun_anew.calling(at(60))[0].number, first);
  EXPECT_EQ(calls[0].range_m, 5600.0);
  watch.take(sector(121, 270.0, 9000.0), frame);
  calls = watch.calling(at(122));
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_EQ(calls[0].number, first);
  const auto second = calls[1].number;
  EXPECT_GT(second, first);
  EXPECT_EQ(watch.calling(at(180)).size(), 2U);    // a minute after the first was last seen
  EXPECT_EQ(watch.calling(at(180.5)).size(), 1U);  // and a little more
  watch.take(sector(1200, 92.0, 5600.0), frame);   // long after: another
  EXPECT_GT(watch.calling(at(1200))[0].number, second);
}

TEST(CallWatch, WhatMissesItsFirstDotsIsTheSameOneWhereItWas) {
  const LocalFrame frame(origin);
  CallWatch watch;
  watch.take(sector(0, 225.0, 7200.0), frame);
  watch.take(sector(3, 226.0, 7200.0 + 4 * 1185.0, 3), frame);
  auto calls = watch.calling(at(3));
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].range_m, 7200.0);
  EXPECT_EQ(calls[0].turns, 3U);
  EXPECT_EQ(calls[0].time, at(3));
  // The other way round: the nearer dot is where it lies.
  watch.take(sector(6, 225.5, 6015.0, 4), frame);
  EXPECT_EQ(watch.calling(at(6))[0].range_m, 6015.0);
  // Off that bearing, or beyond its twelfth dot, is another.
  watch.take(sector(9, 230.0, 6015.0), frame);
  watch.take(sector(9, 225.5, 6015.0 + 13 * 1185.0), frame);
  EXPECT_EQ(watch.calling(at(9)).size(), 3U);
  // Bearings go round at north.
  watch.take(sector(9, 359.0, 4000.0), frame);
  watch.take(sector(12, 1.0, 4000.0, 3), frame);
  EXPECT_EQ(watch.calling(at(12)).size(), 4U);
}

TEST(CallWatch, WithoutAHeadingItIsToldWhereTheRadarIs) {
  const LocalFrame frame(origin);
  CallWatch watch;
  auto head_up = sector(0, 30.0, 5000.0);
  head_up.reference = BearingReference::head_up;
  watch.take(head_up, frame);
  const auto calls = watch.calling(at(0));
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_FALSE(calls[0].bearing_is_true);
  EXPECT_TRUE(calls[0].from == calls[0].to);
  EXPECT_NEAR(place(calls[0].to).east.value(), 1000.0, 1.0);
}

TEST(CallWatch, IsBounded) {
  const LocalFrame frame(origin);
  CallWatch watch;
  for (int i = 0; i < 200; ++i) watch.take(sector(0.1 * i, 6.0 * (i % 60), 4000.0 + 20'000.0 * (i / 60)), frame);
  EXPECT_EQ(watch.calling(at(20)).size(), CallWatch::most_calls);
}

}  // namespace
}  // namespace headland::station
