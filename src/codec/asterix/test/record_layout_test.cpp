// SPDX-License-Identifier: Apache-2.0
// Reading by remembered layouts gives what reading each record by the tables gives.
#include "codec/asterix/layout/record_layout.hpp"

#include <algorithm>
#include <bit>

#include <gtest/gtest.h>

#include "codec/asterix/record_decoder.hpp"
#include "codec/asterix/test/bytes_of.hpp"
#include "core/base/random.hpp"

namespace headland::asterix {
namespace {

using test::bytes_of;

// Compares bit for bit: packed words are no numbers.
void expect_same(const Record& a, const Record& b) {
  ASSERT_EQ(a.bytes.data(), b.bytes.data());
  ASSERT_EQ(a.bytes.size(), b.bytes.size());
  ASSERT_EQ(a.message_type, b.message_type);
  ASSERT_EQ(a.sac * 256 + a.sic, b.sac * 256 + b.sic);
  const auto mine = a.all(), other = b.all();
  ASSERT_EQ(mine.size(), other.size());
  for (std::size_t i = 0; i < mine.size(); ++i) {
    ASSERT_EQ(mine[i].field, other[i].field);
    ASSERT_EQ(mine[i].repetition, other[i].repetition);
    ASSERT_EQ(mine[i].bits, other[i].bits);
    ASSERT_EQ(std::bit_cast<std::uint64_t>(mine[i].number), std::bit_cast<std::uint64_t>(other[i].number));
  }
}

// Any bytes of a category; every few keep their head, so that layouts come again with other values.
std::vector<std::uint8_t> any_block(Random& random, const std::vector<std::uint8_t>& last) {
  constexpr std::array<std::uint8_t, 9> categories{1, 2, 10, 21, 34, 48, 62, 63, 65};
  std::vector<std::uint8_t> bytes(4 + random.below(80));
  for (auto& b : bytes) b = static_cast<std::uint8_t>(random.below(256) & random.below(256));
  bytes[0] = categories[random.below(9)];
  if (!last.empty() && random.below(4) != 0) {
    const std::size_t kept =
        std::min<std::size_t>(bytes.size(), 3U + random.below(static_cast<std::uint32_t>(last.size())));
    std::copy_n(last.begin(), std::min(kept, last.size()), bytes.begin());
  }
  bytes[1] = 0;
  bytes[2] = static_cast<std::uint8_t>(bytes.size());
  return bytes;
}

TEST(RecordLayout, ReadsTheSameWhateverWasReadBefore) {
  Random random(11);
  Record kept;
  std::vector<std::uint8_t> bytes;
  std::size_t good = 0;
  for (int round = 0; round < 50'000; ++round) {
    bytes = any_block(random, bytes);
    BlockReader blocks(bytes);
    const auto block = blocks.next();
    RecordDecoder with_memory(*block);
    RecordDecoder without(*block);
    while (!with_memory.at_end()) {
      Record fresh;
      const auto a = with_memory.next(kept), b = without.next(fresh);
      ASSERT_EQ(a.has_value(), b.has_value()) << "round " << round;
      if (!a) {
        ASSERT_EQ(a.error().reason, b.error().reason);
        ASSERT_EQ(a.error().offset, b.error().offset);
        break;
      }
      ++good;
      expect_same(kept, fresh);
      if (testing::Test::HasFatalFailure()) return;
    }
  }
  EXPECT_GT(good, 10'000U);
  EXPECT_LE(kept.layouts.kept(), 1024U);
}

TEST(RecordLayout, IsFoundAgainForOtherValuesAndNotForAnotherForm) {
  Record r;
  const auto layout_of = [&r](const std::vector<std::uint8_t>& bytes) {
    BlockReader blocks(bytes);
    EXPECT_TRUE(RecordDecoder(*blocks.next()).next(r).has_value());
    return r.layout;
  };
  // 048: 010 and registers (FRN 10), one or two of them.
  const auto* one = layout_of(bytes_of("30 00 10  81 20  19 64  01 1122334455667740"));
  EXPECT_EQ(layout_of(bytes_of("30 00 10  81 20  20 65  01 8822334455667750")), one);
  EXPECT_NE(layout_of(bytes_of("30 00 18  81 20  19 64  02 1122334455667740 8822334455667750")), one);
  EXPECT_EQ(r.layouts.kept(), 2U);
}

TEST(RecordLayout, LeavesLengthsAtTheEndOpen) {
  // 034: 010 and reserved expansion (FRN 13) of 3 and of 2 bytes, then special purpose (FRN 14) too.
  Record r;
  const auto read = [&r](const std::vector<std::uint8_t>& bytes) {
    BlockReader blocks(bytes);
    RecordDecoder decoder(*blocks.next());
    const auto done = decoder.next(r);
    return done && decoder.at_end();
  };
  ASSERT_TRUE(read(bytes_of("22 00 0A  81 04  19 64  03 AA BB")));
  EXPECT_EQ(r.bytes.size(), 7U);
  ASSERT_TRUE(read(bytes_of("22 00 09  81 04  19 64  02 AA")));
  EXPECT_EQ(r.layouts.kept(), 1U);
  ASSERT_TRUE(read(bytes_of("22 00 0B  81 06  19 64  02 AA 02 CC")));
  EXPECT_EQ(r.all().back().number, 7.0);
  EXPECT_FALSE(read(bytes_of("22 00 09  81 04  19 64  03 AA")));
  EXPECT_FALSE(read(bytes_of("22 00 07  81 04  19 64")));
  EXPECT_FALSE(read(bytes_of("22 00 08  81 04  19 64  00")));
}

}  // namespace
}  // namespace headland::asterix
