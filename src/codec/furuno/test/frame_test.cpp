// SPDX-License-Identifier: Apache-2.0
#include "codec/furuno/frame.hpp"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace headland::furuno {
namespace {

using testing::ElementsAre;
using Datagram = std::vector<std::uint8_t>;

struct Line {
  std::uint16_t angle = 0;
  std::uint16_t heading = 0;
  Datagram coded;
};
struct Head {
  std::uint8_t sequence = 7;
  std::uint16_t cells = 6;
  std::uint8_t coding = 3;
  std::uint8_t range = 1;  // 1/4 nmi
  std::uint16_t range_cells = 463;
  bool range_b = false;
};

Datagram frame(const std::vector<Line>& lines, const Head& h = {}) {
  Datagram d{2, h.sequence, 0, 1, 0, 0, 0, 0, 0, 0};
  d.push_back(static_cast<std::uint8_t>(h.cells));
  d.push_back(static_cast<std::uint8_t>(h.cells >> 8 | h.coding << 3));
  d.push_back(h.range), d.push_back(0);
  d.push_back(static_cast<std::uint8_t>(h.range_cells));
  d.push_back(static_cast<std::uint8_t>(h.range_cells >> 8 | (h.range_b ? 0x40 : 0)));
  for (const Line& line : lines) {
    d.push_back(static_cast<std::uint8_t>(line.angle)), d.push_back(static_cast<std::uint8_t>(line.angle >> 8));
    d.push_back(static_cast<std::uint8_t>(line.heading)), d.push_back(static_cast<std::uint8_t>(line.heading >> 8));
    d.insert(d.end(), line.coded.begin(), line.coded.end());
    while (d.size() % 4 != 0) d.push_back(0);
  }
  const std::size_t n = (d.size() - 12) / 4;
  d[8] = static_cast<std::uint8_t>(n);
  d[9] = static_cast<std::uint8_t>(lines.size() << 1 | (n >> 8 & 1));
  return d;
}

constexpr std::uint8_t again(unsigned count) { return static_cast<std::uint8_t>(count << 2 | 1); }
constexpr std::uint8_t copied(unsigned count) { return static_cast<std::uint8_t>(count << 2 | 2); }

std::vector<std::vector<std::uint8_t>> cells_of(const Datagram& d, Memory& memory) {
  std::vector<std::vector<std::uint8_t>> out;
  const auto head = read_frame_head(d);
  if (!head) return out;
  for (SpokeReader reader(d, *head, memory); !reader.at_end();) {
    const auto spoke = reader.next();
    if (spoke) out.emplace_back(spoke->cells.begin(), spoke->cells.end());
  }
  return out;
}

TEST(FurunoFrame, GivesItsHead) {
  const auto d = frame({{}, {}}, {.sequence = 200, .cells = 884, .range = 4, .range_cells = 496, .range_b = true});
  ASSERT_TRUE(is_frame(d));
  const auto head = read_frame_head(d);
  ASSERT_TRUE(head.has_value());
  EXPECT_EQ(head->sequence, 200);
  EXPECT_EQ(head->spokes, 2);
  EXPECT_EQ(head->cells, 884);
  EXPECT_EQ(head->coding, 3);
  EXPECT_EQ(head->range_cells, 496);
  EXPECT_TRUE(head->range_b);
  EXPECT_DOUBLE_EQ(head->range_m, 1852.0);
  EXPECT_DOUBLE_EQ(head->cell_m(), 1852.0 / 496);
}

TEST(FurunoFrame, KnowsEveryRangeNumber) {
  const auto nmi = [](std::uint8_t number) { return read_frame_head(frame({{}}, {.range = number}))->range_m / 1852; };
  std::vector<double> all;
  for (std::uint8_t n = 0; n < 22; ++n) all.push_back(nmi(n));
  EXPECT_THAT(
      all, ElementsAre(0.125, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 72, 96, 120, 36, 64, 0.0625));
}

TEST(FurunoFrame, IsRefusedWithTheReason) {
  const auto refused = [](const Datagram& d) {
    const auto head = read_frame_head(d);
    EXPECT_FALSE(head.has_value());
    return head ? FaultReason::missing_spoke : head.error().reason;
  };
  const auto good = frame({{.coded = {8, again(5)}}});
  const auto changed = [&](std::size_t at, std::uint8_t value) {
    auto d = good;
    d[at] = value;
    return d;
  };
  EXPECT_EQ(refused({}), FaultReason::truncated_frame);
  EXPECT_EQ(refused(Datagram(15, 2)), FaultReason::truncated_frame);
  EXPECT_EQ(refused(changed(0, 1)), FaultReason::bad_frame_head);
  EXPECT_EQ(refused(changed(3, 0)), FaultReason::bad_frame_head);
  EXPECT_EQ(refused(changed(8, 9)), FaultReason::lying_length);
  EXPECT_EQ(refused(changed(9, 0)), FaultReason::no_spokes);
  EXPECT_EQ(refused(changed(10, 0)), FaultReason::no_cells);
  EXPECT_EQ(refused(frame({{}}, {.range_cells = 0})), FaultReason::no_cells);
  EXPECT_EQ(refused(frame({{}}, {.coding = 0})), FaultReason::unknown_coding);
  EXPECT_EQ(refused(frame({{}}, {.range = 22})), FaultReason::unknown_range);
  EXPECT_FALSE(is_frame(changed(8, 9)));
  EXPECT_FALSE(is_frame(Datagram(10, 2)));
}

TEST(FurunoSpokes, AreReadOneAfterTheOther) {
  Memory memory;
  const auto d = frame({{8191, 4927, {4, 8, 12, 16, 20, 24}}, {0xE00C, 0x2001, {again(6)}}});
  const auto head = read_frame_head(d);
  ASSERT_TRUE(head.has_value());
  SpokeReader reader(d, *head, memory);
  const auto one = reader.next();
  ASSERT_TRUE(one.has_value());
  EXPECT_EQ(one->angle, 8191);
  EXPECT_EQ(one->heading, 4927);
  EXPECT_THAT(one->cells, ElementsAre(4, 8, 12, 16, 20, 24));
  const auto two = reader.next();
  ASSERT_TRUE(two.has_value());
  EXPECT_EQ(two->angle, 12);  // the low 13 bits
  EXPECT_EQ(two->heading, 1);
  EXPECT_THAT(two->cells, ElementsAre(0, 0, 0, 0, 0, 0));  // nothing to repeat yet
  EXPECT_TRUE(reader.at_end());
}

TEST(FurunoSpokes, RepeatAndCopyInCoding3) {
  Memory memory;
  EXPECT_THAT(
      cells_of(frame({{.coded = {40, again(2), 80, again(2)}}, {.coded = {copied(2), 100, copied(1), again(2)}}}),
               memory),
      ElementsAre(ElementsAre(40, 40, 40, 80, 80, 80), ElementsAre(40, 40, 100, 80, 80, 80)));
  // The spoke before runs on into the next frame; the last cell is the one copied.
  EXPECT_THAT(cells_of(frame({{.coded = {copied(3), again(3)}}}), memory),
              ElementsAre(ElementsAre(40, 40, 100, 100, 100, 100)));
}

TEST(FurunoSpokes, RepeatSixtyFourTimesForACountOfNone) {
  Memory memory;
  const auto cells = cells_of(
      frame({{.coded = {8, again(0), again(0)}}, {.coded = {12, again(0), 16, copied(0)}}}, {.cells = 120}), memory);
  ASSERT_EQ(cells.size(), 2U);
  EXPECT_EQ(cells[1][64], 12);
  EXPECT_EQ(cells[1][65], 16);
  EXPECT_EQ(cells[1][66], 8);
  EXPECT_EQ(cells[1].size(), 120U);
}

TEST(FurunoSpokes, RepeatInCoding1AndCopyInCoding2) {
  Memory memory;
  constexpr std::uint8_t three_times = 3 << 1 | 1;
  EXPECT_THAT(cells_of(frame({{.coded = {6, 10, three_times, 14}}}, {.coding = 1}), memory),
              ElementsAre(ElementsAre(6, 10, 10, 10, 10, 14)));
  EXPECT_THAT(cells_of(frame({{.coded = {2, three_times, 4, 6}}}, {.coding = 2}), memory),
              ElementsAre(ElementsAre(2, 10, 10, 10, 4, 6)));
  const auto far = cells_of(frame({{.coded = {8, 1, 6}}}, {.cells = 130, .coding = 1}), memory);  // 0 means 128
  EXPECT_EQ(far[0][128], 8);
  EXPECT_EQ(far[0][129], 6);
}

TEST(FurunoSpokes, StopAtTheCellsThatTheHeadNames) {
  Memory memory;
  EXPECT_THAT(cells_of(frame({{.coded = {8, again(40)}}, {.coded = {12, copied(40)}}}), memory),
              ElementsAre(ElementsAre(8, 8, 8, 8, 8, 8), ElementsAre(12, 8, 8, 8, 8, 8)));
}

TEST(FurunoSpokes, OfAFrameThatEndsEarlyAreAsLongAsWhatIsThere) {
  Memory memory;
  cells_of(frame({{.coded = {40, again(5)}}}), memory);
  auto cut = frame({{.coded = {4, 8, 12, 16, 20, 24}}});
  cut.resize(cut.size() - 4);
  cut[8] = static_cast<std::uint8_t>(cut[8] - 1);
  EXPECT_THAT(cells_of(cut, memory), ElementsAre(ElementsAre(4, 8, 12, 16)));
  EXPECT_EQ(memory.cells[5], 0);  // not what stood there before
}

TEST(FurunoSpokes, EndWhereTheyCopyWhatWasNotReceived) {
  Memory memory;
  EXPECT_THAT(
      cells_of(frame({{.coded = {40, 44, copied(2), again(2)}},
                      {.coded = {copied(1), 48, 52, copied(3)}},
                      {.coded = {copied(4), 56, copied(1)}},
                      {.coded = {copied(5), 60}}}),
               memory),
      ElementsAre(ElementsAre(40, 44), ElementsAre(40, 48, 52), ElementsAre(40, 48, 52), ElementsAre(40, 48, 52)));
  EXPECT_THAT(cells_of(frame({{.coded = {copied(3), 64, copied(2)}}}), memory),
              ElementsAre(ElementsAre(40, 48, 52, 64, 56, 60)));
}

TEST(FurunoSpokes, ThatCopyAllFromALostOneHaveNoCells) {
  Memory memory;
  EXPECT_THAT(cells_of(frame({{.coded = {copied(6)}}, {.coded = {8, again(5)}}, {.coded = {copied(6)}}}), memory),
              ElementsAre(ElementsAre(), ElementsAre(8, 8, 8, 8, 8, 8), ElementsAre(8, 8, 8, 8, 8, 8)));
}

TEST(FurunoSpokes, ThatAreNotThereAreRefusedOnce) {
  Memory memory;
  auto d = frame({{.coded = {8, again(5)}}});
  d[9] = 3 << 1;
  const auto head = read_frame_head(d);
  ASSERT_TRUE(head.has_value());
  SpokeReader reader(d, *head, memory);
  EXPECT_TRUE(reader.next().has_value());
  const auto missing = reader.next();
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().reason, FaultReason::missing_spoke);
  EXPECT_EQ(missing.error().offset, d.size());
  EXPECT_TRUE(reader.at_end());
}

