// SPDX-License-Identifier: Apache-2.0
#include "core/plots/plot_extractor.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/random.hpp"
#include "core/video/azimuth_clock.hpp"

namespace headland::plots {
namespace {

constexpr std::uint32_t spokes_per_turn = 720;
constexpr std::uint32_t cells = 640;
constexpr double cell_m = 10.0;

// Hits drawn by hand: spokes of half a degree, 2.5 s a turn, cells of 10 m.
class Drawing {
 public:
  explicit Drawing(std::int64_t spokes, std::int64_t first = 0) : first_(first) {
    block_.sensor = SensorId(3);
    block_.stride = padded_cells(cells);
    const auto n = static_cast<std::size_t>(spokes);
    block_.levels.assign(n * block_.stride, 0);
    block_.thresholds.assign(n * block_.stride, 100);
    block_.bits.assign(n * block_.stride / 64, 0);
    for (std::int64_t i = 0; i < spokes; ++i) {
      HitSpoke spoke;
      spoke.position = (2 * (first + i) + 1) * positions_per_turn / (2 * spokes_per_turn);
      spoke.bearing = bearing_of(spoke.position);
      spoke.width = Angle::from_degrees(360.0 / spokes_per_turn);
      spoke.time = from_epoch_seconds(100.0 + 2.5 * static_cast<double>(first + i) / spokes_per_turn);
      spoke.cell_size = Metres(cell_m);
      spoke.cell_count = cells;
      spoke.row = static_cast<std::uint32_t>(i);
      block_.spokes.push_back(spoke);
    }
  }

  void dot(std::int64_t spoke, std::uint32_t cell, std::uint8_t level = 200) {
    const auto row = static_cast<std::size_t>(spoke - first_);
    block_.levels[row * block_.stride + cell] = level;
    block_.bits[row * (block_.stride / 64) + cell / 64] |= std::uint64_t{1} << (cell % 64);
  }
  void box(std::int64_t spoke, std::uint32_t cell, std::int64_t spokes, std::uint32_t length) {
    for (std::int64_t s = spoke; s < spoke + spokes; ++s) {
      for (std::uint32_t k = cell; k < cell + length; ++k) dot(s, k);
    }
  }
  void lose(std::int64_t spoke, std::int64_t count) {
    std::erase_if(block_.spokes, [&](const HitSpoke& s) {
      const std::int64_t index = first_ + s.row;
      return index >= spoke && index < spoke + count;
    });
  }
  [[nodiscard]] HitBlock& block() { return block_; }

