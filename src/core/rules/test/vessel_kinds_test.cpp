// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rules/test/sea.hpp"

namespace headland::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::one_rule;
using testing::picture_of;
using testing::raised;
using testing::Ship;
using testing::Told;
using testing::watch;

std::vector<double> when(RuleSet set, Ship ship, double until_s) {
  return raised(watch(std::move(set), {ship}, until_s));
}

TEST(Speed, IsToldWhenItIsOverTheLimitAndNotAtIt) {
  EXPECT_THAT(when(one_rule(SpeedRule{.above_kn = 20.0}), {.mmsi = 1, .speed_kn = 20.1}, 10), ElementsAre(0.0));
  EXPECT_THAT(when(one_rule(SpeedRule{.above_kn = 20.0}), {.mmsi = 1, .speed_kn = 19.9}, 10), IsEmpty());
  EXPECT_THAT(when(one_rule(SpeedRule{.below_kn = 5.0}), {.mmsi = 1, .speed_kn = 4.9}, 10), ElementsAre(0.0));
}
TEST(Speed, ThatTremblesAboutTheLimitIsOneAlert) {
  Ship ship{.mmsi = 1, .speed_kn = 20.5};
  ship.when = [](Ship& s, double t) { s.speed_kn = static_cast<int>(t) % 2 == 0 ? 20.1 : 19.9; };
  EXPECT_EQ(watch(one_rule(SpeedRule{.above_kn = 20.0}), {ship}, 300).size(), 1U);
}
TEST(Speed, ThatComesBackSoonIsTheSameAlert) {
  Ship ship{.mmsi = 1};
  ship.when = [](Ship& s, double t) { s.speed_kn = t < 100 || t > 300 ? 25.0 : 10.0; };
  const auto told = watch(one_rule(SpeedRule{.above_kn = 20.0}), {ship}, 400);
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(told[1].news, AlertNews::rectified);
  EXPECT_EQ(told[1].s, 129.0);
  EXPECT_EQ(told[2].news, AlertNews::resumed);
  EXPECT_EQ(told[2].alert.id, told[0].alert.id);
}

TEST(Course, OutsideTheSectorIsTold) {
  const auto rule = one_rule(CourseRule{.from_deg = 330.0, .to_deg = 30.0});
  EXPECT_THAT(when(rule, {.mmsi = 1, .course_deg = 31.0, .speed_kn = 10}, 10), ElementsAre(0.0));
  EXPECT_THAT(when(rule, {.mmsi = 1, .course_deg = 29.0, .speed_kn = 10}, 10), IsEmpty());
  EXPECT_THAT(when(rule, {.mmsi = 1, .course_deg = 340.0, .speed_kn = 10}, 10), IsEmpty());
  EXPECT_THAT(when(rule, {.mmsi = 1, .course_deg = 180.0, .speed_kn = 10}, 10), ElementsAre(0.0));
}

TEST(Stopped, AfterThirtyMinutesNotAtAnchor) {
  EXPECT_THAT(when(one_rule(StoppedRule{}), {.mmsi = 1, .speed_kn = 0.3}, 2000), ElementsAre(1800.0));
  EXPECT_THAT(when(one_rule(StoppedRule{}), {.mmsi = 1, .speed_kn = 0.3, .status = 1}, 2000), IsEmpty());
  EXPECT_THAT(when(one_rule(StoppedRule{}), {.mmsi = 1, .speed_kn = 0.6}, 2000), IsEmpty());
}

