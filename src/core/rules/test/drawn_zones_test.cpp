// SPDX-License-Identifier: Apache-2.0
#include "core/rules/zone/drawn_zones.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rules/test/sea.hpp"

namespace headland::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::place;
using testing::Ship;

const Timestamp now = testing::at(0);

DrawnZone drawn(ZoneKind kind, std::vector<GeoPosition> corners, std::string name = "Reef") {
  DrawnZone out;
  out.zone.name = std::move(name);
  out.zone.kind = kind;
  out.zone.parts = {std::move(corners)};
  return out;
}
DrawnZone square(std::string name = "Reef") {
  return drawn(ZoneKind::area, {place(-1000, 0), place(1000, 0), place(1000, 2000), place(-1000, 2000)},
               std::move(name));
}
DrawnZones with(const DrawnZones& set, DrawnZone zone, const std::string& who = "Anna") {
  const auto next = changed(set, {ZoneAction::save, std::move(zone), who, ""}, now);
  EXPECT_TRUE(next) << next.error();
  return next.value_or(DrawnZones());
}
std::string refused(const DrawnZones& set, const ZoneOrder& order) {
  const auto next = changed(set, order, now);
  return next ? std::string() : next.error();
}

TEST(DrawnZone, WhatCanBeDrawnHasNoFault) {
  EXPECT_EQ(fault_of(square()), "");
  EXPECT_EQ(fault_of(drawn(ZoneKind::line, {place(0, 0), place(0, 500)})), "");
  EXPECT_EQ(fault_of(drawn(ZoneKind::cable, {place(0, 0), place(0, 500), place(500, 0)})), "");
  auto point = drawn(ZoneKind::point, {place(0, 0)});
  point.zone.radius_m = 500;
  EXPECT_EQ(fault_of(point), "");
  auto lane = drawn(ZoneKind::lane, {place(0, 0), place(0, 5000)});
  lane.zone.width_m = 800;
  EXPECT_EQ(fault_of(lane), "");
  auto corridor = drawn(ZoneKind::area, {place(0, 0), place(0, 5000)});
  corridor.zone.width_m = 300;
  EXPECT_EQ(fault_of(corridor), "");
}

TEST(DrawnZone, AnOutlineThatCrossesItselfIsRefusedAndSaysWhere) {
  const auto bow = drawn(ZoneKind::area, {place(0, 0), place(1000, 1000), place(1000, 0), place(0, 1000)});
  EXPECT_THAT(fault_of(bow), HasSubstr("crosses itself between corners 1 and 2, and 3 and 4"));
  // A corner that touches another edge is a crossing, one that stays a metre off is none.
  const auto touching = [](double east) {
    return fault_of(
        drawn(ZoneKind::area, {place(0, 0), place(1000, 0), place(1000, 1000), place(east, 0.0), place(0, 1000)}));
  };
  EXPECT_THAT(touching(500), HasSubstr("crosses itself"));
  EXPECT_EQ(fault_of(drawn(ZoneKind::area,
                           {place(0, 0), place(1000, 0), place(1000, 1000), place(500, 1.0), place(0, 1000)})),
            "");
}

TEST(DrawnZone, AcrossTheDateLineAndAboutAPoleItIsJudgedTheSame) {
  const auto p = [](double lat, double lon) { return GeoPosition::from_degrees(lat, lon); };
  EXPECT_EQ(fault_of(drawn(ZoneKind::area, {p(10, 179.9), p(10, -179.9), p(10.2, -179.9), p(10.2, 179.9)})), "");
  EXPECT_THAT(fault_of(drawn(ZoneKind::area, {p(10, 179.9), p(10.2, -179.9), p(10.2, 179.9), p(10, -179.9)})),
              HasSubstr("crosses itself"));
  EXPECT_EQ(fault_of(drawn(ZoneKind::area, {p(88, 0), p(88, 120), p(88, -120)})), "");
}

