// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/radar/video_grid.hpp"

#include <set>

#include <gtest/gtest.h>

namespace headland::station {
namespace {

SpokeBlock turn_of(std::uint32_t spokes, std::uint32_t cells, double first_deg = 0.0) {
  SpokeBlock block;
  block.sensor = SensorId(1);
  for (std::uint32_t i = 0; i < spokes; ++i) {
    SpokeInfo s;
    s.time = from_epoch_seconds(1000.0 + 2.5 * i / spokes);
    s.bearing = Bearing::from_degrees(first_deg + 360.0 * i / spokes);
    s.width = Angle::from_degrees(360.0 / spokes);
    s.cell_size = Metres(10.0);
    s.cell_count = cells;
    s.first_sample = i * cells;
    block.spokes.push_back(s);
  }
  block.samples.assign(static_cast<std::size_t>(spokes) * cells, 0);
  return block;
}

std::vector<VideoBatch> run(const SpokeBlock& block) {
  VideoGrid grid;
  std::vector<VideoBatch> out;
  grid.process(block, out);
  grid.flush(out);
  return out;
}

std::size_t azimuths_covered(const std::vector<VideoBatch>& batches) {
  std::set<std::uint32_t> seen;
  for (const auto& b : batches) {
    for (std::uint32_t i = 0; i < b.spokes; ++i) seen.insert((b.first_azimuth + i) % b.azimuths_per_turn);
  }
  return seen.size();
}

TEST(VideoGrid, a_turn_of_any_radar_leaves_no_hole) {
  for (const std::uint32_t spokes : {250U, 720U, 1440U, 2011U, 2048U, 4096U, 8192U}) {
    const auto batches = run(turn_of(spokes, 64, 3.0));
    ASSERT_FALSE(batches.empty());
    EXPECT_EQ(azimuths_covered(batches), batches[0].azimuths_per_turn) << spokes;
  }
}

TEST(VideoGrid, one_bright_cell_survives_the_joining_of_cells_and_spokes) {
  auto block = turn_of(8192, 5000);
  block.samples[4001UL * 5000 + 3333] = 200;
  int bright = 0;
  for (const auto& b : run(block)) {
    EXPECT_EQ(b.cells, 1000);
    EXPECT_DOUBLE_EQ(b.cell_size.value(), 50.0);
    for (std::size_t i = 0; i < b.amplitudes.size(); ++i) {
      if (b.amplitudes[i] == 0) continue;
      ++bright;
      EXPECT_EQ(b.amplitudes[i], 200);
      EXPECT_EQ(i % b.cells, 3333U / 5);
      EXPECT_NEAR(static_cast<double>((b.first_azimuth + i / b.cells) % 2048), 4001.0 / 4, 1.0);
    }
  }
  EXPECT_EQ(bright, 1);
}

TEST(VideoGrid, a_new_range_begins_a_new_batch) {
  auto block = turn_of(2048, 8);
  for (std::size_t i = 1000; i < 2048; ++i) block.spokes[i].cell_size = Metres(20.0);
  for (const auto& b : run(block)) {
    const bool before = (b.first_azimuth + b.spokes - 1) % 2048 <= 1000;  // its last row
    EXPECT_DOUBLE_EQ(b.cell_size.value(), before ? 10.0 : 20.0);
  }
}

}  // namespace
}  // namespace headland::station