 private:
  std::int64_t first_;
  HitBlock block_;
};

Config small_config() {
  Config config;
  config.minimum_cells = 1;
  config.minimum_spokes = 1;
  config.run_ratio = 0;
  return config;
}

std::vector<PlotSector> extract(Drawing& drawing, const Config& config = small_config()) {
  PlotExtractor extractor(config);
  std::vector<PlotSector> sectors;
  extractor.process(drawing.block(), sectors);
  extractor.finish(sectors);
  return sectors;
}

std::vector<Plot> plots_of(const std::vector<PlotSector>& sectors) {
  std::vector<Plot> all;
  for (const PlotSector& sector : sectors) all.insert(all.end(), sector.plots.begin(), sector.plots.end());
  return all;
}

TEST(PlotExtractor, measures_a_block_of_cells) {
  Drawing drawing(720);
  drawing.box(180, 300, 5, 4);  // 90.0 to 92.5 deg, 3000 to 3040 m
  const auto plots = plots_of(extract(drawing));
  ASSERT_EQ(plots.size(), 1U);
  const Plot& plot = plots[0];
  EXPECT_NEAR(plot.range.value(), 3020.0, 1e-6);
  EXPECT_NEAR(plot.bearing.degrees(), 91.25, 1e-4);
  EXPECT_NEAR(plot.range_extent.value(), 40.0, 1e-6);
  EXPECT_NEAR(to_degrees(plot.bearing_extent), 2.5, 1e-4);
  EXPECT_NEAR(plot.strength.value(), 20.0 * std::log10(2.0), 1e-9);
  EXPECT_EQ(plot.cell_count, 20U);
  EXPECT_NEAR(epoch_seconds(plot.time), 100.0 + 2.5 * 182.0 / 720.0, 1e-4);
}

TEST(PlotExtractor, weights_the_centroid_by_level) {
  Drawing drawing(720);
  drawing.dot(100, 200, 150);
  drawing.dot(100, 201, 50);
  drawing.dot(101, 200, 50);
  const auto plots = plots_of(extract(drawing));
  ASSERT_EQ(plots.size(), 1U);
  EXPECT_NEAR(plots[0].range.value(), 2005.0 + 10.0 * 50.0 / 250.0, 1e-6);
  // In bearing the two cells of the first run count twice.
  EXPECT_NEAR(plots[0].bearing.degrees(), 50.25 + 0.5 * 50.0 / 450.0, 1e-4);
}

TEST(PlotExtractor, a_thin_arc_of_sidelobes_does_not_pull_a_vessel_aside) {
  Config config = small_config();
  config.run_ratio = 2;
  config.maximum_extent = Metres(2000.0);
  Drawing drawing(720);
  drawing.box(200, 300, 5, 12);  // the vessel: 100 to 102.5 deg, long runs
  drawing.box(205, 304, 30, 3);  // its sidelobe, 15 deg to one side
  auto plots = plots_of(extract(drawing, config));
  ASSERT_EQ(plots.size(), 2U);
  EXPECT_NEAR(plots[0].bearing.degrees(), 101.25, 0.01);
  config.run_ratio = 0;
  plots = plots_of(extract(drawing, config));
  ASSERT_EQ(plots.size(), 1U);
  EXPECT_GT(plots[0].bearing.degrees(), 102.0);
}

TEST(PlotExtractor, an_echo_that_grows_and_shrinks_step_by_step_stays_whole) {
  Config config = small_config();
  config.run_ratio = 2;
  Drawing drawing(720);
  for (std::int64_t i = 0; i < 9; ++i) {
    const auto length = static_cast<std::uint32_t>(i < 5 ? 1 + 2 * i : 17 - 2 * i);
    drawing.box(100 + i, 300 - length / 2, 1, length);
  }
  const auto plots = plots_of(extract(drawing, config));
  ASSERT_FALSE(plots.empty());
  EXPECT_NEAR(plots[0].bearing.degrees(), 52.25, 0.3);
  EXPECT_GE(plots[0].cell_count, 35U);
}

TEST(PlotExtractor, joins_corner_to_corner_and_over_one_empty_spoke_but_not_over_two) {
  Drawing corner(720);
  corner.dot(10, 100);
  corner.dot(11, 101);
  EXPECT_EQ(plots_of(extract(corner)).size(), 1U);
  Drawing one(720);
  one.dot(10, 100);
  one.dot(12, 100);
  EXPECT_EQ(plots_of(extract(one)).size(), 1U);
  Drawing two(720);
  two.dot(10, 100);
  two.dot(13, 100);
  EXPECT_EQ(plots_of(extract(two)).size(), 2U);
  Drawing apart(720);
  apart.dot(10, 100);
  apart.dot(11, 102);
  EXPECT_EQ(plots_of(extract(apart)).size(), 2U);
}

TEST(PlotExtractor, joins_branches_that_meet_later) {
  Drawing drawing(720);
  for (int i = 0; i < 10; ++i) {
    drawing.dot(20 + i, 100 + static_cast<std::uint32_t>(i));
    drawing.dot(20 + i, 120 - static_cast<std::uint32_t>(i));
  }
  drawing.box(30, 108, 1, 5);
  const auto plots = plots_of(extract(drawing));
  ASSERT_EQ(plots.size(), 1U);
  EXPECT_EQ(plots[0].cell_count, 25U);
}

TEST(PlotExtractor, an_echo_across_north_is_one_plot) {
  Drawing drawing(1440);
  drawing.box(717, 300, 6, 3);
  const auto sectors = extract(drawing);
  const auto plots = plots_of(sectors);
  ASSERT_EQ(plots.size(), 1U);
  EXPECT_NEAR((plots[0].bearing - Bearing()).degrees(), 0.0, 1e-4);
  for (const PlotSector& sector : sectors) {
    EXPECT_EQ(sector.plots.size(), sector.turn * 32 + sector.sector == 32U ? 1U : 0U);
  }
}

TEST(PlotExtractor, two_echoes_40_m_or_two_and_a_half_degrees_apart_are_two_plots) {
  Drawing range(720);
  range.box(100, 300, 4, 2);
  range.box(100, 304, 4, 2);
  EXPECT_EQ(plots_of(extract(range)).size(), 2U);
  Drawing bearing(720);
  bearing.box(100, 300, 2, 2);
  bearing.box(105, 300, 2, 2);
  EXPECT_EQ(plots_of(extract(bearing)).size(), 2U);
}

TEST(PlotExtractor, gives_every_sector_in_order_and_empty_ones_too) {
  Drawing drawing(3 * 720);
  drawing.box(400, 100, 3, 3);
  const auto sectors = extract(drawing);
  ASSERT_EQ(sectors.size(), 96U);
  for (std::size_t i = 0; i < sectors.size(); ++i) {
    EXPECT_EQ(sectors[i].turn * 32 + sectors[i].sector, i);
    EXPECT_NEAR(sectors[i].seen, 1.0, 1e-9) << i;
    EXPECT_NEAR(sectors[i].from.degrees(), static_cast<double>(i % 32) * 11.25, 1e-6);
    EXPECT_NEAR(sectors[i].range_max.value(), 6400.0, 1e-6);
    EXPECT_LE(sectors[i].began, sectors[i].ended);
    EXPECT_TRUE(i == 0 || sectors[i].began > sectors[i - 1].ended) << i;
  }
}

TEST(PlotExtractor, gives_a_sector_as_soon_as_the_beam_has_left_it_and_its_echoes) {
  // Sector 0 ends at 11.25 deg, spoke 22.5.
  Drawing drawing(40);
  drawing.box(20, 100, 4, 3);  // centroid in sector 0, last spoke 23, over with spoke 25
  PlotExtractor extractor(small_config());
  std::vector<PlotSector> sectors;
  for (std::uint32_t i = 0; i < 40; ++i) {
    HitBlock one = drawing.block();
    one.spokes = {drawing.block().spokes[i]};
    extractor.process(one, sectors);
    EXPECT_EQ(sectors.size(), i < 25 ? 0U : 1U) << i;
  }
  ASSERT_EQ(sectors.size(), 1U);
  EXPECT_EQ(sectors[0].plots.size(), 1U);
}

TEST(PlotExtractor, says_how_much_of_a_sector_it_has_seen) {
  Drawing drawing(720);
  drawing.lose(45, 9);  // 22.5 to 27.0 deg, of sector 2 (22.5 to 33.75)
  const auto sectors = extract(drawing);
  ASSERT_EQ(sectors.size(), 32U);
  EXPECT_NEAR(sectors[1].seen, 1.0, 1e-9);
  EXPECT_NEAR(sectors[2].seen, 0.6, 0.01);
  EXPECT_NEAR(sectors[3].seen, 1.0, 1e-9);
}

TEST(PlotExtractor, passes_lost_sectors_as_not_seen) {
  Drawing drawing(1440);
  drawing.lose(100, 720);
  const auto sectors = extract(drawing);
  ASSERT_EQ(sectors.size(), 64U);
  EXPECT_EQ(sectors[20].seen, 0.0);
  EXPECT_EQ(sectors[40].seen, 1.0);
}

TEST(PlotExtractor, does_not_join_echoes_across_lost_spokes) {
  Drawing drawing(720);
  drawing.box(98, 300, 14, 3);
  drawing.lose(101, 5);
  EXPECT_EQ(plots_of(extract(drawing)).size(), 2U);
}

TEST(PlotExtractor, leaves_out_noise_and_land) {
  Config config;
  config.large_echo = LargeEcho::drop;
  config.minimum_cells = 3;
  config.minimum_spokes = 2;
  config.maximum_extent = Metres(500.0);
  Drawing drawing(720);
  drawing.dot(50, 100);          // one cell
  drawing.box(100, 100, 1, 6);   // one spoke
  drawing.box(200, 100, 4, 80);  // 800 m along range
  drawing.box(300, 600, 40, 3);  // 20 deg at 6 km
  drawing.box(500, 100, 4, 4);   // a vessel
  PlotExtractor extractor(config);
  std::vector<PlotSector> sectors;
  extractor.process(drawing.block(), sectors);
  extractor.finish(sectors);
  const auto plots = plots_of(sectors);
  ASSERT_EQ(plots.size(), 1U);
  EXPECT_NEAR(plots[0].bearing.degrees(), 251.0, 0.1);
  EXPECT_EQ(extractor.counters().too_small, 2U);
  EXPECT_GE(extractor.counters().too_large, 2U);
}

TEST(PlotExtractor, splits_large_echoes_where_asked_to) {
  Config config;
  config.maximum_extent = Metres(500.0);
  config.large_echo = LargeEcho::split;
  Drawing drawing(720);
  drawing.box(300, 600, 60, 3);  // 30 deg at 6 km: 3.1 km
  const auto plots = plots_of(extract(drawing, config));
  EXPECT_GE(plots.size(), 4U);
  for (const Plot& plot : plots) EXPECT_LT(plot.bearing_extent.value() * plot.range.value(), 800.0);
}

TEST(PlotExtractor, ends_echoes_where_the_range_changes) {
  Drawing drawing(720);
  drawing.box(98, 300, 6, 3);
  for (std::size_t i = 101; i < 720; ++i) drawing.block().spokes[i].cell_size = Metres(20.0);
  const auto plots = plots_of(extract(drawing));
  ASSERT_EQ(plots.size(), 2U);
  EXPECT_NEAR(plots[0].range.value(), 3015.0, 1e-6);
  EXPECT_NEAR(plots[1].range.value(), 6030.0, 1e-6);
}

TEST(PlotExtractor, rotates_with_the_scene) {
  Random random(2);
  std::vector<std::pair<std::int64_t, std::uint32_t>> dots;
  for (int i = 0; i < 3000; ++i) dots.emplace_back(random.below(720), random.below(cells));
  std::vector<std::vector<Plot>> results;
  for (const std::int64_t turn_by : {0, 360, 45}) {
    Drawing drawing(4 * 720);
    for (const auto& [spoke, cell] : dots) drawing.dot(720 + spoke + turn_by, cell);
    results.push_back(plots_of(extract(drawing)));
    std::ranges::sort(results.back(), {}, [](const Plot& p) { return std::pair(p.time, p.range); });
  }
  for (std::size_t r = 1; r < 3; ++r) {
    const double by = r == 1 ? 180.0 : 22.5;
    ASSERT_EQ(results[r].size(), results[0].size());
    for (std::size_t i = 0; i < results[0].size(); ++i) {
      EXPECT_EQ(results[r][i].range, results[0][i].range);
      const Angle turned = results[r][i].bearing - results[0][i].bearing;
      EXPECT_NEAR((turned - Angle::from_degrees(by)).degrees(), 0.0, 1e-4);
      EXPECT_EQ(results[r][i].cell_count, results[0][i].cell_count);
    }
  }
}

TEST(PlotExtractor, gives_the_same_however_spokes_come_in_blocks) {
  Random random(8);
  Drawing drawing(2 * 720);
  for (int i = 0; i < 20'000; ++i) drawing.dot(random.below(1440), random.below(cells));
  const auto whole = extract(drawing);
  PlotExtractor extractor(small_config());
  std::vector<PlotSector> parts;
  for (std::size_t i = 0; i < drawing.block().spokes.size();) {
    HitBlock part = drawing.block();
    const std::size_t count = std::min<std::size_t>(1 + random.below(64), part.spokes.size() - i);
    part.spokes.assign(drawing.block().spokes.begin() + static_cast<std::ptrdiff_t>(i),
                       drawing.block().spokes.begin() + static_cast<std::ptrdiff_t>(i + count));
    extractor.process(part, parts);
    i += count;
  }
  extractor.finish(parts);
  ASSERT_EQ(parts.size(), whole.size());
  for (std::size_t s = 0; s < whole.size(); ++s) {
    ASSERT_EQ(parts[s].plots.size(), whole[s].plots.size());
    for (std::size_t i = 0; i < whole[s].plots.size(); ++i) {
      EXPECT_EQ(parts[s].plots[i].range, whole[s].plots[i].range);
      EXPECT_EQ(parts[s].plots[i].bearing, whole[s].plots[i].bearing);
      EXPECT_EQ(parts[s].plots[i].time, whole[s].plots[i].time);
    }
  }
}

TEST(PlotExtractor, starts_again_when_the_antenna_leaps) {
  Drawing first(100);
  first.box(50, 100, 3, 3);
  Drawing later(100, 720 * 50);
  PlotExtractor extractor(small_config());
  std::vector<PlotSector> sectors;
  extractor.process(first.block(), sectors);
  extractor.process(later.block(), sectors);
  extractor.finish(sectors);
  EXPECT_EQ(extractor.counters().restarts, 1U);
  EXPECT_EQ(plots_of(sectors).size(), 1U);
  EXPECT_LT(sectors.size(), 20U);
}

TEST(PlotExtractor, ends_when_the_antenna_stands_still) {
  Drawing drawing(3000);
  drawing.box(0, 100, 3000, 20);
  for (HitSpoke& spoke : drawing.block().spokes) spoke.position = positions_per_turn / 4;
  PlotExtractor extractor(small_config());
  std::vector<PlotSector> sectors;
  extractor.process(drawing.block(), sectors);
  extractor.finish(sectors);
  EXPECT_EQ(plots_of(sectors).size(), 1U);
}

TEST(PlotExtractor, an_open_echo_holds_a_sector_back_for_a_few_degrees_only) {
  Drawing d(200);  // sectors of 11.25 degrees; an echo of 16 begins just before the end of the first
  d.box(10, 40, 32, 3);
  Config config = small_config();
  config.maximum_extent = Metres(1000);
  config.hold_back = Angle::from_degrees(4.0);
  PlotExtractor extractor(config);
  std::vector<PlotSector> out;
  std::size_t spokes = 0;
  HitBlock one = d.block();
  for (; out.empty() && spokes < d.block().spokes.size(); ++spokes) {
    one.spokes = {d.block().spokes[spokes]};
    extractor.process(one, out);
  }
  EXPECT_NEAR(static_cast<double>(spokes), 31.0, 1.0);  // 22.5 to the end of the sector, 8 for 4 degrees
  out.clear();  // what the echo becomes lies in a later sector, with its own bearing
  HitBlock rest = d.block();
  rest.spokes.erase(rest.spokes.begin(), rest.spokes.begin() + static_cast<std::ptrdiff_t>(spokes));
  extractor.process(rest, out);
  EXPECT_EQ(std::accumulate(out.begin(), out.end(), std::size_t{0}, [](auto n, auto& s) { return n + s.plots.size(); }),
            1U);
}

}  // namespace
}  // namespace headland::plots