Ship drifter(double angle_deg) {
  return {.mmsi = 1, .course_deg = 100.0, .speed_kn = 2.0, .heading_deg = 100.0 + angle_deg, .name = "HELPLESS"};
}
TEST(Drift, IsToldAfterTenMinutesWithItsFigures) {
  const auto told = watch(one_rule(DriftRule{}), {drifter(-80.0)}, 700);
  ASSERT_THAT(raised(told), ElementsAre(600.0));
  EXPECT_THAT(told[0].alert.text, HasSubstr("HELPLESS (1) drifts for 10 min (limit 10 min): 2.0 kn on course 100"));
}
TEST(Drift, TheAngleDecides) {
  EXPECT_THAT(when(one_rule(DriftRule{}), drifter(46.0), 700), ElementsAre(600.0));
  EXPECT_THAT(when(one_rule(DriftRule{}), drifter(44.0), 700), IsEmpty());
}
TEST(Drift, NotAtAnchorAndNotWhileFishing) {
  for (const int status : {1, 5, 7, 11}) {
    Ship ship = drifter(90.0);
    ship.status = static_cast<std::uint8_t>(status);
    EXPECT_THAT(when(one_rule(DriftRule{}), ship, 700), IsEmpty()) << status;
  }
}

TEST(AnchorDrag, IsToldAMinuteAfterTheCircleIsLeft) {
  Ship ship{.mmsi = 1, .status = 1, .length_m = 100};
  ship.when = [](Ship& s, double t) {
    s.speed_kn = t < 100 ? 0.0 : 2.0;
    s.course_deg = 90.0;
    s.east_m = t < 100 ? 0.0 : -from_knots(2.0).value() * 100.0;
  };
  // 300 m and 100 m of length, at 1.03 m/s from second 100 on: 388.8 s.
  EXPECT_THAT(when(one_rule(AnchorDragRule{.radius_m = 300.0}), ship, 700), ElementsAre(549.0));
  ship.status = 0;
  EXPECT_THAT(when(one_rule(AnchorDragRule{.radius_m = 300.0}), ship, 700), IsEmpty());
}
TEST(AnchorDrag, SwingingWithinTheCircleIsNone) {
  Ship ship{.mmsi = 1, .status = 1, .length_m = 100};
  ship.when = [](Ship& s, double t) { s.east_m = 350.0 * std::sin(t / 200.0); };
  EXPECT_THAT(when(one_rule(AnchorDragRule{.radius_m = 300.0}), ship, 2000), IsEmpty());
}

TEST(Distress, ACallForHelpIsAnEmergencyAtOnceAndATestIsNone) {
  auto set = one_rule(DistressRule{});
  set.rules[0].priority = Priority::caution;
  const auto told = watch(set, {{.mmsi = 970123456, .status = 14}}, 10);
  ASSERT_THAT(raised(told), ElementsAre(0.0));
  EXPECT_EQ(told[0].alert.priority, Priority::emergency);
  EXPECT_THAT(when(set, {.mmsi = 970123456, .status = 15}, 10), IsEmpty());
  EXPECT_THAT(when(set, {.mmsi = 1, .status = 2}, 100), ElementsAre(60.0));
  EXPECT_EQ(watch(set, {{.mmsi = 1, .status = 14}}, 100)[0].alert.priority, Priority::caution);
}

std::vector<Ship> company(Ship ship) {
  return {ship,
          {.mmsi = 11, .east_m = 1000, .speed_kn = 10},
          {.mmsi = 12, .east_m = 2000, .speed_kn = 10},
          {.mmsi = 13, .east_m = 3000, .speed_kn = 10}};
}
TEST(AisLost, IsToldWhereOthersAreStillHeard) {
  const Ship ship{.mmsi = 10, .speed_kn = 10, .silent_from_s = 300};
  EXPECT_THAT(raised(watch(one_rule(AisLostRule{}), company(ship), 900)), ElementsAre(780.0));
  EXPECT_THAT(raised(watch(one_rule(AisLostRule{}), {ship}, 900)), IsEmpty());
}
TEST(AisLost, NotOfOneThatWasHardlyHeard) {
  const Ship ship{.mmsi = 10, .speed_kn = 10, .silent_from_s = 300, .shown_from_s = 285};
  EXPECT_THAT(raised(watch(one_rule(AisLostRule{}), company(ship), 900)), IsEmpty());
}
TEST(SwitchedOff, IsToldWhileRadarSeesTheVessel) {
  Ship ship{.mmsi = 10, .speed_kn = 10, .radar = true, .silent_from_s = 300};
  const auto rule = one_rule(SwitchedOffRule{.silent_min = 3.0});
  EXPECT_THAT(raised(watch(rule, company(ship), 600)), ElementsAre(480.0));
  EXPECT_THAT(when(rule, ship, 600), IsEmpty());  // nobody else is heard: it is the receiver
  ship.radar = false;
  EXPECT_THAT(raised(watch(rule, company(ship), 600)), IsEmpty());
}

