// SPDX-License-Identifier: Apache-2.0
// Echoes below their threshold, where the radar cut off the noise; and strengths of video proportional to power.
#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "core/plots/plot_extractor.hpp"
#include "core/video/azimuth_clock.hpp"

namespace headland::plots {
namespace {

constexpr std::uint32_t spokes_per_turn = 720;
constexpr std::uint32_t cells = 640;

// 200 spokes of half a degree with cells of 10 m and thresholds of 100.
HitBlock blank() {
  HitBlock block;
  block.sensor = SensorId(3);
  block.stride = padded_cells(cells);
  block.levels.assign(200 * std::size_t{block.stride}, 0);
  block.thresholds.assign(block.levels.size(), 100);
  block.bits.assign(block.levels.size() / 64, 0);
  for (std::uint32_t i = 0; i < 200; ++i) {
    HitSpoke spoke;
    spoke.position = (2 * std::int64_t{i} + 1) * positions_per_turn / (2 * spokes_per_turn);
    spoke.bearing = bearing_of(spoke.position);
    spoke.width = Angle::from_degrees(360.0 / spokes_per_turn);
    spoke.time = from_epoch_seconds(100.0 + 2.5 * i / spokes_per_turn);
    spoke.cell_size = Metres(10.0);
    spoke.cell_count = cells;
    spoke.row = i;
    block.spokes.push_back(spoke);
  }
  return block;
}

void mark(AlignedVector<std::uint64_t>& bits, const HitBlock& block, std::size_t spoke, std::uint32_t cell) {
  bits[spoke * (block.stride / 64) + cell / 64] |= std::uint64_t{1} << (cell % 64);
}

void box(HitBlock& block, std::size_t spoke, std::uint32_t cell, std::size_t spokes, std::uint32_t length) {
  for (std::size_t s = spoke; s < spoke + spokes; ++s) {
    for (std::uint32_t k = cell; k < cell + length; ++k) {
      block.levels[s * block.stride + k] = 200;
      mark(block.bits, block, s, k);
    }
  }
}

void weak_box(HitBlock& block, std::size_t spoke, std::uint32_t cell, std::size_t spokes, std::uint32_t length) {
  if (block.weak_bits.empty()) block.weak_bits = block.bits;
  for (std::size_t s = spoke; s < spoke + spokes; ++s) {
    for (std::uint32_t k = cell; k < cell + length; ++k) {
      auto& level = block.levels[s * block.stride + k];
      level = std::max<std::uint8_t>(level, 40);
      mark(block.weak_bits, block, s, k);
    }
  }
}

std::vector<Plot> plots_of(const HitBlock& block) {
  PlotExtractor extractor({});
  std::vector<PlotSector> sectors;
  extractor.process(block, sectors);
  extractor.finish(sectors);
  std::vector<Plot> plots;
  for (const PlotSector& sector : sectors) plots.insert(plots.end(), sector.plots.begin(), sector.plots.end());
  return plots;
}

TEST(WeakEchoes, by_themselves_give_plots) {
  HitBlock block = blank();
  weak_box(block, 100, 300, 3, 4);
  const auto plots = plots_of(block);
  ASSERT_EQ(plots.size(), 1U);
  EXPECT_NEAR(plots[0].range.value(), 3020.0, 0.1);
  EXPECT_EQ(plots[0].strength.value(), 0.0);
}

TEST(WeakEchoes, that_are_the_fringe_of_a_strong_one_change_nothing) {
  HitBlock block = blank();
  box(block, 100, 300, 4, 5);
  box(block, 100, 312, 4, 5);  // a second vessel, whose fringe touches that of the first
  const auto before = plots_of(block);
  weak_box(block, 96, 295, 12, 30);
  const auto after = plots_of(block);
  ASSERT_EQ(before.size(), 2U);
  ASSERT_EQ(after.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(after[i].range, before[i].range);
    EXPECT_EQ(after[i].bearing.radians(), before[i].bearing.radians());
    EXPECT_EQ(after[i].cell_count, before[i].cell_count);
  }
}

TEST(WeakEchoes, that_are_large_or_smaller_than_a_point_are_no_plots) {
  HitBlock large = blank();
  weak_box(large, 100, 200, 3, 200);  // 2 km
  EXPECT_TRUE(plots_of(large).empty());
  // A point fills 4 spokes by 4 cells of 3 m.
  HitBlock small = blank();
  for (HitSpoke& spoke : small.spokes) spoke.cell_size = Metres(3.0);
  weak_box(small, 100, 300, 2, 2);
  EXPECT_TRUE(plots_of(small).empty());
  weak_box(small, 100, 300, 2, 3);
  EXPECT_EQ(plots_of(small).size(), 1U);
}

TEST(WeakEchoes, strengths_of_video_that_is_proportional_to_power_are_decibels_of_power) {
  HitBlock block = blank();
  box(block, 100, 300, 3, 4);
  const auto amplitude = plots_of(block);
  for (HitSpoke& spoke : block.spokes) spoke.is_square_law = true;
  const auto power = plots_of(block);
  ASSERT_EQ(power.size(), 1U);
  EXPECT_NEAR(power[0].strength.value(), 10.0 * std::log10(2.0), 1e-9);
  EXPECT_NEAR(amplitude[0].strength.value(), 20.0 * std::log10(2.0), 1e-9);
}

}  // namespace
}  // namespace headland::plots