TEST(DrawnZone, WhatItLacksIsSaid) {
  const auto fault = [](ZoneKind kind, std::vector<GeoPosition> corners) {
    return fault_of(drawn(kind, std::move(corners)));
  };
  EXPECT_THAT(fault(ZoneKind::area, {place(0, 0), place(0, 9)}), HasSubstr("at least 3 points, and has 2"));
  EXPECT_THAT(fault(ZoneKind::line, {place(0, 0)}), HasSubstr("at least 2 points"));
  EXPECT_THAT(fault(ZoneKind::point, {place(0, 0)}), HasSubstr("radius"));
  EXPECT_THAT(fault(ZoneKind::lane, {place(0, 0), place(0, 9000), place(9000, 0)}), HasSubstr("direction"));
  EXPECT_THAT(fault(ZoneKind::limit, {place(0, 0), place(0, 9)}), HasSubstr("rules file"));
  EXPECT_THAT(fault(ZoneKind::line, {place(0, 0), place(0, 0.5)}), HasSubstr("lie on one another"));
  EXPECT_THAT(fault(ZoneKind::area, {place(0, 0), place(0, 500), place(0, 1000)}), HasSubstr("encloses nothing"));
  EXPECT_THAT(fault(ZoneKind::line, {GeoPosition::from_degrees(0, 0), GeoPosition::from_degrees(0, 30)}),
              HasSubstr("farther than 1000 km"));
  EXPECT_THAT(fault(ZoneKind::line, std::vector<GeoPosition>(most_drawn_corners + 1, place(0, 0))),
              HasSubstr("more than"));
  EXPECT_EQ(fault_of(square("")), "it needs a name");
  EXPECT_THAT(fault_of(square(std::string(61, 'a'))), HasSubstr("longer"));
  auto zone = square();
  zone.zone.validity.from = zone.zone.validity.until = now;
  EXPECT_THAT(fault_of(zone), HasSubstr("ends before it begins"));
  zone = square();
  zone.zone.classes = 0;
  EXPECT_THAT(fault_of(zone), HasSubstr("no class"));
  zone = square();
  zone.watches = {{ZoneTell::crossing, 0.0}};
  EXPECT_THAT(fault_of(zone), HasSubstr("cannot be told of a zone of kind area"));
  zone.watches = {{ZoneTell::dwell, 0.0}};
  EXPECT_THAT(fault_of(zone), HasSubstr("needs its limit"));
  zone.watches = {{ZoneTell::entry, 0.0}, {ZoneTell::entry, 0.0}};
  EXPECT_THAT(fault_of(zone), HasSubstr("twice"));
}

TEST(DrawnZones, EveryChangeIsAVersionThatSaysWhoAndWhat) {
  DrawnZones set = with({}, square());
  EXPECT_EQ(set.version, 1U);
  EXPECT_EQ(set.what + " " + set.name + " " + set.who, "drawn Reef Anna");
  set = with(set, square("Bank"), "Bo");
  DrawnZone moved = set.zones[0];
  moved.zone.parts[0][2] = place(900, 1900);
  set = with(set, moved, "Bo");
  EXPECT_EQ(set.what + " " + set.zones[0].who, "changed Bo");
  EXPECT_EQ(set.zones[0].number, 1U);
  EXPECT_EQ(set.zones[0].version, 3U);
  EXPECT_EQ(set.zones[1].version, 2U);
  DrawnZone gone;
  gone.number = 1;
  gone.version = 3;
  EXPECT_THAT(refused(set, {ZoneAction::remove, gone, "Anna", " "}), HasSubstr("say why"));
  const auto left = changed(set, {ZoneAction::remove, gone, "Anna", "no exercise"}, now);
  ASSERT_TRUE(left);
  EXPECT_EQ(left->what + " " + left->name + " " + left->why, "deleted Reef no exercise");
  EXPECT_EQ(left->zones.size(), 1U);
  // Numbers are never given twice.
  EXPECT_EQ(with(*left, square()).zones[1].number, 3U);
}

TEST(DrawnZones, WhatAnotherHasChangedMeanwhileIsNotOverwritten) {
  const DrawnZones first = with({}, square());
  const DrawnZones second = with(first, first.zones[0], "Bo");
  EXPECT_THAT(refused(second, {ZoneAction::save, first.zones[0], "Anna", ""}), HasSubstr("changed by Bo"));
  EXPECT_THAT(refused(second, {ZoneAction::remove, first.zones[0], "Anna", "x"}), HasSubstr("changed by Bo"));
  DrawnZone unknown = square("Bank");
  unknown.number = 9;
  EXPECT_THAT(refused(second, {ZoneAction::save, unknown, "Anna", ""}), HasSubstr("no more"));
  EXPECT_THAT(refused(second, {ZoneAction::save, square(), "Anna", ""}), HasSubstr("already"));
}