// Ten miles aside from second 100 on, for `reports` reports.
Ship jumper(double reports) {
  Ship ship{.mmsi = 1, .speed_kn = 10};
  ship.when = [reports](Ship& s, double t) { s.east_m = t >= 100 && t < 100 + reports ? 18520.0 : 0.0; };
  return ship;
}
TEST(Jump, IsToldWhenTheNewPlaceHasLastedTwentySeconds) {
  const auto told = watch(one_rule(JumpRule{}), {jumper(1000)}, 200);
  ASSERT_THAT(raised(told), ElementsAre(120.0));
  EXPECT_NEAR(std::get<JumpEvidence>(told[0].alert.evidence).distance_m, 18520.0, 150.0);
}
TEST(Jump, OneWildPositionIsForgotten) { EXPECT_THAT(when(one_rule(JumpRule{}), jumper(1), 200), IsEmpty()); }
TEST(Jump, TwoPlacesByTurnsAreTwoSenders) {
  Ship ship{.mmsi = 1, .speed_kn = 0};
  ship.when = [](Ship& s, double t) { s.east_m = static_cast<int>(t) % 20 < 10 ? 0.0 : 18520.0; };
  const auto told = watch(one_rule(JumpRule{}), {ship}, 100);
  ASSERT_EQ(raised(told).size(), 1U);
  EXPECT_TRUE(std::get<JumpEvidence>(told[0].alert.evidence).two_places);
}
TEST(Jump, AFastBoatIsNone) { EXPECT_THAT(when(one_rule(JumpRule{}), {.mmsi = 1, .speed_kn = 60}, 200), IsEmpty()); }

TEST(IdentityChange, IsToldWhenTheNewNameIsSaidTwice) {
  Ship ship{.mmsi = 1, .name = "ANNA"};
  ship.when = [](Ship& s, double t) { s.name = t < 120 ? "ANNA" : "BERTA"; };
  const auto told = watch(one_rule(IdentityRule{}), {ship}, 400);
  ASSERT_THAT(raised(told), ElementsAre(180.0));
  EXPECT_THAT(told[0].alert.text, HasSubstr("name from 'ANNA' to 'BERTA'"));
  ship.when = [](Ship& s, double t) { s.name = t >= 120 && t < 180 ? "ANN4" : "ANNA"; };
  EXPECT_THAT(when(one_rule(IdentityRule{}), ship, 400), IsEmpty());
}

// Sends so many knots beside what it makes.
std::vector<Told> mismatched(double beside_kn) {
  RuleEngine engine(one_rule(SpeedMismatchRule{}));
  std::vector<Ship> ships = {{.mmsi = 1, .speed_kn = 8}};
  std::vector<AlertChange> changes;
  std::vector<Told> out;
  for (double s = 0.0; s <= 700.0; s += 1.0) {
    Picture picture = picture_of(ships, s);
    picture.tracks[0].velocity.north = from_knots(8.0 + beside_kn);
    picture.tracks[0].report->speed = from_knots(8.0 + beside_kn);
    engine.process(picture, nullptr, changes);
    for (const AlertChange& c : changes) out.push_back({s, c.news, c.alert});
    changes.clear();
  }
  return out;
}
TEST(SpeedMismatch, IsToldOverFiveMinutes) {
  const auto told = mismatched(4.5);
  EXPECT_THAT(raised(told), ElementsAre(300.0));
  EXPECT_THAT(told[0].alert.text, HasSubstr("sends a speed of 12.5 kn and makes 8.0 kn by its positions"));
}
TEST(SpeedMismatch, TheDifferenceDecides) {
  EXPECT_THAT(raised(mismatched(3.5)), IsEmpty());
  EXPECT_THAT(raised(mismatched(-4.5)), ElementsAre(300.0));
}

