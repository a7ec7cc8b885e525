// SPDX-License-Identifier: Apache-2.0
#include "core/rules/rule_engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/random.hpp"
#include "core/rules/test/sea.hpp"

namespace headland::rules {
namespace {

using testing::box;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::one_rule;
using testing::picture_of;
using testing::raised;
using testing::Ship;
using testing::watch;

TEST(RuleEngine, ASequenceIsToldOfTheSameVesselOnly) {
  auto set = testing::one_rule(SpeedRule{.above_kn = 20.0});
  set.rules[0].name = "fast";
  set.rules.push_back({.id = RuleId(2), .name = "slow", .kind = SpeedRule{.below_kn = 5.0}});
  set.rules.push_back({.id = RuleId(3), .name = "both", .kind = SequenceRule{"fast", "slow", 2.0}});
  Ship ship{.mmsi = 1};
  ship.when = [](Ship& s, double t) { s.speed_kn = t < 50 ? 25.0 : t < 100 ? 10.0 : 3.0; };
  const auto told = watch(set, {ship, {.mmsi = 2, .speed_kn = 10.0}}, 150);
  ASSERT_THAT(raised(told), ElementsAre(0.0, 100.0, 100.0));
  EXPECT_EQ(told.back().alert.rule_name, "both");
  EXPECT_EQ(std::get<SequenceEvidence>(told.back().alert.evidence).apart_s, 100.0);
  // Another vessel's slowness proves nothing.
  EXPECT_EQ(raised(watch(set, {{.mmsi = 1, .speed_kn = 25.0}, {.mmsi = 2, .speed_kn = 3.0}}, 150)).size(), 2U);
}

TEST(RuleEngine, ASequenceThatTookTooLongIsNone) {
  auto set = testing::one_rule(SpeedRule{.above_kn = 20.0});
  set.rules[0].name = "fast";
  set.rules.push_back({.id = RuleId(2), .name = "slow", .kind = SpeedRule{.below_kn = 5.0}});
  set.rules.push_back({.id = RuleId(3), .name = "both", .kind = SequenceRule{"fast", "slow", 1.5}});
  Ship ship{.mmsi = 1};
  ship.when = [](Ship& s, double t) { s.speed_kn = t < 50 ? 25.0 : t < 100 ? 10.0 : 3.0; };
  EXPECT_EQ(raised(watch(set, {ship}, 150)).size(), 2U);
}

TEST(RuleEngine, ARadarTrackThatIsIdentifiedKeepsItsAlert) {
  auto set = testing::one_rule(SpeedRule{.above_kn = 20.0});
  Ship ship{.speed_kn = 25.0, .radar = true};
  ship.when = [](Ship& s, double t) { s.mmsi = t < 10 ? 0 : 211000001; };
  EXPECT_EQ(watch(set, {ship}, 100).size(), 1U);
}

// One situation is one alert: a vessel of which a rule tells is not told of again by one that leaves it to that rule.
TEST(RuleEngine, IsSilentWhereAnotherRuleTellsOfTheVessel) {
  auto set = testing::one_rule(SpeedRule{.below_kn = 3.0});
  set.rules[0].name = "slow";
  set.rules[0].unless = {RuleId(2)};
  set.rules.push_back({.id = RuleId(2), .name = "very slow", .kind = SpeedRule{.below_kn = 2.0}});
  const auto names = [](const std::vector<testing::Told>& told) {
    std::vector<std::string> out;
    for (const auto& t : told) {
      if (t.news == AlertNews::raised) out.push_back(t.alert.rule_name);
    }
    return out;
  };
  // Both begin at the same instant, and the order in the file does not matter.
  EXPECT_THAT(names(watch(set, {{.mmsi = 1, .speed_kn = 1.0}}, 60)), ElementsAre("very slow"));
  EXPECT_THAT(names(watch(set, {{.mmsi = 1, .speed_kn = 2.5}}, 60)), ElementsAre("slow"));
  // Nor does it where they stand in a row, the last first in the file.
  auto row = set;
  row.rules.insert(row.rules.begin(), {.id = RuleId(1), .name = "below 5", .kind = SpeedRule{.below_kn = 5.0}});
  for (std::uint32_t i = 0; i < 3; ++i) row.rules[i].id = RuleId(i + 1);
  row.rules[0].unless = {RuleId(2)};
  row.rules[1].unless = {RuleId(3)};
  EXPECT_THAT(names(watch(row, {{.mmsi = 1, .speed_kn = 2.5}}, 60)), ElementsAre("slow"));
  row.rules[2].unless = {RuleId(1)};  // in a circle the first tells
  EXPECT_EQ(names(watch(row, {{.mmsi = 1, .speed_kn = 1.0}}, 60))[0], "below 5");
  // Of another vessel it tells.
  EXPECT_THAT(names(watch(set, {{.mmsi = 1, .speed_kn = 1.0}, {.mmsi = 2, .east_m = 9000, .speed_kn = 2.5}}, 60)),
              ElementsAre("very slow", "slow"));
  // A quarter of an hour after the other is over it tells of what still holds.
  Ship ship{.mmsi = 1};
  ship.when = [](Ship& s, double t) { s.speed_kn = t < 60 ? 1.0 : 2.5; };
  const auto told = watch(set, {ship}, 1200);
  EXPECT_THAT(names(told), ElementsAre("very slow", "slow"));
  EXPECT_NEAR(raised(told).back(), 59 + 900, 2.0);
}

// AIS that left its echo is one situation, not two: the echo has no number, but was that vessel.
TEST(RuleEngine, TheEchoOfAVesselOfWhoseAisARuleTellsIsNotToldOfAnew) {
  auto set = testing::one_rule(SpeedRule{.above_kn = 20.0});
  set.rules[0].name = "AIS";
  set.rules.push_back({.id = RuleId(2), .name = "dark", .kind = DarkVesselRule{}});
  Ship ship{.mmsi = 5, .speed_kn = 25.0, .radar = true, .echo_m = 150};
  ship.when = [](Ship& s, double t) {
    if (t >= 100) s.mmsi = 0, s.speed_kn = 12.0;
  };
  std::vector<Ship> ships{ship};
  for (std::uint32_t i = 1; i <= 3; ++i) ships.push_back({.mmsi = i, .east_m = 4000.0 * i, .radar = true});
  const auto dark_at = [&] {
    for (const auto& t : watch(set, ships, 1500)) {
      if (t.news == AlertNews::raised && t.alert.rule_name == "dark") return t.s;
    }
    return -1.0;
  };
  EXPECT_NEAR(dark_at(), 400, 5);
  set.rules[1].unless = {RuleId(1)};
  EXPECT_NEAR(dark_at(), 99 + 900, 5);
}

TEST(RuleEngine, LeavesOutWhoIsInAPort) {
  auto set = testing::one_rule(SpeedRule{.below_kn = 5.0}, {testing::box(ZoneKind::port, -1000, -1000, 1000, 1000)});
  set.rules[0].outside = {ZoneId(1)};
  EXPECT_THAT(watch(set, {{.mmsi = 1}}, 10), IsEmpty());
  EXPECT_EQ(watch(set, {{.mmsi = 1, .east_m = 1500}}, 10).size(), 1U);
}

TEST(RuleEngine, IsBoundedInVesselsAndSaysSo) {
  RuleEngine engine(testing::one_rule(SpeedRule{.below_kn = 5.0}), {.most_vessels = 3, .most_situations = 2});
  std::vector<Ship> ships;
  for (std::uint32_t i = 0; i < 5; ++i) ships.push_back({.mmsi = 1 + i});
  std::vector<AlertChange> out;
  engine.process(testing::picture_of(ships, 0.0), nullptr, out);
  EXPECT_EQ(engine.vessels_remembered(), 3U);
  EXPECT_EQ(engine.counters().vessels_refused, 2U);
  EXPECT_EQ(engine.counters().situations_refused, 1U);
  EXPECT_EQ(out.size(), 2U);
}

TEST(RuleEngine, ForgetsWhoWasNotSeenForLong) {
  RuleEngine engine(testing::one_rule(SpeedRule{.above_kn = 5.0}), {.forget_after = std::chrono::minutes(5)});
  std::vector<Ship> ships = {{.mmsi = 1}, {.mmsi = 2}};
  std::vector<AlertChange> out;
  engine.process(testing::picture_of(ships, 0.0), nullptr, out);
  ships.pop_back();
  for (double s = 60.0; s <= 600.0; s += 60.0) engine.process(testing::picture_of(ships, s), nullptr, out);
  EXPECT_EQ(engine.vessels_remembered(), 1U);
}

TEST(RuleEngine, BeginsAnewWhenTimeGoesBackFar) {
  RuleEngine engine(testing::one_rule(SpeedRule{.below_kn = 5.0}));
  std::vector<Ship> ships = {{.mmsi = 1}};
  std::vector<AlertChange> out;
  engine.process(testing::picture_of(ships, 1000.0), nullptr, out);
  engine.process(testing::picture_of(ships, 990.0), nullptr, out);  // a little: left out
  EXPECT_EQ(engine.counters().time_went_back, 0U);
  engine.process(testing::picture_of(ships, 0.0), nullptr, out);
  EXPECT_EQ(engine.counters().time_went_back, 1U);
  EXPECT_EQ(engine.active().size(), 1U);
}

TEST(RuleEngine, EveryAlertHasEvidenceAndASentence) {
  auto set = testing::one_rule(SpeedRule{.below_kn = 5.0});
  for (const auto& t : watch(set, {{.mmsi = 1}, {.mmsi = 2}}, 10)) {
    EXPECT_FALSE(std::holds_alternative<std::monostate>(t.alert.evidence));
    EXPECT_FALSE(t.alert.text.empty());
    EXPECT_FALSE(t.alert.subjects.empty());
  }
}

// A crowded sea of ships on chance courses, and rules of many kinds.
std::vector<Ship> crowd(std::uint64_t seed) {
  Random random(seed);
  std::vector<Ship> ships;
  for (std::uint32_t i = 0; i < 60; ++i) {
    Ship ship{.mmsi = i % 7 == 0 ? 0 : 1000 + i};
    ship.east_m = 12'000.0 * (random.uniform() - 0.5);
    ship.north_m = 12'000.0 * (random.uniform() - 0.5);
    ship.course_deg = 360.0 * random.uniform();
    ship.speed_kn = 18.0 * random.uniform();
    ship.heading_deg = 360.0 * random.uniform();
    ship.radar = ship.mmsi == 0 || i % 3 == 0;
    ship.echo_m = 100.0 * random.uniform();
    ship.draught_m = 12.0 * random.uniform();
    ship.silent_from_s = i % 5 == 0 ? 30.0 : 1e9;
    ships.push_back(ship);
  }
  return ships;
}
RuleSet many_rules() {
  auto set = testing::one_rule(CpaRule{}, {testing::box(ZoneKind::area, -3000, -3000, 0, 0),
                                           testing::box(ZoneKind::depth, 500, 500, 4000, 4000)});
  for (const RuleKind& kind : std::vector<RuleKind>{
           EntryRule{}, ExitRule{}, DriftRule{.for_min = 1}, ConvoyRule{.for_min = 0.5}, DarkVesselRule{.seen_min = 1},
           SwitchedOffRule{.silent_min = 1.5}, SpeedRule{.above_kn = 15}, GroundingRule{}}) {
    set.rules.push_back({.id = RuleId(static_cast<std::uint32_t>(set.rules.size() + 1)), .name = "rule", .kind = kind});
  }
  return set;
}
TEST(RuleEngine, ManyShipsInAnyOrderOfThePictureGiveTheSameAlertsEachWithItsEvidence) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    auto ships = crowd(seed);
    RuleEngine forth(many_rules()), back(many_rules());
    std::vector<AlertChange> one, other;
    for (double s = 0.0; s <= 180.0; s += 1.0) {
      Picture picture = testing::picture_of(ships, s);
      forth.process(picture, nullptr, one);
      std::reverse(picture.tracks.begin(), picture.tracks.end());
      back.process(picture, nullptr, other);
    }
    ASSERT_GT(one.size(), 10U);
    ASSERT_EQ(one.size(), other.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
      EXPECT_EQ(one[i].alert.text, other[i].alert.text);
      EXPECT_EQ(one[i].alert.changed, other[i].alert.changed);
      EXPECT_FALSE(std::holds_alternative<std::monostate>(one[i].alert.evidence));
    }
  }
}

