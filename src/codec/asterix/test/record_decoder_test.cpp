// SPDX-License-Identifier: Apache-2.0
#include "codec/asterix/record_decoder.hpp"

#include <gtest/gtest.h>

#include "codec/asterix/cat062.hpp"
#include "codec/asterix/record_walker.hpp"
#include "codec/asterix/tables/field_id_table.hpp"
#include "codec/asterix/test/bytes_of.hpp"
#include "codec/asterix/test/sample_track.hpp"
#include "core/base/random.hpp"

namespace headland::asterix {
namespace {

using test::bytes_of;

Expected<void, Fault> read(const std::vector<std::uint8_t>& bytes, Record& out) {
  BlockReader blocks(bytes);
  return RecordDecoder(*blocks.next()).next(out);
}
double number(const Record& record, FieldId field) {
  const auto value = record.find(field);
  EXPECT_TRUE(value.has_value()) << rule_of(field).name;
  return value ? value->number : -1e9;
}

TEST(RecordDecoder, GivesEachFieldInTheUnitOfTheStandard) {
  // 034: 010, 000, 030, 020 (sector), 041 (turn).
  const auto bytes = bytes_of("22 00 0D  F8  19 64  02  59 8A C0  40  02 00");
  Record r;
  ASSERT_TRUE(read(bytes, r).has_value());
  EXPECT_EQ(r.sac, 25);
  EXPECT_EQ(r.sic, 100);
  EXPECT_EQ(r.message_type, 2);
  EXPECT_DOUBLE_EQ(number(r, field::c034_030), 0x598AC0 / 128.0);
  EXPECT_DOUBLE_EQ(number(r, field::c034_020), 90.0);
  EXPECT_DOUBLE_EQ(number(r, field::c034_041), 4.0);
  EXPECT_EQ(rule_of(field::c034_020).unit, Unit::degrees);
  EXPECT_EQ(rule_of(field::c034_020).name, "034/020");
  EXPECT_FALSE(r.find(field::c034_090_rng).has_value());
}

TEST(RecordDecoder, ReadsSignsPackedCodesAndTextOfItsOwnTracks) {
  const auto datagrams = test::sent_tracks(std::vector{test::sample_track()}, {25, 100, 1400});
  BlockReader blocks(datagrams[0]);
  Record r;
  ASSERT_TRUE(RecordDecoder(*blocks.next()).next(r).has_value());
  EXPECT_NEAR(number(r, field::c062_105_lon), -1.125, 1e-5);
  EXPECT_DOUBLE_EQ(number(r, field::c062_100_y), -250.5);
  EXPECT_DOUBLE_EQ(number(r, field::c062_185_vy), -2.5);
  EXPECT_DOUBLE_EQ(number(r, field::c062_500_cov), -5.0);
  EXPECT_DOUBLE_EQ(number(r, field::c062_270_width), 12.0);
  EXPECT_EQ(r.find(field::c062_080_cst)->bits, 0U);
  EXPECT_EQ(text_of(*r.find(field::c062_380_id)), "MABC7");
  EXPECT_EQ(r.all().size(), r.value_count());
}

TEST(RecordDecoder, TakesTheUnitThatAnotherFieldChooses) {
  // 021: 010 and 150 (FRN 9): first a speed, then a Mach number.
  Record r;
  ASSERT_TRUE(read(bytes_of("15 00 09  81 40  19 64  04 00"), r).has_value());
  EXPECT_DOUBLE_EQ(number(r, field::c021_150_as), 1024.0 / 16384.0);
  EXPECT_FALSE(r.find(field::c021_150_as_alternative).has_value());
  ASSERT_TRUE(read(bytes_of("15 00 09  81 40  19 64  83 20"), r).has_value());
  EXPECT_DOUBLE_EQ(number(r, field::c021_150_as_alternative), 0.8);
  EXPECT_FALSE(r.find(field::c021_150_as).has_value());
}

TEST(RecordDecoder, KeepsSixtyFourBitsOfARegister) {
  // 048: 010 and two of 250 (FRN 10).
  Record r;
  ASSERT_TRUE(read(bytes_of("30 00 18  81 20  19 64  02 1122334455667740 8822334455667750"), r).has_value());
  const auto all = r.all();
  ASSERT_EQ(all.size(), 8U);
  EXPECT_EQ(all[2].bits, 0x11223344556677U);
  EXPECT_EQ(all[3].bits, 4U);
  EXPECT_EQ(all[5].bits, 0x88223344556677U);
  EXPECT_EQ(all[5].repetition, 1U);
  EXPECT_EQ(all[6].bits, 5U);
}

TEST(RecordDecoder, SaysWhereTheItemBeginsThatDoesNotFit) {
  Record r;
  const auto short_item = read(bytes_of("22 00 09  F0  19 64  02  59 8A"), r);
  ASSERT_FALSE(short_item.has_value());
  EXPECT_EQ(short_item.error().reason, FaultReason::truncated_item);
  EXPECT_EQ(short_item.error().offset, 7U);
  const auto undefined = read(bytes_of("22 00 08  81 04  19 64  00"), r);  // FRN 13 is special purpose
  ASSERT_FALSE(undefined.has_value());
  EXPECT_EQ(read(bytes_of("22 00 04  00"), r).error().reason, FaultReason::bad_field_spec);
  EXPECT_EQ(read(bytes_of("07 00 04  80"), r).error().reason, FaultReason::unknown_category);
}

// Whatever the bytes, both find the same end of each record, or both refuse it.
TEST(RecordDecoder, AgreesWithTheWalkerOnAnyBytes) {
  Random random(7);
  Record r;
  std::size_t good = 0;
  for (int round = 0; round < 200'000; ++round) {
    constexpr std::array<std::uint8_t, 9> categories{1, 2, 10, 21, 34, 48, 62, 63, 65};
    std::vector<std::uint8_t> bytes(4 + random.below(60));
    for (auto& b : bytes) b = static_cast<std::uint8_t>(random.below(256));
    bytes[0] = categories[random.below(9)];
    bytes[1] = 0;
    bytes[2] = static_cast<std::uint8_t>(bytes.size());
    BlockReader blocks(bytes);
    const auto block = blocks.next();
    RecordDecoder decoder(*block);
    RecordWalker walker(*block);
    while (!decoder.at_end() && !walker.at_end()) {
      const auto read = decoder.next(r);
      const auto walked = walker.next();
      ASSERT_EQ(read.has_value(), walked.has_value()) << "round " << round;
      if (!read) break;
      ++good;
      ASSERT_EQ(r.bytes.size(), walked->bytes.size());
    }
    ASSERT_EQ(decoder.at_end(), walker.at_end());
  }
  EXPECT_GT(good, 10'000U);
}

}  // namespace
}  // namespace headland::asterix