TEST(FurunoSpokes, BecomeRowsOfABlockNorthUpWithHeadingAndHeadUpWithout) {
  Memory memory;
  const auto d = frame({{2048, 1024, {40, again(5)}}});
  const auto head = read_frame_head(d);
  ASSERT_TRUE(head.has_value());
  SpokeReader reader(d, *head, memory);
  const auto spoke = reader.next();
  ASSERT_TRUE(spoke.has_value());
  const Angle width = Angle::from_degrees(0.5);
  SpokeBlock block;
  append_spoke(*head, *spoke, {spoke->heading, width}, from_epoch_seconds(4.0), block);
  EXPECT_EQ(block.reference, BearingReference::true_north);
  EXPECT_NEAR(block.spokes[0].bearing.degrees(), 135.0, 1e-9);
  EXPECT_DOUBLE_EQ(block.spokes[0].cell_size.value(), 1.0);
  EXPECT_EQ(block.spokes[0].width, width);
  EXPECT_TRUE(fits({spoke->heading, width}, block));
  EXPECT_FALSE(fits({std::nullopt, width}, block));
  SpokeBlock head_up;
  append_spoke(*head, *spoke, {std::nullopt, width}, Timestamp{}, head_up);
  EXPECT_EQ(head_up.reference, BearingReference::head_up);
  EXPECT_NEAR(head_up.spokes[0].bearing.degrees(), 90.0, 1e-9);
}

