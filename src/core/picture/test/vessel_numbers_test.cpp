// SPDX-License-Identifier: Apache-2.0
// One vessel has one number and one name, whichever sensor sees it.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "core/picture/test/ferry.hpp"

namespace headland::picture::test {
namespace {

TEST(VesselNumbersTest, MergesAVesselIntoItsRadarTrackAndKeepsItsNumberWhenThatEnds) {
  PictureBuilder b{PictureConfig{}, frame};
  b.process(AisMessage{ferry_report(0)});
  EXPECT_EQ(b.publish(at(0)).change.created, std::vector{SystemTrackId(1'000'000)});
  feed_both(b, 7, 0, 60);
  PublishedPicture p = b.publish(at(60));
  ASSERT_EQ(p.picture->tracks.size(), 1U);
  EXPECT_EQ(p.picture->tracks[0].id, SystemTrackId(7));
  EXPECT_EQ(p.picture->tracks[0].identity->mmsi, ferry);
  EXPECT_GT(p.picture->tracks[0].identity->probability, 0.8);
  EXPECT_EQ(p.picture->tracks[0].contributions.size(), 2U);
  ASSERT_EQ(p.change.merged.size(), 1U);
  EXPECT_EQ(p.change.merged[0].ended, SystemTrackId(1'000'000));
  EXPECT_EQ(p.change.merged[0].into, SystemTrackId(7));

  // The radar loses it: it is the same vessel.
  feed_radar(b, 7, 61, TrackStage::ended);
  p = b.publish(at(61));
  ASSERT_EQ(p.picture->tracks.size(), 1U);
  EXPECT_EQ(p.picture->tracks[0].id, SystemTrackId(7));
  EXPECT_EQ(p.picture->tracks[0].radar_track, TrackId());
  EXPECT_TRUE(p.change.dropped.empty() && p.change.created.empty());
  EXPECT_EQ(b.counters().merges, 1U);
  EXPECT_EQ(b.counters().splits, 1U);
}

TEST(VesselNumbersTest, AVesselKeepsItsNumberAndNameThroughLossAndReturnOfRadar) {
  PictureBuilder b{PictureConfig{}, frame};
  feed_both(b, 7, 0, 60);
  (void)b.publish(at(60));
  EXPECT_EQ(b.rename(SystemTrackId(7), {"Mary", "Bo", at(60)}), RenameFault::none);
  feed_radar(b, 7, 60, TrackStage::ended);
  for (double s = 60; s < 120; s += 10) {
    b.process(AisMessage{ferry_report(s)});
    (void)b.publish(at(s));
  }
  feed_radar(b, 12, 120);
  PublishedPicture p = b.publish(at(120));
  ASSERT_EQ(p.picture->tracks.size(), 2U);  // not known yet to be the same
  EXPECT_EQ(p.picture->tracks[1].id, SystemTrackId(12));
  feed_both(b, 12, 120, 180);
  p = b.publish(at(180));
  ASSERT_EQ(p.picture->tracks.size(), 1U);
  const SystemTrack& t = p.picture->tracks[0];
  EXPECT_EQ(t.id, SystemTrackId(7));
  EXPECT_EQ(t.radar_track, TrackId(12));
  EXPECT_EQ(t.operator_name->name, "Mary");
  ASSERT_EQ(p.change.merged.size(), 1U);
  EXPECT_EQ(p.change.merged[0].ended, SystemTrackId(12));
  EXPECT_EQ(p.change.merged[0].into, SystemTrackId(7));
  // What is ordered of the vessel meets the track that it is now.
  EXPECT_EQ(b.radar_track_shown_as(SystemTrackId(7)), TrackId(12));

  PictureBuilder c{PictureConfig{}, frame};
  c.restore(b.snapshot());
  feed_radar(c, 12, 177.5);
  EXPECT_EQ(c.publish(at(180)).picture->tracks[0].id, SystemTrackId(7));
}

TEST(VesselNumbersTest, AVesselThatComesIntoSightOfTheRadarKeepsTheNumberItHad) {
  PictureBuilder b{PictureConfig{}, frame};
  for (double s = 0; s < 100; s += 10) {
    b.process(AisMessage{ferry_report(s)});
    (void)b.publish(at(s));
  }
  for (double s = 100; s < 160; s += 2.5) {
    if (std::fmod(s, 10.0) == 0.0) b.process(AisMessage{ferry_report(s)});
    Track track = radar_track(7, ferry_at(s), s);
    track.began = at(100);
    TrackUpdates u;
    u.time = at(s);
    u.tracks = {track};
    b.process(u);
    (void)b.publish(at(s));
  }
  const PublishedPicture p = b.publish(at(160));
  ASSERT_EQ(p.picture->tracks.size(), 1U);
  EXPECT_EQ(p.picture->tracks[0].id, SystemTrackId(1'000'000));
  EXPECT_EQ(p.picture->tracks[0].radar_track, TrackId(7));
}

// The station leaves track 7, which goes on by itself, and is found on track 9 a little later; track 7 was alone for
// `alone_s` before.
std::pair<SystemTrackId, SystemTrackId> numbers_after_a_change(double alone_s) {
  PictureBuilder b{PictureConfig{}, frame};
  const double heard_s = alone_s;
  for (double s = 0; s < heard_s + 60; s += 2.5) {
    if (s >= heard_s && std::fmod(s, 10.0) == 0.0) b.process(AisMessage{ferry_report(s)});
    feed_radar(b, 7, s);
    (void)b.publish(at(s));
  }
  // Track 7 goes elsewhere at once; another lies where the vessel is.
  SystemTrackId of_7, of_9;
  for (double s = heard_s + 60; s < heard_s + 160; s += 2.5) {
    if (std::fmod(s, 10.0) == 0.0) b.process(AisMessage{ferry_report(s)});
    const EastNorth there = ferry_at(s);
    TrackUpdates u;
    u.time = at(s);
    u.tracks = {radar_track(7, {there.east, there.north + Metres(2000.0)}, s), radar_track(9, there, s)};
    b.process(u);
    const PublishedPicture p = b.publish(at(s));
    for (const SystemTrack& t : p.picture->tracks) {
      if (t.radar_track == TrackId(7)) of_7 = t.id;
      if (t.radar_track == TrackId(9)) of_9 = t.id;
      EXPECT_TRUE(t.radar_track != TrackId(9) || s <= heard_s + 150 || t.identity.has_value()) << s;
    }
  }
  return {of_7, of_9};
}

TEST(VesselNumbersTest, ANumberGoesWithTheTrackOrTheStationThatHasHadItLonger) {
  const auto [stays, begun] = numbers_after_a_change(300.0);
  EXPECT_EQ(stays, SystemTrackId(7));
  EXPECT_EQ(begun, SystemTrackId(9));
  const auto [left, taken] = numbers_after_a_change(0.0);
  EXPECT_EQ(taken, SystemTrackId(7));
  EXPECT_GT(left.value(), 1'000'000U) << "never given twice";
}

enum class Parting { track_strays, she_jumps, she_falls_silent };

// Numbers of the track and of the station that was it for five minutes, `after_s` after they parted.
std::pair<SystemTrackId, SystemTrackId> numbers_after_parting(Parting parting, double after_s) {
  PictureBuilder b{PictureConfig{}, frame};
  for (double s = 0; s < 300; s += 30) {
    feed_both(b, 7, s, s + 30);
    (void)b.publish(at(s + 30));
  }
  SystemTrackId of_track, of_station;
  const bool strays = parting == Parting::track_strays || parting == Parting::she_falls_silent;
  for (double s = 300; s < 300 + after_s; s += 2.5) {
    const EastNorth there = ferry_at(s);
    const auto north_of = [&](double m) { return EastNorth{there.east, there.north + Metres(m)}; };
    VesselReport report = ferry_report(s);
    if (parting == Parting::she_jumps) report.position = frame.to_geo(north_of(-3000.0));
    const bool is_heard = parting != Parting::she_falls_silent && std::fmod(s, 10.0) == 0.0;
    if (is_heard) b.process(AisMessage{report});
    TrackUpdates u;
    u.time = at(s);
    u.tracks = {radar_track(7, strays ? north_of(3000.0) : there, s)};
    b.process(u);
    const PublishedPicture p = b.publish(at(s));
    for (const SystemTrack& t : p.picture->tracks) (t.radar_track == TrackId(7) ? of_track : of_station) = t.id;
  }
  return {of_track, of_station};
}

TEST(VesselNumbersTest, ABelievedStationWhoseTrackStraysKeepsHerNumber) {
  const auto [strayed, believed] = numbers_after_parting(Parting::track_strays, 60.0);
  EXPECT_EQ(believed, SystemTrackId(7));
  EXPECT_GT(strayed.value(), 1'000'000U);
}

TEST(VesselNumbersTest, TheEchoOfAStationThatIsDoubtedKeepsTheNumberOrGetsItBack) {
  for (const Parting parting : {Parting::she_jumps, Parting::she_falls_silent}) {
    const auto [echo, station] = numbers_after_parting(parting, 170.0);
    EXPECT_EQ(echo, SystemTrackId(7)) << static_cast<int>(parting);
    EXPECT_EQ(station, SystemTrackId(1'000'000)) << static_cast<int>(parting);
  }
}

TEST(VesselNumbersTest, AnotherTrackNeverGetsANumberThatAVesselHasTakenWithIt) {
  PictureBuilder b{PictureConfig{}, frame};
  feed_both(b, 7, 0, 60);
  (void)b.publish(at(60));
  feed_radar(b, 7, 60, TrackStage::ended);
  b.process(AisMessage{ferry_report(60)});
  (void)b.publish(at(61));
  // The tracker takes an echo elsewhere for its track that ended.
  TrackUpdates u;
  u.time = at(70);
  u.tracks = {radar_track(7, {Metres(-4000.0), Metres(-4000.0)}, 70)};
  b.process(u);
  PublishedPicture p = b.publish(at(70));
  ASSERT_EQ(p.picture->tracks.size(), 2U);
  ASSERT_NE(find(*p.picture, 7), nullptr);
  EXPECT_EQ(find(*p.picture, 7)->identity->mmsi, ferry);
  const auto other = p.picture->tracks[1];
  EXPECT_EQ(other.radar_track, TrackId(7));
  EXPECT_GT(other.id.value(), 1'000'000U);
  // An order about the vessel is none about that track.
  EXPECT_EQ(b.radar_track_shown_as(SystemTrackId(7)), TrackId());
  EXPECT_EQ(b.radar_track_shown_as(other.id), TrackId(7));
}

TEST(VesselNumbersTest, KeepsTheNameOfAStationWhileItStandsUnderARadarTrack) {
  PictureBuilder b{PictureConfig{}, frame};
  b.process(AisMessage{ferry_report(0.0)});
  const auto alone = b.publish(at(0));
  ASSERT_EQ(alone.picture->tracks.size(), 1U);
  EXPECT_EQ(b.rename(alone.picture->tracks[0].id, {"Old Mary", "Anna", at(0)}), RenameFault::none);
  EXPECT_EQ(b.rename(SystemTrackId(5), {"x", "Anna", at(0)}), RenameFault::no_such_track);
  feed_both(b, 12, 0.0, 60.0);
  const auto merged = b.publish(at(60));
  ASSERT_EQ(merged.picture->tracks.size(), 1U);
  EXPECT_EQ(merged.picture->tracks[0].id, SystemTrackId(12));
  EXPECT_EQ(merged.picture->tracks[0].operator_name->name, "Old Mary");
  // A name of the radar track itself goes before.
  EXPECT_EQ(b.rename(SystemTrackId(12), {"Mary", "Bo", at(60)}), RenameFault::none);
  EXPECT_EQ(b.publish(at(61)).picture->tracks[0].operator_name->name, "Mary");
}

TEST(OperatorNamesTest, AreBoundedAndOutliveTheirTrackByAnHour) {
  OperatorNames names;
  for (std::uint32_t k = 1; k <= OperatorNames::most_names; ++k) {
    ASSERT_TRUE(names.set(SystemTrackId(k), {"a", "b", at(0)}));
  }
  EXPECT_FALSE(names.set(SystemTrackId(9999), {"a", "b", at(0)}));
  names.note_shown(SystemTrackId(3), at(1000));
  names.forget_unseen(at(3601));
  EXPECT_EQ(names.find(SystemTrackId(2)), nullptr);
  EXPECT_NE(names.find(SystemTrackId(3)), nullptr);
  EXPECT_TRUE(names.set(SystemTrackId(9999), {"a", "b", at(3601)}));
}

}  // namespace
}  // namespace headland::picture::test
