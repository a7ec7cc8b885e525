// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rules/test/sea.hpp"

namespace headland::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::raised;
using testing::Ship;
using testing::watch;

constexpr double nmi = 1852.0;

// Two ships of 10 kn that meet head-on after `meet_s`, passing at `aside_m`.
std::vector<Ship> head_on(double meet_s, double aside_m) {
  const double way = from_knots(10.0).value() * meet_s;
  return {{.mmsi = 211000001, .north_m = -way, .course_deg = 0, .speed_kn = 10},
          {.mmsi = 211000002, .east_m = aside_m, .north_m = way, .course_deg = 180, .speed_kn = 10}};
}

RuleSet cpa() {
  return testing::one_rule(CpaRule{
      .distance_nmi = 0.2, .passing_distance_nmi = 0.2, .passing_time_min = 6.0, .time_min = 6.0, .steady_s = 30.0});
}

TEST(ClosestApproach, TwoShipsOnCollisionCourseAreToldSixMinutesAndTheSteadyTimeBefore) {
  const auto told = watch(cpa(), head_on(600.5, 10.0), 599.0);
  ASSERT_THAT(raised(told), ElementsAre(271.0));  // 360 s before is 240.5 s, and 30 s steady
  const auto& e = std::get<ClosestApproachEvidence>(told[0].alert.evidence);
  EXPECT_EQ(e.encounter, Encounter::head_on);
  EXPECT_NEAR(e.distance_m, 10.0, 1.0);
  EXPECT_NEAR(e.in_s, 330.0, 1.0);
  EXPECT_EQ(told[0].alert.subjects.size(), 2U);
}

TEST(ClosestApproach, IsToldAgainOnlyWhenItGrowsWorse) {
  const auto told = watch(cpa(), head_on(600.5, 10.0), 599.0);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[1].news, AlertNews::worse);
  EXPECT_EQ(told[1].s, 421.0);  // three minutes before
  EXPECT_EQ(told[1].alert.priority, Priority::alarm);
  EXPECT_EQ(told[1].alert.id, told[0].alert.id);
}

TEST(ClosestApproach, IsOverOnceBothArePast) {
  const auto told = watch(cpa(), head_on(600.5, 10.0), 700.0);
  ASSERT_EQ(told.back().news, AlertNews::rectified);
  EXPECT_NEAR(told.back().s, 631.0, 2.0);
}

TEST(ClosestApproach, ShipsThatPassWiderThanTheLimitAreNotTold) {
  EXPECT_THAT(watch(cpa(), head_on(600.5, 0.25 * nmi), 700.0), IsEmpty());
}

TEST(ClosestApproach, TheLimitItselfDecides) {
  EXPECT_THAT(raised(watch(cpa(), head_on(600.5, 0.2 * nmi - 5.0), 700.0)), ElementsAre(271.0));
  EXPECT_THAT(raised(watch(cpa(), head_on(600.5, 0.2 * nmi + 5.0), 700.0)), IsEmpty());
}

TEST(ClosestApproach, ShipsThatMoveApartAreNotTold) {
  auto ships = head_on(600.5, 10.0);
  std::swap(ships[0].course_deg, ships[1].course_deg);
  EXPECT_THAT(watch(cpa(), ships, 300.0), IsEmpty());
}

TEST(ClosestApproach, ShipsThatMeetHaveLimitsOfTheirOwn) {
  const auto rule = testing::one_rule(
      CpaRule{.distance_nmi = 0.2, .passing_distance_nmi = 0.05, .passing_time_min = 3.0, .steady_s = 30.0});
  EXPECT_THAT(raised(watch(rule, head_on(600.5, 80.0), 700.0)), ElementsAre(451.0));
  EXPECT_THAT(raised(watch(rule, head_on(600.5, 100.0), 700.0)), IsEmpty());
}

TEST(ClosestApproach, SmallCraftAmongThemselvesAreLeftAlone) {
  auto ships = head_on(600.5, 10.0);
  ships[0].length_m = ships[1].length_m = 20;
  EXPECT_THAT(watch(cpa(), ships, 700.0), IsEmpty());
  ships[0].length_m = 100;
  EXPECT_FALSE(watch(cpa(), ships, 700.0).empty());
}

