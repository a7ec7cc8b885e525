// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rules/test/sea.hpp"

namespace headland::rules {
namespace {

using testing::at;
using testing::box;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::one_rule;
using testing::place;
using testing::raised;
using testing::Told;
using testing::watch_calls;
using Calls = std::vector<CallForHelp>;

// Seen every three seconds from 10 s on.
CallForHelp call(double last_s, std::uint32_t number = 1, double east_m = 0.0) {
  CallForHelp out;
  out.number = number;
  out.radar = SensorId(2);
  out.time = at(last_s);
  out.from = place(east_m, 5000);
  out.to = place(east_m, 6185);
  out.range_m = 6185;
  out.dots = 9;
  out.turns = 4;
  return out;
}
Calls from_ten_to(double last_s, double s) {
  if (s < 10.0) return {};
  return {call(std::min(last_s, s - std::fmod(s - 10.0, 3.0)))};
}

TEST(CallForHelp, IsAnEmergencyAtOnceWhateverThePriorityAndTheVesselsOfTheRule) {
  auto set = one_rule(DistressRule{});
  set.rules[0].priority = Priority::caution;
  set.rules[0].filter.classes = bit_of(ShipClass::tanker);
  set.rules[0].filter.length_min_m = 100;
  const auto told = watch_calls(set, [](double s) { return from_ten_to(1e9, s); }, 300);
  ASSERT_THAT(raised(told), ElementsAre(10.0));
  EXPECT_EQ(told.size(), 1U);
  const Alert& alert = told[0].alert;
  EXPECT_EQ(alert.priority, Priority::emergency);
  EXPECT_THAT(alert.text, HasSubstr("SART calls for help: radar 2 sees 9 dots"));
  EXPECT_THAT(alert.text, HasSubstr("3.3 NM (it lies up to 0.64 NM before that)"));
  // In the middle of where it may lie; the evidence holds both ends.
  EXPECT_NEAR(tangent_at(testing::middle).near(normal_of(alert.position)).north.value(), 5592.5, 1.0);
  const auto& evidence = std::get<CallEvidence>(alert.evidence);
  EXPECT_EQ(evidence.turns, 4U);
  EXPECT_NE(evidence.from, evidence.to);
}

// A radar that jumps at 20 s and, by a little, at 100 s.
std::vector<Told> watch_jumps(RuleSet set, double until_s) {
  RuleEngine engine(std::move(set));
  std::vector<Told> told;
  for (double s = 0.0; s <= until_s; s += 1.0) {
    std::vector<RadarJumped> jumps;
    if (s >= 30.0) jumps.push_back({SensorId(2), "matoco", at(20.0), -5.04, place(100, 200)});
    if (s >= 110.0) jumps.push_back({SensorId(1), "pier", at(100.0), 0.2, place(0, 0)});
    Picture picture;
    picture.time = at(s);
    std::vector<AlertChange> changes;
    engine.process(picture, nullptr, changes, {}, jumps);
    for (const AlertChange& c : changes) told.push_back({s, c.news, c.alert});
  }
  return told;
}

TEST(RadarJump, IsToldOnceUnderTheNameOfTheRadarAndIsOverAfterTenMinutes) {
  const auto told = watch_jumps(one_rule(RadarJumpRule{}), 800);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].s, 30.0);
  EXPECT_EQ(told[0].alert.since, at(20.0));
  EXPECT_THAT(told[0].alert.text, HasSubstr("radar matoco suddenly measures all bearings less by 5.0 degrees"));
  EXPECT_NEAR(tangent_at(testing::middle).near(normal_of(told[0].alert.position)).north.value(), 200.0, 1.0);
  EXPECT_EQ(told[1].news, AlertNews::rectified);
  EXPECT_GT(told[1].s, 619.0);
}

TEST(RadarJump, IsNoMatterOfOtherRules) {
  EXPECT_THAT(watch_jumps(one_rule(DistressRule{}), 200), IsEmpty());
  EXPECT_THAT(raised(watch_jumps(one_rule(RadarJumpRule{.at_least_deg = 0.1}), 200)), ElementsAre(30.0, 110.0));
}