TEST(Speed, AYoungRadarTrackProvesNothing) {
  const auto rule = one_rule(SpeedRule{.above_kn = 20.0});
  EXPECT_THAT(raised(watch(rule, {{.speed_kn = 25, .radar = true}}, 100)), ElementsAre(60.0));
  EXPECT_THAT(raised(watch(rule, {{.mmsi = 1, .speed_kn = 25, .radar = true}}, 100)), ElementsAre(0.0));
}

// By another receiver, minutes late: where it was long ago.
TEST(SpeedMismatch, ASinglePlaceFarOffProvesNothing) {
  for (const double late_s : {240.0, 300.0, 360.0}) {
    Ship ship{.mmsi = 1, .speed_kn = 2};
    ship.when = [late_s](Ship& s, double t) { s.north_m = t == late_s ? -970.0 : 0.0; };
    EXPECT_THAT(raised(watch(one_rule(SpeedMismatchRule{}), {ship}, 700)), IsEmpty()) << late_s;
  }
}
// A quick turn back is no such place.
TEST(SpeedMismatch, WhoTurnsBackMakesWhatIsSent) {
  Ship ship{.mmsi = 1, .speed_kn = 15};
  ship.when = [](Ship& s, double t) {
    if (t >= 200.0 && s.course_deg == 0.0) {
      s.course_deg = 180.0;
      s.north_m = 2.0 * from_knots(15.0).value() * 200.0;  // goes on from where it is
    }
  };
  EXPECT_THAT(raised(watch(one_rule(SpeedMismatchRule{}), {ship}, 700)), IsEmpty());
}

std::vector<Ship> renumbered() {
  Ship ship{.mmsi = 1, .speed_kn = 8, .radar = true};
  ship.when = [](Ship& s, double t) { s.mmsi = t < 200.0 ? 1 : 2; };
  // Who had the second number before, elsewhere.
  return {ship, {.mmsi = 2, .east_m = 9000, .silent_from_s = 150}};
}
TEST(Identity, AnotherNumberUnderOneRadarTrackIsTold) {
  std::vector<Ship> alone = renumbered();
  alone.pop_back();
  const auto told = watch(one_rule(IdentityRule{}), alone, 400);
  EXPECT_THAT(raised(told), ElementsAre(200.0));
  EXPECT_THAT(told[0].alert.text, HasSubstr("changed its MMSI from '1' to '2'"));
}
TEST(Identity, ANumberThatWasHeardBesideIsAnExchangeInThePicture) {
  auto ships = renumbered();
  ships[1].when = [](Ship& s, double t) { s.mmsi = t < 200.0 ? 2 : 3; };
  EXPECT_THAT(raised(watch(one_rule(IdentityRule{}), ships, 400)), IsEmpty());
}

std::vector<Ship> dark(double echo_m) {
  std::vector<Ship> ships = {{.east_m = 5000, .speed_kn = 8, .radar = true, .echo_m = echo_m}};
  for (std::uint32_t i = 0; i < 3; ++i) ships.push_back({.mmsi = 11 + i, .east_m = 1000.0 * i, .radar = true});
  return ships;
}
TEST(DarkVessel, IsToldAfterFiveMinutesByItsSize) {
  const auto rule = one_rule(DarkVesselRule{.length_min_m = 30.0});
  EXPECT_THAT(raised(watch(rule, dark(31.0), 400)), ElementsAre(300.0));
  EXPECT_THAT(raised(watch(rule, dark(29.0), 400)), IsEmpty());
}
TEST(DarkVessel, TheHullCountsWhereRadarTellsIt) {
  const auto rule = one_rule(DarkVesselRule{.length_min_m = 30.0});
  auto ships = dark(200.0);  // as wide as the beam is there
  ships[0].hull_m = 20.0;
  EXPECT_THAT(raised(watch(rule, ships, 400)), IsEmpty());
  ships[0].hull_m = 40.0;  // by 5 m either way
  EXPECT_THAT(raised(watch(rule, ships, 400)), ElementsAre(300.0));
  ships[0].hull_m = 34.0;  // may be shorter than the limit
  EXPECT_THAT(raised(watch(rule, ships, 400)), IsEmpty());
  ships[0].hull_m = 40.0;
  ships[0].is_improbable = true;  // no vessel, most likely
  EXPECT_THAT(raised(watch(rule, ships, 400)), IsEmpty());
}
TEST(DarkVessel, NotWhereAisIsNotReceived) {
  auto ships = dark(50.0);
  ships.pop_back();
  EXPECT_THAT(raised(watch(one_rule(DarkVesselRule{}), ships, 400)), IsEmpty());
}

