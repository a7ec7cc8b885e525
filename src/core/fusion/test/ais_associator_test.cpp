// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/ais_associator.hpp"

#include <numbers>

#include <gtest/gtest.h>

namespace headland::fusion {
namespace {

Timestamp at(double seconds) { return from_epoch_seconds(45'000.0 + seconds); }

struct Course {
  double east_m, north_m, ve_mps, vn_mps;
  [[nodiscard]] EastNorth position(double s) const {
    return {Metres(east_m + ve_mps * s), Metres(north_m + vn_mps * s)};
  }
};

Track track_of(std::uint32_t id, const Course& c, double s, double turned_deg = 0.0) {
  Track t;
  t.id = TrackId(id);
  t.time = at(s);
  t.stage = TrackStage::confirmed;
  const EastNorth p = c.position(s);
  const double a = turned_deg * radians_per_degree;  // as a radar whose north is off sees it
  t.state.position = {p.east * std::cos(a) + p.north * std::sin(a), p.north * std::cos(a) - p.east * std::sin(a)};
  t.state.velocity = {MetresPerSecond(c.ve_mps), MetresPerSecond(c.vn_mps)};
  t.state.covariance[0] = t.state.covariance[5] = 100.0;
  t.state.covariance[10] = t.state.covariance[15] = 0.2;
  t.sensors = {{SensorId(1), 1.0}};
  return t;
}

VesselReport report_of(std::uint32_t mmsi, const Course& c, double s, bool with_motion = true) {
  VesselReport r;
  r.mmsi = Mmsi(mmsi);
  r.received = at(s);
  if (with_motion) {
    r.speed = MetresPerSecond(std::hypot(c.ve_mps, c.vn_mps));
    r.course = Bearing::of(c.ve_mps, c.vn_mps);
  }
  return r;
}

// Scans of 2.5 s, a report of each vessel every `report_s`.
void run(AisAssociator& a, const std::vector<std::pair<std::uint32_t, Course>>& tracks,
         const std::vector<std::pair<std::uint32_t, Course>>& vessels, double from_s, double to_s,
         double turned_deg = 0.0, double report_s = 10.0, bool with_motion = true) {
  double next_report = from_s;
  for (double s = from_s; s < to_s; s += 2.5) {
    if (s >= next_report) {
      for (const auto& [mmsi, c] : vessels) a.process(report_of(mmsi, c, s, with_motion), c.position(s), 0.0);
      next_report += report_s;
    }
    TrackUpdates u;
    u.time = at(s);
    for (const auto& [id, c] : tracks) u.tracks.push_back(track_of(id, c, s, turned_deg));
    a.process(u);
  }
}

const Course north_going{3000, 1000, 0, 6};
const Course south_going{3150, 1500, 0, -6};

TEST(AisAssociatorTest, JoinsAVesselAndItsTrackWithinHalfAMinute) {
  AisAssociator a{AisAssociatorConfig{}};
  run(a, {{7, north_going}}, {{244660001, north_going}}, 0, 30);
  ASSERT_EQ(a.associations().size(), 1U);
  EXPECT_EQ(a.associations()[0].mmsi, Mmsi(244660001));
  EXPECT_EQ(a.associations()[0].track, TrackId(7));
  EXPECT_GT(a.associations()[0].probability, 0.85);
}

TEST(AisAssociatorTest, BearsTheScatterOfARadarWhoseNorthIsOff) {
  for (const double turned_deg : {-2.6, 3.6}) {
    AisAssociator a{AisAssociatorConfig{}};
    run(a, {{7, north_going}}, {{244660001, north_going}}, 0, 60, turned_deg);
    EXPECT_EQ(a.associations().size(), 1U) << turned_deg;
  }
}

TEST(AisAssociatorTest, DerivesTheMotionOfAVesselThatSendsNone) {
  AisAssociator a{AisAssociatorConfig{}};
  run(a, {{7, north_going}}, {{244660001, north_going}}, 0, 60, 0.0, 10.0, false);
  EXPECT_EQ(a.associations().size(), 1U);
  const AisMotion* motion = a.motion_of(Mmsi(244660001));
  ASSERT_NE(motion, nullptr);
  EXPECT_TRUE(motion->derived());
  ASSERT_TRUE(motion->velocity().has_value());
  EXPECT_NEAR(motion->velocity()->north.value(), 6.0, 1e-6);
}

TEST(AisAssociatorTest, TellsNeighboursApartByTheirMotion) {
  AisAssociator a{AisAssociatorConfig{}};
  // They pass one another at 150 m.
  run(a, {{7, north_going}, {8, south_going}}, {{111, north_going}, {222, south_going}}, 0, 80);
  const std::vector<Association> all = a.associations();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].mmsi, Mmsi(111));
  EXPECT_EQ(all[1].mmsi, Mmsi(222));
}

TEST(AisAssociatorTest, TellsThatTwoTracksChangedPlacesWhenTheirVesselsMet) {
  AisAssociator a{AisAssociatorConfig{}};
  const std::vector<std::pair<std::uint32_t, Course>> vessels{{111, north_going}, {222, south_going}};
  run(a, {{7, north_going}, {8, south_going}}, vessels, 0, 90);
  EXPECT_TRUE(a.take_exchanges().empty());
  // From here on each track goes on as the other vessel does.
  run(a, {{7, south_going}, {8, north_going}}, vessels, 90, 200);
  const auto told = a.take_exchanges();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].a, TrackId(7));
  EXPECT_EQ(told[0].b, TrackId(8));
  EXPECT_TRUE(a.take_exchanges().empty());
  a.exchange(told[0].a, told[0].b);
  run(a, {{7, north_going}, {8, south_going}}, vessels, 200, 400);
  const auto all = a.associations();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].mmsi, Mmsi(111));
  EXPECT_EQ(all[1].mmsi, Mmsi(222));
  EXPECT_TRUE(a.take_exchanges().empty());
}

