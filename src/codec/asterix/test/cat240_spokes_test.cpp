// SPDX-License-Identifier: Apache-2.0
#include "codec/asterix/cat240_spokes.hpp"

#include <array>

#include <gtest/gtest.h>

#include "codec/asterix/test/bytes_of.hpp"

namespace headland::asterix {
namespace {

using test::bytes_of;
using Step = SequenceCheck::Step;

Cat240Video video(std::uint8_t bits, std::uint32_t count, Bytes cells) {
  Cat240Video v;
  v.bits = bits;
  v.cell_count = count;
  v.cells = cells;
  v.start_azimuth = 0;
  v.end_azimuth = 32;
  v.cell_duration_fs = 33'333'333;
  return v;
}

std::vector<std::uint8_t> spread(std::uint8_t bits, std::uint32_t count, const char* hex) {
  const auto cells = bytes_of(hex);
  SpokeBlock block;
  append_spoke(video(bits, count, cells), Timestamp{}, block);
  EXPECT_EQ(block.bits, bits);
  EXPECT_EQ(block.spokes.at(0).cell_count, count);
  return block.samples;
}

TEST(Cat240Spokes, SpreadsFewBitsToTheFullScaleFirstCellInTheHighestBits) {
  EXPECT_EQ(spread(1, 10, "A5 40"), (std::vector<std::uint8_t>{255, 0, 255, 0, 0, 255, 0, 255, 0, 255}));
  EXPECT_EQ(spread(2, 5, "1B C0"), (std::vector<std::uint8_t>{0, 85, 170, 255, 255}));
  EXPECT_EQ(spread(4, 3, "0F A0"), (std::vector<std::uint8_t>{0, 255, 170}));
  EXPECT_EQ(spread(8, 3, "00 7F FF"), (std::vector<std::uint8_t>{0, 127, 255}));
}

TEST(Cat240Spokes, KeepsSixteenBitsAndNarrowsThirtyTwoWithACount) {
  SpokeBlock block;
  const auto wide = bytes_of("12 34 FF 01");
  EXPECT_EQ(append_spoke(video(16, 2, wide), Timestamp{}, block).lossy_cells, 0U);
  EXPECT_EQ(block.samples16, (std::vector<std::uint16_t>{0x1234, 0xFF01}));
  SpokeBlock narrowed;
  const auto widest = bytes_of("12 34 00 00  FF 01 00 05");
  EXPECT_EQ(append_spoke(video(32, 2, widest), Timestamp{}, narrowed).lossy_cells, 1U);
  EXPECT_EQ(narrowed.samples16, (std::vector<std::uint16_t>{0x1234, 0xFF01}));
  EXPECT_EQ(narrowed.bits, 16);
}

TEST(Cat240Spokes, PlacesTheSpokeInTheMiddleOfItsAzimuthsAndAtItsRange) {
  const auto cells = bytes_of("01 02 03 04");
  auto v = video(8, 4, cells);
  v.start_azimuth = 0xFFF0;  // across north
  v.end_azimuth = 0x0030;
  v.start_cell = 10;
  v.sequence = 77;
  SpokeBlock block;
  append_spoke(v, from_epoch_seconds(12.5), block);
  const SpokeInfo& s = block.spokes.at(0);
  EXPECT_NEAR(s.bearing.degrees(), 16 * 360.0 / 65536, 1e-9);
  EXPECT_NEAR(s.width.degrees(), 64 * 360.0 / 65536, 1e-9);
  EXPECT_NEAR(s.cell_size.value(), 33'333'333e-15 * 299'792'458.0 / 2, 1e-12);
  EXPECT_NEAR(s.range_start.value(), 10 * s.cell_size.value(), 1e-9);
  EXPECT_EQ(s.sequence, 77U);
  EXPECT_EQ(epoch_seconds(s.time), 12.5);
}

TEST(Cat240Spokes, KnowsNoWidthWhereStartAndEndAreEqualAndTurnsBothWays) {
  auto v = video(8, 0, {});
  v.start_azimuth = v.end_azimuth = 0x4000;
  SpokeBlock block;
  append_spoke(v, Timestamp{}, block);
  EXPECT_NEAR(block.spokes.at(0).bearing.degrees(), 90.0, 1e-9);
  EXPECT_EQ(block.spokes.at(0).width.radians(), 0.0);
  v.end_azimuth = 0x3F00;  // anticlockwise
  append_spoke(v, Timestamp{}, block);
  EXPECT_NEAR(block.spokes.at(1).bearing.degrees(), 90.0 - 128 * 360.0 / 65536, 1e-9);
  EXPECT_NEAR(block.spokes.at(1).width.degrees(), 256 * 360.0 / 65536, 1e-9);
}

TEST(Cat240Spokes, JoinsTheMessagesOfOneLongSpoke) {
  const auto near_cells = bytes_of("01 02 03");
  const auto far_cells = bytes_of("04 05");
  auto v = video(8, 3, near_cells);
  SpokeBlock block;
  append_spoke(v, Timestamp{}, block);
  auto rest = video(8, 2, far_cells);
  rest.start_cell = 3;
  EXPECT_TRUE(continues(rest, block));
  append_spoke(rest, Timestamp{}, block);
  ASSERT_EQ(block.spokes.size(), 1U);
  EXPECT_EQ(block.spokes[0].cell_count, 5U);
  EXPECT_EQ(block.samples, (std::vector<std::uint8_t>{1, 2, 3, 4, 5}));
  rest.start_cell = 9;  // a hole between: another spoke
  EXPECT_FALSE(continues(rest, block));
}

// Whoever sends parts for ever does not fill the memory.
TEST(Cat240Spokes, JoinsNoMoreThanASpokeMayHave) {
  const std::vector<std::uint8_t> cells(50'000, 1);
  auto v = video(8, 50'000, cells);
  SpokeBlock block;
  for (std::uint32_t part = 0; part < 10; ++part) {
    v.start_cell = 50'000 * part;
    append_spoke(v, Timestamp{}, block);
  }
  for (const SpokeInfo& spoke : block.spokes) EXPECT_LE(spoke.cell_count, 100'000U);
  EXPECT_GE(block.spokes.size(), 5U);
}

TEST(Cat240Spokes, DoesNotMixFormatsInABlock) {
  const auto cells = bytes_of("01 02");
  SpokeBlock block;
  append_spoke(video(8, 2, cells), Timestamp{}, block);
  EXPECT_TRUE(fits(video(8, 2, cells), block));
  EXPECT_FALSE(fits(video(4, 2, cells), block));
  EXPECT_FALSE(fits(video(16, 1, cells), block));
}

TEST(Cat240Spokes, ResolvesTheTimeOfDayOnBothSidesOfMidnight) {
  using std::chrono::hours, std::chrono::milliseconds, std::chrono::nanoseconds, std::chrono::sys_days,
      std::chrono::year;
  const Timestamp noon = sys_days(year{2026} / 5 / 4) + hours(12);
  const Timestamp just_after = sys_days(year{2026} / 5 / 5) + milliseconds(20);
  const Timestamp just_before = sys_days(year{2026} / 5 / 5) - milliseconds(20);
  EXPECT_EQ(resolve_time_of_day(12U * 3600 * 128 + 64, noon), noon + milliseconds(500));
  EXPECT_EQ(resolve_time_of_day(time_of_day_units - 1, just_after),
            sys_days(year{2026} / 5 / 5) - nanoseconds(7'812'500));
  EXPECT_EQ(resolve_time_of_day(1, just_before), sys_days(year{2026} / 5 / 5) + nanoseconds(7'812'500));
  EXPECT_EQ(time_of_day_of(just_before), time_of_day_units - 3);
  EXPECT_EQ(resolve_time_of_day(time_of_day_of(noon), noon), noon);
}

TEST(Cat240Spokes, CountsLostMessagesThroughTheWrapOfTheCounter) {
  SequenceCheck check;
  EXPECT_EQ(check.check(0xFFFFFFFE).step, Step::first);
  EXPECT_EQ(check.check(0xFFFFFFFF).step, Step::next);
  EXPECT_EQ(check.check(0).step, Step::next);
  const auto lost = check.check(4);
  EXPECT_EQ(lost.step, Step::lost);
  EXPECT_EQ(lost.missing, 3U);
  EXPECT_EQ(check.check(3).step, Step::repeated);
  EXPECT_EQ(check.check(5).step, Step::next);
  EXPECT_EQ(check.check(1'000'000).step, Step::restarted);
  EXPECT_EQ(check.check(0).step, Step::restarted);
}

TEST(Cat240Spokes, DoesNotStickToACounterThatStandsStill) {
  SequenceCheck check;
  int repeated = 0;
  for (int i = 0; i < 100; ++i) repeated += check.check(0).step == Step::repeated ? 1 : 0;
  EXPECT_EQ(repeated, 7);
}

TEST(Cat240Spokes, PacksWhatTheReaderSpreads) {
  const std::vector<std::uint8_t> cells{0, 255, 255, 0, 0, 255, 0, 0, 255};
  for (const std::uint8_t bits : std::array<std::uint8_t, 4>{1, 2, 4, 8}) {
    std::vector<std::uint8_t> packed;
    pack_cells(cells, bits, packed);
    EXPECT_EQ(packed.size(), (cells.size() * bits + 7) / 8);
    SpokeBlock block;
    append_spoke(video(bits, static_cast<std::uint32_t>(cells.size()), packed), Timestamp{}, block);
    EXPECT_EQ(block.samples, cells) << int{bits};
  }
  const std::vector<std::uint16_t> wide{0, 0x1234, 0xFFFF};
  for (const std::uint8_t bits : std::array<std::uint8_t, 2>{16, 32}) {
    std::vector<std::uint8_t> packed;
    pack_cells(wide, bits, packed);
    SpokeBlock block;
    append_spoke(video(bits, 3, packed), Timestamp{}, block);
    EXPECT_EQ(block.samples16, wide);
  }
}

}  // namespace
}  // namespace headland::asterix