TEST(AlertState, FollowsTheStandard) {
  using enum AlertState;
  EXPECT_EQ(after(active_unacknowledged, AlertAction::acknowledge), active_acknowledged);
  EXPECT_EQ(after(active_unacknowledged, AlertAction::silence), active_silenced);
  EXPECT_EQ(after(active_silenced, AlertAction::silence_over), active_unacknowledged);
  EXPECT_EQ(after(active_unacknowledged, AlertAction::rectify), rectified_unacknowledged);
  EXPECT_EQ(after(active_acknowledged, AlertAction::rectify), ended);
  EXPECT_EQ(after(rectified_unacknowledged, AlertAction::acknowledge), ended);
  EXPECT_EQ(after(active_acknowledged, AlertAction::worsen), active_unacknowledged);
  EXPECT_EQ(after(shelved, AlertAction::acknowledge), std::nullopt);
  EXPECT_EQ(after(ended, AlertAction::acknowledge), std::nullopt);
}

// What is told from second 200 on by an engine that was stopped there and begun again, or went on.
std::vector<AlertChange> told_after(RuleEngine& engine, std::vector<Ship>& ships) {
  std::vector<AlertChange> changes;
  for (double s = 200.0; s <= 900.0; s += 1.0) engine.process(picture_of(ships, s), nullptr, changes);
  return changes;
}
RuleSet set_of_snapshots(std::vector<Zone> zones) {
  RuleSet set = one_rule(DwellRule{.longest_min = 5.0}, std::move(zones));
  set.rules[0].name = "dwell";
  set.rules[0].zones = {ZoneId(static_cast<std::uint32_t>(set.zones.size()))};
  Rule fast = one_rule(SpeedRule{.above_kn = 20.0}).rules[0];
  fast.id = RuleId(2);
  fast.name = "fast";
  set.rules.push_back(fast);
  return set;
}
Zone named(Zone zone, const std::string& name) {
  zone.name = name;
  return zone;
}

