// SPDX-License-Identifier: Apache-2.0
// What records, cards and health say of tracks and radars.
#include <limits>

#include "codec/share/card_frames.hpp"
#include "codec/share/status_frames.hpp"
#include "codec/share/test/golden_support.hpp"
#include "codec/share/test/system_track.hpp"
#include "codec/share/track_frames.hpp"
#include "core/base/bytes.hpp"

namespace headland::share::test {
namespace {

TEST(TrackRecord, of_a_system_track_has_true_course_age_and_lost_ais) {
  const SystemTrack track = system_track();
  const TrackRecord r = record_of(track, golden_time() + std::chrono::seconds(1), LocalFrame(track.position));
  EXPECT_DOUBLE_EQ(*r.course_deg, 90.0);
  EXPECT_DOUBLE_EQ(*r.speed_mps, 3.0);
  EXPECT_TRUE(r.radar && r.ais && r.ais_lost);
  EXPECT_NEAR(*r.age_s, 1.0, 1e-9);
  SystemTrack anchored = track;
  anchored.ais_lost = false;  // reports every 3 minutes, and is due for 18
  anchored.contributions[1].last = golden_time() - std::chrono::seconds(900);
  EXPECT_FALSE(record_of(anchored, golden_time(), LocalFrame(track.position)).ais_lost);
  SystemTrack still = track;
  still.velocity = {};
  EXPECT_FALSE(record_of(still, golden_time(), LocalFrame(track.position)).course_deg);
  still.velocity_known = false;
  EXPECT_FALSE(record_of(still, golden_time(), LocalFrame(track.position)).speed_mps);
}

TEST(TrackRecord, says_what_was_judged) {
  SystemTrack track = system_track();
  const LocalFrame plane(track.position);
  const auto bits = [&] {
    const Frame frame = track_snapshot(golden_time(), std::vector{record_of(track, golden_time(), plane)});
    ByteReader in(std::span<const std::uint8_t>(frame).subspan(frame_header_bytes + 4 + 24));
    return in.u32();
  };
  EXPECT_EQ(bits(), 0U);
  track.silence.hearing = AisHearing::none_heard;
  EXPECT_EQ(bits(), 0U);
  track.silence.hearing = AisHearing::dark;
  EXPECT_EQ(bits(), 4U);
  track.silence.hearing = AisHearing::silent;
  EXPECT_EQ(bits(), 8U);
  track.silence.hearing = AisHearing::heard;
  track.report = VesselReport{};
  track.trust.score = 0.6;
  EXPECT_EQ(bits(), 1U);
  track.rivals = {{Mmsi(2), 0.3}};
  EXPECT_EQ(bits(), 3U);
  track.missing_echo = MissingEcho{};
  EXPECT_EQ(bits(), 3U);
  track.missing_echo->judged = true;
  EXPECT_EQ(bits(), 19U);
}

TEST(TrackRecord, of_ais_alone_is_as_old_as_its_fix) {
  SystemTrack track = system_track();
  track.radar_track = TrackId();
  track.contributions = {{SourceKind::ais, SensorId(), golden_time()}};
  track.time = golden_time() - std::chrono::seconds(8);
  EXPECT_NEAR(*record_of(track, golden_time(), LocalFrame(track.position)).age_s, 8.0, 1e-9);
}

TEST(TrackRecord, course_is_from_true_north_away_from_the_origin) {
  SystemTrack track = system_track();
  const LocalFrame plane(GeoPosition::from_degrees(63.4, 10.4));
  track.local = {Metres(60'000), Metres(0)};
  track.velocity = {MetresPerSecond(0), MetresPerSecond(5)};
  const TrackRecord r = record_of(track, golden_time(), plane);
  EXPECT_NEAR(*r.course_deg, -plane.north_at(track.local).degrees(), 1e-9);
  EXPECT_GT(*r.course_deg, 0.5);
}

TEST(TrackRecord, holds_impossible_values_at_the_ends_of_the_wire) {
  TrackRecord r;
  r.longitude_deg = 1e9;
  r.latitude_deg = std::numeric_limits<double>::quiet_NaN();
  r.speed_mps = 1e9;
  r.course_deg = -0.004;
  r.age_s = 1e9;
  r.existence = 7;
  const Frame frame = track_snapshot(golden_time(), std::vector{r});
  const auto behind_id = std::span<const std::uint8_t>(frame).subspan(frame_header_bytes + 4 + 4);
  ByteReader in(behind_id);
  EXPECT_EQ(in.i32(), std::numeric_limits<std::int32_t>::max());
  EXPECT_EQ(in.i32(), std::numeric_limits<std::int32_t>::min());
  EXPECT_EQ(in.u16(), 0);  // 359.996 rounds to north, not to "unknown"
  EXPECT_EQ(in.u16(), 65'534);
}

TEST(HealthFrame, tells_what_a_radar_measures_amiss_and_that_it_jumped) {
  HealthReport report;
  report.radars.resize(2);
  report.radars[1].registration =
      RadarRegistrationHealth{.bearing_deg = -0.6, .bearing_sigma_deg = 0.02, .range_m = 35, .vessels = 12};
  const auto json_of = [&] {
    const Frame frame = health_frame(report, golden_time());
    return nlohmann::json::parse(frame.begin() + frame_header_bytes, frame.end());
  };
  EXPECT_FALSE(json_of()["radars"][0].contains("registration"));
  const auto found = json_of()["radars"][1]["registration"];
  EXPECT_EQ(found["bearing_deg"], -0.6);
  EXPECT_EQ(found["vessels"], 12);
  EXPECT_FALSE(found.contains("jump"));
  report.radars[1].registration->jump_deg = 5.0;
  report.radars[1].registration->jump_time_s = 100.0;
  EXPECT_EQ(json_of()["radars"][1]["registration"]["jump"]["bearing_deg"], 5.0);
}

TEST(Card, tells_how_old_particulars_are) {
  SystemTrack track = system_track();
  track.particulars = VesselParticulars{};
  track.particulars->callsign = "LGIN";
  track.particulars_received = golden_time() - std::chrono::seconds(250);
  const Frame frame = attributes_frame({}, &track, {.now = golden_time(), .plane = LocalFrame(track.position)});
  const auto card = nlohmann::json::parse(frame.begin() + frame_header_bytes, frame.end())["tracks"].at(0);
  EXPECT_NEAR(card["particulars_age_s"].get<double>(), 250.0, 1e-6);
}

}  // namespace
}  // namespace headland::share::test