TEST(AisAssociatorTest, OneVesselThatTakesAnotherTrackExchangesNothing) {
  AisAssociator a{AisAssociatorConfig{}};
  run(a, {{7, north_going}, {8, south_going}}, {{111, north_going}}, 0, 90);
  run(a, {{7, south_going}, {8, north_going}}, {{111, north_going}}, 90, 300);
  ASSERT_EQ(a.associations().size(), 1U);
  EXPECT_EQ(a.associations()[0].track, TrackId(8));
  EXPECT_TRUE(a.take_exchanges().empty());
}

TEST(AisAssociatorTest, LeavesTwoThatCannotBeToldApartAlone) {
  AisAssociator a{AisAssociatorConfig{}};
  const Course twin{3040, 1000, 0, 6};
  run(a, {{7, north_going}}, {{111, north_going}, {222, twin}}, 0, 60);
  EXPECT_TRUE(a.associations().empty());
}

TEST(AisAssociatorTest, EndsAnAssociationWhenTheVesselGoesElsewhere) {
  AisAssociator a{AisAssociatorConfig{}};
  run(a, {{7, north_going}}, {{111, north_going}}, 0, 60);
  ASSERT_EQ(a.associations().size(), 1U);
  const Course away{4500, 4000, 3, 0};
  run(a, {{7, north_going}}, {{111, away}}, 60, 120);
  EXPECT_TRUE(a.associations().empty());
}

TEST(AisAssociatorTest, ForgetsEndedTracksAndLostVessels) {
  AisAssociator a{AisAssociatorConfig{}};
  run(a, {{7, north_going}}, {{111, north_going}}, 0, 60);
  TrackUpdates u;
  u.time = at(60);
  u.tracks.push_back(track_of(7, north_going, 60));
  u.tracks[0].stage = TrackStage::ended;
  a.process(u);
  EXPECT_TRUE(a.associations().empty());
  run(a, {{9, north_going}}, {{111, north_going}}, 60, 120);
  ASSERT_EQ(a.associations().size(), 1U);
  a.forget(Mmsi(111));
  EXPECT_TRUE(a.associations().empty());
  EXPECT_EQ(a.motion_of(Mmsi(111)), nullptr);
}

