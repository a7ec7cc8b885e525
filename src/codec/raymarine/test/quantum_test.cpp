// SPDX-License-Identifier: Apache-2.0
#include "codec/raymarine/quantum.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "codec/raymarine/test/bytes_of.hpp"

namespace headland::raymarine {
namespace {

using testing::ElementsAre;

Datagram spoke(std::uint16_t azimuth, const Datagram& packed, std::uint16_t cells,
               std::uint16_t cells_per_range = 103) {
  Datagram d(20, 0);
  put(d, 0, 0x280003, 4), put(d, 4, 20928, 2), put(d, 8, cells, 2), put(d, 10, 250, 2), put(d, 12, 8, 2);
  put(d, 14, cells_per_range, 2), put(d, 16, azimuth, 2), put(d, 18, static_cast<std::uint32_t>(packed.size()), 2);
  d.insert(d.end(), packed.begin(), packed.end());
  return d;
}
Datagram status(std::uint8_t range_number, std::uint8_t mode = 0) {
  Datagram d(260, 0);
  put(d, 0, 0x280002, 4);
  d[4] = 1, d[14] = 0xA6, d[15] = 0xFF, d[20] = range_number, d[21] = mode;
  const std::uint32_t ranges[] = {31, 63, 125, 250, 375, 500, 750, 1000, 1500, 2000};
  for (std::size_t i = 0; i < std::size(ranges); ++i) put(d, 148 + 4 * i, ranges[i], 4);
  return d;
}

TEST(QuantumSpoke, GivesItsNumbers) {
  const auto d = spoke(170, {0x5C, 100, 0, 9, 254, 255}, 103, 46);
  ASSERT_TRUE(is_quantum_spoke(d));
  const auto s = read_quantum_spoke(d);
  ASSERT_TRUE(s.has_value());
  EXPECT_EQ(s->sequence, 20928);
  EXPECT_EQ(s->cells, 103);
  EXPECT_EQ(s->spokes_per_turn, 250);
  EXPECT_EQ(s->cells_per_range, 46);
  EXPECT_EQ(s->azimuth, 170);
  EXPECT_EQ(s->packed.size(), 6U);
}

TEST(QuantumSpoke, BecomesARowFromTheBowWithItsDopplerCellsMarked) {
  const auto d = spoke(0, {0x5C, 2, 40, 253, 254, 255}, 5);
  SpokeBlock block;
  ASSERT_TRUE(fits_quantum(block));
  append_spoke(*read_quantum_spoke(d), 36.0, from_epoch_seconds(2.0), block);
  EXPECT_THAT(block.samples, ElementsAre(40, 40, 253, 254, 255));
  EXPECT_THAT(block.doppler, ElementsAre(0, 0, 0, 2, 1));  // 2 receding, 1 approaching
  EXPECT_EQ(block.reference, BearingReference::head_up);
  const SpokeInfo& s = block.spokes.at(0);
  EXPECT_NEAR(s.bearing.degrees(), 180.0, 1e-9);
  EXPECT_NEAR(s.width.degrees(), 1.44, 1e-9);
  EXPECT_EQ(s.cell_size.value(), 36.0);
  append_spoke(*read_quantum_spoke(spoke(125, {7}, 1)), 36.0, Timestamp{}, block);
  EXPECT_NEAR(block.spokes.at(1).bearing.degrees(), 0.0, 1e-9);
  EXPECT_TRUE(fits_quantum(block));
  block.bits = 4;
  EXPECT_FALSE(fits_quantum(block));
}

TEST(QuantumSpoke, IsRefusedWithTheReason) {
  const auto good = spoke(3, {0x5C, 4, 1, 2}, 5);
  const auto refused = [&](std::size_t at, std::uint32_t value, std::size_t bytes) {
    auto d = good;
    put(d, at, value, bytes);
    const auto s = read_quantum_spoke(d);
    EXPECT_FALSE(s.has_value());
    return s ? FaultReason::bad_beacon : s.error().reason;
  };
  ASSERT_TRUE(read_quantum_spoke(good).has_value());
  EXPECT_EQ(read_quantum_spoke({}).error().reason, FaultReason::truncated);
  EXPECT_EQ(read_quantum_spoke(Bytes(good).first(19)).error().reason, FaultReason::truncated);
  EXPECT_EQ(refused(0, 0x280002, 4), FaultReason::wrong_type);
  EXPECT_EQ(refused(8, 0, 2), FaultReason::no_cells);
  EXPECT_EQ(refused(8, 9000, 2), FaultReason::no_cells);
  EXPECT_EQ(refused(10, 0, 2), FaultReason::bad_azimuth);
  EXPECT_EQ(refused(14, 0, 2), FaultReason::no_cells);
  EXPECT_EQ(refused(16, 250, 2), FaultReason::bad_azimuth);
  EXPECT_EQ(refused(18, 5, 2), FaultReason::lying_length);
  EXPECT_EQ(refused(18, 2, 2), FaultReason::bad_packing);
  EXPECT_EQ(refused(8, 6, 2), FaultReason::cell_count);
}

TEST(QuantumStatus, GivesRangeOffsetAndTheControlsOfItsMode) {
  auto d = status(9, 2);
  d[38] = 1, d[39] = 65, d[42] = 0, d[43] = 31, d[44] = 1, d[45] = 10;
  d[22] = 0, d[23] = 99;  // of another mode
  ASSERT_TRUE(is_quantum_status(d));
  const auto s = read_quantum_status(d);
  ASSERT_TRUE(s.has_value());
  EXPECT_EQ(s->state, 1);
  EXPECT_NEAR(s->bearing_offset_deg, -9.0, 1e-9);
  EXPECT_EQ(s->range_number, 9);
  EXPECT_DOUBLE_EQ(s->range_m, 3704.0);
  EXPECT_EQ(s->mode, 2);
  EXPECT_TRUE(s->gain.automatic);
  EXPECT_EQ(s->gain.value, 65);
  EXPECT_FALSE(s->sea.automatic);
  EXPECT_EQ(s->sea.value, 31);
  EXPECT_TRUE(s->rain.automatic);
  EXPECT_EQ(s->rain.value, 10);
  EXPECT_EQ(read_quantum_status(status(9, 7))->gain.value, 0);
}

TEST(QuantumStatus, ShortRangesAreWholePartsOfAMileThatWereRounded) {
  EXPECT_DOUBLE_EQ(read_quantum_status(status(0))->range_m, 1852.0 / 32);
  EXPECT_DOUBLE_EQ(read_quantum_status(status(1))->range_m, 1852.0 / 16);
  EXPECT_DOUBLE_EQ(read_quantum_status(status(4))->range_m, 1852.0 * 0.375);
}

TEST(QuantumStatus, WithoutAKnownRangeIsRefused) {
  EXPECT_EQ(read_quantum_status(status(20)).error().reason, FaultReason::unknown_range);
  EXPECT_EQ(read_quantum_status(status(15)).error().offset, 148U);  // 0 in the table
  auto far = status(3);
  put(far, 160, 0xFFFFFFFF, 4);
  EXPECT_EQ(read_quantum_status(far).error().reason, FaultReason::unknown_range);
  auto cut = status(3);
  cut.pop_back();
  EXPECT_EQ(read_quantum_status(cut).error().reason, FaultReason::truncated);
  EXPECT_EQ(read_quantum_status(spoke(0, {1}, 1)).error().reason, FaultReason::wrong_type);
}

TEST(QuantumNavigation, GivesWhatItsFlagsName) {
  Datagram d(32, 0);
  put(d, 0, 0x280020, 4), put(d, 4, 0x1D, 4), put(d, 8, 31416, 4), put(d, 16, 15708, 4), put(d, 20, 52, 4);
  put(d, 24, static_cast<std::uint32_t>(-369'049'000), 4), put(d, 28, 1'748'685'000, 4);
  ASSERT_TRUE(is_quantum_navigation(d));
  const auto n = read_quantum_navigation(d);
  ASSERT_TRUE(n.has_value());
  EXPECT_NEAR(n->heading_rad.value_or(0), 3.1416, 1e-9);
  EXPECT_NEAR(n->course_rad.value_or(0), 1.5708, 1e-9);
  EXPECT_NEAR(n->speed_mps.value_or(0), 5.2, 1e-9);
  ASSERT_TRUE(n->position.has_value());
  EXPECT_NEAR(n->position->latitude_deg(), -36.9049, 1e-9);
  EXPECT_NEAR(n->position->longitude_deg(), 174.8685, 1e-9);
  put(d, 4, 0, 4);
  const auto none = read_quantum_navigation(d);
  EXPECT_FALSE(none->heading_rad || none->course_rad || none->speed_mps || none->position);
  put(d, 4, 0x10, 4), put(d, 24, 910'000'000, 4);
  EXPECT_FALSE(read_quantum_navigation(d)->position.has_value());
  d.pop_back();
  EXPECT_EQ(read_quantum_navigation(d).error().reason, FaultReason::truncated);
}

QuantumSpoke of(std::uint16_t cells, std::uint16_t cells_per_range) {
  QuantumSpoke s;
  s.cells = cells, s.cells_per_range = cells_per_range, s.spokes_per_turn = 250;
  return s;
}
QuantumStatus ranging(double range_m) {
  QuantumStatus s;
  s.range_m = range_m;
  return s;
}

TEST(QuantumRange, HoldsTheOldOneUntilTheSpokesChange) {
  QuantumRange range;
  EXPECT_FALSE(range.cell_m(of(173, 115)).has_value());
  range.note(ranging(460));
  EXPECT_DOUBLE_EQ(range.cell_m(of(173, 115)).value_or(0), 4.0);
  range.note(ranging(230));
  EXPECT_DOUBLE_EQ(range.cell_m(of(173, 115)).value_or(0), 4.0);
  range.note(ranging(114));  // another before the spokes followed
  EXPECT_DOUBLE_EQ(range.cell_m(of(173, 115)).value_or(0), 4.0);
  EXPECT_DOUBLE_EQ(range.cell_m(of(86, 57)).value_or(0), 2.0);
  range.note(ranging(114));
  EXPECT_DOUBLE_EQ(range.cell_m(of(86, 57)).value_or(0), 2.0);
}

TEST(QuantumRange, TakesTheNewOneAfterATurnWhereTheSpokesLookAlike) {
  QuantumRange range;
  range.note(ranging(460));
  EXPECT_DOUBLE_EQ(range.cell_m(of(173, 115)).value_or(0), 4.0);
  range.note(ranging(920));
  for (int i = 0; i < 250; ++i) EXPECT_DOUBLE_EQ(range.cell_m(of(173, 115)).value_or(0), 4.0);
  EXPECT_DOUBLE_EQ(range.cell_m(of(173, 115)).value_or(0), 8.0);
}

TEST(QuantumRange, ForgetsAChangeThatWasTakenBack) {
  QuantumRange range;
  range.note(ranging(460));
  range.note(ranging(920));
  range.note(ranging(460));
  for (int i = 0; i < 600; ++i) EXPECT_DOUBLE_EQ(range.cell_m(of(173, 115)).value_or(0), 4.0);
}

TEST(QuantumSpoke, CountsLossesThroughTheWrap) {
  EXPECT_EQ(spokes_lost(65535, 0), 0U);
  EXPECT_EQ(spokes_lost(65530, 2), 7U);
}

TEST(QuantumSpoke, ChangedBytesAreRefusedOrReadWithinTheirBounds) {
  EXPECT_TRUE(rc::check("mutated messages", [] {
    auto d = *rc::gen::arbitrary<bool>() ? spoke(3, {0x5C, 4, 1, 2, 0x5C, 0, 9}, 7) : status(4);
    d.resize(*rc::gen::inRange<std::size_t>(0, d.size() + 1));
    for (int n = *rc::gen::inRange(0, 4); n > 0 && !d.empty(); --n) {
      d[*rc::gen::inRange<std::size_t>(0, d.size())] = *rc::gen::arbitrary<std::uint8_t>();
    }
    if (const auto s = read_quantum_spoke(d)) {
      SpokeBlock block;
      append_spoke(*s, 4.0, Timestamp{}, block);
      RC_ASSERT(block.samples.size() == s->cells);
      RC_ASSERT(block.doppler.size() == s->cells);
    } else {
      RC_ASSERT(s.error().offset <= d.size());
    }
    if (const auto s = read_quantum_status(d)) RC_ASSERT(s->range_m > 0.0);
  }));
}

}  // namespace
}  // namespace headland::raymarine
