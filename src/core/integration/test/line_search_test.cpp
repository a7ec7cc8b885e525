// SPDX-License-Identifier: Apache-2.0
#include "core/integration/line_search.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "core/base/random.hpp"

namespace headland::integration {
namespace {

constexpr std::uint32_t rows = 240;
constexpr std::uint32_t cells = 256;

GridGeometry geometry() {
  GridGeometry g;
  g.rows = rows;
  g.cells = cells;
  g.row_width = Angle::from_degrees(1.5);
  g.range_start = Metres(2000.0);
  g.cell_size = Metres(15.0);
  g.turn_time = Seconds(2.5);
  return g;
}

// A sea of losses of 0.75 nats and gains of 2, as often as chance makes them, and a vessel that gives 1.5 nats a turn.
struct Scene {
  double row, cell, crossing_mps, radial_mps;

  // Where it is so long after the start: straight on in the plane.
  [[nodiscard]] std::pair<double, double> at(double seconds) const {
    const double start = 2000.0 + cell * 15.0;
    const double ahead = start + radial_mps * seconds;
    const double aside = crossing_mps * seconds;
    return {row + std::atan2(aside, ahead) / Angle::from_degrees(1.5).radians(),
            (std::hypot(ahead, aside) - 2000.0) / 15.0};
  }
  void play(LineSearch& lines, int turns, std::uint8_t gain) const {
    Random random(3);
    std::vector<std::uint8_t> gains(cells);
    std::vector<std::uint8_t> losses(cells);
    for (int t = 0; t < turns; ++t) {
      for (std::uint32_t r = 0; r < rows; ++r) {
        for (std::uint32_t k = 0; k < cells; ++k) {
          gains[k] = random.below(12) == 0 ? std::uint8_t{8} : std::uint8_t{0};
          losses[k] = gains[k] > 0 ? std::uint8_t{0} : std::uint8_t{3};
        }
        // Its turn of the antenna is that in which the beam meets it.
        const double seconds = 2.5 * (t + static_cast<double>(r) / rows);
        const auto [where, far] = at(seconds);
        if (std::lround(std::floor(where) - r) % rows == 0 && gain > 0) {
          gains[static_cast<std::size_t>(far)] = gain;
          losses[static_cast<std::size_t>(far)] = 0;
        }
        lines.add(r, gains, losses);
      }
      lines.end_turn();
    }
  }
};

TEST(LineSearch, speaks_for_a_vessel_that_goes_straight_on_and_for_nothing_else) {
  const Scene scene{60.5, 60.5, 5.0, -6.0};
  LineSearch lines(geometry(), PathConfig{});
  scene.play(lines, 24, 6);
  const auto [row, cell] = scene.at(2.5 * (23.0 + scene.row / rows));
  const auto there = static_cast<std::uint32_t>(cell);
  const double known = lines.evidence(static_cast<std::uint32_t>(row), there, {-6.3, 3.0}, 0.0);
  EXPECT_GT(known, 20.0);
  EXPECT_LT(known, 36.0);
  // It tells how fast it goes, too, and where it is.
  EXPECT_LT(lines.evidence(static_cast<std::uint32_t>(row), there, {6.0, 5.0}, 0.0), 8.0);
  EXPECT_LT(lines.evidence(static_cast<std::uint32_t>(row) + 60, there, {-6.0, 5.0}, 0.0), 8.0);
}

TEST(LineSearch, follows_across_north) {
  const Scene scene{0.8, 60.5, -9.0, 0.0};
  LineSearch lines(geometry(), PathConfig{});
  scene.play(lines, 24, 6);
  const auto [row, cell] = scene.at(60.0);
  ASSERT_LT(row, 0.0);
  const double known =
      lines.evidence(rows - 1 - static_cast<std::uint32_t>(-row), static_cast<std::uint32_t>(cell), {0.0, -9.0}, 0.0);
  EXPECT_GT(known, 18.0);
}

TEST(LineSearch, does_not_look_closely_where_a_coarse_look_shows_too_little) {
  const Scene scene{60.5, 60.5, 5.0, -6.0};
  LineSearch lines(geometry(), PathConfig{});
  scene.play(lines, 24, 0);
  EXPECT_LT(lines.evidence(60, 60, {0.0, 0.0}, 30.0), 30.0);
}

}  // namespace
}  // namespace headland::integration
