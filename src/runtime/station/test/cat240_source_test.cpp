// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/radar/cat240_source.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "codec/asterix/cat240.hpp"

namespace headland::station {
namespace {

std::vector<std::uint8_t> message(std::uint32_t sequence, std::uint16_t azimuth, std::uint16_t width = 32,
                                  std::optional<std::uint32_t> time_of_day = std::nullopt) {
  static const std::vector<std::uint8_t> cells(100, 7);
  asterix::Cat240Video video;
  video.sequence = sequence;
  video.start_azimuth = azimuth;
  video.end_azimuth = static_cast<std::uint16_t>(azimuth + width);
  video.cell_duration_fs = 66'666'667;
  video.cell_count = 100;
  video.cells = cells;
  video.time_of_day = time_of_day;
  std::vector<std::uint8_t> out;
  EXPECT_TRUE(asterix::encode_video(video, asterix::CellDurationItem::femto, out));
  return out;
}

const Timestamp start = from_epoch_seconds(1'700'000'000.0);

TEST(Cat240Source, spokes_gather_in_blocks) {
  Cat240Source source({.sensor = SensorId(3)});
  std::vector<SpokeBlock> blocks;
  for (std::uint32_t i = 0; i < 100; ++i) {
    source.process(start + std::chrono::microseconds(1000 * i), message(i, static_cast<std::uint16_t>(32 * i)), blocks);
  }
  source.flush(blocks);
  std::size_t spokes = 0;
  for (const auto& b : blocks) {
    EXPECT_EQ(b.sensor, SensorId(3));
    EXPECT_LE(b.spokes.size(), 32U);
    EXPECT_EQ(b.samples.size(), b.spokes.size() * 100);
    EXPECT_FALSE(b.gap_before);
    spokes += b.spokes.size();
  }
  EXPECT_EQ(spokes, 100U);
}

TEST(Cat240Source, a_jump_of_the_counter_is_a_gap_before_the_next_block) {
  Cat240Source source({.sensor = SensorId(1)});
  std::vector<SpokeBlock> blocks;
  source.process(start, message(1, 0), blocks);
  source.process(start, message(6, 160), blocks);
  source.flush(blocks);
  ASSERT_EQ(blocks.size(), 2U);
  ASSERT_TRUE(blocks[1].gap_before);
  EXPECT_EQ(blocks[1].gap_before->spokes, 4U);
  EXPECT_EQ(blocks[1].gap_before->reason, GapReason::lost_on_wire);
  EXPECT_EQ(source.counters().gaps, 1U);
}

TEST(Cat240Source, what_we_shed_is_told_as_such) {
  Cat240Source source({.sensor = SensorId(1)});
  std::vector<SpokeBlock> blocks;
  source.process(start, message(1, 0), blocks);
  source.note_gap({4, GapReason::shed_on_overload});
  source.process(start, message(6, 160), blocks);
  source.flush(blocks);
  ASSERT_EQ(blocks.size(), 2U);
  EXPECT_EQ(blocks[1].gap_before->reason, GapReason::shed_on_overload);
  EXPECT_EQ(blocks[1].gap_before->spokes, 4U);
}

TEST(Cat240Source, a_spoke_without_width_takes_the_step) {
  Cat240Source source({.sensor = SensorId(1)});
  std::vector<SpokeBlock> blocks;
  source.process(start, message(1, 0, 0), blocks);
  source.process(start, message(2, 64, 0), blocks);
  source.flush(blocks);
  ASSERT_EQ(blocks.size(), 1U);
  EXPECT_NEAR(blocks[0].spokes[1].width.degrees(), 64 * 360.0 / 65536, 1e-9);
}

TEST(Cat240Source, a_wrong_radar_clock_is_not_believed) {
  Cat240Source source({.sensor = SensorId(1)});
  std::vector<SpokeBlock> blocks;
  const std::uint32_t right = asterix::time_of_day_of(start);
  source.process(start + std::chrono::milliseconds(300), message(1, 0, 32, right), blocks);
  source.process(start, message(2, 32, 32, right + 128 * 60), blocks);
  source.flush(blocks);
  ASSERT_EQ(blocks.size(), 1U);
  ASSERT_EQ(blocks[0].spokes.size(), 2U);
  EXPECT_NEAR(epoch_seconds(blocks[0].spokes[0].time), epoch_seconds(start), 0.01);
  EXPECT_EQ(blocks[0].spokes[1].time, start);
  EXPECT_EQ(source.counters().rejected.at("time-of-day-off"), 1U);
}

TEST(Cat240Source, other_bytes_are_counted_by_reason) {
  Cat240Source source({.sensor = SensorId(1)});
  std::vector<SpokeBlock> blocks;
  const std::vector<std::uint8_t> other{48, 0, 4, 0};
  source.process(start, other, blocks);
  source.process(start, {}, blocks);
  const std::vector<std::uint8_t> cut{240, 1};
  source.process(start, cut, blocks);
  EXPECT_TRUE(blocks.empty());
  EXPECT_EQ(source.counters().rejected.at("wrong-category"), 1U);
  EXPECT_EQ(source.counters().rejected.at("truncated-block"), 1U);
}

// One spoke of 300 cells in messages of 100, as radars send that have long ones.
struct Part {
  std::uint32_t sequence = 0;
  std::uint16_t azimuth = 0;
  std::uint32_t number = 0;  // 0, 1, 2 outwards
  std::uint16_t width = 32;
};
std::vector<std::uint8_t> part_of_spoke(const Part& part) {
  const std::vector<std::uint8_t> cells(100, static_cast<std::uint8_t>(10 * (part.number + 1)));
  asterix::Cat240Video video;
  video.sequence = part.sequence;
  video.start_azimuth = part.azimuth;
  video.end_azimuth = static_cast<std::uint16_t>(part.azimuth + part.width);
  video.start_cell = 100 * part.number;
  video.cell_duration_fs = 66'666'667;
  video.cell_count = 100;
  video.cells = cells;
  std::vector<std::uint8_t> out;
  EXPECT_TRUE(asterix::encode_video(video, asterix::CellDurationItem::femto, out));
  return out;
}

std::vector<SpokeInfo> spokes_of(const std::vector<SpokeBlock>& blocks) {
  std::vector<SpokeInfo> out;
  for (const SpokeBlock& block : blocks) out.insert(out.end(), block.spokes.begin(), block.spokes.end());
  return out;
}

TEST(Cat240Source, parts_of_a_spoke_are_joined_whatever_is_corrected_of_it) {
  for (const std::uint16_t width : {std::uint16_t{32}, std::uint16_t{0}}) {
    RadarDecoderConfig config;
    config.bearing_offset = Angle::from_degrees(12.5);
    config.range_offset = Metres(-30.0);
    Cat240Source source(config);
    std::vector<SpokeBlock> blocks;
    std::uint32_t sequence = 0;
    for (std::uint16_t spoke = 0; spoke < 50; ++spoke) {
      for (std::uint32_t number = 0; number < 3; ++number) {
        const auto azimuth = static_cast<std::uint16_t>(32 * spoke);
        source.process(start, part_of_spoke({sequence++, azimuth, number, width}), blocks);
      }
    }
    source.flush(blocks);
    const auto spokes = spokes_of(blocks);
    ASSERT_EQ(spokes.size(), 50U) << width;
    for (std::size_t i = 0; i < spokes.size(); ++i) {
      EXPECT_EQ(spokes[i].cell_count, 300U);
      EXPECT_NEAR(spokes[i].range_start.value(), -30.0, 1e-9);
      const double middle = (32.0 * static_cast<double>(i) + 0.5 * width) * 360.0 / 65536;
      EXPECT_NEAR(spokes[i].bearing.degrees(), middle + 12.5, 1e-9);
    }
  }
}

TEST(Cat240Source, what_is_left_of_a_spoke_whose_beginning_was_lost_is_no_spoke) {
  Cat240Source source({.sensor = SensorId(1)});
  std::vector<SpokeBlock> blocks;
  std::uint32_t sequence = 0;
  for (std::uint16_t spoke = 0; spoke < 50; ++spoke) {
    for (std::uint32_t number = 0; number < 3; ++number) {
      const auto azimuth = static_cast<std::uint16_t>(32 * spoke);
      const auto message = part_of_spoke({sequence++, azimuth, number});
      const bool lost = (spoke == 20 && number == 0) || (spoke == 30 && number == 1) || (spoke == 40 && number == 2);
      if (!lost) source.process(start, message, blocks);
    }
  }
  source.flush(blocks);
  const auto spokes = spokes_of(blocks);
  EXPECT_EQ(spokes.size(), 49U);
  for (const SpokeInfo& spoke : spokes) EXPECT_EQ(spoke.range_start.value(), 0.0);
  EXPECT_EQ(source.counters().gaps, 3U);
  EXPECT_EQ(source.counters().rejected.at("beginning-lost"), 3U);
}

TEST(Cat240Source, a_message_that_comes_twice_is_taken_once) {
  Cat240Source source({.sensor = SensorId(1)});
  std::vector<SpokeBlock> blocks;
  for (std::uint32_t i = 0; i < 100; ++i) {
    for (int twice = 0; twice < 2; ++twice) {
      source.process(start, message(i, static_cast<std::uint16_t>(32 * i)), blocks);
    }
  }
  source.flush(blocks);
  EXPECT_EQ(spokes_of(blocks).size(), 100U);
  EXPECT_EQ(source.counters().rejected.at("repeated"), 100U);
  EXPECT_EQ(source.counters().gaps, 0U);
  // A radar that never counts sends other azimuths.
  Cat240Source uncounted({.sensor = SensorId(1)});
  blocks.clear();
  for (std::uint32_t i = 0; i < 100; ++i)
    uncounted.process(start, message(0, static_cast<std::uint16_t>(32 * i)), blocks);
  uncounted.flush(blocks);
  EXPECT_EQ(spokes_of(blocks).size(), 100U);
}

// A clock that nobody sets drifts through the limit for minutes, while the network delays each message a little
// otherwise: times that leap to and fro are turns of the antenna that never were.
TEST(Cat240Source, a_clock_about_as_wrong_as_is_believed_does_not_come_and_go) {
  Cat240Source source({.sensor = SensorId(1)});
  std::vector<SpokeBlock> blocks;
  const std::uint32_t right = asterix::time_of_day_of(start);
  std::uint32_t sequence = 0;
  for (int i = 0; i < 400; ++i) {
    const auto received = start + std::chrono::milliseconds(10 * i);
    const int off_128ths = i < 100 ? 250 : 256 + (i % 3 == 0 ? 4 : -4);  // two seconds
    const std::uint32_t own = right + static_cast<std::uint32_t>(128 * 10 * i / 1000 + off_128ths);
    source.process(received, message(sequence++, static_cast<std::uint16_t>(32 * i), 32, own), blocks);
  }
  source.flush(blocks);
  int leaps = 0;
  const auto spokes = spokes_of(blocks);
  ASSERT_EQ(spokes.size(), 400U);
  for (std::size_t i = 1; i < spokes.size(); ++i) {
    const double step = to_seconds(spokes[i].time - spokes[i - 1].time).value();
    leaps += std::abs(step) > 1.0 ? 1 : 0;
  }
  EXPECT_LE(leaps, 1);
}

}  // namespace
}  // namespace headland::station