TEST(ClosestApproach, WhoComesFromBehindOvertakes) {
  const std::vector<Ship> ships = {{.mmsi = 1001, .north_m = 0, .course_deg = 0, .speed_kn = 5},
                                   {.mmsi = 1002, .north_m = -2000, .course_deg = 2, .speed_kn = 15}};
  const auto told = watch(cpa(), ships, 100.0);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(std::get<ClosestApproachEvidence>(told[0].alert.evidence).encounter, Encounter::overtaking);
}

TEST(ClosestApproach, WhoComesFromTheSideCrosses) {
  const std::vector<Ship> ships = {{.mmsi = 1001, .north_m = -1500, .course_deg = 0, .speed_kn = 10},
                                   {.mmsi = 1002, .east_m = -1500, .course_deg = 90, .speed_kn = 10}};
  const auto told = watch(cpa(), ships, 100.0);
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(std::get<ClosestApproachEvidence>(told[0].alert.evidence).encounter, Encounter::crossing);
  EXPECT_THAT(told[0].alert.text, HasSubstr("crossing"));
}

TEST(ClosestApproach, TugsAndPilotsComeCloseForTheirLiving) {
  auto ships = head_on(600.5, 10.0);
  ships[1].type = 50;
  EXPECT_THAT(watch(cpa(), ships, 599.0), IsEmpty());
  ships[1].type = 31;
  EXPECT_THAT(watch(cpa(), ships, 599.0), IsEmpty());
}

TEST(ClosestApproach, AMooredShipIsPartOfTheShore) {
  std::vector<Ship> ships = {{.mmsi = 1001, .north_m = -3000, .course_deg = 0, .speed_kn = 10},
                             {.mmsi = 1002, .status = 5}};
  EXPECT_THAT(watch(cpa(), ships, 500.0), IsEmpty());
  ships[1].status = 1;  // at anchor one can be run down
  EXPECT_FALSE(watch(cpa(), ships, 500.0).empty());
}

TEST(ClosestApproach, BothAreTakenToOneTime) {
  // The second was heard 100 s ago; it has gone on since.
  auto ships = head_on(400.0, 10.0);
  ships[1].silent_from_s = 50.0;
  const auto told = watch(cpa(), ships, 109.0);
  ASSERT_EQ(raised(told).size(), 1U);
  EXPECT_NEAR(std::get<ClosestApproachEvidence>(told[0].alert.evidence).in_s, 400.0 - told[0].s, 1.5);
}

// The same scene anywhere on earth, the order of the vessels, and its mirror image.
std::vector<Ship> crossing_scene(double mirror, GeoPosition origin) {
  return {{.mmsi = 1001, .north_m = -3000, .course_deg = 0, .speed_kn = 10, .origin = origin},
          {.mmsi = 1002, .east_m = -3000 * mirror, .course_deg = 90 * mirror, .speed_kn = 10, .origin = origin},
          {.mmsi = 1003, .east_m = 4000 * mirror, .course_deg = 270 * mirror, .speed_kn = 12, .origin = origin}};
}

TEST(ClosestApproach, TheOrderOfVesselsDoesNotMatter) {
  auto ships = crossing_scene(1.0, testing::middle);
  const auto told = watch(cpa(), ships, 600.0);
  std::reverse(ships.begin(), ships.end());
  const auto turned = watch(cpa(), ships, 600.0);
  ASSERT_EQ(told.size(), turned.size());
  ASSERT_FALSE(told.empty());
  for (std::size_t i = 0; i < told.size(); ++i) {
    EXPECT_EQ(told[i].s, turned[i].s);
    EXPECT_EQ(told[i].alert.text, turned[i].alert.text);
  }
}

