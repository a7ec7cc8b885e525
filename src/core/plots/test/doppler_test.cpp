// SPDX-License-Identifier: Apache-2.0
// Marks of a radar with Doppler, from cells to plots.
#include <vector>

#include <gtest/gtest.h>

#include "core/plots/plot_extractor.hpp"
#include "core/video/azimuth_clock.hpp"

namespace headland::plots {
namespace {

constexpr std::uint32_t spokes = 40;
constexpr std::uint32_t cells = 128;

// A sector of half-degree spokes with one echo: spokes 10 to 14, cells 50 to 55.
HitBlock echo() {
  HitBlock block;
  block.stride = padded_cells(cells);
  block.levels.assign(std::size_t{spokes} * block.stride, 0);
  block.thresholds.assign(block.levels.size(), 100);
  block.bits.assign(block.levels.size() / 64, 0);
  for (std::uint32_t i = 0; i < spokes; ++i) {
    HitSpoke spoke;
    spoke.position = (2 * i + 1) * positions_per_turn / 1440;
    spoke.bearing = bearing_of(spoke.position);
    spoke.width = Angle::from_degrees(0.5);
    spoke.time = from_epoch_seconds(100.0 + 2.5 * i / 720.0);
    spoke.cell_size = Metres(10.0);
    spoke.cell_count = cells;
    spoke.row = i;
    block.spokes.push_back(spoke);
    for (std::uint32_t k = 50; i >= 10 && i < 15 && k < 56; ++k) {
      block.levels[i * block.stride + k] = 200;
      block.bits[i * (block.stride / 64) + k / 64] |= std::uint64_t{1} << (k % 64);
    }
  }
  return block;
}
// Every spoke has Doppler; `count` cells of one, from `cell` on, are marked.
void mark(HitBlock& block, std::uint32_t spoke, std::uint32_t cell, std::uint32_t count, DopplerCell what) {
  block.doppler.resize(block.levels.size());
  for (auto& s : block.spokes) s.has_doppler = true;
  for (std::uint32_t k = cell; k < cell + count; ++k) {
    block.doppler[spoke * block.stride + k] = static_cast<std::uint8_t>(what);
  }
}
std::vector<Plot> plots_of(const HitBlock& block) {
  PlotExtractor extractor({});
  std::vector<PlotSector> sectors;
  extractor.process(block, sectors);
  extractor.finish(sectors);
  std::vector<Plot> plots;
  for (const auto& s : sectors) plots.insert(plots.end(), s.plots.begin(), s.plots.end());
  return plots;
}

TEST(DopplerOfPlots, most_of_the_marked_cells_decide) {
  for (const auto what : {DopplerCell::approaching, DopplerCell::receding}) {
    auto block = echo();
    for (std::uint32_t s = 10; s < 15; ++s) mark(block, s, 51, 4, what);
    mark(block, 12, 50, 1, what == DopplerCell::receding ? DopplerCell::approaching : DopplerCell::receding);
    const auto plots = plots_of(block);
    ASSERT_EQ(plots.size(), 1U);
    EXPECT_EQ(plots[0].doppler, what);
  }
}

TEST(DopplerOfPlots, few_marks_and_as_many_of_both_say_nothing) {
  auto few = echo();
  mark(few, 12, 51, 3, DopplerCell::approaching);
  ASSERT_EQ(plots_of(few).size(), 1U);
  EXPECT_EQ(plots_of(few)[0].doppler, DopplerCell::none);
  auto both = echo();
  for (std::uint32_t s = 10; s < 14; ++s) {
    mark(both, s, 50, 6, s < 12 ? DopplerCell::approaching : DopplerCell::receding);
  }
  EXPECT_EQ(plots_of(both)[0].doppler, DopplerCell::none);
}

TEST(DopplerOfPlots, marks_beside_the_echo_do_not_count) {
  auto block = echo();
  for (std::uint32_t s = 0; s < spokes; ++s) mark(block, s, 60, 40, DopplerCell::approaching);
  EXPECT_EQ(plots_of(block)[0].doppler, DopplerCell::none);
}

TEST(DopplerOfPlots, a_radar_without_doppler_gives_plots_without) {
  const auto plots = plots_of(echo());
  ASSERT_EQ(plots.size(), 1U);
  EXPECT_FALSE(plots[0].doppler);
}

}  // namespace
}  // namespace headland::plots