std::vector<double> raised_with(const RuleSet& set, std::vector<Ship> ships,
                                const std::function<void(SystemTrack&, double)>& change, std::string* text = nullptr) {
  RuleEngine engine(set);
  std::vector<AlertChange> changes;
  std::vector<double> out;
  for (double s = 0.0; s <= 600.0; s += 1.0) {
    Picture picture = picture_of(ships, s);
    change(picture.tracks.front(), s);
    engine.process(picture, nullptr, changes);
    for (const AlertChange& c : changes) {
      if (c.news == AlertNews::raised) out.push_back(s);
      if (text != nullptr) *text = c.alert.text;
    }
    changes.clear();
  }
  return out;
}

TEST(DarkVessel, WhatThePictureJudgedOfReceptionDecides) {
  const auto rule = one_rule(DarkVesselRule{.length_min_m = 30.0});
  const auto as = [&](AisHearing hearing) {
    return raised_with(rule, dark(50.0), [&](SystemTrack& t, double) { t.silence.hearing = hearing; });
  };
  EXPECT_THAT(as(AisHearing::cannot_tell), IsEmpty());
  EXPECT_THAT(as(AisHearing::none_heard), IsEmpty());
  EXPECT_THAT(as(AisHearing::dark), ElementsAre(300.0));
  // Judged dark where nobody else is seen by both just now.
  auto alone = dark(50.0);
  alone.resize(1);
  EXPECT_THAT(raised_with(rule, alone, [](SystemTrack& t, double) { t.silence.hearing = AisHearing::dark; }),
              ElementsAre(300.0));
}

TEST(AisSwitchedOff, NotWhereThePictureCannotTell) {
  std::vector<Ship> ships = {{.mmsi = 1, .speed_kn = 8, .radar = true, .silent_from_s = 100}};
  for (std::uint32_t i = 0; i < 3; ++i) ships.push_back({.mmsi = 11 + i, .east_m = 3000.0 * (i + 1)});
  const auto as = [&](AisHearing hearing) {
    return raised_with(one_rule(SwitchedOffRule{}), ships, [&](SystemTrack& t, double s) {
      if (s > 200.0) t.silence.hearing = hearing;
    });
  };
  EXPECT_THAT(as(AisHearing::cannot_tell), IsEmpty());
  EXPECT_THAT(as(AisHearing::silent), ElementsAre(280.0));
  ships.resize(1);  // the receiver hears nobody else, and yet it was judged
  EXPECT_THAT(as(AisHearing::silent), ElementsAre(280.0));
}

