// SPDX-License-Identifier: Apache-2.0
#include "codec/asterix/cat062.hpp"

#include <gtest/gtest.h>

#include "codec/asterix/block.hpp"
#include "codec/asterix/test/bytes_of.hpp"
#include "codec/asterix/test/sample_track.hpp"

namespace headland::asterix {
namespace {

using test::bytes_of;
using test::sample_track;

std::vector<std::uint8_t> record_of(const SystemTrack& track) {
  std::vector<std::uint8_t> out;
  encode_track(track, {25, 100}, out);
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
  const auto datagrams = encode_tracks(tracks, {25, 100, 1400});
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
  EXPECT_TRUE(encode_tracks({}, {}).empty());
}

}  // namespace
}  // namespace headland::asterix