TEST(ClosestApproach, TheMirrorSceneGivesTheMirrorAlerts) {
  const auto told = watch(cpa(), crossing_scene(1.0, testing::middle), 600.0);
  const auto mirrored = watch(cpa(), crossing_scene(-1.0, testing::middle), 600.0);
  ASSERT_FALSE(told.empty());
  ASSERT_EQ(told.size(), mirrored.size());
  for (std::size_t i = 0; i < told.size(); ++i) {
    EXPECT_EQ(told[i].s, mirrored[i].s);
    EXPECT_EQ(told[i].news, mirrored[i].news);
    EXPECT_EQ(told[i].alert.subjects, mirrored[i].alert.subjects);
  }
}

TEST(ClosestApproach, HoldsAcross180DegreesAndNearThePole) {
  const auto here = watch(cpa(), crossing_scene(1.0, testing::middle), 600.0);
  for (const auto origin : {GeoPosition::from_degrees(10.0, 180.0), GeoPosition::from_degrees(-89.5, 30.0)}) {
    const auto there = watch(cpa(), crossing_scene(1.0, origin), 600.0);
    EXPECT_EQ(raised(there).size(), raised(here).size());
  }
}

RuleSet rendezvous() {
  return testing::one_rule(RendezvousRule{.distance_m = 500.0, .speed_kn = 2.0, .for_min = 60.0});
}
// One waits; the other comes at 8 kn, lies 300 m off from second 600 on.
std::vector<Ship> meeting(double aside_m) {
  Ship comes{.mmsi = 1002, .east_m = aside_m, .speed_kn = 0.2};
  comes.when = [aside_m](Ship& s, double t) {
    s.speed_kn = t < 600.0 ? 8.0 : 0.0;
    s.course_deg = 0.0;
    s.north_m = t < 600.0 ? -from_knots(8.0).value() * 600.0 : 0.0;
    s.east_m = aside_m;
  };
  return {{.mmsi = 1001, .speed_kn = 0.0}, comes};
}

TEST(Rendezvous, TwoThatLieTogetherForAnHourAreToldThen) {
  EXPECT_THAT(raised(watch(rendezvous(), meeting(300.0), 5000.0)), ElementsAre(4200.0));
}
TEST(Rendezvous, NotTooFarApart) { EXPECT_THAT(watch(rendezvous(), meeting(520.0), 5000.0), IsEmpty()); }
TEST(Rendezvous, NotTooShort) { EXPECT_THAT(watch(rendezvous(), meeting(300.0), 4199.0), IsEmpty()); }
TEST(Rendezvous, NotWhereManyLie) {
  auto ships = meeting(300.0);
  for (std::uint32_t i = 0; i < 3; ++i) ships.push_back({.mmsi = 2000 + i, .east_m = 500.0 + 200.0 * i, .status = 1});
  EXPECT_THAT(watch(rendezvous(), ships, 5000.0), IsEmpty());
}
TEST(Rendezvous, NotOfShipsAtAnchor) {
  auto ships = meeting(300.0);
  ships[0].status = 1;
  EXPECT_THAT(watch(rendezvous(), ships, 5000.0), IsEmpty());
}

RuleSet convoy() { return testing::one_rule(ConvoyRule{.vessels = 3, .spacing_nmi = 1.0, .for_min = 10.0}); }
std::vector<Ship> line(double spacing_m) {
  std::vector<Ship> ships;
  for (std::uint32_t i = 0; i < 3; ++i) {
    ships.push_back({.mmsi = 1001 + i, .north_m = spacing_m * i, .course_deg = 5.0 * i, .speed_kn = 10.0});
  }
  return ships;
}
TEST(Convoy, ThreeInLineAreToldOnceAfterTenMinutes) {
  const auto told = watch(convoy(), line(1000.0), 700.0);
  ASSERT_THAT(raised(told), ElementsAre(600.0));
  EXPECT_EQ(std::get<ConvoyEvidence>(told[0].alert.evidence).vessels, 3U);
}
TEST(Convoy, TwoAreNone) {
  auto ships = line(1000.0);
  ships.pop_back();
  EXPECT_THAT(watch(convoy(), ships, 700.0), IsEmpty());
}
TEST(Convoy, TooFarApartIsNone) { EXPECT_THAT(watch(convoy(), line(2100.0), 700.0), IsEmpty()); }

}  // namespace
}  // namespace headland::rules
