// SPDX-License-Identifier: Apache-2.0
// Echoes below the threshold, where the radar cut the noise off, and what levels mean.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "core/plots/test/drawing.hpp"

namespace headland::plots {
namespace {

// Cells below their threshold, where the radar cut off the noise.
void weak_box(HitBlock& block, std::size_t spoke, std::uint32_t cell, std::size_t spokes, std::uint32_t length) {
  if (block.weak_bits.empty()) block.weak_bits = block.bits;
  for (std::size_t s = spoke; s < spoke + spokes; ++s) {
    for (std::uint32_t k = cell; k < cell + length; ++k) {
      auto& level = block.levels[s * block.stride + k];
      level = std::max<std::uint8_t>(level, 40);
      block.weak_bits[s * (block.stride / 64) + k / 64] |= std::uint64_t{1} << (k % 64);
    }
  }
}

TEST(WeakEchoes, a_weak_echo_by_itself_gives_a_plot) {
  Drawing drawing(200);
  weak_box(drawing.block(), 100, 300, 3, 4);
  const auto plots = plots_of(extract(drawing));
  ASSERT_EQ(plots.size(), 1U);
  EXPECT_NEAR(plots[0].range.value(), 3020.0, 0.1);
  EXPECT_EQ(plots[0].strength.value(), 0.0);
}

TEST(WeakEchoes, the_weak_fringe_of_an_echo_changes_nothing) {
  Drawing drawing(200);
  drawing.box(100, 300, 4, 5);
  drawing.box(100, 312, 4, 5);  // a second vessel, whose fringe touches that of the first
  const auto before = plots_of(extract(drawing));
  weak_box(drawing.block(), 96, 295, 12, 30);
  const auto after = plots_of(extract(drawing));
  ASSERT_EQ(before.size(), 2U);
  ASSERT_EQ(after.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(after[i].range, before[i].range);
    EXPECT_EQ(after[i].bearing.radians(), before[i].bearing.radians());
    EXPECT_EQ(after[i].cell_count, before[i].cell_count);
  }
}

TEST(WeakEchoes, weak_echoes_that_are_large_are_no_plots) {
  Drawing drawing(200);
  weak_box(drawing.block(), 100, 200, 3, 200);  // 2 km
  EXPECT_TRUE(plots_of(extract(drawing)).empty());
}

TEST(WeakEchoes, strengths_of_video_that_is_proportional_to_power_are_decibels_of_power) {
  Drawing drawing(200);
  drawing.box(100, 300, 3, 4);
  const auto amplitude = plots_of(extract(drawing));
  drawing.block().is_square_law = true;
  const auto power = plots_of(extract(drawing));
  ASSERT_EQ(power.size(), 1U);
  EXPECT_NEAR(power[0].strength.value(), 10.0 * std::log10(2.0), 1e-9);
  EXPECT_NEAR(amplitude[0].strength.value(), 20.0 * std::log10(2.0), 1e-9);
}

}  // namespace
}  // namespace headland::plots
