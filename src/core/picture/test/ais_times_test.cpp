// SPDX-License-Identifier: Apache-2.0
// When AIS was heard, for which instant its positions hold, and what happens when the clock is set back.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "core/picture/test/ferry.hpp"

namespace headland::picture::test {
namespace {

std::uint8_t second_of(Timestamp t) {
  return static_cast<std::uint8_t>(std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count() % 60);
}

TEST(AisTimesTest, AVesselWhoseReceiverHasNoFixIsHeardAndNotSilent) {
  PictureBuilder b{PictureConfig{}, frame};
  for (std::uint32_t k = 1; k <= 6; ++k) {  // others, by which it is known that AIS is received
    VesselReport other = ferry_report(0);
    other.mmsi = Mmsi(k);
    other.position = frame.to_geo({Metres(2500.0), Metres(100.0 * k)});
    b.process(AisMessage{other});
  }
  feed_both(b, 7, 0, 60);
  for (double s = 60; s < 400; s += 2.5) {
    if (std::fmod(s, 10.0) == 0.0) {
      VesselReport blind = ferry_report(s);
      blind.position.reset();
      blind.fix_timing = FixTiming::inoperative;
      b.process(AisMessage{blind});
      for (std::uint32_t k = 1; k <= 6; ++k) {
        VesselReport other = ferry_report(s);
        other.mmsi = Mmsi(k);
        other.position = frame.to_geo({Metres(2500.0 + 5.0 * s), Metres(100.0 * k)});
        b.process(AisMessage{other});
      }
    }
    feed_radar(b, 7, s);
    const PublishedPicture p = b.publish(at(s));
    const SystemTrack* t = find(*p.picture, 7);
    ASSERT_NE(t, nullptr);
    EXPECT_NE(t->silence.hearing, AisHearing::silent) << s;
    EXPECT_FALSE(t->ais_lost) << s;
  }
  const SystemTrack t = *find(*b.publish(at(400)).picture, 7);
  EXPECT_TRUE(std::any_of(t.trust.reasons.begin(), t.trust.reasons.end(),
                          [](const TrustReason& r) { return r.kind == TrustEvidence::fix_failure; }));
}

TEST(AisTimesTest, APositionOfAisIsAsOldAsItsFixAndAsGoodAsIsMeasured) {
  PictureBuilder b{PictureConfig{}, frame};
  for (double s = 0; s < 200; s += 10) {  // 8 s late, by the second of the fix
    VesselReport r = ferry_report(s);
    r.utc_second = second_of(at(s - 8));
    r.fix_timing = FixTiming::at_second;
    r.position = frame.to_geo(ferry_at(s - 8));
    b.process(AisMessage{r});
  }
  const SystemTrack t = b.publish(at(191)).picture->tracks[0];
  EXPECT_NEAR(to_seconds(at(190) - t.time).value(), 8.0, 0.2);
  EXPECT_NEAR(std::sqrt(t.var_ee_m2), 8.0, 0.1);  // FixScatter, before anything is measured

  VesselReport far = ferry_report(200);
  far.kind = AisClass::long_range;
  far.message_type = 27;
  b.process(AisMessage{far});
  EXPECT_GE(std::sqrt(b.publish(at(200)).picture->tracks[0].var_ee_m2), 100.0);
}

TEST(AisTimesTest, CountsPositionsThatCameTooLateToBeShownOrWeighed) {
  PictureBuilder b{PictureConfig{}, frame};
  b.process(AisMessage{ferry_report(20)});
  b.process(AisMessage{ferry_report(10)});
  EXPECT_EQ(b.counters().reports_late, 1U);
  EXPECT_EQ(b.counters().fixes_late, 0U);
  b.process(AisMessage{ferry_report(30)});
  EXPECT_EQ(b.counters().reports_late, 1U);
  EXPECT_EQ(b.counters().fixes_late, 0U);
  const auto p = b.publish(at(31));
  ASSERT_EQ(p.picture->tracks.size(), 1U);
  EXPECT_EQ(p.picture->tracks[0].report->received, at(30));
}

// The second that a report names tells how old its fix is: one that waited longer than the report behind it.
TEST(AisTimesTest, CountsFixesThatAreOlderThanOneBefore) {
  PictureBuilder b{PictureConfig{}, frame};
  for (int k = 0; k < 30; ++k) {
    auto report = ferry_report(10.0 * k);
    report.utc_second = second_of(at(10.0 * k));
    report.fix_timing = FixTiming::at_second;
    b.process(AisMessage{report});
  }
  EXPECT_EQ(b.counters().fixes_late, 0U);
  auto waited = ferry_report(291);
  waited.utc_second = second_of(at(285));
  waited.fix_timing = FixTiming::at_second;
  b.process(AisMessage{waited});
  EXPECT_EQ(b.counters().reports_late, 0U);
  EXPECT_EQ(b.counters().fixes_late, 1U);
}

TEST(AisTimesTest, AClockThatIsSetBackFreezesNobody) {
  PictureBuilder b{PictureConfig{}, frame};
  VesselReport other = ferry_report(0);
  other.mmsi = Mmsi(999);
  other.position = frame.to_geo({Metres(-6000.0), Metres(0.0)});
  b.process(AisMessage{other});
  feed_both(b, 7, 0, 60);
  (void)b.publish(at(60));
  // Ten minutes back; the vessel goes on.
  const auto later = [](double s) {
    VesselReport r = ferry_report(s);
    r.received = at(s - 600);
    return r;
  };
  (void)b.publish(at(-539));
  for (double s = 70; s < 140; s += 2.5) {
    if (std::fmod(s, 10.0) == 0.0) b.process(AisMessage{later(s)});
    Track track = radar_track(7, ferry_at(s), s - 600);
    TrackUpdates u;
    u.time = at(s - 600);
    u.tracks = {track};
    b.process(u);
    (void)b.publish(at(s - 600));
  }
  const PublishedPicture p = b.publish(at(-460));
  const SystemTrack* t = find(*p.picture, 7);
  ASSERT_NE(t, nullptr);
  ASSERT_TRUE(t->report.has_value());
  EXPECT_LT(distance(frame.to_local(*t->report->position), ferry_at(130)).value(), 1.0);
  EXPECT_GT(t->contributions.back().position_weight, 0.05);  // its position is fresh again
  EXPECT_GT(t->identity->probability, 0.9);
  // And the one that came no more is lost.
  const auto gone = std::find_if(p.picture->tracks.begin(), p.picture->tracks.end(),
                                 [](const SystemTrack& x) { return x.identity && x.identity->mmsi == Mmsi(999); });
  ASSERT_NE(gone, p.picture->tracks.end());
  EXPECT_TRUE(gone->ais_lost);
}

TEST(AisTimesTest, ReasonsFadeAfterTheClockWasSetBack) {
  PictureBuilder b{PictureConfig{}, frame};
  VesselParticulars p;
  p.mmsi = ferry;
  b.process(AisMessage{ferry_report(0)});
  for (const char* name : {"RED FALCON", "BLUE HERON"}) {
    p.received = at(1);
    p.name = name;
    b.process(AisMessage{p});
  }
  ASSERT_LT(b.publish(at(2)).picture->tracks.at(0).trust.score, 1.0);
  const double back_s = -100'000.0;
  (void)b.publish(at(back_s));
  EXPECT_EQ(b.counters().clock_set_back, 1U);
  for (double s = back_s; s <= back_s + 12.5 * 3600.0; s += 300.0) {
    VesselReport r = ferry_report(0);
    r.received = at(s);
    b.process(AisMessage{r});
    (void)b.publish(at(s));
  }
  EXPECT_EQ(b.publish(at(back_s + 12.5 * 3600.0)).picture->tracks.at(0).trust.score, 1.0);  // two half-lives
}

}  // namespace
}  // namespace headland::picture::test