TEST(FurunoFrame, CountsLostFramesThroughTheWrap) {
  EXPECT_EQ(frames_lost(7, 8), 0U);
  EXPECT_EQ(frames_lost(255, 0), 0U);
  EXPECT_EQ(frames_lost(250, 3), 8U);
}

TEST(FurunoFrame, ChangedBytesAreRefusedOrReadWithinTheirBounds) {
  EXPECT_TRUE(rc::check("mutated frames", [] {
    auto d = frame({{5, 6, {40, again(2), 80, again(2)}}, {9, 6, {copied(2), 100, copied(1), again(2)}}},
                   {.coding = *rc::gen::inRange<std::uint8_t>(1, 4)});
    for (int n = *rc::gen::inRange(0, 6); n > 0; --n) {
      d[*rc::gen::inRange<std::size_t>(0, d.size())] = *rc::gen::arbitrary<std::uint8_t>();
    }
    const auto head = read_frame_head(d);
    if (!head) {
      RC_ASSERT(head.error().offset <= d.size());
      return;
    }
    Memory memory;
    SpokeBlock block;
    std::size_t spokes = 0;
    for (SpokeReader reader(d, *head, memory); !reader.at_end(); ++spokes) {
      const auto spoke = reader.next();
      if (!spoke) continue;
      RC_ASSERT(spoke->cells.size() <= head->cells);
      append_spoke(*head, *spoke, {spoke->heading, Angle::from_degrees(0.5)}, Timestamp{}, block);
    }
    RC_ASSERT(spokes <= head->spokes);
  }));
}

}  // namespace
}  // namespace headland::furuno
