// SPDX-License-Identifier: Apache-2.0
#include "core/integration/path_grid.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "core/base/random.hpp"
#include "core/integration/evidence.hpp"
#include "core/integration/path_follower.hpp"

namespace headland::integration {
namespace {

TEST(PathConfig, costs_are_chances_that_together_are_one) {
  const PathConfig c;
  const auto chance = [](std::uint8_t cost) { return std::exp(-cost / EvidenceTable::steps_per_nat); };
  const double sum = chance(c.straight_cost) + 2.0 * chance(c.slip_cost) + 2.0 * chance(c.side_slip_cost) +
                     4.0 * chance(c.change_cost);
  EXPECT_LE(sum, 1.0);
  EXPECT_GT(sum, 0.97);
}

GridGeometry geometry() {
  GridGeometry g;
  g.rows = 120;
  g.cells = 200;
  g.row_width = Angle::from_degrees(3.0);
  g.range_start = Metres(1000.0);
  g.cell_size = Metres(15.0);
  g.turn_time = Seconds(2.5);
  return g;
}

// Gains of 3 nats where the vessel is, losses of 0.75 elsewhere.
struct Vessel {
  double row, cell, rows_a_turn, cells_a_turn;
  std::uint32_t row_at(int t) const {
    return static_cast<std::uint32_t>(std::floor(row + rows_a_turn * t) + 120) % 120;
  }
  std::uint32_t cell_at(int t) const { return static_cast<std::uint32_t>(std::floor(cell + cells_a_turn * t)); }
};

void turn(PathGrid& grid, const Vessel& vessel, int t) {
  std::vector<std::uint8_t> gains(grid.geometry().cells);
  std::vector<std::uint8_t> losses(grid.geometry().cells);
  for (std::uint32_t row = 0; row < grid.geometry().rows; ++row) {
    std::fill(gains.begin(), gains.end(), std::uint8_t{0});
    std::fill(losses.begin(), losses.end(), std::uint8_t{3});
    if (vessel.row_at(t) == row) {
      gains[vessel.cell_at(t)] = 12;
      losses[vessel.cell_at(t)] = 0;
    }
    grid.advance(row, gains, losses);
  }
  grid.end_turn();
}

TEST(PathGrid, follows_a_vessel_across_north_and_knows_its_velocity) {
  PathGrid grid(geometry(), PathConfig{});
  const Vessel vessel{118.5, 60.5, 0.25, 2.1};  // 12.6 m/s away, 9 m/s to the right at 1900 m
  for (int t = 0; t < 12; ++t) turn(grid, vessel, t);
  const std::uint32_t row = vessel.row_at(11);
  const std::uint32_t cell = vessel.cell_at(11);
  ASSERT_EQ(row, 1U);
  // 12 turns of 3 nats, less what going on and slipping cost.
  EXPECT_GT(grid.best(row)[cell], 80);
  const Velocity v = grid.velocities()[grid.layer_of(row, cell)];
  EXPECT_NEAR(v.radial_mps, 12.6, 3.0);
  EXPECT_GE(v.crossing_mps, 0.0);
  EXPECT_EQ(grid.best((row + 60) % 120)[cell], 0);
}

TEST(PathGrid, plain_form_agrees_in_every_cell) {
  PathGrid fast(geometry(), PathConfig{});
  PathGrid plain(geometry(), PathConfig{});
  plain.use_scalar(true);
  Random random(8);
  std::vector<std::uint8_t> gains(200);
  std::vector<std::uint8_t> losses(200);
  for (int t = 0; t < 6; ++t) {
    for (std::uint32_t row = 0; row < 120; ++row) {
      for (std::size_t k = 0; k < 200; ++k) {
        gains[k] = random.below(5) == 0 ? static_cast<std::uint8_t>(random.below(20)) : std::uint8_t{0};
        losses[k] = gains[k] == 0 ? static_cast<std::uint8_t>(random.below(5)) : std::uint8_t{0};
      }
      if (row % 17 == 5) continue;  // never seen
      fast.advance(row, gains, losses);
      plain.advance(row, gains, losses);
    }
    fast.end_turn();
    plain.end_turn();
    for (std::uint32_t row = 0; row < 120; ++row) {
      ASSERT_TRUE(std::ranges::equal(fast.best(row), plain.best(row))) << "turn " << t << " row " << row;
    }
  }
}

TEST(PathFollower, declares_a_path_once_and_ends_it_when_nothing_speaks_for_it) {
  PathGrid grid(geometry(), PathConfig{});
  PathFollower follower{FollowConfig{}};
  const std::vector<std::uint8_t> limits(200, 60);
  const std::vector<std::uint8_t> screens(200, 40);
  const std::vector<std::uint8_t> lines(200, 60);
  PathSurvey survey(120, 200);
  const auto half = [](std::uint32_t, std::uint32_t, const Velocity&, double) { return 8.0; };  // of lines: it turns
  const Vessel vessel{60.5, 60.5, -0.1, 1.0};
  std::vector<PathReport> reports;
  std::vector<std::uint8_t> shown(200, 1);
  for (int t = 0; t < 45; ++t) {
    turn(grid, t < 14 ? vessel : Vessel{10.5, 150.5, 7.0, 0.0}, t);
    reports.clear();
    for (std::uint32_t row = 0; row < 120; ++row) {
      follower.judge(grid, half, row, {shown, limits, screens, lines}, survey, reports);
    }
    follower.end_turn();
    if (t == 4) {
      EXPECT_TRUE(reports.empty());
    }
    if (t == 12) {
      ASSERT_EQ(reports.size(), 1U);
      EXPECT_NEAR(reports[0].cell, vessel.cell_at(t), 1);
      EXPECT_NEAR(reports[0].row, vessel.row_at(t), 1);
    }
  }
  EXPECT_EQ(follower.declared(), 1U);
  EXPECT_EQ(follower.followed(), 0U);
}

TEST(PathFollower, declares_a_path_that_a_straight_line_speaks_for) {
  PathGrid grid(geometry(), PathConfig{});
  PathFollower follower{FollowConfig{}};
  const std::vector<std::uint8_t> never(200, 255);
  const std::vector<std::uint8_t> screens(200, 20);
  const std::vector<std::uint8_t> lines(200, 72);
  const std::vector<std::uint8_t> shown(200, 1);
  PathSurvey survey(120, 200);
  const Vessel vessel{60.5, 60.5, -0.1, 1.0};
  double known = 17.0;
  const auto says = [&](std::uint32_t, std::uint32_t, const Velocity&, double least) {
    EXPECT_EQ(least, 9.0);
    return known;
  };
  std::vector<PathReport> reports;
  for (int t = 0; t < 8; ++t) {
    turn(grid, vessel, t);
    reports.clear();
    if (t == 7) known = 18.5;
    for (std::uint32_t row = 0; row < 120; ++row) {
      follower.judge(grid, says, row, {shown, never, screens, lines}, survey, reports);
    }
    follower.end_turn();
    ASSERT_EQ(reports.size(), t == 7 ? 1U : 0U);
  }
  EXPECT_EQ(reports[0].evidence, 18.5);
  EXPECT_GT(survey.mean_excess(), 0.0);
}

TEST(PathSurvey, stretches_limits_where_scores_run_high_and_not_for_a_single_vessel) {
  PathSurvey survey(800, 512);
  for (int t = 0; t < 60; ++t) {
    for (std::uint32_t i = 0; i < 10; ++i) {
      survey.note(10, 5, static_cast<std::uint8_t>(PathSurvey::level + 2 + i % 6));  // as noise gives
      survey.note(10, 200, static_cast<std::uint8_t>(PathSurvey::level + 10 + i));   // as waves do
    }
    if (t > 50) survey.note(10, 5, PathSurvey::level + 30);  // a vessel, before it is declared
    survey.end_turn();
  }
  EXPECT_LT(survey.stretch(10, 5), 1.15);
  EXPECT_GT(survey.stretch(10, 200), 2.0);
  EXPECT_EQ(survey.stretch(790, 400), 1.0);
}

}  // namespace
}  // namespace headland::integration