TrustReason jump_reason(double weight) {
  TrustReason r;
  r.kind = TrustEvidence::impossible_jump;
  r.value = 18520.0, r.limit = 1852.0, r.weight = weight, r.count = 1;
  return r;
}
TEST(Spoofed, IsToldWithItsReasonsAfterAMinute) {
  std::string text;
  const auto told = raised_with(
      one_rule(SpoofedRule{}), {{.mmsi = 1, .speed_kn = 8}},
      [](SystemTrack& t, double s) {
        if (s < 100.0) return;
        t.trust = {0.4, {jump_reason(0.6)}};
      },
      &text);
  EXPECT_THAT(told, ElementsAre(160.0));
  EXPECT_THAT(text, HasSubstr("(trust 40.0 %, limit 50.0 %): it jumped 10.0 NM (reachable 1.0 NM)"));
}
TEST(Spoofed, TheTrustDecides) {
  const auto at_trust = [](double score) {
    return raised_with(one_rule(SpoofedRule{}), {{.mmsi = 1, .speed_kn = 8}},
                       [&](SystemTrack& t, double) { t.trust = {score, {jump_reason(1.0 - score)}}; });
  };
  EXPECT_THAT(at_trust(0.49), ElementsAre(60.0));
  EXPECT_THAT(at_trust(0.51), IsEmpty());
  EXPECT_THAT(at_trust(1.0), IsEmpty());
}
TEST(Spoofed, WhereRadarWouldSeeItAndDoesNot) {
  const auto seen = [](bool judged) {
    return raised_with(one_rule(SpoofedRule{}), {{.mmsi = 1, .speed_kn = 8}}, [&](SystemTrack& t, double) {
      t.missing_echo =
          MissingEcho{.visible_probability = 0.9, .scans = 20, .vessels = 3, .since = t.time, .judged = judged};
    });
  };
  EXPECT_THAT(seen(true), ElementsAre(60.0));
  EXPECT_THAT(seen(false), IsEmpty());
}
TEST(Spoofed, OfOneThatLiesStillAMissingEchoAloneMustLastTenMinutes) {
  const auto seen = [](double speed_kn, bool jumped) {
    RuleEngine engine(one_rule(SpoofedRule{}));
    std::vector<Ship> ships = {{.mmsi = 1, .speed_kn = speed_kn}};
    std::vector<AlertChange> changes;
    for (double s = 0.0; s <= 700.0; s += 1.0) {
      Picture picture = testing::picture_of(ships, s);
      SystemTrack& t = picture.tracks[0];
      t.missing_echo =
          MissingEcho{.visible_probability = 0.9, .scans = 20, .vessels = 3, .since = t.time, .judged = true};
      if (jumped) t.trust = {0.3, {jump_reason(0.7)}};
      engine.process(picture, nullptr, changes);
      if (!changes.empty()) return s;
    }
    return -1.0;
  };
  EXPECT_EQ(seen(8.0, false), 60.0);
  EXPECT_EQ(seen(0.0, false), 600.0);
  EXPECT_EQ(seen(0.0, true), 60.0);
}

Ship idler(double speed_kn) {
  Ship ship{.mmsi = 1, .speed_kn = speed_kn};
  ship.when = [](Ship& s, double t) {  // to and fro, twenty minutes each way
    const double v = from_knots(s.speed_kn).value();
    const int leg = static_cast<int>(t / 1200.0);
    s.course_deg = leg % 2 == 0 ? 0.0 : 180.0;
    s.north_m = leg % 2 == 0 ? -v * 1200.0 * leg : v * 1200.0 * (leg + 1);
  };
  return ship;
}
TEST(Loitering, IsToldAfterTwoHours) {
  EXPECT_THAT(raised(watch(one_rule(LoiteringRule{.for_min = 120.0}), {idler(1.5)}, 8000)), ElementsAre(7200.0));
}
TEST(Loitering, TheSpeedDecides) {
  EXPECT_THAT(raised(watch(one_rule(LoiteringRule{.for_min = 120.0}), {idler(2.1)}, 8000)), IsEmpty());
}
TEST(Loitering, WhoLiesStillLiesAtABuoy) {
  EXPECT_THAT(raised(watch(one_rule(LoiteringRule{.for_min = 120.0}), {{.mmsi = 1, .speed_kn = 0.0}}, 8000)),
              IsEmpty());
}

TEST(WatchList, NamesAndNumbersAreToldOnSight) {
  auto set = one_rule(WatchListRule{});
  set.rules[0].filter.mmsis = {77};
  set.rules[0].filter.names = {"ANNA"};
  EXPECT_THAT(when(set, {.mmsi = 77, .shown_from_s = 5}, 10), ElementsAre(5.0));
  EXPECT_THAT(when(set, {.mmsi = 78, .name = "ANNA"}, 10), ElementsAre(0.0));
  EXPECT_THAT(when(set, {.mmsi = 78, .name = "ANNE"}, 10), IsEmpty());
}

}  // namespace
}  // namespace headland::rules
