// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/radar/navico_source.hpp"

#include <gtest/gtest.h>

namespace headland::station {
namespace {

// A 4G frame of `count` spokes from counter and angle on, range 1024 m, true heading 90 deg.
std::vector<std::uint8_t> frame(std::uint16_t counter, std::uint16_t angle, std::uint8_t count = 32) {
  std::vector<std::uint8_t> out{1, 0, 0, 0, 0, count, 0, 2};
  for (std::uint16_t i = 0; i < count; ++i) {
    const auto c = static_cast<std::uint16_t>((counter + i) % 4096);
    const auto a = static_cast<std::uint16_t>((angle + 2 * i) % 4096);
    const std::uint8_t head[24] = {
        24,   2,   static_cast<std::uint8_t>(c), static_cast<std::uint8_t>(c >> 8), 0,    0x44,
        16,   0,   static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(a >> 8), 0x00, 0x44,
        0x00, 0x80};
    out.insert(out.end(), head, head + 24);
    out.insert(out.end(), 512, 0x0F);
  }
  return out;
}

const Timestamp start = from_epoch_seconds(1'700'000'000.0);

TEST(NavicoSource, spokes_are_spread_evenly_back_to_the_last_frame) {
  NavicoSource source({.sensor = SensorId(2), .protocol = "navico"});
  std::vector<SpokeBlock> blocks;
  source.process(start, frame(0, 0), blocks);
  source.process(start + std::chrono::milliseconds(32), frame(32, 64), blocks);
  source.flush(blocks);
  std::vector<SpokeInfo> spokes;
  for (const auto& b : blocks) spokes.insert(spokes.end(), b.spokes.begin(), b.spokes.end());
  ASSERT_EQ(spokes.size(), 64U);
  EXPECT_EQ(spokes[63].time, start + std::chrono::milliseconds(32));
  EXPECT_EQ(spokes[32].time, start + std::chrono::milliseconds(1));
  EXPECT_EQ(blocks[0].reference, BearingReference::true_north);
  EXPECT_NEAR(spokes[0].bearing.degrees(), 90.0, 0.2);
  EXPECT_EQ(source.counters().gaps, 0U);
}

TEST(NavicoSource, a_jump_of_the_counter_is_a_gap) {
  NavicoSource source({.sensor = SensorId(2), .protocol = "navico"});
  std::vector<SpokeBlock> blocks;
  source.process(start, frame(4090, 0), blocks);  // wraps
  source.process(start + std::chrono::milliseconds(100), frame(74, 200), blocks);
  source.flush(blocks);
  EXPECT_EQ(source.counters().lost_spokes, 48U);
  EXPECT_EQ(source.counters().gaps, 1U);
}

std::size_t spokes_in(const std::vector<SpokeBlock>& blocks) {
  std::size_t spokes = 0;
  for (const SpokeBlock& block : blocks) spokes += block.spokes.size();
  return spokes;
}

TEST(NavicoSource, frames_that_come_twice_or_late_are_no_loss_of_almost_all_numbers) {
  NavicoSource source({.sensor = SensorId(2), .protocol = "navico"});
  std::vector<SpokeBlock> blocks;
  Timestamp time = start;
  for (const int counter : {4064, 0, 0, 64, 32, 96, 96, 128}) {
    const auto number = static_cast<std::uint16_t>(counter);
    source.process(time += std::chrono::milliseconds(10), frame(number, number), blocks);
  }
  source.flush(blocks);
  // What came late had been taken for lost.
  EXPECT_EQ(source.counters().lost_spokes, 32U);
  EXPECT_EQ(source.counters().gaps, 1U);
  EXPECT_EQ(source.counters().rejected.at("repeated"), 3U * 32U);
  EXPECT_EQ(spokes_in(blocks), 5U * 32U);
}

TEST(NavicoSource, a_radar_that_counts_anew_is_heard) {
  NavicoSource source({.sensor = SensorId(2), .protocol = "navico"});
  std::vector<SpokeBlock> blocks;
  source.process(start, frame(64, 128), blocks);
  for (std::uint16_t i = 0; i < 4; ++i) {  // switched off and on
    const auto counter = static_cast<std::uint16_t>(64 + 32 * i);
    source.process(start + std::chrono::seconds(60) + std::chrono::milliseconds(30 * i), frame(counter, 128), blocks);
  }
  source.flush(blocks);
  EXPECT_EQ(spokes_in(blocks), 5U * 32U);
}

// The same frame, without heading.
std::vector<std::uint8_t> without_heading(std::vector<std::uint8_t> frame) {
  for (std::size_t at = 8; at < frame.size(); at += 536) frame[at + 10] = 0, frame[at + 11] = 0x80;
  return frame;
}

TEST(NavicoSource, a_heading_that_flickers_keeps_its_reference) {
  NavicoSource source({.sensor = SensorId(2), .protocol = "navico"});
  std::vector<SpokeBlock> blocks;
  for (int i = 0; i < 100; ++i) {
    const auto counter = static_cast<std::uint16_t>(32 * i % 4096);
    const auto all = frame(counter, static_cast<std::uint16_t>(64 * i % 4096));
    source.process(start + std::chrono::milliseconds(40 * i), i % 3 == 1 ? without_heading(all) : all, blocks);
  }
  source.flush(blocks);
  ASSERT_EQ(spokes_in(blocks), 3200U);
  for (const SpokeBlock& block : blocks) ASSERT_EQ(block.reference, BearingReference::true_north);
}

TEST(NavicoSource, a_heading_that_is_gone_for_seconds_is_given_up_once) {
  NavicoSource source({.sensor = SensorId(2), .protocol = "navico"});
  std::vector<SpokeBlock> blocks;
  for (int i = 0; i < 300; ++i) {
    const auto counter = static_cast<std::uint16_t>(32 * i % 4096);
    const auto all = frame(counter, static_cast<std::uint16_t>(64 * i % 4096));
    source.process(start + std::chrono::milliseconds(40 * i), i >= 100 ? without_heading(all) : all, blocks);
  }
  source.flush(blocks);
  int changes = 0;
  for (std::size_t i = 1; i < blocks.size(); ++i) changes += blocks[i].reference != blocks[i - 1].reference ? 1 : 0;
  EXPECT_EQ(changes, 1);
  EXPECT_EQ(blocks.back().reference, BearingReference::head_up);
  EXPECT_NEAR(blocks.back().spokes.back().bearing.degrees(), 360.0 / 4096 * ((64 * 299 + 62) % 4096), 1e-6);
}

TEST(NavicoSource, the_configured_reference_wins) {
  NavicoSource source({.sensor = SensorId(2), .protocol = "navico", .reference = BearingReference::head_up});
  std::vector<SpokeBlock> blocks;
  source.process(start, frame(0, 0), blocks);
  source.flush(blocks);
  ASSERT_FALSE(blocks.empty());
  EXPECT_EQ(blocks[0].reference, BearingReference::head_up);
}

TEST(NavicoSource, foreign_and_cut_datagrams_are_counted) {
  NavicoSource source({.sensor = SensorId(2), .protocol = "navico"});
  std::vector<SpokeBlock> blocks;
  auto cut = frame(0, 0);
  cut.resize(1000);
  source.process(start, cut, blocks);
  const std::vector<std::uint8_t> other{'h', 'e', 'l', 'l', 'o'};
  source.process(start, other, blocks);
  std::uint64_t rejected = 0;
  for (const auto& [reason, n] : source.counters().rejected) rejected += n;
  EXPECT_GE(rejected, 2U);
}

}  // namespace
}  // namespace headland::station