TEST(EngineSnapshot, WhatIsToldAfterARestartIsWhatWouldHaveBeenTold) {
  const Zone here = named(box(ZoneKind::area, -9000, -9000, 9000, 9000), "here");
  std::vector<Ship> ships = {{.mmsi = 1, .speed_kn = 5}, {.mmsi = 2, .east_m = 20'000, .speed_kn = 25}};
  ships[1].when = [](Ship& s, double t) { s.speed_kn = t < 400.0 ? 25.0 : 10.0; };
  RuleEngine going(set_of_snapshots({here}));
  std::vector<AlertChange> changes;
  for (double s = 0.0; s < 200.0; s += 1.0) going.process(picture_of(ships, s), nullptr, changes);
  RuleEngine again(set_of_snapshots({here}));
  ASSERT_TRUE(again.restore(going.snapshot()));
  // Another zone before it in a file that was changed meanwhile: the stay is still that in "here".
  const Zone other = named(box(ZoneKind::area, 40'000, 0, 41'000, 1000), "other");
  RuleEngine changed(set_of_snapshots({other, here}));
  ASSERT_TRUE(changed.restore(going.snapshot()));
  const auto expected = told_after(going, ships);
  ASSERT_GE(expected.size(), 2U);
  for (RuleEngine* engine : {&again, &changed}) {
    const auto told = told_after(*engine, ships);
    ASSERT_EQ(told.size(), expected.size());
    for (std::size_t i = 0; i < told.size(); ++i) {
      EXPECT_EQ(told[i].news, expected[i].news);
      EXPECT_EQ(told[i].alert.id, expected[i].alert.id);
      EXPECT_EQ(told[i].alert.raised, expected[i].alert.raised);
      EXPECT_EQ(told[i].alert.text, expected[i].alert.text);
    }
  }
}

TEST(EngineSnapshot, OfAnotherVersionIsRefused) {
  RuleEngine engine(one_rule(SpeedRule{.above_kn = 20.0}));
  EngineSnapshot snapshot = engine.snapshot();
  snapshot.version += 1;
  EXPECT_FALSE(engine.restore(snapshot));
}

}  // namespace
}  // namespace headland::rules
