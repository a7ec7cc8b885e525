// SPDX-License-Identifier: Apache-2.0
// What other systems send, to tracks in the plane; and what goes out to them.
#include "runtime/station/sources/remote_source.hpp"

#include <cctype>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "codec/ais/encode.hpp"
#include "codec/asterix/cat062.hpp"
#include "codec/asterix/test/bytes_of.hpp"
#include "codec/asterix/test/sample_track.hpp"
#include "codec/nmea/nmea_decoder.hpp"
#include "codec/nmea/vdm_writer.hpp"
#include "runtime/station/output/cat062_output.hpp"
#include "runtime/station/output/nmea_output.hpp"
#include "runtime/station/picture/picture_chain.hpp"
#include "runtime/station/replay.hpp"
#include "support/shared_data.hpp"

namespace headland::station {
namespace {

using test::bytes_of;

const LocalFrame plane{GeoPosition::from_degrees(50.7, -1.1)};

TEST(RemoteSource, PutsATrackOfAnotherStationWhereItSaysThatItIs) {
  const auto sent = test::sent_tracks(std::vector{test::sample_track()}, {25, 100, 1400});
  ASSERT_TRUE(is_remote_asterix(sent[0]));
  RemoteSource source;
  std::vector<RemoteTrack> tracks;
  const Timestamp received = test::sample_track().time + std::chrono::seconds(1);
  source.process(5, received, sent[0], plane, true, tracks);
  ASSERT_EQ(tracks.size(), 1U);
  const RemoteTrack& t = tracks[0];
  EXPECT_EQ(t.origin, (RemoteOrigin{5, 25 << 8 | 100}));
  EXPECT_EQ(t.number, 1234U);
  EXPECT_EQ(t.time, test::sample_track().time);
  EXPECT_LT(distance(t.position, plane.to_local(test::sample_track().position)).value(), 0.5);
  EXPECT_NEAR(t.velocity->east.value(), 5.0, 0.15);
  EXPECT_TRUE(t.covariance_stated);
  EXPECT_NEAR(std::sqrt(t.covariance[0]), 20.5, 0.1);  // a step more than is stated
  EXPECT_EQ(t.callsign, "MABC7");
  EXPECT_EQ(t.kind, RemoteKind::vessel);
}

TEST(RemoteSource, MeasuresFromTheSiteThatIsConfiguredAndElseFromNowhere) {
  // 048: 010 140 020 040 220: a transponder 10 NM east.
  const auto bytes = bytes_of("30 00 12  F1 80  19 64  59 8A C0  A0  0A 00 40 00  AB CD EF");
  RemoteSource unknown;
  std::vector<RemoteTrack> tracks;
  unknown.process(5, {}, bytes, plane, true, tracks);
  EXPECT_TRUE(tracks.empty());
  EXPECT_EQ(unknown.counters().without_place, 1U);
  RemoteSourceConfig config;
  config.systems[25 << 8 | 100].site = plane.origin();
  RemoteSource known(config);
  known.process(5, {}, bytes, plane, true, tracks);
  ASSERT_EQ(tracks.size(), 1U);
  EXPECT_NEAR(tracks[0].position.east.value(), 18520.0, 0.1);
  EXPECT_NEAR(tracks[0].position.north.value(), 0.0, 0.1);
  EXPECT_EQ(tracks[0].kind, RemoteKind::aircraft);
  EXPECT_EQ(tracks[0].number, 1U << 24 | 0xABCDEF);
  EXPECT_EQ(known.counters().other_clock, 1U);  // 45845 s against midnight
}

TEST(RemoteSource, JoinsThePlaceOfTllWithTheMotionOfTtm) {
  nmea::NmeaDecoder decoder;
  nmea::NmeaOutput out;
  std::string whole;
  nmea::RadarTarget t;
  t.number = 2;
  t.position = plane.origin();
  t.time_of_day = Seconds(49612.0);
  t.distance = Metres(2000.0);
  t.bearing = Bearing::from_degrees(38.0);
  t.speed = from_knots(10.0);
  t.course = Bearing::from_degrees(90.0);
  write_tll(t, whole);
  write_ttm(t, whole);
  const Timestamp received{std::chrono::seconds(49613)};
  decoder.process({reinterpret_cast<const std::uint8_t*>(whole.data()), whole.size()}, received, 7, out);
  ASSERT_EQ(out.targets.size(), 2U);
  RemoteSource source;
  std::vector<RemoteTrack> tracks;
  for (const auto& target : out.targets) source.process(7, target, ais::OwnShip(), plane, tracks);
  ASSERT_EQ(tracks.size(), 2U);
  EXPECT_FALSE(tracks[0].velocity.has_value());
  EXPECT_NEAR(tracks[1].position.east.value(), 0.0, 0.3);
  EXPECT_NEAR(tracks[1].velocity->east.value(), 10.0 * 1852 / 3600, 0.03);
  EXPECT_EQ(tracks[1].time, Timestamp{std::chrono::seconds(49612)});
}

TEST(RemoteSource, PlacesTtmOfARadarAshoreFromWhereItStands) {
  nmea::RadarTarget t;
  t.number = 4;
  t.received = Timestamp{std::chrono::hours(1)};
  t.distance = Metres(2000.0);
  t.bearing = Bearing::from_degrees(90.0);
  t.name = "244660000";
  RemoteSourceConfig config;
  config.streams[7].site = plane.to_geo({Metres(0.0), Metres(5000.0)});
  config.any = RemoteSystem{"another", plane.to_geo({Metres(-9000.0), Metres(0.0)}), 0.0};
  RemoteSource source(config);
  std::vector<RemoteTrack> tracks;
  // Own ship is elsewhere, and not asked.
  ais::OwnShip own;
  OwnShipReport report;
  report.received = t.received;
  report.position = plane.to_geo({Metres(400.0), Metres(-400.0)});
  own.process(report);
  source.process(7, t, own, plane, tracks);
  source.process(8, t, own, plane, tracks);
  t.bearing_relative = true;  // to a heading that a radar ashore has not
  source.process(7, t, own, plane, tracks);
  ASSERT_EQ(tracks.size(), 2U);
  EXPECT_NEAR(tracks[0].position.east.value(), 2000.0, 1.0);
  EXPECT_NEAR(tracks[0].position.north.value(), 5000.0, 1.0);
  EXPECT_NEAR(tracks[1].position.east.value(), -7000.0, 1.0);
  EXPECT_EQ(tracks[0].mmsi, Mmsi(244'660'000));
  EXPECT_EQ(source.counters().without_place, 1U);
}

TEST(PictureChain, ShowsWhatOthersSeeAndCallsAircraftSo) {
  PictureChainConfig config;
  config.fixed_sites[SensorId(1)] = plane.origin();
  config.remote.systems[25 << 8 | 100].site = plane.origin();
  PictureChain chain(config);
  PictureOutput out;
  const auto aircraft = bytes_of("30 00 12  F1 80  19 64  59 8A C0  A0  0A 00 40 00  AB CD EF");
  const Timestamp time = test::sample_track().time;
  chain.process(1000, time, test::sent_tracks(std::vector{test::sample_track()}, {25, 101, 1400})[0], out);
  chain.process(1000, time, aircraft, out);
  chain.process_tick(time, out);
  ASSERT_TRUE(out.published.has_value());
  const auto tracks = out.published->picture->tracks;  // a copy: the output is used again below
  ASSERT_EQ(tracks.size(), 2U);
  EXPECT_EQ(tracks[0].kind, SystemTrackKind::vessel);
  EXPECT_EQ(tracks[0].contributions[0].kind, SourceKind::remote);
  ASSERT_TRUE(tracks[0].particulars.has_value());
  EXPECT_EQ(tracks[0].particulars->callsign, "MABC7");
  EXPECT_EQ(tracks[1].kind, SystemTrackKind::aircraft);
  EXPECT_EQ(out.published->change.created.size(), 2U);
  // A restart keeps them.
  PictureChain again(config);
  ASSERT_TRUE(again.restore(chain.snapshot()));
  out.clear();
  again.process_tick(time, out);
  EXPECT_EQ(out.published->picture->tracks.size(), 2U);
  EXPECT_EQ(out.published->picture->tracks[0].id, tracks[0].id);
}

TEST(PictureChain, ATrackThatAnotherStationDropsIsGoneAtOnce) {
  PictureChainConfig config;
  config.fixed_sites[SensorId(1)] = plane.origin();
  PictureChain chain(config);
  PictureOutput out;
  asterix::TrackNumbers numbers;
  Timestamp now = test::sample_track().time;
  const auto send = [&](const std::vector<SystemTrack>& tracks) {
    for (const auto& datagram : asterix::encode_tracks(tracks, now, {25, 101, 1400}, numbers)) {
      chain.process(1000, now, datagram, out);
    }
    chain.process_tick(now, out);
    return out.published->picture->tracks.size();
  };
  EXPECT_EQ(send({test::sample_track()}), 1U);
  now += std::chrono::seconds(3);
  EXPECT_EQ(send({}), 0U);
  EXPECT_EQ(chain.remote_source().counters().ends, 1U);
}

TEST(StatusMessages, SayWhichRadarIsHeard) {
  config::Cat062Section section;
  section.sac = 25;
  section.sic = 100;
  std::vector<SensorState> radars(2);
  radars[0] = {SensorId(1), 500, {12.0, 0.01}};
  radars[1] = {SensorId(2), 40, {}};
  const auto messages =
      status_messages(section, radars, {{SensorId(1), 400}, {SensorId(2), 40}}, Timestamp{std::chrono::hours(30)});
  ASSERT_EQ(messages.size(), 3U);
  std::vector<asterix::SystemStatus> read;
  for (const auto& bytes : messages) {
    asterix::BlockReader blocks(bytes);
    const auto block = blocks.next();
    ASSERT_TRUE(block.has_value());
    asterix::Record record;
    ASSERT_TRUE(asterix::RecordDecoder(*block).next(record).has_value());
    read.push_back(*asterix::status_of(record));
  }
  EXPECT_EQ(read[0].category, 65);
  EXPECT_DOUBLE_EQ(read[0].time_of_day->value(), 6 * 3600.0);
  EXPECT_EQ(read[1].operation, 0);
  EXPECT_NEAR(read[1].azimuth_bias->radians(), 0.01, 1e-4);
  EXPECT_EQ(read[2].operation, 3);
  EXPECT_EQ(read[2].sensor_sic, 2);
}

TEST(NmeaWriter, TellsRadarTracksByTheLowestFreeNumberAndTheirEnd) {
  NmeaWriter writer("ttm,tll");
  Picture picture;
  picture.time = test::sample_track().time;
  SystemTrack t = test::sample_track();
  picture.tracks = {t};
  t.id = SystemTrackId(70'000);
  picture.tracks.push_back(t);
  std::string text;
  writer.write(picture, plane.origin(), plane, text);
  picture.tracks.erase(picture.tracks.begin());
  writer.write(picture, plane.origin(), plane, text);
  nmea::NmeaDecoder decoder;
  nmea::NmeaOutput out;
  decoder.process({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, {}, 0, out);
  ASSERT_EQ(out.targets.size(), 7U) << text;
  EXPECT_EQ(out.targets[0].number, 1U);
  EXPECT_EQ(out.targets[2].number, 2U);
  EXPECT_EQ(out.targets[0].name, "CALLISTA");
  EXPECT_EQ(out.targets[6].number, 1U);
  EXPECT_EQ(out.targets[6].status, nmea::TargetStatus::lost);
  EXPECT_EQ(decoder.counters().faults.total(), 0U);
}

nmea::NmeaOutput heard_from(std::string_view text, std::uint32_t source, Timestamp received = {}) {
  nmea::NmeaDecoder decoder({.keep_heard = true});
  nmea::NmeaOutput out;
  decoder.process({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, received, source, out);
  return out;
}

ais::Payload type_19() {
  VesselReport r;
  r.message_type = 19;
  r.mmsi = Mmsi(244'000'019);
  r.position = plane.origin();
  VesselParticulars p;
  p.name = "NINETEEN";
  return ais::encode_extended(r, p);
}

TEST(NmeaWriter, SendsAisOnAsItWasHeard) {
  std::string heard;
  nmea::write_vdm(type_19(), {.channel = 'B', .sequence = 0}, heard);
  BinaryMessage binary;
  binary.message_type = 8;
  binary.mmsi = Mmsi(2'655'619);
  binary.application = ApplicationId{1, 31};
  binary.data = {{1, 2, 3}, 24};
  nmea::write_vdm(*ais::encode(AisLinkMessage{binary}), {.channel = 'A', .sequence = 1}, heard);
  const std::string sent_on = heard;
  // Own ship's are not sent on, neither place nor particulars.
  VesselParticulars own;
  own.message_type = 5;
  own.mmsi = Mmsi(244'000'001);
  nmea::write_vdm(*ais::encode(own), {.own_ship = true, .sequence = 2}, heard);
  NmeaWriter writer("vdm");
  std::string text;
  for (const auto& message : heard_from(heard, 1).heard) writer.write(message, text);
  EXPECT_EQ(text, sent_on);
  NmeaWriter other("ttm");
  text.clear();
  for (const auto& message : heard_from(heard, 1).heard) other.write(message, text);
  EXPECT_TRUE(text.empty());
}

// Each node sends the other what it hears: what one receiver heard once must cross each link once.
TEST(NmeaWriter, TwoNodesThatSendEachOtherAisDoNotBounceIt) {
  constexpr std::uint32_t receiver = 1, link = 2;
  std::string heard;
  nmea::write_vdm(type_19(), {}, heard);
  NmeaWriter a("vdm"), b("vdm");
  const Timestamp start{std::chrono::hours(1)};
  std::string to_b, to_a;
  for (const auto& m : heard_from(heard, receiver, start).heard) a.write(m, to_b);
  EXPECT_EQ(to_b, heard);
  for (int round = 1; round <= 5 && !to_b.empty(); ++round) {
    to_a.clear();
    for (const auto& m : heard_from(to_b, link, start + std::chrono::seconds(round)).heard) b.write(m, to_a);
    to_b.clear();
    for (const auto& m : heard_from(to_a, link, start + std::chrono::seconds(round)).heard) a.write(m, to_b);
  }
  EXPECT_TRUE(to_b.empty());
  EXPECT_EQ(a.repeats() + b.repeats(), 1U);
  // A station that says the same again is heard again.
  std::string again;
  for (const auto& m : heard_from(heard, receiver, start + std::chrono::seconds(10)).heard) a.write(m, again);
  EXPECT_EQ(again, heard);
  // Its echo is one even when the first time is long past.
  again.clear();
  for (const auto& m : heard_from(heard, link, start + std::chrono::seconds(35)).heard) a.write(m, again);
  EXPECT_TRUE(again.empty());
  for (const auto& m : heard_from(heard, link, start + std::chrono::seconds(50)).heard) a.write(m, again);
  EXPECT_EQ(again, heard);
}

class NoSink final : public PictureSink {
 public:
  void on_output(Timestamp, const PictureOutput&, const PictureChain&) override {}
  void on_video(const std::vector<VideoBatch>&, const PictureChain&) override {}
};

struct RemoteRecording {
  const char* path;
  std::uint8_t category;
  std::uint64_t records;
  std::uint64_t rejected;  // all of them trailers
};
class RemoteRecordings : public testing::TestWithParam<RemoteRecording> {};

Expected<ReplaySummary> replayed(const char* path) {
  ReplayOptions options;
  options.files = {test::shared_data(path).string()};
  options.threads = 1;
  options.config.chart.coastline.clear();
  NoSink sink;
  return replay(options, sink);
}

TEST_P(RemoteRecordings, AreReadInAsTracksWithoutARejectThatIsNotExplained) {
  HEADLAND_NEEDS_RECORDING(GetParam().path);
  const auto summary = replayed(GetParam().path);
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->remote.records.at(GetParam().category), GetParam().records);
  EXPECT_GT(summary->remote.tracks, 0U);
  std::uint64_t rejected = 0;
  for (const auto& [reason, n] : summary->rejected) rejected += n;
  EXPECT_EQ(rejected, GetParam().rejected);
}

INSTANTIATE_TEST_SUITE_P(
    Asterix, RemoteRecordings,
    testing::Values(RemoteRecording{"asterix/cat010/lebl_smr_20201002-0800.ast.gz", 10, 52659, 0},
                    RemoteRecording{"asterix/cat048-034/argentina_260429.pcap.gz", 48, 3541, 0},
                    RemoteRecording{"asterix/cat048-034/argentina_cba_010626_with_trailer.pcap.gz", 48, 3803, 15325},
                    RemoteRecording{"asterix/cat048-034/cat_034_048.pcap", 48, 128, 0},
                    RemoteRecording{"asterix/cat048-034/jahorina_cat048_034.raw", 48, 2099, 0},
                    RemoteRecording{"asterix/cat062/final_frame_062_065_large_packet_30min.ff.gz", 62, 22396, 0}),
    [](const auto& recording) {
      std::string name = recording.param.path;
      for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
      return name;
    });

// Air traffic over land. Half of its tracks answer no transponder in any report; ten primary echoes are left, of one to
// 45 reports, slower than 50 m/s in all but one: nothing in them says what they are.
TEST(RemoteRecordings, OfAirTrafficHoldNextToNoVessels) {
  const char* const path = "asterix/cat062/final_frame_062_065_large_packet_30min.ff.gz";
  HEADLAND_NEEDS_RECORDING(path);
  const auto summary = replayed(path);
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->remote.tracks, 409U);
  EXPECT_EQ(summary->remote.aircraft, 399U);
}

// Its edition is older, with another order of items: nothing of it must become a track.
TEST(RemoteRecordings, OfAnOlderEditionAreRefusedOrLeftOut) {
  const char* const path = "asterix/cat062/asterix_cat062.pcap";
  HEADLAND_NEEDS_RECORDING(path);
  const auto summary = replayed(path);
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->remote.tracks, 0U);
  EXPECT_GT(summary->rejected.at("asterix-062: undefined-item"), 0U);
}

TEST(RemoteRecordings, OfARadarInSentencesHoldItsTargets) {
  const char* const path = "nmea/radarlogs_ttm_tll_4g.txt.gz";
  HEADLAND_NEEDS_RECORDING(path);
  const auto summary = replayed(path);
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->remote.targets, 2932U);
  EXPECT_EQ(summary->remote.without_place, 0U);
  EXPECT_GE(summary->remote.tracks, 4U);
}

}  // namespace
}  // namespace headland::station
