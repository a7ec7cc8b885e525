// SPDX-License-Identifier: Apache-2.0
#include "core/plots/echo_shape.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "core/base/random.hpp"
#include "core/plots/test/drawing.hpp"

namespace headland::plots {
namespace {

constexpr double spoke_rad = 2.0 * std::numbers::pi / spokes_per_turn;

Plot only(Drawing& drawing, const Config& config = small_config()) {
  const auto plots = plots_of(extract(drawing, config));
  EXPECT_EQ(plots.size(), 1U);
  return plots.empty() ? Plot{} : plots[0];
}

TEST(PlotShape, of_a_block_is_the_block) {
  Drawing drawing(720);
  drawing.box(100, 300, 4, 12);  // 120 m along range, 4 spokes of half a degree across at 3060 m
  const Plot plot = only(drawing);
  const double across = 4.0 * spoke_rad * plot.range.value();
  EXPECT_NEAR(plot.shape.length.value(), 120.0, 0.1);
  EXPECT_NEAR(plot.shape.width.value(), across, 0.1);
  EXPECT_NEAR(plot.shape.orientation.degrees(), 0.0, 0.01);
  EXPECT_NEAR(plot.shape.fill, 1.0, 1e-3);
  EXPECT_NEAR(plot.shape.width_at_range.value(), 4.0 * spoke_rad, 1e-5);
  Drawing wide(720);
  wide.box(100, 300, 20, 3);
  EXPECT_NEAR(std::abs(only(wide).shape.orientation.degrees()), 90.0, 0.01);
}

TEST(PlotShape, of_one_cell_is_the_cell) {
  Drawing drawing(720);
  drawing.dot(100, 300);
  const Plot plot = only(drawing);
  EXPECT_NEAR(plot.shape.width.value(), 10.0, 1e-3);
  EXPECT_NEAR(plot.shape.length.value(), spoke_rad * plot.range.value(), 1e-3);
  EXPECT_NEAR(plot.shape.fill, 1.0, 1e-6);
}

TEST(PlotShape, of_a_slanting_line_is_long_and_thin_and_says_which_way_it_slants) {
  // Two cells a spoke outward over 30 spokes, each 4 cells long: two spokes at any one range.
  Drawing out(720);
  for (std::int64_t i = 0; i < 30; ++i) out.box(100 + i, static_cast<std::uint32_t>(300 + 2 * i), 1, 4);
  Config config = small_config();
  config.maximum_extent = Metres(2000.0);
  const Plot plot = only(out, config);
  const double across = spoke_rad * plot.range.value();
  EXPECT_NEAR(plot.shape.orientation.degrees(), std::atan2(across, 20.0) * 180.0 / std::numbers::pi, 1.0);
  EXPECT_NEAR(plot.shape.length.value(), 30.0 * std::hypot(across, 20.0), 30.0);
  EXPECT_LT(plot.shape.width.value(), 45.0);
  EXPECT_NEAR(plot.shape.width_at_range.value() / spoke_rad, 2.2, 0.3);
  EXPECT_GT(to_degrees(plot.bearing_extent), 14.9);
  Drawing in(720);
  for (std::int64_t i = 0; i < 30; ++i) in.box(100 + i, static_cast<std::uint32_t>(360 - 2 * i), 1, 4);
  EXPECT_NEAR(only(in, config).shape.orientation.degrees(), -plot.shape.orientation.degrees(), 1.0);
}

TEST(PlotShape, what_is_hollow_or_bent_fills_less_than_a_ship) {
  Drawing ring(720);
  ring.box(100, 300, 1, 60);
  ring.box(115, 300, 1, 60);
  ring.box(101, 300, 14, 2);
  ring.box(101, 358, 14, 2);
  EXPECT_LT(only(ring).shape.fill, 0.3);
  Drawing ship(720);
  for (std::int64_t i = 0; i < 9; ++i) {  // lens-shaped
    const double off = static_cast<double>(i) - 4.0;
    const auto half = static_cast<std::uint32_t>(std::lround(8.0 * std::sqrt(1.0 - off * off / 25.0)));
    ship.box(100 + i, 300 - half, 1, 2 * half + 1);
  }
  EXPECT_NEAR(only(ship).shape.fill, 1.0, 0.1);
}

TEST(PlotShape, does_not_depend_on_how_branches_were_joined_nor_where_north_is) {
  Random random(5);
  for (int trial = 0; trial < 20; ++trial) {
    // Columns that hang together at their ends alone, so that echoes are joined late.
    Drawing drawing(720);
    Drawing turned(720, 707);  // across north
    double n = 0.0;
    double x = 0.0;
    double y = 0.0;
    double xx = 0.0;
    double yy = 0.0;
    double xy = 0.0;
    const auto put = [&](std::int64_t spoke, std::uint32_t cell) {
      drawing.dot(100 + spoke, cell);
      turned.dot(707 + spoke, cell);
      const double u = (cell + 0.5) * cell_m;
      const auto v = static_cast<double>(spoke);
      n += 1.0, x += u, y += v, xx += u * u, yy += v * v, xy += u * v;
    };
    for (std::uint32_t branch = 0; branch < 5; ++branch) {
      const std::int64_t length = 3 + random.below(8);
      for (std::int64_t s = 20 - length; s < 20; ++s) put(s, 300 + 3 * branch);
    }
    for (std::uint32_t k = 300; k < 313; ++k) put(20, k);
    const Plot plot = only(drawing);
    const double r = plot.range.value();
    const double across = spoke_rad * r;
    const double vx = xx / n - x / n * (x / n) + 100.0 / 12.0;
    const double vy = (yy / n - y / n * (y / n) + 1.0 / 12.0) * across * across;
    const double vxy = (xy / n - x / n * (y / n)) * across;
    EXPECT_NEAR(plot.shape.length.value() * plot.shape.width.value(), 12.0 * std::sqrt(vx * vy - vxy * vxy), 2.0);
    EXPECT_NEAR(plot.shape.width_at_range.value() * r, std::sqrt(12.0 * (vy - vxy * vxy / vx)), 0.1);
    EXPECT_NEAR(plot.shape.fill, n * 10.0 * across / (12.0 * std::sqrt(vx * vy - vxy * vxy)), 1e-3);
    const Plot other = only(turned);
    EXPECT_NEAR(other.shape.length.value(), plot.shape.length.value(), 0.05);
    EXPECT_NEAR(other.shape.orientation.degrees(), plot.shape.orientation.degrees(), 0.05);
  }
}

TEST(PlotShape, sums_hold_for_the_largest_echo_there_is) {
  // 256 spokes over a sixth of a turn, 65,536 cells each: 2^24 cells.
  EchoMoments moments;
  const AntennaPosition first = 7 * positions_per_turn;
  for (std::int64_t s = 0; s < 256; ++s) moments.add(first + s * (positions_per_turn / 6 / 256), first, 0, 65536);
  const PlotShape shape =
      shape_of(moments, Metres(10'000.0), Metres(1.0), Angle(Radians(2.0 * std::numbers::pi / 6.0 / 256.0)));
  EXPECT_NEAR(shape.length.value(), 65'536.0, 1.0);
  EXPECT_NEAR(shape.width_at_range.value(), 2.0 * std::numbers::pi / 6.0, 1e-3);
  EXPECT_NEAR(shape.fill, 1.0, 1e-3);
}

}  // namespace
}  // namespace headland::plots