TEST(AisAssociatorTest, GoesOnAfterARestart) {
  AisAssociator a{AisAssociatorConfig{}};
  run(a, {{7, north_going}, {8, south_going}}, {{111, north_going}, {222, south_going}}, 0, 80);
  AisAssociator b{AisAssociatorConfig{}};
  b.restore(a.snapshot());
  EXPECT_EQ(a.associations(), b.associations());
  run(a, {{7, north_going}, {8, south_going}}, {{111, north_going}, {222, south_going}}, 80, 100);
  run(b, {{7, north_going}, {8, south_going}}, {{111, north_going}, {222, south_going}}, 80, 100);
  EXPECT_EQ(a.associations(), b.associations());
}

TEST(AisAssociatorTest, IgnoresVesselsAndTracksThatAreFarApart) {
  AisAssociator a{AisAssociatorConfig{}};
  const Course far{3000, 2500, 0, 6};
  run(a, {{7, north_going}}, {{111, far}}, 0, 60);
  EXPECT_TRUE(a.associations().empty());
}

// Class B: a report each half minute. The vessel turns right after one by 120 degrees, within 20 s.
TEST(AisAssociatorTest, HoldsAVesselThatTurnsBetweenTwoReports) {
  AisAssociator a{AisAssociatorConfig{}};
  const Course before{3000, 1000, 0, 8};
  run(a, {{7, before}}, {{244660001, before}}, 0, 181, 0.0, 30.0);  // the last report at 180 s
  ASSERT_EQ(a.associations().size(), 1U);
  EastNorth place = before.position(180);
  Course now = before;
  for (double s = 182.5; s < 300.0; s += 2.5) {
    const double course = std::min((s - 180.0) * 6.0, 120.0) * radians_per_degree;
    now.ve_mps = 8.0 * std::sin(course), now.vn_mps = 8.0 * std::cos(course);
    place = {place.east + Metres(2.5 * now.ve_mps), place.north + Metres(2.5 * now.vn_mps)};
    now.east_m = place.east.value() - now.ve_mps * s, now.north_m = place.north.value() - now.vn_mps * s;
    if (std::fmod(s, 30.0) == 0.0) a.process(report_of(244660001, now, s), place, 0.0);
    TrackUpdates u;
    u.time = at(s);
    u.tracks = {track_of(7, now, s)};
    a.process(u);
    ASSERT_EQ(a.associations().size(), 1U) << s;
  }
}

TEST(AisAssociatorTest, LetsAVesselGoThatIsElsewhereByItsNextReports) {
  AisAssociator a{AisAssociatorConfig{}};
  const Course before{3000, 1000, 0, 8};
  run(a, {{7, before}}, {{244660001, before}}, 0, 181, 0.0, 30.0);
  Course elsewhere = before;
  elsewhere.east_m += 700.0;
  run(a, {{7, before}}, {{244660001, elsewhere}}, 182.5, 245.0, 0.0, 30.0);
  EXPECT_TRUE(a.associations().empty());
}

// Abreast within 20 m, each pair as likely as the other for minutes: neither is let go, both are in doubt.
TEST(AisAssociatorTest, TwoThatMeetKeepTheirTracksInDoubt) {
  AisAssociator a{AisAssociatorConfig{}};
  const Course left{3000, 1000, 0, 6};
  Course right{3600, 1000, 0, 6};
  run(a, {{7, left}, {8, right}}, {{244660001, left}, {244660002, right}}, 0, 120);
  ASSERT_EQ(a.associations().size(), 2U);
  right.east_m = 3020;
  run(a, {{7, left}, {8, right}}, {{244660001, left}, {244660002, right}}, 120, 400);
  const auto held = a.associations();
  ASSERT_EQ(held.size(), 2U);
  EXPECT_EQ(held[0].mmsi, Mmsi(244660001));
  EXPECT_EQ(held[1].mmsi, Mmsi(244660002));
  EXPECT_LT(held[0].probability, 0.5);
  EXPECT_EQ(a.candidates().size(), 4U);
}

}  // namespace
}  // namespace headland::fusion
