// SPDX-License-Identifier: Apache-2.0
#include "codec/raymarine/rd.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "codec/raymarine/test/bytes_of.hpp"

namespace headland::raymarine {
namespace {

const Datagram full{0x5C, 255, 0x21, 0xF0};  // 256 bytes

struct Line {
  std::uint32_t azimuth = 0;
  Datagram packed = full;
  bool option = false;
};
Datagram frame(const std::vector<Line>& lines) {
  Datagram d(32, 0);
  put(d, 0, 0x010003, 4), put(d, 8, 28, 4), put(d, 12, static_cast<std::uint32_t>(lines.size()), 4), put(d, 24, 1, 4);
  for (const Line& line : lines) {
    for (const std::uint32_t word : {1U, 40U, line.azimuth, 1U, 2U, 1U, 1U, 500U, 0U, 1U}) add(d, word);
    if (line.option) add(d, 2), add(d, 99);
    const auto padded = (line.packed.size() + 3) / 4 * 4;
    add(d, &line == &lines.back() ? 0x80000003 : 3);
    add(d, static_cast<std::uint32_t>(12 + padded)), add(d, static_cast<std::uint32_t>(line.packed.size()));
    d.insert(d.end(), line.packed.begin(), line.packed.end());
    d.resize(d.size() + padded - line.packed.size());
  }
  return d;
}
Datagram status(std::uint8_t range_number) {
  Datagram d(245, 0);
  put(d, 0, 0x010001, 4);
  const std::uint32_t ranges[] = {125, 250, 500, 750, 1500, 3000, 6000, 12000, 24000, 48000, 72000};
  for (std::size_t i = 0; i < std::size(ranges); ++i) put(d, 4 + 4 * i, ranges[i], 4);
  d[180] = 1, d[193] = range_number, d[200] = 165;
  return d;
}

TEST(RdFrame, GivesItsSpokesOneAfterTheOther) {
  const auto d = frame({{.azimuth = 2047}, {.azimuth = 0, .packed = {0x5C, 250, 0, 1, 2, 3, 4, 5, 6}, .option = true}});
  ASSERT_TRUE(is_rd_frame(d));
  RdFrameReader reader(d);
  const auto one = reader.next();
  ASSERT_TRUE(one.has_value());
  EXPECT_EQ(one->azimuth, 2047);
  EXPECT_EQ(one->packed.size(), 4U);
  const auto two = reader.next();
  ASSERT_TRUE(two.has_value());
  EXPECT_EQ(two->azimuth, 0);
  EXPECT_EQ(two->packed.size(), 9U);
  EXPECT_TRUE(reader.at_end());
}

TEST(RdSpoke, BecomesARowOfSpreadCellsFromTheBow) {
  const auto d = frame({{.azimuth = 1536}});
  SpokeBlock block;
  ASSERT_TRUE(fits_rd(block));
  append_spoke(*RdFrameReader(d).next(), 512.0, from_epoch_seconds(3.0), block);
  ASSERT_EQ(block.samples.size(), 512U);
  EXPECT_EQ(block.samples[0], 17);  // low half first
  EXPECT_EQ(block.samples[1], 34);
  EXPECT_EQ(block.samples[510], 0);
  EXPECT_EQ(block.samples[511], 255);
  EXPECT_EQ(block.bits, 4);
  EXPECT_EQ(block.reference, BearingReference::head_up);
  EXPECT_NEAR(block.spokes[0].bearing.degrees(), 90.0, 1e-9);
  EXPECT_DOUBLE_EQ(block.spokes[0].cell_size.value(), rd_reach);
  EXPECT_TRUE(fits_rd(block));
  block.bits = 8;
  EXPECT_FALSE(fits_rd(block));
}

std::pair<FaultReason, std::size_t> refused(const Datagram& d) {
  RdFrameReader reader(d);
  EXPECT_FALSE(reader.at_end());
  const auto s = reader.next();
  EXPECT_FALSE(s.has_value());
  return s ? std::pair(FaultReason::bad_beacon, std::size_t{0}) : std::pair(s.error().reason, s.error().offset);
}
std::pair<FaultReason, std::size_t> refused(std::size_t at, std::uint32_t value) {
  auto d = frame({{}});
  put(d, at, value, 4);
  return refused(d);
}

TEST(RdFrame, IsRefusedWithTheReason) {
  using R = FaultReason;
  const auto at = [](std::size_t offset) { return offset; };
  EXPECT_EQ(refused({}), std::pair(R::truncated, at(0)));
  EXPECT_EQ(refused(0, 0x010004), std::pair(R::wrong_type, at(0)));
  auto head = frame({{}});
  head.resize(31);
  EXPECT_EQ(refused(head), std::pair(R::truncated, at(31)));
  EXPECT_EQ(refused(8, 27), std::pair(R::wrong_type, at(8)));
  EXPECT_EQ(refused(12, 0), std::pair(R::no_spokes, at(12)));
  EXPECT_EQ(refused(12, 65), std::pair(R::no_spokes, at(12)));
  auto cut = frame({{}});
  cut.resize(83);
  EXPECT_EQ(refused(cut), std::pair(R::truncated, at(83)));
  auto cut_behind_option = frame({{.option = true}});
  cut_behind_option.resize(91);
  EXPECT_EQ(refused(cut_behind_option), std::pair(R::truncated, at(91)));
  EXPECT_EQ(refused(32, 7), std::pair(R::bad_spoke_head, at(32)));
  EXPECT_EQ(refused(36, 44), std::pair(R::bad_spoke_head, at(32)));
  EXPECT_EQ(refused(72, 4), std::pair(R::bad_spoke_head, at(72)));
  EXPECT_EQ(refused(76, 11), std::pair(R::lying_length, at(76)));
  EXPECT_EQ(refused(76, 17), std::pair(R::lying_length, at(76)));
  EXPECT_EQ(refused(80, 5), std::pair(R::lying_length, at(80)));
  EXPECT_EQ(refused(40, 2048), std::pair(R::bad_azimuth, at(40)));
  EXPECT_EQ(refused(frame({{.packed = {0x5C, 255}}})), std::pair(R::bad_packing, at(86)));
  EXPECT_EQ(refused(frame({{.packed = {0x5C, 255, 0}}})), std::pair(R::cell_count, at(84)));
}

TEST(RdFrame, IsReadOnAfterASpokeWithBadCells) {
  const auto d = frame({{.azimuth = 5, .packed = {1, 2, 3}}, {.azimuth = 6}});
  RdFrameReader reader(d);
  EXPECT_EQ(reader.next().error().reason, FaultReason::cell_count);
  ASSERT_FALSE(reader.at_end());
  EXPECT_EQ(reader.next()->azimuth, 6);
}

TEST(RdFrame, ThatNamesMoreSpokesThanThereAreEndsWithARefusal) {
  auto d = frame({{}});
  put(d, 12, 3, 4);
  RdFrameReader reader(d);
  EXPECT_TRUE(reader.next().has_value());
  EXPECT_EQ(reader.next().error().reason, FaultReason::truncated);
  EXPECT_TRUE(reader.at_end());
}

TEST(RdStatus, GivesStateRangeAndGain) {
  const auto d = status(4);
  ASSERT_TRUE(is_rd_status(d));
  const auto s = read_rd_status(d);
  ASSERT_TRUE(s.has_value());
  EXPECT_EQ(s->state, 1);
  EXPECT_EQ(s->range_number, 4);
  EXPECT_DOUBLE_EQ(s->range_m, 2778.0);
  EXPECT_EQ(s->settings.gain_percent, 165);
}

TEST(RdStatus, WithoutAKnownRangeIsRefused) {
  EXPECT_EQ(read_rd_status(status(11)).error().reason, FaultReason::unknown_range);
  auto none = status(3);
  put(none, 16, 0, 4);
  EXPECT_EQ(read_rd_status(none).error().offset, 4U);
  auto cut = status(3);
  cut.pop_back();
  EXPECT_EQ(read_rd_status(cut).error().reason, FaultReason::truncated);
  EXPECT_EQ(read_rd_status(frame({{}})).error().reason, FaultReason::wrong_type);
  EXPECT_EQ(read_rd_status({}).error().reason, FaultReason::truncated);
}

TEST(RdSpoke, LossesShowInTheAzimuth) {
  EXPECT_EQ(azimuths_lost(2047, 0), 0U);
  EXPECT_EQ(azimuths_lost(2040, 3), 10U);
  EXPECT_EQ(azimuths_lost(9, 9), 0U);
  EXPECT_EQ(azimuths_lost(9, 4), 0U);
}

TEST(RdSpoke, HowFarItIsBackShowsInTheAzimuth) {
  EXPECT_EQ(azimuths_back(100, 100), 0U);
  EXPECT_EQ(azimuths_back(100, 98), 2U);
  EXPECT_EQ(azimuths_back(0, 2047), 1U);
  EXPECT_EQ(azimuths_back(2047, 0), rd_spokes_per_turn - 1);
}

TEST(RdFrame, ChangedBytesAreRefusedOrReadWithinTheirBounds) {
  EXPECT_TRUE(rc::check("mutated frames", [] {
    auto d = frame({{.azimuth = 5}, {.azimuth = 6, .option = true}, {.azimuth = 7}});
    d.resize(*rc::gen::inRange<std::size_t>(0, d.size() + 1));
    for (int n = *rc::gen::inRange(0, 4); n > 0 && !d.empty(); --n) {
      d[*rc::gen::inRange<std::size_t>(0, d.size())] = *rc::gen::arbitrary<std::uint8_t>();
    }
    SpokeBlock block;
    std::size_t results = 0;
    for (RdFrameReader reader(d); !reader.at_end(); ++results) {
      const auto s = reader.next();
      if (s) {
        append_spoke(*s, 512.0, Timestamp{}, block);
      } else {
        RC_ASSERT(s.error().offset <= d.size());
      }
    }
    RC_ASSERT(results >= 1);
    RC_ASSERT(results <= 64);
    RC_ASSERT(block.samples.size() == block.spokes.size() * rd_cells);
  }));
}

TEST(RdRange, OfTheSpokesThatFollowANewOneIsNotKnown) {
  RdRange range;
  EXPECT_FALSE(range.range_m());
  RdStatus status;
  status.range_m = 1852.0;
  range.note(status);
  EXPECT_FALSE(range.is_changing()) << "there was no other";
  range.note(status);
  EXPECT_FALSE(range.is_changing());
  status.range_m = 3704.0;
  range.note(status);
  for (std::uint32_t i = 0; i < RdRange::unsettled_spokes; ++i) {
    ASSERT_TRUE(range.is_changing()) << i;
    range.pass();
    range.note(status);  // it comes each second, and at each change of anything
  }
  EXPECT_FALSE(range.is_changing());
  EXPECT_EQ(range.range_m(), 3704.0);
}

}  // namespace
}  // namespace headland::raymarine