TEST(DrawnZones, OneRuleWatchesAllThatTellTheSame) {
  auto a = square("A"), b = square("B"), c = square("C");
  a.watches = {{ZoneTell::entry, 0.0}, {ZoneTell::dwell, 30.0}};
  b.watches = {{ZoneTell::entry, 0.0}};
  c.watches = {{ZoneTell::entry, 0.0}};
  c.priority = Priority::alarm;
  const auto rules = watch_rules(with(with(with({}, a), b), c), ZoneId(5), RuleId(3));
  ASSERT_EQ(rules.size(), 3U);
  EXPECT_EQ(rules[0].name, "entry (drawn)");
  EXPECT_THAT(rules[0].zones, ElementsAre(ZoneId(5), ZoneId(6)));
  EXPECT_EQ(rules[1].name, "entry (drawn, alarm)");
  EXPECT_THAT(rules[1].zones, ElementsAre(ZoneId(7)));
  EXPECT_EQ(rules[2].name, "stays over 30 min (drawn)");
  EXPECT_EQ(rules[2].id, RuleId(5));
}

// A set that watches one drawn zone.
RuleSet set_of(DrawnZone zone) {
  const DrawnZones drawn = with({}, std::move(zone));
  RuleSet set;
  set.zones.push_back(drawn.zones[0].zone);
  set.zones[0].id = ZoneId(1);
  set.rules = watch_rules(drawn, ZoneId(1), RuleId(1));
  return set;
}
// 10 m/s to the north.
Ship northward(double east_m, double north_m) {
  return {.mmsi = 1, .east_m = east_m, .north_m = north_m, .course_deg = 0.0, .speed_kn = 10.0 / mps_per_knot};
}
std::vector<double> told_of(DrawnZone zone, ZoneTell tell, const Ship& ship, double until_s, double limit = 0.0) {
  zone.watches = {{tell, limit}};
  return testing::raised(testing::watch(set_of(std::move(zone)), {ship}, until_s));
}

TEST(DrawnZones, WhatIsDrawnIsTold) {
  EXPECT_THAT(told_of(square(), ZoneTell::entry, northward(0, -1005), 200), ElementsAre(101.0));
  EXPECT_THAT(told_of(square(), ZoneTell::entry, northward(1005, -1005), 400), IsEmpty());
  EXPECT_THAT(told_of(square(), ZoneTell::dwell, northward(0, -1005), 220, 1.0), ElementsAre(161.0));
  EXPECT_THAT(
      told_of(drawn(ZoneKind::line, {place(-500, 0), place(500, 0)}), ZoneTell::crossing, northward(0, -1005), 200),
      ElementsAre(101.0));
  // It lies from west to east: who goes north crosses to its left.
  EXPECT_THAT(
      told_of(drawn(ZoneKind::line, {place(-500, 0), place(500, 0)}), ZoneTell::cross_right, northward(0, -1005), 200),
      IsEmpty());
}

TEST(DrawnZones, ACorridorIsAllWithinHalfItsWidth) {
  auto corridor = drawn(ZoneKind::area, {place(-5000, 0), place(5000, 0)});
  corridor.zone.width_m = 400.0;
  EXPECT_THAT(told_of(corridor, ZoneTell::entry, northward(0, -1205), 200), ElementsAre(101.0));
  EXPECT_THAT(told_of(corridor, ZoneTell::entry, northward(5205, -1205), 400), IsEmpty());
}

TEST(DrawnZones, WhoWatchesItIsKnown) {
  auto zone = square();
  zone.watches = {{ZoneTell::entry, 0.0}};
  RuleSet set = set_of(zone);
  Rule cable;
  cable.name = "cables";
  cable.kind = CableRule{};
  set.rules.push_back(cable);
  EXPECT_THAT(watchers_of(set, ZoneId(1)), ElementsAre("entry (drawn)"));
  EXPECT_THAT(watchers_of(set, ZoneKind::cable), ElementsAre("cables"));
  EXPECT_THAT(watchers_of(set, ZoneKind::area), IsEmpty());
  set.zones[0].kind = ZoneKind::cable;
  EXPECT_THAT(watchers_of(set, ZoneId(1)), ElementsAre("entry (drawn)", "cables"));
}

}  // namespace
}  // namespace headland::rules
