// SPDX-License-Identifier: Apache-2.0
#include "codec/asterix/record_walker.hpp"

#include <gtest/gtest.h>

#include "codec/asterix/cat062.hpp"
#include "codec/asterix/test/bytes_of.hpp"
#include "codec/asterix/test/sample_track.hpp"

namespace headland::asterix {
namespace {

using test::bytes_of;

Expected<RecordHead, Fault> first_record(const std::vector<std::uint8_t>& bytes) {
  BlockReader blocks(bytes);
  return RecordWalker(*blocks.next()).next();
}

TEST(RecordWalker, TellsSourceAndTypeOfARecord) {
  // A north marker: 010, 000, 030.
  const auto bytes = bytes_of("22 00 0A  E0  19 64  01  59 8A C0");
  const auto record = first_record(bytes);
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->sac, 25);
  EXPECT_EQ(record->sic, 100);
  EXPECT_EQ(record->message_type, 1);
  EXPECT_EQ(message_name(34, record->message_type), "north-marker");
  EXPECT_EQ(record->bytes.size(), 7U);
}

TEST(RecordWalker, FindsTheEndOfEveryKindOfItem) {
  // Fixed, extended and compound items, as our own tracks have them, many to a block.
  const std::vector<SystemTrack> tracks(20, test::sample_track());
  const auto datagrams = test::sent_tracks(tracks, {25, 100, 1400});
  ASSERT_EQ(datagrams.size(), 1U);
  BlockReader blocks(datagrams[0]);
  int records = 0;
  for (RecordWalker walker(*blocks.next()); !walker.at_end(); ++records) {
    const auto record = walker.next();
    ASSERT_TRUE(record.has_value()) << name_of(record.error().reason);
    EXPECT_EQ(record->sic, 100);
  }
  EXPECT_EQ(records, 20);
  // Repeated: 048 with two BDS reports (FRN 10); explicit: its special purpose field (FRN 27).
  const auto repeated = bytes_of("30 00 18  81 20  19 64  02 1122334455667788 1122334455667788");
  EXPECT_TRUE(first_record(repeated).has_value());
  const auto special = bytes_of("30 00 0C  81 01 01 04  19 64  03 AA BB");
  EXPECT_TRUE(first_record(special).has_value());
}

TEST(RecordWalker, TellsPlotsFromTracksInCategoryOne) {
  EXPECT_EQ(first_record(bytes_of("01 00 0B  E0  19 64  00  01 02 03 04"))->bytes.size(), 8U);  // plot: 040
  EXPECT_EQ(first_record(bytes_of("01 00 09  E0  19 64  80  01 02"))->bytes.size(), 6U);        // track: 161
}

FaultReason reason(const std::vector<std::uint8_t>& bytes) {
  const auto record = first_record(bytes);
  EXPECT_FALSE(record.has_value());
  return record ? FaultReason::trailing_bytes : record.error().reason;
}

TEST(RecordWalker, RefusesWhatDoesNotFitTheTable) {
  EXPECT_EQ(reason(bytes_of("63 00 05 80 00")), FaultReason::unknown_category);
  EXPECT_EQ(reason(bytes_of("22 00 05 80 00")), FaultReason::truncated_item);
  EXPECT_EQ(reason(bytes_of("22 00 04 01")), FaultReason::truncated_item);
  EXPECT_EQ(reason(bytes_of("3E 00 07 40 00 00 00")), FaultReason::undefined_item);  // a spare bit of 062
  EXPECT_EQ(reason(bytes_of("22 00 05 00 00")), FaultReason::bad_field_spec);
  EXPECT_EQ(reason(bytes_of("22 00 0C 01 01 01 01 01 01 01 01 01")), FaultReason::bad_field_spec);
  EXPECT_EQ(reason(bytes_of("30 00 08  01 01 01 04  00")), FaultReason::truncated_item);  // explicit length 0
}

}  // namespace
}  // namespace headland::asterix