TEST(CallForHelp, NobodyCallsAndARuleThatIsNotAskedForIt) {
  EXPECT_THAT(watch_calls(one_rule(DistressRule{}), [](double) { return Calls{}; }, 100), IsEmpty());
  EXPECT_THAT(watch_calls(
                  one_rule(DistressRule{.by_radar = false}), [](double s) { return from_ten_to(1e9, s); }, 100),
              IsEmpty());
  EXPECT_THAT(
      watch_calls(one_rule(SpeedRule{.above_kn = 1}), [](double s) { return from_ten_to(1e9, s); }, 100), IsEmpty());
}

TEST(CallForHelp, ItCallsForAMinuteAfterItWasLastSeenAndIsOverHalfAMinuteLater) {
  // Last seen at 40 s: it calls until 100 s, and is over 30 s after that.
  const auto told = watch_calls(one_rule(DistressRule{}), [](double s) { return from_ten_to(40, s); }, 400);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[1].news, AlertNews::rectified);
  EXPECT_EQ(told[1].s, 130.0);
  // What was seen a second too long ago begins nothing.
  EXPECT_THAT(watch_calls(one_rule(DistressRule{}), [](double s) { return Calls{call(s - 61.0)}; }, 50), IsEmpty());
  EXPECT_THAT(raised(watch_calls(
                  one_rule(DistressRule{}), [](double s) { return Calls{call(s - 60.0)}; }, 50)),
              ElementsAre(0.0));
}

TEST(CallForHelp, TwoAreTwoAlertsAndTheOrderDoesNotMatter) {
  for (const bool turned : {false, true}) {
    const auto told = watch_calls(
        one_rule(DistressRule{}),
        [&](double s) { return turned ? Calls{call(s, 2, 9000), call(s, 1)} : Calls{call(s, 1), call(s, 2, 9000)}; },
        60);
    ASSERT_EQ(told.size(), 2U);
    EXPECT_LT(told[0].alert.position.longitude_deg(), told[1].alert.position.longitude_deg());
  }
}

TEST(CallForHelp, ZonesOfTheRuleCount) {
  const auto in = [](double north_m) {
    auto set = one_rule(DistressRule{}, {box(ZoneKind::area, -1000, north_m, 1000, north_m + 2000)});
    set.rules[0].zones = {ZoneId(1)};
    return raised(watch_calls(set, [](double s) { return from_ten_to(1e9, s); }, 60));
  };
  EXPECT_THAT(in(5000), ElementsAre(10.0));
  EXPECT_THAT(in(7000), IsEmpty());
}

TEST(CallForHelp, OverARestartItIsTheSameAlert) {
  RuleEngine before(one_rule(DistressRule{}));
  std::vector<AlertChange> changes;
  Picture picture;
  picture.time = at(10);
  before.process(picture, nullptr, changes, Calls{call(10)});
  ASSERT_EQ(changes.size(), 1U);
  RuleEngine after(one_rule(DistressRule{}));
  ASSERT_TRUE(after.restore(before.snapshot()));
  changes.clear();
  picture.time = at(20);
  after.process(picture, nullptr, changes, Calls{call(20)});
  EXPECT_THAT(changes, IsEmpty());
  EXPECT_EQ(after.active().size(), 1U);
}

// The same of those that AIS hears.
TEST(Distress, EveryKindOfTransmitterCounts) {
  const auto when = [](DistressRule kind, testing::Ship ship) {
    return raised(testing::watch(one_rule(kind), {std::move(ship)}, 100));
  };
  for (const std::uint32_t mmsi : {970'000'001U, 972'000'001U, 974'000'001U}) {
    EXPECT_THAT(when(DistressRule{}, {.mmsi = mmsi, .status = 14}), ElementsAre(0.0)) << mmsi;
  }
  EXPECT_THAT(when(DistressRule{.by_status = false}, {.mmsi = 973'000'001, .status = 14}), IsEmpty());
}

}  // namespace
}  // namespace headland::rules
