// SPDX-License-Identifier: Apache-2.0
#include "core/picture/picture_builder.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/picture/ais_overdue.hpp"
#include "core/picture/test/ferry.hpp"

namespace headland::picture::test {
namespace {

TEST(PictureBuilderTest, ShowsARadarTrackUnderItsOwnNumber) {
  PictureBuilder b{PictureConfig{}, frame};
  feed_radar(b, 12, 0.0, TrackStage::tentative);
  const PublishedPicture p = b.publish(at(1));
  ASSERT_EQ(p.picture->tracks.size(), 1U);
  const SystemTrack& t = p.picture->tracks[0];
  EXPECT_EQ(t.id, SystemTrackId(12));
  EXPECT_EQ(t.radar_track, TrackId(12));
  EXPECT_EQ(t.stage, TrackStage::tentative);
  EXPECT_FALSE(t.identity.has_value());
  ASSERT_EQ(t.contributions.size(), 1U);
  EXPECT_EQ(t.contributions[0].kind, SourceKind::radar);
  EXPECT_NEAR(distance(frame.to_local(t.position), ferry_at(0)).value(), 0.0, 0.01);
  EXPECT_EQ(p.change.created, std::vector{SystemTrackId(12)});
}

TEST(PictureBuilderTest, GivesAisVesselsNumbersOfTheirOwn) {
  PictureBuilder b{PictureConfig{}, frame};
  b.process(AisMessage{ferry_report(0)});
  VesselParticulars particulars;
  particulars.mmsi = ferry;
  particulars.received = at(1);
  particulars.name = "RED FALCON";
  b.process(AisMessage{particulars});
  const PublishedPicture p = b.publish(at(2));
  ASSERT_EQ(p.picture->tracks.size(), 1U);
  const SystemTrack& t = p.picture->tracks[0];
  EXPECT_EQ(t.id, SystemTrackId(1'000'000));
  EXPECT_EQ(t.identity->mmsi, ferry);
  EXPECT_EQ(t.particulars->name, "RED FALCON");
  EXPECT_NEAR(t.velocity.east.value(), 5.0, 0.01);
  EXPECT_TRUE(t.velocity_known);
}

TEST(PictureBuilderTest, TellsOnlyWhatChanged) {
  PictureBuilder b{PictureConfig{}, frame};
  feed_both(b, 7, 0, 60);
  (void)b.publish(at(60));
  PublishedPicture p = b.publish(at(60.5));
  EXPECT_TRUE(p.change.created.empty() && p.change.updated.empty() && p.change.dropped.empty());
  feed_radar(b, 7, 62.5);
  p = b.publish(at(63));
  EXPECT_EQ(p.change.updated, std::vector{SystemTrackId(7)});
}

TEST(PictureBuilderTest, CountsTheVersionOfAttributesNotOfPositions) {
  PictureBuilder b{PictureConfig{}, frame};
  feed_both(b, 7, 0, 60);
  const std::uint32_t first = b.publish(at(60)).picture->tracks[0].attribute_version;
  feed_both(b, 7, 60, 70);
  EXPECT_EQ(b.publish(at(70)).picture->tracks[0].attribute_version, first);
  VesselParticulars particulars;
  particulars.mmsi = ferry;
  particulars.received = at(71);
  particulars.callsign = "MXYZ";
  b.process(AisMessage{particulars});
  EXPECT_EQ(b.publish(at(71)).picture->tracks[0].attribute_version, first + 1);
}

TEST(PictureBuilderTest, MarksAnOverdueVesselLostThenDropsIt) {
  PictureConfig config;
  PictureBuilder b{config, frame};
  b.process(AisMessage{ferry_report(0)});  // 9.7 knots: due within 60 s
  EXPECT_FALSE(b.publish(at(59)).picture->tracks[0].ais_lost);
  const PublishedPicture late = b.publish(at(61));
  EXPECT_TRUE(late.picture->tracks[0].ais_lost);
  EXPECT_EQ(late.picture->tracks[0].stage, TrackStage::coasting);
  EXPECT_EQ(b.publish(at(59 + config.ais_drop_s)).picture->tracks.size(), 1U);
  const PublishedPicture gone = b.publish(at(62 + config.ais_drop_s));
  EXPECT_TRUE(gone.picture->tracks.empty());
  EXPECT_EQ(gone.change.dropped.size(), 1U);
}

TEST(PictureBuilderTest, TakesTheAisPositionWhileTheRadarTrackCoasts) {
  PictureBuilder b{PictureConfig{}, frame};
  feed_both(b, 7, 0, 60);
  Track lost = radar_track(7, {Metres(2250.0), Metres(3060.0)}, 70.0, TrackStage::coasting);
  lost.last_plot = at(60);
  b.process(AisMessage{ferry_report(70)});
  TrackUpdates u;
  u.time = at(70);
  u.tracks = {lost};
  b.process(u);
  const PublishedPicture p = b.publish(at(70));
  ASSERT_EQ(p.picture->tracks.size(), 1U);
  EXPECT_LT(distance(p.picture->tracks[0].local, ferry_at(70)).value(), 5.0);
}

TEST(PictureBuilderTest, ShowsBaseStationsAndAidsAsWhatTheyAre) {
  PictureBuilder b{PictureConfig{}, frame};
  BaseStationReport base;
  base.mmsi = Mmsi(2320001);
  base.received = at(0);
  base.position = frame.to_geo({Metres(100), Metres(100)});
  b.process(AisMessage{base});
  AidToNavigation aid;
  aid.mmsi = Mmsi(992320001);
  aid.received = at(0);
  aid.position = frame.to_geo({Metres(500), Metres(100)});
  aid.name = "NORTH CARDINAL";
  b.process(AisMessage{aid});
  VesselReport nowhere;
  nowhere.mmsi = Mmsi(5);
  b.process(AisMessage{nowhere});
  const PublishedPicture p = b.publish(at(1));
  ASSERT_EQ(p.picture->tracks.size(), 2U);
  EXPECT_EQ(p.picture->tracks[0].kind, SystemTrackKind::base_station);
  EXPECT_EQ(p.picture->tracks[1].kind, SystemTrackKind::aid_to_navigation);
  EXPECT_EQ(p.picture->tracks[1].particulars->name, "NORTH CARDINAL");
  EXPECT_TRUE(p.picture->tracks[1].velocity_known);
  EXPECT_EQ(b.counters().reports_without_position, 1U);
}

TEST(PictureBuilderTest, KeepsNumbersAndNamesOverARestart) {
  PictureBuilder b{PictureConfig{}, frame};
  VesselReport other = ferry_report(0);
  other.mmsi = Mmsi(999);
  other.heading = Bearing::from_degrees(91.0);
  other.position = frame.to_geo({Metres(-5000), Metres(100)});
  b.process(AisMessage{other});
  VesselParticulars particulars;
  particulars.mmsi = Mmsi(999);
  particulars.received = at(1);
  particulars.name = "OTHER";
  particulars.to_bow_m = 20;
  b.process(AisMessage{particulars});
  feed_both(b, 7, 0, 60);
  const PublishedPicture before = b.publish(at(60));

  PictureBuilder c{PictureConfig{}, frame};
  c.restore(b.snapshot());
  feed_radar(c, 7, 57.5);  // the tracker's tracks, as restored
  const PublishedPicture after = c.publish(at(60));
  ASSERT_EQ(after.picture->tracks.size(), before.picture->tracks.size());
  for (std::size_t k = 0; k < before.picture->tracks.size(); ++k) {
    const SystemTrack& x = before.picture->tracks[k];
    const SystemTrack& y = after.picture->tracks[k];
    EXPECT_EQ(x.id, y.id);
    EXPECT_EQ(x.identity->mmsi, y.identity->mmsi);
    EXPECT_EQ(x.report->heading, y.report->heading);
    EXPECT_EQ(x.particulars.has_value(), y.particulars.has_value());
    if (x.particulars) {
      EXPECT_EQ(x.particulars->name, y.particulars->name);
      EXPECT_EQ(x.particulars->to_bow_m, y.particulars->to_bow_m);
    }
  }
  VesselReport third = other;
  third.mmsi = Mmsi(1000);
  third.received = at(61);
  c.process(AisMessage{third});
  EXPECT_NE(find(*c.publish(at(61)).picture, 1'000'002), nullptr);
}

// What is said of the silence of a radar track 100 m from an aid to navigation.
AisHearing beside_an_aid(double speed_mps, bool is_virtual = false, bool off_position = false, bool restarted = false) {
  PictureBuilder first{PictureConfig{}, frame};
  AidToNavigation aid;
  aid.virtual_aid = is_virtual;
  aid.off_position = off_position;
  aid.mmsi = Mmsi(992320001);
  aid.received = at(0);
  aid.position = frame.to_geo(ferry_at(0) + EastNorth{Metres(0.0), Metres(100.0)});
  first.process(AisMessage{aid});
  PictureBuilder second{PictureConfig{}, frame};
  second.restore(first.snapshot());
  PictureBuilder& b = restarted ? second : first;
  TrackUpdates u;
  u.tracks = {radar_track(7, ferry_at(0), 0)};
  u.tracks[0].state.velocity.east = MetresPerSecond(speed_mps);
  b.process(u);
  return find(*b.publish(at(0)).picture, 7)->silence.hearing;
}

TEST(PictureBuilderTest, TakesAnEchoForAnAidOnlyWhereOneFloatsAndItStandsStill) {
  EXPECT_EQ(beside_an_aid(0.2), AisHearing::not_applicable);
  EXPECT_NE(beside_an_aid(5.0), AisHearing::not_applicable);
  for (const bool restarted : {false, true}) {
    EXPECT_NE(beside_an_aid(0.2, true, false, restarted), AisHearing::not_applicable);
    EXPECT_NE(beside_an_aid(0.2, false, true, restarted), AisHearing::not_applicable);
  }
}

TEST(PictureBuilderTest, KeepsOverARestartWhatAStationSaidOfItself) {
  PictureBuilder b{PictureConfig{}, frame};
  VesselReport r = ferry_report(0);
  r.kind = AisClass::class_b;
  r.message_type = 18;
  r.class_b = ClassBUnit{.carrier_sense = false, .display = true, .dsc = false, .whole_band = true};
  r.utc_second = 17;
  r.fix_timing = FixTiming::at_second;
  r.speed = from_knots(102.2);
  r.speed_at_least = true;
  b.process(AisMessage{r});
  PictureBuilder c{PictureConfig{}, frame};
  c.restore(b.snapshot());
  const VesselReport after = c.publish(at(1)).picture->tracks.at(0).report.value();
  EXPECT_EQ(after.class_b, r.class_b);
  EXPECT_EQ(after.utc_second, r.utc_second);
  EXPECT_EQ(after.fix_timing, r.fix_timing);
  EXPECT_TRUE(after.speed_at_least);
  EXPECT_EQ(overdue_after(after), overdue_after(r));
}

TEST(PictureBuilderTest, HoldsNoMoreStationsThanAllowed) {
  PictureConfig config;
  config.max_stations = 3;
  PictureBuilder b{config, frame};
  for (std::uint32_t k = 1; k <= 5; ++k) {
    VesselReport r = ferry_report(0);
    r.mmsi = Mmsi(k);
    b.process(AisMessage{r});
  }
  EXPECT_EQ(b.publish(at(0)).picture->tracks.size(), 3U);
  EXPECT_EQ(b.counters().stations_refused, 2U);
}

TEST(AisOverdueTest, FollowsTheRateAtWhichAVesselReports) {
  VesselReport r;
  r.kind = AisClass::class_a;
  r.speed = from_knots(10);
  EXPECT_EQ(overdue_after(r), std::chrono::seconds(60));
  r.speed = from_knots(18);
  EXPECT_EQ(overdue_after(r), std::chrono::seconds(36));
  r.speed = from_knots(25);
  EXPECT_EQ(overdue_after(r), std::chrono::seconds(30));
  r.navigation_status = 1;
  r.speed = from_knots(0.2);
  EXPECT_EQ(overdue_after(r), std::chrono::seconds(1080));
  r.speed = from_knots(5);
  EXPECT_EQ(overdue_after(r), std::chrono::seconds(60));
  r.kind = AisClass::class_b;
  EXPECT_EQ(overdue_after(r), std::chrono::seconds(180));
  r.speed = from_knots(1);
  EXPECT_EQ(overdue_after(r), std::chrono::seconds(1080));
  r.class_b = ClassBUnit{.carrier_sense = false};
  r.speed = from_knots(18);
  EXPECT_EQ(overdue_after(r), std::chrono::seconds(90));
  r.speed = from_knots(30);
  EXPECT_EQ(overdue_after(r), std::chrono::seconds(30));
}

TEST(PictureBuilderTest, NeverTakesAnAircraftForAVesselOnTheWater) {
  PictureBuilder b{PictureConfig{}, frame};
  for (double s = 0; s < 120; s += 2.5) {
    if (std::fmod(s, 10.0) == 0.0) {
      VesselReport r = ferry_report(s);
      r.message_type = 9;
      r.kind = AisClass::sar_aircraft;
      b.process(AisMessage{r});
    }
    feed_radar(b, 7, s);
  }
  const PublishedPicture p = b.publish(at(120));
  ASSERT_EQ(p.picture->tracks.size(), 2U);
  EXPECT_FALSE(p.picture->tracks[0].identity.has_value());
  EXPECT_EQ(p.picture->tracks[1].kind, SystemTrackKind::sar_aircraft);
  EXPECT_EQ(p.picture->tracks[1].silence.hearing, AisHearing::not_applicable);
}

TEST(PictureBuilderTest, SaysWhichSourceHasWhatShareAndKeepsWhatRadarAloneSays) {
  PictureBuilder b{PictureConfig{}, frame};
  feed_both(b, 7, 0, 60);
  const PublishedPicture p = b.publish(at(60));
  ASSERT_EQ(p.picture->tracks.size(), 1U);
  const SystemTrack& t = p.picture->tracks[0];
  ASSERT_EQ(t.contributions.size(), 2U);
  EXPECT_NEAR(t.contributions[0].position_weight + t.contributions[1].position_weight, 1.0, 1e-9);
  EXPECT_NEAR(t.contributions[0].velocity_weight + t.contributions[1].velocity_weight, 1.0, 1e-9);
  EXPECT_GT(t.contributions[1].position_weight, 0.05);
  ASSERT_TRUE(t.radar_only.has_value());
  EXPECT_EQ(t.radar_only->var_ee_m2, 100.0);
  EXPECT_LT(t.var_ee_m2, 400.0);
  EXPECT_EQ(t.trust.score, 1.0);
}

TEST(PictureBuilderTest, TellsOfEachRadarWhenItHadTheVesselLast) {
  PictureBuilder b{PictureConfig{}, frame};
  TrackUpdates u;
  u.time = at(60);
  u.tracks = {radar_track(7, ferry_at(60), 60)};
  u.tracks[0].sensors = {{SensorId(2), 0.7, at(52), false}, {SensorId(1), 0.3, at(60), true}};
  b.process(u);
  const PublishedPicture p = b.publish(at(60));
  ASSERT_EQ(p.picture->tracks.size(), 1U);
  const auto& radars = p.picture->tracks[0].contributions;
  ASSERT_EQ(radars.size(), 2U);
  EXPECT_EQ(radars[0].last, at(52));
  EXPECT_FALSE(radars[0].in_last_turn);
  EXPECT_EQ(radars[1].last, at(60));
  EXPECT_TRUE(radars[1].in_last_turn);
}

TEST(PictureBuilderTest, KeepsTheJudgementOverARestart) {
  PictureBuilder b{PictureConfig{}, frame};
  feed_both(b, 7, 0, 60);
  VesselParticulars particulars;
  particulars.mmsi = ferry;
  for (const char* name : {"RED FALCON", "BLUE HERON"}) {
    particulars.received = at(60);
    particulars.name = name;
    b.process(AisMessage{particulars});
  }
  const Trust before = b.publish(at(61)).picture->tracks[0].trust;
  EXPECT_NEAR(before.score, 0.7, 1e-3);
  PictureBuilder after{PictureConfig{}, frame};
  after.restore(b.snapshot());
  feed_radar(after, 7, 61);
  const PublishedPicture p = after.publish(at(61));
  const Trust& now = p.picture->tracks[0].trust;
  EXPECT_EQ(now.score, before.score);
  ASSERT_EQ(now.reasons.size(), before.reasons.size());
  EXPECT_EQ(now.reasons.back(), before.reasons.back());  // the change of name
}

}  // namespace
}  // namespace headland::picture::test
