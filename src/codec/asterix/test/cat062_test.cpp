// SPDX-License-Identifier: Apache-2.0
#include "codec/asterix/cat062.hpp"

#include <set>

#include <gtest/gtest.h>

#include "codec/asterix/block.hpp"
#include "codec/asterix/target_report.hpp"
#include "codec/asterix/test/bytes_of.hpp"
#include "codec/asterix/test/sample_track.hpp"

namespace headland::asterix {
namespace {

using test::bytes_of;
using test::sample_track;

std::vector<std::uint8_t> record_of(const SystemTrack& track) {
  std::vector<std::uint8_t> out;
  encode_track(track, 1234, {25, 100}, out);
  return out;
}

TEST(Cat062, WritesEveryItemOfAVesselSeenByRadarAndAis) {
  EXPECT_EQ(record_of(sample_track()), bytes_of(R"(
      9F 1F 01 84                # 010 070 105 100 185 | 380 040 080 290 | | 270 500
      19 64                      # SAC 25, SIC 100
      59 8A C0                   # 45845.5 s
      00 90 5B 06  FF FC CC CD   # 50.75, -1.125 deg
      00 07 D0  FF FE 0B         # 1000, -250.5 m
      00 14 FF F6                # 5, -2.5 m/s
      40  34 10 83 DE 08 20      # identification "MABC7   "
      04 D2                      # 1234
      01 01 01 01 00             # several sensors, confirmed, combined
      C0 50 06                   # 20 s, 1.5 s
      A1 41 18                   # 80 m, 90 deg, 12 m
      C0 00 28 00 14 FF F6       # 20 m, 10 m, -5 m
    )"));
}

std::vector<std::uint8_t> status_of(SystemTrack t) {
  // Nothing before the status but 010, 070, 105, 100 and the number: 4 + 2 + 3 + 8 + 6 + 2 bytes.
  t.particulars.reset();
  t.velocity_known = false;
  const auto bytes = record_of(t);
  return {bytes.begin() + 25, bytes.begin() + 30};
}

TEST(Cat062, SaysHowATrackStands) {
  auto t = sample_track();
  t.stage = TrackStage::coasting;
  EXPECT_EQ(status_of(t), bytes_of("01 01 01 C1 00"));
  t.stage = TrackStage::ended;
  EXPECT_EQ(status_of(t), bytes_of("01 41 01 01 00"));
  t.stage = TrackStage::tentative;
  t.contributions.pop_back();  // radar alone
  t.began = t.time;
  EXPECT_EQ(status_of(t), bytes_of("83 21 01 01 80"));
  t = sample_track();
  t.contributions.erase(t.contributions.begin());  // AIS alone
  EXPECT_EQ(status_of(t), bytes_of("81 01 01 41 40"));
}

TEST(Cat062, SaysHowSureItIsOfTheVelocityWhereThatIsKnown) {
  Cat062Config config{25, 100};
  config.velocity_deviation = [](const SystemTrack&) {
    return std::optional(EastNorthVelocity{MetresPerSecond(0.3), MetresPerSecond(1000.0)});
  };
  std::vector<std::uint8_t> bytes;
  encode_track(sample_track(), 1234, config, bytes);
  const auto without = record_of(sample_track());
  ASSERT_EQ(bytes.size(), without.size() + 2);
  EXPECT_EQ(bytes[without.size() - 7], 0xC4);
  EXPECT_EQ(std::vector<std::uint8_t>(bytes.end() - 2, bytes.end()), bytes_of("02 FF"));  // 0.5 m/s, and the most
}

TEST(Cat062, LeavesOutWhatIsNotKnown) {
  auto t = sample_track();
  t.velocity_known = false;
  t.particulars.reset();
  t.var_ee_m2 = 0.0;
  const auto bytes = record_of(t);
  EXPECT_EQ(bytes[0], 0x9D);  // 010 070 105 100
  EXPECT_EQ(bytes[1], 0x0E);  // 040 080 290
}

TEST(Cat062, TakesTheNameWhereThereIsNoCallsign) {
  auto t = sample_track();
  t.particulars->callsign.reset();
  const auto named = record_of(t);
  t.particulars->name = "callista";  // the alphabet knows capitals only
  EXPECT_EQ(record_of(t), named);
  t.particulars->name = "CALLISTA OF SOUTHAMPTON";
  EXPECT_EQ(record_of(t), named);
  t.particulars->name = "CALLIST?";
  EXPECT_NE(record_of(t), named);
}

TEST(Cat062, CapsWhatIsLargerThanItsField) {
  auto t = sample_track();
  t.velocity = {MetresPerSecond(1e9), MetresPerSecond(-1e9)};
  t.began = t.time - std::chrono::hours(3);
  t.particulars->to_bow_m = 300;
  t.var_ee_m2 = 1e18;
  const auto bytes = record_of(t);
  EXPECT_EQ(std::vector<std::uint8_t>(bytes.begin() + 23, bytes.begin() + 27), bytes_of("7F FF 80 00"));
  EXPECT_EQ(bytes[42], 0xFF);  // track age
  EXPECT_EQ(bytes[44], 0xFF);  // length 127 m or more
}

TEST(Cat062, FillsDatagramsWithAsManyTracksAsFit) {
  std::vector<SystemTrack> tracks(100, sample_track());
  tracks[50].kind = SystemTrackKind::aid_to_navigation;
  const auto datagrams = test::sent_tracks(tracks, {25, 100, 1400});
  const std::size_t record = record_of(sample_track()).size();
  std::size_t bytes = 0;
  for (const auto& d : datagrams) {
    EXPECT_LE(d.size(), 1400U);
    BlockReader reader(d);
    const auto block = reader.next();
    ASSERT_TRUE(block.has_value());
    EXPECT_EQ(block->category, 62);
    EXPECT_TRUE(reader.at_end());
    bytes += block->records.size();
  }
  EXPECT_EQ(bytes, 99 * record);
  EXPECT_EQ(datagrams.size(), (99 * record + 1396) / (1397 / record * record));
  EXPECT_TRUE(test::sent_tracks({}, {}).empty());
}

std::vector<TargetReport> reports_of(const std::vector<std::vector<std::uint8_t>>& datagrams) {
  std::vector<TargetReport> out;
  Record record;
  for (const auto& datagram : datagrams) {
    for (BlockReader blocks(datagram); !blocks.at_end();) {
      for (RecordDecoder records(*blocks.next()); !records.at_end();) {
        EXPECT_TRUE(records.next(record).has_value());
        out.push_back(*target_of(record));
      }
    }
  }
  return out;
}

SystemTrack numbered(std::uint32_t id) {
  SystemTrack t = sample_track();
  t.id = SystemTrackId(id);
  return t;
}

TEST(Cat062, TwoTracksNeverHaveOneNumber) {
  TrackNumbers numbers;
  // Alike in their lower 16 bits.
  const std::vector tracks{numbered(16'960), numbered(65'536), numbered(1'000'000), numbered(1'065'536)};
  std::set<std::uint16_t> seen;
  for (const auto& r : reports_of(encode_tracks(tracks, tracks[0].time, {25, 100, 1400}, numbers))) {
    EXPECT_TRUE(seen.insert(r.track_number.value()).second);
    EXPECT_NE(r.track_number, 0);
  }
  EXPECT_EQ(seen.size(), 4U);
  EXPECT_TRUE(seen.contains(16'960));  // its own, where it is free
  const auto again = reports_of(encode_tracks(tracks, tracks[0].time, {25, 100, 1400}, numbers));
  EXPECT_EQ(again[0].track_number, 16'960);
}

TEST(Cat062, ATrackThatIsGoneIsToldOnceAsEndedAndItsNumberRests) {
  using std::chrono::seconds;
  TrackNumbers numbers;
  const Timestamp start = sample_track().time;
  std::vector tracks{numbered(7), numbered(8)};
  (void)encode_tracks(tracks, start, {25, 100, 1400}, numbers);
  tracks.erase(tracks.begin());  // dropped, or merged with another
  const auto told = reports_of(encode_tracks(tracks, start + seconds(3), {25, 100, 1400}, numbers));
  ASSERT_EQ(told.size(), 2U);
  EXPECT_FALSE(told[0].ended);
  EXPECT_TRUE(told[1].ended);
  EXPECT_EQ(told[1].track_number, 7);
  EXPECT_DOUBLE_EQ(told[1].time_of_day->value(), 45848.5);
  EXPECT_EQ(reports_of(encode_tracks(tracks, start + seconds(6), {25, 100, 1400}, numbers)).size(), 1U);
  // Another track that would have its number.
  tracks.push_back(numbered(65'536 + 7));
  EXPECT_NE(reports_of(encode_tracks(tracks, start + seconds(9), {25, 100, 1400}, numbers))[1].track_number, 7);
  tracks.back().id = SystemTrackId(2 * 65'536 + 7);
  const auto later = start + seconds(64);
  EXPECT_EQ(reports_of(encode_tracks(tracks, later, {25, 100, 1400}, numbers))[1].track_number, 7);
}

TEST(Cat062, AircraftAreNotSentAsVessels) {
  TrackNumbers numbers;
  SystemTrack aircraft = sample_track();
  aircraft.kind = SystemTrackKind::sar_aircraft;
  EXPECT_TRUE(encode_tracks(std::vector{aircraft}, aircraft.time, {25, 100, 1400}, numbers).empty());
}

// 380 #21: a sender that says of what kind its target is.
TEST(Cat062, TheEmitterCategoryTellsAircraftFromVehiclesAndObstacles) {
  const auto kind_with = [](unsigned emitter) {
    std::vector<std::uint8_t> bytes = bytes_of("3E 00 0D  81 18  19 64  01 01 02 00  04 D2");
    bytes[10] = static_cast<std::uint8_t>(emitter);
    return reports_of({bytes}).at(0).kind;
  };
  EXPECT_EQ(kind_with(10), TargetKind::aircraft);
  EXPECT_EQ(kind_with(20), TargetKind::ground_vehicle);
  EXPECT_EQ(kind_with(22), TargetKind::obstacle);
}

}  // namespace
}  // namespace headland::asterix
