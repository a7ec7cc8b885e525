// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rules/test/sea.hpp"

namespace headland::rules {
namespace {

using testing::box;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::middle;
using testing::one_rule;
using testing::place;
using testing::raised;
using testing::Ship;
using testing::watch;

// 10 m/s to the north: a metre is a tenth of a second.
constexpr double ten_mps = 10.0 / mps_per_knot;
Ship northward(double east_m, double north_m) {
  return {.mmsi = 1, .east_m = east_m, .north_m = north_m, .course_deg = 0.0, .speed_kn = ten_mps};
}
Zone square(ZoneKind kind = ZoneKind::area, GeoPosition origin = testing::middle) {
  return box(kind, -1000, 0, 1000, 2000, origin);
}
template <class Kind>
std::vector<double> when(Kind kind, Zone zone, Ship ship, double until_s) {
  return raised(watch(one_rule(kind, {std::move(zone)}), {std::move(ship)}, until_s));
}

TEST(Entry, IsToldInTheSecondTheEdgeIsCrossed) {
  EXPECT_THAT(when(EntryRule{}, square(), northward(0, -1005), 200), ElementsAre(101.0));
}
TEST(Entry, NotOfOneThatPassesBeside) {
  EXPECT_THAT(when(EntryRule{}, square(), northward(1005, -1000), 400), IsEmpty());
}
TEST(Entry, TheEdgeDecides) {
  EXPECT_THAT(when(EntryRule{}, square(), northward(998, -1005), 400), ElementsAre(101.0));
}
TEST(Entry, ThatTremblesOnTheEdgeIsOne) {
  Ship ship{.mmsi = 1};
  ship.when = [](Ship& s, double t) { s.north_m = static_cast<int>(t) % 2 == 0 ? 20.0 : -20.0; };
  EXPECT_EQ(watch(one_rule(EntryRule{}, {square()}), {ship}, 300).size(), 1U);
}
TEST(Entry, WhoIsFoundInsideIsToldIfAskedFor) {
  EXPECT_THAT(when(EntryRule{.found_inside = true}, square(), northward(0, 100), 10), ElementsAre(0.0));
  EXPECT_THAT(when(EntryRule{.found_inside = false}, square(), northward(0, 100), 10), IsEmpty());
}
TEST(Entry, HoldsAcross180DegreesAndAboutThePole) {
  for (const auto origin : {GeoPosition::from_degrees(0.0, 180.0), GeoPosition::from_degrees(70.0, -179.999)}) {
    Ship ship = northward(0, -1005);
    ship.origin = origin;
    EXPECT_THAT(when(EntryRule{}, square(ZoneKind::area, origin), ship, 200), ElementsAre(101.0));
  }
  Zone cap;
  cap.name = "cap";
  for (const double lon : {0.0, 90.0, 180.0, -90.0})
    cap.parts.resize(1), cap.parts[0].push_back(GeoPosition::from_degrees(89.0, lon));
  Ship ship = northward(0, 0);
  ship.origin = GeoPosition::from_degrees(89.9, 17.0);
  EXPECT_THAT(when(EntryRule{}, cap, ship, 10), ElementsAre(0.0));
  ship.origin = GeoPosition::from_degrees(88.9, 0.0);
  EXPECT_THAT(when(EntryRule{}, cap, ship, 10), IsEmpty());
}
TEST(Entry, OutOfSeasonOrForOtherClassesIsNone) {
  Zone winter = square();
  winter.validity.months = 1;  // January; the scene is in November
  EXPECT_THAT(when(EntryRule{}, winter, northward(0, -1005), 200), IsEmpty());
  Zone tankers = square();
  tankers.classes = bit_of(ShipClass::tanker);
  EXPECT_THAT(when(EntryRule{}, tankers, northward(0, -1005), 200), IsEmpty());
}

TEST(Exit, IsToldBeyondTheSlack) {
  const auto told = watch(one_rule(ExitRule{}, {square()}), {northward(0, 1005)}, 200);
  ASSERT_THAT(raised(told), ElementsAre(106.0));  // 2000 m and 60 m of slack
  EXPECT_THAT(when(ExitRule{}, square(), northward(1500, 0), 300), IsEmpty());
}

TEST(Dwell, IsToldAfterTheTime) {
  const Ship ship{.mmsi = 1, .north_m = 500};
  EXPECT_THAT(when(DwellRule{.longest_min = 5.0}, square(), ship, 400), ElementsAre(300.0));
  EXPECT_THAT(when(DwellRule{.longest_min = 7.0}, square(), ship, 400), IsEmpty());
}

Zone gate() { return testing::path(ZoneKind::line, {place(-1000, 0), place(1000, 0)}); }
TEST(Crossing, IsToldWithItsDirection) {
  // Seen along the line, from west to east, the ship comes from the right.
  EXPECT_THAT(when(CrossingRule{.direction = "left"}, gate(), northward(0, -1005), 200), ElementsAre(101.0));
  EXPECT_THAT(when(CrossingRule{.direction = "right"}, gate(), northward(0, -1005), 200), IsEmpty());
  EXPECT_THAT(when(CrossingRule{}, gate(), northward(1005, -1005), 300), IsEmpty());
  EXPECT_THAT(when(CrossingRule{}, gate(), northward(995, -1005), 300), ElementsAre(101.0));
}

Zone lane() {
  Zone z = box(ZoneKind::lane, -1000, -20000, 1000, 20000);
  z.direction_deg = 0.0;
  return z;
}
Ship in_lane(double course_deg, double speed_kn = 10) {
  return {.mmsi = 1, .course_deg = course_deg, .speed_kn = speed_kn};
}
TEST(Lane, WrongWayIsToldAfterItsTime) {
  const LaneRule rule{.breach = "wrong_way", .angle_deg = 135, .for_min = 3};
  EXPECT_THAT(when(rule, lane(), in_lane(180), 300), ElementsAre(180.0));
  EXPECT_THAT(when(rule, lane(), in_lane(136, 5), 300), ElementsAre(180.0));
  EXPECT_THAT(when(rule, lane(), in_lane(134, 5), 300), IsEmpty());
  EXPECT_THAT(when(rule, lane(), in_lane(0), 300), IsEmpty());
}
TEST(Lane, ACrossingNeitherSquareNorAlongIsPoor) {
  const LaneRule rule{.breach = "poor_crossing", .angle_deg = 30, .for_min = 2};
  EXPECT_THAT(when(rule, lane(), in_lane(50, 5), 200), ElementsAre(120.0));
  EXPECT_THAT(when(rule, lane(), in_lane(85, 5), 200), IsEmpty());
  EXPECT_THAT(when(rule, lane(), in_lane(10, 5), 200), IsEmpty());
  Ship set_by_stream = in_lane(50, 5);
  set_by_stream.heading_deg = 88;
  EXPECT_THAT(when(rule, lane(), set_by_stream, 200), IsEmpty());
}
TEST(Lane, StoppingIsTold) {
  const LaneRule rule{.breach = "stopped", .speed_min_kn = 1, .for_min = 5};
  EXPECT_THAT(when(rule, lane(), in_lane(0, 0.9), 400), ElementsAre(300.0));
  EXPECT_THAT(when(rule, lane(), in_lane(0, 1.6), 400), IsEmpty());
}
TEST(Lane, JoiningFromTheSideAtALargeAngleIsTold) {
  const LaneRule rule{.breach = "side_entry", .angle_deg = 20, .for_min = 1};
  Ship joins{.mmsi = 1, .east_m = -1500, .course_deg = 60, .speed_kn = ten_mps};
  joins.when = [](Ship& s, double t) {
    if (t < 100) return;
    s.course_deg = 0.0, s.east_m = -1500 + 10 * 100 * std::sin(60 * radians_per_degree), s.north_m = 0.0;
  };
  EXPECT_THAT(when(rule, lane(), joins, 300), ElementsAre(160.0));
  Ship ahead = northward(0, -20100);  // by the end of the lane
  EXPECT_THAT(when(rule, lane(), ahead, 300), IsEmpty());
}

Zone cable() { return testing::path(ZoneKind::cable, {place(-5000, 0), place(5000, 0)}); }
TEST(Cable, SlowNearItIsToldAfterFiveMinutesAndAnchoringAfterOne) {
  const CableRule rule{.distance_nmi = 0.25, .speed_kn = 3.0, .for_min = 5.0};
  EXPECT_THAT(when(rule, cable(), {.mmsi = 1, .north_m = 400, .course_deg = 90, .speed_kn = 2}, 400),
              ElementsAre(300.0));
  EXPECT_THAT(when(rule, cable(), {.mmsi = 1, .north_m = 400, .status = 1}, 400), ElementsAre(60.0));
  EXPECT_THAT(when(rule, cable(), {.mmsi = 1, .north_m = 470, .course_deg = 90, .speed_kn = 2}, 400), IsEmpty());
  EXPECT_THAT(when(rule, cable(), {.mmsi = 1, .north_m = 400, .course_deg = 90, .speed_kn = 10}, 400), IsEmpty());
}
TEST(Cable, PositionsThatTrembleOverItAreOneCrossing) {
  Ship ship{.mmsi = 1, .speed_kn = 0};
  ship.when = [](Ship& s, double t) { s.north_m = t - 100.0 + (static_cast<int>(t) % 2 == 0 ? 4.0 : -4.0); };
  auto set = one_rule(CableRule{.speed_kn = 0.1, .for_min = 600, .crossings = 2}, {cable()});
  EXPECT_THAT(raised(watch(set, {ship}, 300)), IsEmpty());
}
TEST(Cable, ZigZagIsToldAtTheThirdCrossing) {
  Ship ship{.mmsi = 1, .speed_kn = 8};
  ship.when = [](Ship& s, double t) {
    s.north_m = 800.0 * std::cos((t + 0.5) / 300.0 * std::numbers::pi), s.speed_kn = 0;
  };
  ship.speed_kn = 0;
  auto set = one_rule(CableRule{.speed_kn = 0.1, .for_min = 600, .crossings = 3}, {cable()});
  EXPECT_THAT(raised(watch(set, {ship}, 1000)), ElementsAre(750.0));
}

Zone platform() {
  Zone z;
  z.name = "platform";
  z.kind = ZoneKind::point;
  z.radius_m = 500;
  z.parts = {{place(0, 0)}};
  return z;
}
TEST(Approach, IsToldTheTimeBefore) {
  const ApproachRule rule{.time_min = 10};
  // 10 m/s: 6000 m off the circle at second 250.5, and half a minute to be sure.
  EXPECT_THAT(when(rule, platform(), northward(0, -9005), 400), ElementsAre(281.0));
  EXPECT_THAT(when(rule, platform(), northward(700, -6000), 400), IsEmpty());
  EXPECT_THAT(when(rule, platform(), northward(0, 1000), 400), IsEmpty());
}

Zone shoal() {
  Zone z = box(ZoneKind::depth, -1000, 0, 1000, 2000);
  z.depth_m = 8.0;
  return z;
}
TEST(Grounding, IsToldTenMinutesBeforeByDepthAndDraught) {
  const GroundingRule rule{.time_min = 10, .margin_m = 1.0};
  Ship ship = northward(0, -9005);
  ship.draught_m = 7.5;
  const auto told = watch(one_rule(rule, {shoal()}), {ship}, 500);
  ASSERT_THAT(raised(told), ElementsAre(321.0));  // 6000 m off at second 300.5
  EXPECT_THAT(told[0].alert.text, HasSubstr("draws 7.5 m and will run into 'box', 8.0 m deep"));
  ship.draught_m = 6.9;
  EXPECT_THAT(when(rule, shoal(), ship, 500), IsEmpty());
  ship.draught_m.reset();
  EXPECT_THAT(when(rule, shoal(), ship, 500), IsEmpty());
  ship.draught_m = 7.5, ship.east_m = 1100;
  EXPECT_THAT(when(rule, shoal(), ship, 500), IsEmpty());
}

TEST(Limit, TheTerritorialSeaEndsAtTwelveMilesToTheMetre) {
  Zone sea = testing::path(ZoneKind::limit, {place(-30'000, 0), place(30'000, 0)});
  sea.limit_m = 12 * 1852.0;
  const ZoneShape shape(sea);
  const auto foot = place(0, 0);
  EXPECT_TRUE(shape.contains(normal_of(destination(foot, Metres(12 * 1852.0 - 1.0), Bearing()))));
  EXPECT_FALSE(shape.contains(normal_of(destination(foot, Metres(12 * 1852.0 + 1.0), Bearing()))));
  EXPECT_TRUE(shape.contains(normal_of(destination(foot, Metres(5'000.0), Bearing()))));
  // Ten metres a second over the limit: in at the second that crosses it.
  Ship ship{.mmsi = 1, .course_deg = 180.0, .speed_kn = ten_mps};
  ship.origin = destination(foot, Metres(12 * 1852.0 + 105.0), Bearing());
  EXPECT_THAT(when(EntryRule{}, sea, ship, 60), ElementsAre(11.0));
}

// A baseline along a parallel of latitude, 60 km long about `from`.
Zone sea_of(const char* claimant, GeoPosition from, double limit_nmi) {
  Zone sea = testing::path(ZoneKind::limit, {place(-30'000, 0, from), place(30'000, 0, from)});
  sea.name = std::string("sea of ") + claimant;
  sea.claimant = claimant;
  sea.limit_m = limit_nmi * 1852.0;
  return sea;
}

TEST(Limit, TheContiguousZoneBeginsWhereTheTerritorialSeaEnds) {
  Zone zone = sea_of("A", middle, 24.0);
  zone.beyond_m = 12.0 * 1852.0;
  const ZoneShape shape(zone);
  for (const auto& [nmi, is_in] : {std::pair(11.999, false), {12.001, true}, {23.999, true}, {24.001, false}}) {
    EXPECT_EQ(shape.contains(normal_of(destination(middle, Metres(nmi * 1852.0), Bearing()))), is_in) << nmi;
  }
}

TEST(Limit, TwoHundredMilesHoldAcross180DegreesAndNearThePole) {
  for (const auto& from : {GeoPosition::from_degrees(-17.0, 179.9), GeoPosition::from_degrees(86.0, 30.0)}) {
    Zone zone = sea_of("A", from, 200.0);
    zone.parts = {{from, destination(from, Metres(20'000.0), Bearing::from_degrees(90.0))}};
    const ZoneShape shape(zone);
    for (const double bearing : {0.0, 200.0, 300.0}) {
      const auto at = [&](double off_m) {
        return normal_of(destination(from, Metres(200.0 * 1852.0 + off_m), Bearing::from_degrees(bearing)));
      };
      EXPECT_TRUE(shape.contains(at(-1.0))) << bearing;
      EXPECT_FALSE(shape.contains(at(1.0))) << bearing;
    }
  }
}

TEST(Limit, EndsAtTheMedianLineOfANeighbourThatIsGivenToTheMetre) {
  const GeoPosition across = destination(middle, Metres(20'000.0), Bearing());
  Zone own = sea_of("A", middle, 12.0);
  own.neighbours = {{place(-30'000, 0, across), place(30'000, 0, across)}};
  const ZoneShape shape(own);
  // The two baselines are geodesics that bow alike: half way between them on the middle meridian.
  const auto at = [&](double m) { return normal_of(destination(middle, Metres(m), Bearing())); };
  EXPECT_TRUE(shape.contains(at(9'999.0)));
  EXPECT_FALSE(shape.contains(at(10'001.0)));
  own.neighbours.clear();
  EXPECT_TRUE(ZoneShape(own).contains(at(10'001.0)));
}

TEST(Limit, OverlappingClaimsStayBothAndAnAlertNamesEach) {
  const GeoPosition across = destination(middle, Metres(20'000.0), Bearing());
  RuleSet set = one_rule(StoppedRule{.for_min = 1.0}, {sea_of("A", middle, 12.0), sea_of("B", across, 12.0)});
  set.rules[0].zones = {ZoneId(1)};
  Ship ship{.mmsi = 1};
  ship.origin = destination(middle, Metres(10'000.0), Bearing());
  const auto told = testing::watch(set, {ship}, 70);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_THAT(told[0].alert.text, ::testing::HasSubstr("'sea of A' as claimed by A, and 'sea of B' as claimed by B"));
  ship.origin = destination(middle, Metres(10'000.0), Bearing::from_degrees(180.0));
  const auto alone = testing::watch(set, {ship}, 70);
  ASSERT_EQ(alone.size(), 1U);
  EXPECT_THAT(alone[0].alert.text, ::testing::Not(::testing::HasSubstr("claimed by B")));
}

}  // namespace
}  // namespace headland::rules
