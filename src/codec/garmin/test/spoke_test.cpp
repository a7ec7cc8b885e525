// SPDX-License-Identifier: Apache-2.0
#include "codec/garmin/spoke.hpp"

#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace headland::garmin {
namespace {

using Datagram = std::vector<std::uint8_t>;

void put(Datagram& d, std::size_t at, std::uint32_t value, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i) d[at + i] = static_cast<std::uint8_t>(value >> (8 * i));
}

// Cell i holds i modulo 256.
Datagram spoke(std::size_t cells = 695, std::uint16_t angle = 5848, std::uint32_t last_m = 4167) {
  Datagram d(36 + cells, 0);
  put(d, 0, 0x0998, 4), put(d, 4, static_cast<std::uint32_t>(d.size() - 8), 4);
  put(d, 8, 1, 2), put(d, 10, static_cast<std::uint32_t>(d.size() - 8), 2);
  put(d, 12, angle, 2);
  put(d, 16, 3704, 4), put(d, 20, last_m, 4);
  put(d, 26, static_cast<std::uint32_t>(cells), 2), put(d, 28, 0x0108, 2),
      put(d, 30, static_cast<std::uint32_t>(cells), 4);
  for (std::size_t i = 0; i < cells; ++i) d[36 + i] = static_cast<std::uint8_t>(i);
  return d;
}

TEST(GarminSpoke, GivesAngleRangeAndCells) {
  const auto d = spoke();
  ASSERT_TRUE(is_spoke(d));
  const auto s = read_spoke(d);
  ASSERT_TRUE(s.has_value());
  EXPECT_EQ(s->angle, 5848);
  EXPECT_EQ(s->range_m, 3704U);
  EXPECT_DOUBLE_EQ(s->cell_m, 6.0);
  ASSERT_EQ(s->cells.size(), 695U);
  EXPECT_EQ(s->cells[300], 44);
}

TEST(GarminSpoke, BecomesARowOfABlockWithItsBearingFromTheBow) {
  const auto d = spoke(698, 2880, 2093);
  SpokeBlock block;
  ASSERT_TRUE(fits(block));
  append_spoke(*read_spoke(d), from_epoch_seconds(5.0), block);
  append_spoke(*read_spoke(d), from_epoch_seconds(6.0), block);
  EXPECT_TRUE(fits(block));
  EXPECT_EQ(block.reference, BearingReference::head_up);
  EXPECT_EQ(block.bits, 8);
  ASSERT_EQ(block.samples.size(), 2 * 698U);
  const SpokeInfo& s = block.spokes.at(1);
  EXPECT_NEAR(s.bearing.degrees(), 90.0, 1e-12);
  EXPECT_NEAR(s.width.degrees(), 0.25, 1e-12);
  EXPECT_NEAR(s.cell_size.value(), 3.0, 1e-3);
  EXPECT_EQ(s.first_sample, 698U);
  EXPECT_EQ(block.cells(s)[255], 255);
  EXPECT_EQ(s.time, from_epoch_seconds(6.0));
  block.reference = BearingReference::true_north;
  EXPECT_FALSE(fits(block));
}

TEST(GarminSpoke, IsRefusedWithTheReason) {
  const auto refused = [](Datagram d, std::size_t at, std::uint32_t value, std::size_t bytes) {
    if (bytes > 0) put(d, at, value, bytes);
    const auto s = read_spoke(d);
    EXPECT_FALSE(s.has_value());
    return s ? std::pair(FaultReason::wrong_type, std::size_t{999}) : std::pair(s.error().reason, s.error().offset);
  };
  using R = FaultReason;
  EXPECT_EQ(refused({}, 0, 0, 0), std::pair(R::truncated, std::size_t{0}));
  EXPECT_EQ(refused(Datagram(7, 0), 0, 0, 0), std::pair(R::truncated, std::size_t{7}));
  auto cut = spoke();
  cut.resize(35);
  EXPECT_EQ(refused(cut, 0, 0, 0), std::pair(R::truncated, std::size_t{35}));
  EXPECT_EQ(refused(spoke(), 0, 0x0999, 4), std::pair(R::wrong_type, std::size_t{0}));
  EXPECT_EQ(refused(spoke(), 4, 722, 4), std::pair(R::lying_length, std::size_t{4}));
  EXPECT_EQ(refused(spoke(), 10, 724, 2), std::pair(R::lying_length, std::size_t{10}));
  EXPECT_EQ(refused(spoke(), 12, 11520, 2), std::pair(R::bad_angle, std::size_t{12}));
  EXPECT_EQ(refused(spoke(), 26, 694, 2), std::pair(R::cell_count, std::size_t{26}));
  EXPECT_EQ(refused(spoke(), 30, 696, 4), std::pair(R::cell_count, std::size_t{30}));
  EXPECT_EQ(refused(spoke(0), 0, 0, 0), std::pair(R::cell_count, std::size_t{26}));
  EXPECT_EQ(refused(spoke(), 20, 0, 4), std::pair(R::bad_extent, std::size_t{20}));
  EXPECT_EQ(refused(spoke(), 20, 500'001, 4), std::pair(R::bad_extent, std::size_t{20}));
}

TEST(GarminSpoke, IsNotSeenInOtherTraffic) {
  EXPECT_FALSE(is_spoke({}));
  auto report = spoke();
  put(report, 0, 0x091E, 4);
  EXPECT_FALSE(is_spoke(report));
  auto longer = spoke();
  longer.push_back(0);
  EXPECT_FALSE(is_spoke(longer));
}

TEST(GarminSpoke, LossesShowInTheAngle) {
  EXPECT_EQ(spokes_lost(0, 8), 0U);
  EXPECT_EQ(spokes_lost(11512, 0), 0U);
  EXPECT_EQ(spokes_lost(11504, 16), 3U);
  EXPECT_EQ(spokes_lost(0, 5760), 719U);
  EXPECT_EQ(spokes_lost(80, 80), 0U);
  EXPECT_EQ(spokes_lost(80, 40), 0U);  // a step back
  EXPECT_EQ(spokes_lost(0, 3), 0U);
}

TEST(GarminSpoke, ChangedBytesAreRefusedOrReadWithinTheirBounds) {
  EXPECT_TRUE(rc::check("mutated spokes", [] {
    auto d = spoke(*rc::gen::inRange<std::size_t>(0, 80));
    d.resize(*rc::gen::inRange<std::size_t>(0, d.size() + 1));
    for (int n = *rc::gen::inRange(0, 4); n > 0 && !d.empty(); --n) {
      d[*rc::gen::inRange<std::size_t>(0, d.size())] = *rc::gen::arbitrary<std::uint8_t>();
    }
    const auto s = read_spoke(d);
    if (!s) {
      RC_ASSERT(s.error().offset <= d.size());
      return;
    }
    SpokeBlock block;
    append_spoke(*s, Timestamp{}, block);
    RC_ASSERT(block.samples.size() == d.size() - 36);
    RC_ASSERT(block.spokes[0].cell_size.value() > 0.0);
  }));
}

TEST(GarminSpoke, HowFarItIsBackShowsInTheAngle) {
  EXPECT_EQ(spokes_back(80, 80), 0U);
  EXPECT_EQ(spokes_back(80, 64), 2U);
  EXPECT_EQ(spokes_back(0, 11512), 1U);
  EXPECT_EQ(spokes_back(80, 88), spokes_per_turn - 1);
}

}  // namespace
}  // namespace headland::garmin
