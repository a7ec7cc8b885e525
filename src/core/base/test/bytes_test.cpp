// SPDX-License-Identifier: Apache-2.0
#include "core/base/bytes.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace headland {
namespace {

TEST(Bytes, every_kind_comes_back_as_it_went) {
  std::vector<std::uint8_t> bytes;
  ByteWriter out(bytes);
  out.u8(0xAB);
  out.u16(0x1234);
  out.u32(0xDEADBEEF);
  out.u64(0x0123456789ABCDEF);
  out.i8(-1);
  out.i16(-2);
  out.i32(-3);
  out.i64(std::numeric_limits<std::int64_t>::min());
  out.f32(1.5F);
  out.f64(-0.0);
  out.boolean(true);
  out.string("süß");
  out.bytes(std::vector<std::uint8_t>{7, 8});
  EXPECT_EQ(out.size(), bytes.size());
  ByteReader in(bytes);
  EXPECT_EQ(in.u8(), 0xAB);
  EXPECT_EQ(in.u16(), 0x1234);
  EXPECT_EQ(in.u32(), 0xDEADBEEF);
  EXPECT_EQ(in.u64(), 0x0123456789ABCDEF);
  EXPECT_EQ(in.i8(), -1);
  EXPECT_EQ(in.i16(), -2);
  EXPECT_EQ(in.i32(), -3);
  EXPECT_EQ(in.i64(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(in.f32(), 1.5F);
  EXPECT_TRUE(std::signbit(in.f64()));
  EXPECT_TRUE(in.boolean());
  EXPECT_EQ(in.string(), "süß");
  EXPECT_EQ(in.bytes(2).back(), 8);
  EXPECT_TRUE(in.ok());
  EXPECT_EQ(in.remaining(), 0U);
}

TEST(Bytes, lie_with_the_lowest_first) {
  std::vector<std::uint8_t> bytes;
  ByteWriter(bytes).u32(0x04030201);
  EXPECT_EQ(bytes, (std::vector<std::uint8_t>{1, 2, 3, 4}));
}

TEST(Bytes, a_read_beyond_the_end_fails_for_good) {
  const std::vector<std::uint8_t> bytes{1, 2, 3};
  ByteReader in(bytes);
  EXPECT_EQ(in.u32(), 0U);
  EXPECT_FALSE(in.ok());
  EXPECT_EQ(in.u8(), 0U);  // though there was one
  EXPECT_EQ(in.remaining(), 0U);
  EXPECT_TRUE(in.bytes(0).empty());
}

TEST(Bytes, a_text_that_lies_about_its_length_is_empty) {
  std::vector<std::uint8_t> bytes;
  ByteWriter(bytes).u32(0xFFFFFFFF);
  ByteReader in(bytes);
  EXPECT_EQ(in.string(), "");
  EXPECT_FALSE(in.ok());
}

TEST(Bytes, a_count_is_believed_only_where_so_many_could_follow) {
  const std::vector<std::uint8_t> bytes(100);
  EXPECT_TRUE(ByteReader(bytes).expects(10, 10));
  EXPECT_FALSE(ByteReader(bytes).expects(11, 10));
  EXPECT_FALSE(ByteReader(bytes).expects(std::numeric_limits<std::size_t>::max(), 10));
  EXPECT_FALSE(ByteReader(bytes).expects(1, 0));
  EXPECT_TRUE(ByteReader(bytes).expects(0, 0));
}

TEST(Bytes, numbers_that_are_none_keep_their_bits) {
  std::vector<std::uint8_t> bytes;
  ByteWriter(bytes).f64(std::nan("7"));
  std::vector<std::uint8_t> again;
  ByteWriter(again).f64(ByteReader(bytes).f64());
  EXPECT_EQ(bytes, again);
}

}  // namespace
}  // namespace headland
