// SPDX-License-Identifier: Apache-2.0
#include "codec/asterix/cat240.hpp"

#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "codec/asterix/test/bytes_of.hpp"
#include "support/shared_data.hpp"

namespace headland::asterix {
namespace {

using test::bytes_of;

// One video message written by hand from the table in cat240.hpp.
const char* const video_message = R"(
  F0 00 2B           # category 240, 43 bytes
  E7 C8              # 010 000 020 041 048 | 049 050 140
  19 64              # SAC 25, SIC 100
  02                 # video
  00 00 01 02        # message 258
  40 00 40 80        # start 90 deg, end 90.703 deg
  00 00 00 05        # first cell 5
  01 FC A0 55        # 33 333 333 fs: 5.0 m
  00 04              # not compressed, 8 bits
  00 06 00 00 06     # 6 octets, 6 cells
  02 01 02 03 04 05 06 00 00   # 2 blocks of 4
  3F 80 00           # 09:02:24 (32512 s)
)";

Expected<Cat240Record, Fault> first_record(const std::vector<std::uint8_t>& bytes) {
  BlockReader blocks(bytes);
  const auto block = blocks.next();
  if (!block) return unexpected(block.error());
  return Cat240Reader(*block).next();
}

FaultReason reason_of(const std::vector<std::uint8_t>& bytes) {
  const auto record = first_record(bytes);
  EXPECT_FALSE(record.has_value());
  return record ? FaultReason::trailing_bytes : record.error().reason;
}

TEST(Cat240, ReadsAVideoMessageFieldByField) {
  const auto bytes = bytes_of(video_message);
  ASSERT_EQ(bytes.size(), 43U);
  const auto record = first_record(bytes);
  ASSERT_TRUE(record.has_value()) << name_of(record.error().reason);
  const auto& v = std::get<Cat240Video>(*record);
  EXPECT_EQ(v.sac, 25);
  EXPECT_EQ(v.sic, 100);
  EXPECT_EQ(v.sequence, 258U);
  EXPECT_EQ(v.start_azimuth, 0x4000);
  EXPECT_EQ(v.end_azimuth, 0x4080);
  EXPECT_EQ(v.start_cell, 5U);
  EXPECT_EQ(v.cell_duration_fs, 33'333'333U);
  EXPECT_EQ(v.bits, 8);
  EXPECT_EQ(v.cell_count, 6U);
  EXPECT_EQ(std::vector<std::uint8_t>(v.cells.begin(), v.cells.end()), (std::vector<std::uint8_t>{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(v.time_of_day, 32512U * 128U);
}

TEST(Cat240, EncodesTheSameMessageByteForByte) {
  const auto bytes = bytes_of(video_message);
  std::vector<std::uint8_t> again;
  ASSERT_TRUE(encode_video(std::get<Cat240Video>(*first_record(bytes)), CellDurationItem::femto, again));
  EXPECT_EQ(again, bytes);
}

TEST(Cat240, TakesDurationsInNanosecondsToo) {
  auto bytes = bytes_of(video_message);
  bytes[3] = 0xEB;                                                // 040 in place of 041
  bytes[20] = 0, bytes[21] = 0, bytes[22] = 0, bytes[23] = 0x21;  // 33 ns
  EXPECT_EQ(std::get<Cat240Video>(*first_record(bytes)).cell_duration_fs, 33'000'000U);
}

TEST(Cat240, ReadsAVideoSummary) {
  const auto bytes = bytes_of("F0 00 11  D1 08  01 02  01  05 48 65 6C 6C 6F  00 00 80");
  const auto record = first_record(bytes);
  ASSERT_TRUE(record.has_value());
  const auto& s = std::get<Cat240Summary>(*record);
  EXPECT_EQ(std::string(s.text.begin(), s.text.end()), "Hello");
  EXPECT_EQ(s.time_of_day, 128U);
  std::vector<std::uint8_t> again;
  encode_summary(s, again);
  EXPECT_EQ(again, bytes);
}

TEST(Cat240, ReadsSeveralRecordsOfABlockAndSeveralBlocksOfADatagram) {
  const auto one = bytes_of(video_message);
  std::vector<std::uint8_t> two_records(one);
  two_records.insert(two_records.end(), one.begin() + 3, one.end());
  two_records[2] = static_cast<std::uint8_t>(two_records.size());
  std::vector<std::uint8_t> datagram(two_records);
  datagram.insert(datagram.end(), one.begin(), one.end());
  BlockReader blocks(datagram);
  int records = 0;
  while (!blocks.at_end()) {
    const auto block = blocks.next();
    ASSERT_TRUE(block.has_value());
    for (Cat240Reader reader(*block); !reader.at_end(); ++records) ASSERT_TRUE(reader.next().has_value());
  }
  EXPECT_EQ(records, 3);
}

TEST(Cat240, CallsBytesBehindTheLastBlockATrailer) {
  auto bytes = bytes_of(video_message);
  bytes.insert(bytes.end(), 8, 0x00);
  BlockReader blocks(bytes);
  ASSERT_TRUE(blocks.next().has_value());
  const auto rest = blocks.next();
  ASSERT_FALSE(rest.has_value());
  EXPECT_EQ(rest.error().reason, FaultReason::trailing_bytes);
  EXPECT_EQ(rest.error().offset, 43U);
  EXPECT_TRUE(blocks.at_end());
}

TEST(Cat240, RefusesWithTheReason) {
  const auto with = [](std::size_t at, std::uint8_t value) {
    auto bytes = bytes_of(video_message);
    bytes[at] = value;
    return bytes;
  };
  EXPECT_EQ(reason_of(with(24, 0x80)), FaultReason::compressed);
  EXPECT_EQ(reason_of(with(25, 0)), FaultReason::bad_resolution);
  EXPECT_EQ(reason_of(with(25, 7)), FaultReason::bad_resolution);
  EXPECT_EQ(reason_of(with(25, 5)), FaultReason::cells_exceed_block);  // 6 cells of 16 bits in 6 octets
  EXPECT_EQ(reason_of(with(27, 9)), FaultReason::cells_exceed_block);  // 9 octets in a block of 8
  EXPECT_EQ(reason_of(with(30, 7)), FaultReason::cells_exceed_block);  // 7 cells in 6 octets
  EXPECT_EQ(reason_of(with(31, 4)), FaultReason::truncated_item);      // 4 blocks: past the end
  EXPECT_EQ(reason_of(with(7, 3)), FaultReason::bad_message_type);
  EXPECT_EQ(reason_of(with(7, 1)), FaultReason::missing_item);  // a summary needs 030
  EXPECT_EQ(reason_of(with(40, 0xFF)), FaultReason::bad_time_of_day);
  EXPECT_EQ(reason_of(with(16, 0xFF)), FaultReason::impossible_range);
  EXPECT_EQ(reason_of(with(3, 0xA7)), FaultReason::missing_item);     // without 000
  EXPECT_EQ(reason_of(with(4, 0x48)), FaultReason::missing_item);     // without 049
  EXPECT_EQ(reason_of(with(4, 0x01)), FaultReason::undefined_item);   // a third octet that names items
  EXPECT_EQ(reason_of(with(1, 0x01)), FaultReason::truncated_block);  // 256 + 47 bytes
  EXPECT_EQ(reason_of(bytes_of("F0 00 03 00")), FaultReason::bad_block_length);
  EXPECT_EQ(reason_of(bytes_of("F0 00")), FaultReason::truncated_block);
  EXPECT_EQ(reason_of(bytes_of("F0 00 04 E7")), FaultReason::bad_field_spec);
  EXPECT_EQ(reason_of(bytes_of("F0 00 04 00")), FaultReason::bad_field_spec);
  auto no_duration = bytes_of(video_message);
  for (std::size_t i = 20; i < 24; ++i) no_duration[i] = 0;
  EXPECT_EQ(reason_of(no_duration), FaultReason::bad_cell_duration);
}

TEST(Cat240, RefusesConflictingItems) {
  // 040 and 041 together, as two valid items.
  auto bytes = bytes_of(video_message);
  bytes[3] = 0xEF;
  bytes.insert(bytes.begin() + 12, 12, 0x01);
  bytes[2] = static_cast<std::uint8_t>(bytes.size());
  EXPECT_EQ(reason_of(bytes), FaultReason::conflicting_items);
}

TEST(Cat240, ReadsOnAfterARecordThatIsRefusedForItsMeaning) {
  auto bytes = bytes_of(video_message);
  const auto good = bytes;
  bytes[24] = 0x80;  // compressed
  bytes.insert(bytes.end(), good.begin() + 3, good.end());
  bytes[2] = static_cast<std::uint8_t>(bytes.size());
  BlockReader blocks(bytes);
  Cat240Reader reader(*blocks.next());
  EXPECT_FALSE(reader.next().has_value());
  EXPECT_TRUE(reader.next().has_value());
  EXPECT_TRUE(reader.at_end());
}

TEST(Cat240, NeverReadsPastAnyCutOfAMessage) {
  const auto whole = bytes_of(video_message);
  for (std::size_t size = 4; size < whole.size(); ++size) {
    std::vector<std::uint8_t> cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    cut[2] = static_cast<std::uint8_t>(size);
    EXPECT_FALSE(first_record(cut).has_value()) << size;
  }
}

TEST(Cat240, EncodingRefusesWhatTheStandardHasNoRoomFor) {
  std::vector<std::uint8_t> out;
  const std::vector<std::uint8_t> cells(65100);
  Cat240Video v;
  v.cell_duration_fs = 1'000'000;
  v.cells = cells;
  v.cell_count = 65024;
  EXPECT_TRUE(encode_video(v, CellDurationItem::femto, out));
  v.cell_count = 65025;
  out.clear();
  EXPECT_FALSE(encode_video(v, CellDurationItem::femto, out));
  v.cell_count = 10, v.bits = 3;
  EXPECT_FALSE(encode_video(v, CellDurationItem::femto, out));
  v.bits = 8, v.cell_duration_fs = 1ULL << 32;
  EXPECT_FALSE(encode_video(v, CellDurationItem::femto, out));
  EXPECT_TRUE(out.empty());
  EXPECT_TRUE(encode_video(v, CellDurationItem::nano, out));
}

TEST(Cat240, DecodesWhatItEncodedForAnyMessage) {
  const bool held = rc::check("decode(encode(x)) = x", [] {
    Cat240Video v;
    v.sac = *rc::gen::arbitrary<std::uint8_t>();
    v.sic = *rc::gen::arbitrary<std::uint8_t>();
    v.sequence = *rc::gen::arbitrary<std::uint32_t>();
    v.start_azimuth = *rc::gen::arbitrary<std::uint16_t>();
    v.end_azimuth = *rc::gen::arbitrary<std::uint16_t>();
    v.start_cell = *rc::gen::inRange(0U, 1000U);
    v.bits = static_cast<std::uint8_t>(1U << *rc::gen::inRange(0U, 6U));
    v.cell_count = *rc::gen::inRange(0U, 65024U * 8U / v.bits + 1);
    const bool nano = *rc::gen::arbitrary<bool>();
    v.cell_duration_fs =
        nano ? *rc::gen::inRange<std::uint64_t>(1, 100) * 1'000'000 : *rc::gen::inRange<std::uint64_t>(1, 9'000'000);
    RC_PRE((v.start_cell + v.cell_count) * static_cast<double>(v.cell_duration_fs) * 1.5e-7 < 2.0e6);
    std::vector<std::uint8_t> cells((std::size_t{v.cell_count} * v.bits + 7) / 8);
    for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = static_cast<std::uint8_t>(i * 37 + v.sic);
    v.cells = cells;
    if (*rc::gen::arbitrary<bool>()) v.time_of_day = *rc::gen::inRange(0U, time_of_day_units);
    std::vector<std::uint8_t> bytes;
    RC_ASSERT(encode_video(v, nano ? CellDurationItem::nano : CellDurationItem::femto, bytes));
    const auto record = first_record(bytes);
    RC_ASSERT(record.has_value());
    const auto& back = std::get<Cat240Video>(*record);
    RC_ASSERT(back.sac == v.sac && back.sic == v.sic && back.sequence == v.sequence);
    RC_ASSERT(back.start_azimuth == v.start_azimuth && back.end_azimuth == v.end_azimuth);
    RC_ASSERT(back.start_cell == v.start_cell && back.cell_duration_fs == v.cell_duration_fs);
    RC_ASSERT(back.bits == v.bits && back.cell_count == v.cell_count && back.time_of_day == v.time_of_day);
    RC_ASSERT(std::equal(back.cells.begin(), back.cells.end(), cells.begin(), cells.end()));
  });
  EXPECT_TRUE(held);
}

TEST(Cat240, ReadsTheMessageOfAnotherMaker) {
  HEADLAND_NEEDS_RECORDING("asterix/cat240/cat240-1.bin");
  std::ifstream in(test::shared_data("asterix/cat240/cat240-1.bin"), std::ios::binary);
  const std::vector<char> chars((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const std::vector<std::uint8_t> bytes(chars.begin(), chars.end());
  const auto record = first_record(bytes);
  ASSERT_TRUE(record.has_value()) << name_of(record.error().reason);
  const auto& v = std::get<Cat240Video>(*record);
  EXPECT_EQ(v.start_azimuth, v.end_azimuth);
  EXPECT_NEAR(v.start_azimuth * 360.0 / 65536.0, 335.0006, 0.0001);
  EXPECT_EQ(v.cell_duration_fs, 33'333'333U);
  EXPECT_EQ(v.cell_count, 6000U);
  EXPECT_EQ(v.bits, 8);
}

}  // namespace
}  // namespace headland::asterix
