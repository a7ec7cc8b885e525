// SPDX-License-Identifier: Apache-2.0
// The frames are, byte for byte or value for value, those of test/golden/stream.
#include <map>
#include <string>

#include "codec/share/card_frames.hpp"
#include "codec/share/radar_frames.hpp"
#include "codec/share/status_frames.hpp"
#include "codec/share/test/golden_support.hpp"
#include "codec/share/track_frames.hpp"

namespace headland::share::test {
namespace {

TrackRecord track_17() {
  return {.id = 17,
          .longitude_deg = 10.5312345,
          .latitude_deg = 63.4412345,
          .course_deg = 45.5,
          .speed_mps = 6.17,
          .heading_deg = 44.0,
          .turn_rate_raw = std::int8_t{-3},
          .kind = SystemTrackKind::vessel,
          .stage = TrackStage::confirmed,
          .radar = true,
          .ais = true,
          .ais_lost = false,
          .own_ship = false,
          .doubted = true,
          .rivals = true,
          .existence = 250.0 / 255.0,
          .age_s = 0.4,
          .attribute_version = 3};
}

std::vector<TrackRecord> snapshot_records() {
  TrackRecord unknown;
  unknown.id = 4'000'000'001;
  unknown.longitude_deg = -58.1234567;
  unknown.latitude_deg = -34.5678901;
  unknown.radar = true;
  unknown.existence = 0.4;
  unknown.age_s = 0.0;
  unknown.attribute_version = 1;
  TrackRecord extreme;
  extreme.id = 42;
  extreme.longitude_deg = 179.9999999;
  extreme.latitude_deg = 89.9999999;
  extreme.course_deg = 359.99;
  extreme.speed_mps = 655.34;
  extreme.heading_deg = 0.0;
  extreme.turn_rate_raw = std::int8_t{127};
  extreme.kind = SystemTrackKind::sar_aircraft;
  extreme.stage = TrackStage::coasting;
  extreme.attribute_version = 4'294'967'295;
  return {track_17(), unknown, extreme};
}

TEST(Golden, track_snapshot) {
  EXPECT_EQ(numbered(track_snapshot(golden_time(), snapshot_records()), 7), golden("track_snapshot"));
}

TEST(Golden, track_snapshot_without_tracks) {
  const Frame expected = golden("track_snapshot_empty");
  const Frame frame = track_snapshot(golden_time(), {});
  EXPECT_EQ(Frame(frame.begin() + 16, frame.end()), Frame(expected.begin() + 16, expected.end()));
}

TEST(Golden, deflated_content_is_the_same_content) {
  const Frame plain = numbered(track_snapshot(golden_time(), snapshot_records()), 7);
  EXPECT_EQ(inflated(golden("track_snapshot_deflate")), plain);
  const Frame packed = deflated(plain);
  EXPECT_LT(packed.size(), plain.size());
  EXPECT_EQ(packed[1], flag_deflated);
  EXPECT_EQ(inflated(packed), plain);
  EXPECT_EQ(deflated(packed), packed);  // not twice
}

TEST(Golden, track_delta) {
  TrackRecord aid;
  aid.id = 9;
  aid.speed_mps = 0.0;
  aid.kind = SystemTrackKind::aid_to_navigation;
  aid.stage = TrackStage::confirmed;
  aid.ais = true;
  aid.ais_lost = true;
  aid.existence = 1.0;
  const Frame expected = golden("track_delta");
  const SystemTrackId removed[] = {SystemTrackId(5), SystemTrackId(4'000'000'001)};
  const Frame frame = numbered(track_delta(golden_time(), removed, std::vector{track_17(), aid}), 1201);
  ASSERT_EQ(frame.size(), expected.size());
  // The age and attribute version of the second record are the file's own.
  const std::size_t known = expected.size() - 10;
  EXPECT_EQ(Frame(frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(known)),
            Frame(expected.begin(), expected.begin() + static_cast<std::ptrdiff_t>(known)));
}

TEST(Golden, spokes) {
  const std::uint8_t cells[] = {0x00, 0x01, 0x7f, 0xff, 0x10, 0x20, 0x30, 0x40, 0xff, 0x00, 0x00, 0xc8};
  const SpokeBatch batch{.sensor = SensorId(1),
                         .time = golden_time(),
                         .first_azimuth = 2046,
                         .azimuths_per_turn = 2048,
                         .cells = 4,
                         .range_start = Metres(37.5),
                         .cell_size = Metres(21.75),
                         .antenna = GeoPosition::from_degrees(63.44, 10.52),
                         .echo_clock = golden_time() + std::chrono::milliseconds(125),
                         .amplitudes = cells};
  EXPECT_EQ(numbered(spokes_frame(batch), 99), golden("spokes"));
}

TEST(Golden, plots) {
  const PlotMark marks[] = {
      {GeoPosition::from_degrees(63.4412345, 10.5312345), Decibels(23.5), 17, DopplerCell::approaching},
      {GeoPosition::from_degrees(-34.5678901, -58.1234567), Decibels(-1.0), 70'000}};
  EXPECT_EQ(numbered(plots_frame(SensorId(1), golden_time(), marks), 55), golden("plots"));
}

TEST(Golden, hello) {
  Hello hello;
  hello.version = "0.1.0";
  hello.node = "Skagvik";
  hello.origin = GeoPosition::from_degrees(63.44, 10.52);
  hello.radars = {
      {SensorId(1), "Headland", hello.origin, Metres(22'224), BearingReference::true_north},
      {SensorId(2), "Pilot boat", GeoPosition::from_degrees(63.45, 10.4), Metres(5556), BearingReference::head_up}};
  hello.server_time_s = 1'767'225'600.25;
  const auto ours = json_of(hello_frame(hello, golden_time()));
  const auto theirs = json_of(golden("hello"));
  EXPECT_EQ(ours["radars"].size(), 2U);
  EXPECT_NEAR(ours["origin"]["lat_deg"].get<double>(), 63.44, 1e-9);
  EXPECT_NEAR(ours["radars"][1]["lon_deg"].get<double>(), 10.4, 1e-9);
  for (const char* key : {"version", "protocol", "mode", "node", "server_time_s"}) EXPECT_EQ(ours[key], theirs[key]);
  for (const char* key : {"id", "name", "range_m", "reference"}) {
    EXPECT_EQ(ours["radars"][0][key], theirs["radars"][0][key]);
    EXPECT_EQ(ours["radars"][1][key], theirs["radars"][1][key]);
  }
}

TEST(Golden, health) {
  HealthReport r;
  r.clock_s = 1'767'225'600.25;
  r.data_time_s = 1'767'225'600.05;
  r.lanes = {{"radar 1 video", 2, 17, 3}};
  r.radars = {{SensorId(1), "Headland", RadarState::ok, 819.2, 2.5, 61.0, 0.02, 4, 38.5,
               VideoHealth{21, 0.0125, false, "settings changed: gain percent 60 to 45"}},
              {SensorId(2), "Pilot boat", RadarState::none, 0.0, {}, 0.0, {}, 0, {}}};
  r.ais_messages_per_s = 3.5;
  r.ais_vessels = 21;
  r.ais_age_s = 0.3;
  r.confirmed = 24;
  r.tentative = 5;
  r.journal_bytes = 123'456'789;
  r.journal_ok = true;
  r.clients = 1;
  EXPECT_EQ(json_of(health_frame(r, golden_time())), json_of(golden("health")));
}

TEST(Golden, playback) {
  EXPECT_EQ(json_of(playback_frame({true, 1.0, 1'767'225'600.25, false}, golden_time())), json_of(golden("playback")));
}

void add_judgement(SystemTrack& track) {
  for (auto& c : track.contributions) {
    c.in_last_turn = c.kind == SourceKind::radar;
    c.position_weight = c.kind == SourceKind::radar ? 0.25 : 0.75;
    c.velocity_weight = 0.5;
  }
  const Timestamp earlier = from_epoch_seconds(1'767'225'500.25);
  track.rivals = {{Mmsi(257'123'456), 0.05}};
  track.trust = {0.4,
                 {{TrustEvidence::circles, 720.0, 540.0, 1.0, 3, 0.6, earlier, from_epoch_seconds(1'767'225'590.25)}}};
  track.silence = {AisHearing::silent, earlier, 9.0, 8.0, 10.0};
  track.missing_echo = MissingEcho{0.97, 12, 5, earlier, true};
  track.radar_only = RadarOnly{golden_time(), track.position, track.local, track.velocity, 0.0, 0.0, 0.0};
  track.ais_latency = AisLatency{1.5, 0.25, 20};
}

// Newer than the golden card.
nlohmann::json seen_last_turn(nlohmann::json source) {
  source["in_last_turn"] = true;
  return source;
}

TEST(Golden, attributes_have_the_keys_of_the_golden_card) {
  const auto theirs = json_of(golden("attributes"));
  SystemTrack track;
  track.id = SystemTrackId(9);
  track.time = golden_time();
  track.began = from_epoch_seconds(1'767'225'000.25);
  track.position = GeoPosition::from_degrees(63.0 + 26.47 / 60, 10.0 + 31.87 / 60);
  track.velocity = {MetresPerSecond(0), from_knots(12)};
  track.stage = TrackStage::confirmed;
  track.existence = 0.98;
  track.identity = Identity{Mmsi(992'579'999), 0.93};
  track.contributions = {{SourceKind::radar, SensorId(1), golden_time() - std::chrono::milliseconds(400)},
                         {SourceKind::ais, SensorId(), golden_time() - std::chrono::milliseconds(6200)}};
  VesselParticulars p;
  p.name = "SKAGEN LT";
  p.callsign = "LA4T";
  p.imo = 9'111'222;
  p.ship_type = 70;
  p.destination = "TRONDHEIM";
  p.to_bow_m = 100;
  p.to_stern_m = 20;
  p.to_port_m = p.to_starboard_m = 9;
  p.draught_m = 6.2;
  track.particulars = p;
  track.report = VesselReport{};
  track.report->mmsi = Mmsi(992'579'999);
  track.report->received = golden_time() - std::chrono::milliseconds(6200);
  track.report->navigation_status = 0;
  track.size = {true, Metres(118.5), Metres(14.25), Metres(20.5), Metres(6.5), {}, Radians(std::numbers::pi)};
  track.radar_kind = {TrackClass::large, 0.9375};
  add_judgement(track);
  const HistoryPoint past[] = {{from_epoch_seconds(1'767'225'540.25), GeoPosition::from_degrees(63.44, 10.53), {}, {}}};
  const CardContext context{golden_time(), LocalFrame(track.position), {}, past};
  const SystemTrack* changed[] = {&track};
  const auto ours = json_of(attributes_frame(changed, &track, context));
  ASSERT_EQ(ours["tracks"].size(), 2U);
  EXPECT_EQ(ours["tracks"][0].size(), 4U);  // id, label, name, mmsi
  const auto& card = ours["tracks"][1];
  const auto& expected = theirs["tracks"][1];
  for (const auto& [key, value] : expected.items()) EXPECT_TRUE(card.contains(key)) << key;
  for (const char* key :
       {"id",          "name",      "mmsi",        "callsign",     "imo",        "ship_type",   "ship_type_text",
        "destination", "draught_m", "status_text", "stage",        "existence",  "began_s",     "identity",
        "rivals",      "trust",     "silence",     "missing_echo", "radar_only", "ais_latency", "radar_size",
        "radar_class"}) {
    EXPECT_EQ(card[key], expected[key]) << key;
  }
  EXPECT_EQ(card["sources"][0], seen_last_turn(expected["sources"][0]));
  EXPECT_EQ(card["sources"][1]["source"], "AIS 992579999");
  EXPECT_EQ(card["fields"][0]["name"], "position");
  EXPECT_EQ(card["fields"][0]["value"], expected["fields"][0]["value"]);
  EXPECT_EQ(card["fields"][0]["source"], "radar 1 25 % + AIS 992579999 75 %");
  EXPECT_EQ(card["fields"][1]["value"], "12.0 kn");
  std::map<std::string, std::string> fields;
  for (const auto& f : card["fields"]) fields[f["name"]] = f["value"];
  EXPECT_EQ(fields["hull by radar"], "118 ± 14 m x 20 ± 6 m");
  EXPECT_EQ(fields["class by radar"], "large vessel (94 %)");
  EXPECT_EQ(card["past"][0], (nlohmann::json{10.53, 63.44, 1'767'225'540.25}));
}

}  // namespace
}  // namespace headland::share::test
