// SPDX-License-Identifier: Apache-2.0
#include "core/integration/track_before_detect.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "core/base/random.hpp"
#include "core/video/azimuth_clock.hpp"

namespace headland::integration {
namespace {

constexpr std::uint32_t spokes = 720;
constexpr std::uint32_t cells = 192;
constexpr std::uint32_t sectors = 8;
constexpr double turn_s = 2.5;
constexpr double cell_m = 15.0;
constexpr int quiet_turns = 20;
constexpr double log_step_db = 0.33;

// Video of noise with one boat that goes away from 1500 m at 6 m/s, bearing 40 degrees, from turn 20 on.
class Sea {
 public:
  Sea(double boat_db, bool has_plots)
      : boat_(boat_db > -90.0 ? std::pow(10.0, 0.1 * boat_db) : 0.0), plots_(has_plots) {}

  // One spoke in fifty ends so many cells early.
  void cut_some(std::uint32_t by) { cut_ = by; }
  void of_cells(double size_m) { cell_size_m_ = size_m; }
  // What the turn is said to last in every fifth block; the rest of them as it does.
  void hiccup(double share) { hiccup_ = share; }
  // Logarithmic video, told to be so from this turn on only.
  void logarithmic_from(int turn) { log_turn_ = turn; }
  static double boat_range(int turn) { return 1500.0 + 6.0 * turn_s * (turn - quiet_turns); }

  void run(int turns, std::uint32_t block_spokes, TrackBeforeDetect& stage, std::vector<PlotSector>& out) {
    Random random(4);
    for (int t = 0; t < turns; ++t) {
      for (std::uint32_t from = 0; from < spokes; from += block_spokes) {
        HitBlock block;
        block.stride = padded_cells(cells);
        const std::uint32_t to = std::min(from + block_spokes, spokes);
        block.levels.resize(std::size_t{to - from} * block.stride);
        std::vector<PlotSector> in;
        for (std::uint32_t s = from; s < to; ++s) {
          add(block, t, s, s - from, random);
          if ((s + 1) % (spokes / sectors) == 0) in.push_back(sector(t, s * sectors / spokes));
        }
        const bool hiccups = from / block_spokes % 5 == 3;
        stage.process(block, Seconds(hiccups ? turn_s * hiccup_ : turn_s), false, in, out);
      }
    }
    std::vector<PlotSector> rest;
    stage.finish(rest, out);
  }

 private:
  static Timestamp at(int turn, double share) { return from_epoch_seconds(turn_s * (turn + share)); }

  void add(HitBlock& block, int turn, std::uint32_t s, std::uint32_t row, Random& random) {
    HitSpoke spoke;
    const double share = (s + 0.5) / spokes;
    spoke.time = at(turn, share);
    spoke.bearing = Bearing(Radians(2.0 * std::numbers::pi * share));
    spoke.width = Angle::from_degrees(360.0 / spokes);
    spoke.cell_size = Metres(cell_size_m_);
    spoke.position = (AntennaPosition{turn} << 32) + turn_fraction(spoke.bearing);
    spoke.cell_count = s % 50 == 7 ? cells - cut_ : cells;
    spoke.row = row;
    if (log_turn_ >= 0 && turn >= log_turn_) spoke.decibels_per_level = log_step_db;
    const bool lit = turn >= quiet_turns && std::abs(spoke.bearing.degrees() - 40.0) < 0.7;
    if (s == 0) strength_ = boat_ * random.exponential();
    const auto boat = static_cast<std::uint32_t>(boat_range(turn) / cell_m);
    for (std::uint32_t k = 0; k < cells; ++k) {
      const double power = random.exponential() * (1.0 + (lit && k == boat ? strength_ : 0.0));
      const double level =
          log_turn_ < 0 ? 20.0 * std::sqrt(power) : 60.0 + 10.0 * std::log10(std::max(power, 1e-6)) / log_step_db;
      block.levels[std::size_t{row} * block.stride + k] = static_cast<std::uint8_t>(std::clamp(level, 0.0, 255.0));
    }
    block.spokes.push_back(spoke);
  }

  [[nodiscard]] PlotSector sector(int turn, std::uint32_t number) const {
    PlotSector s;
    s.turn = static_cast<std::uint32_t>(turn);
    s.sector = number;
    s.sectors_per_turn = sectors;
    s.from = Bearing(Radians(2.0 * std::numbers::pi * number / sectors));
    s.to = Bearing(Radians(2.0 * std::numbers::pi * (number + 1) / sectors));
    s.began = at(turn, static_cast<double>(number) / sectors);
    s.ended = at(turn, (number + 1.0) / sectors);
    if (plots_ && number == 0 && turn >= quiet_turns) {
      Plot p;
      p.time = at(turn, 40.0 / 360.0);
      p.range = Metres(boat_range(turn));
      p.bearing = Bearing::from_degrees(40.0);
      p.range_extent = Metres(cell_m);
      s.plots.push_back(p);
    }
    return s;
  }

  double boat_;
  bool plots_;
  std::uint32_t cut_ = 0;
  double cell_size_m_ = cell_m;
  double strength_ = 0.0;
  double hiccup_ = 1.0;
  int log_turn_ = -1;
};

std::vector<Plot> weak_plots(const std::vector<PlotSector>& of) {
  std::vector<Plot> plots;
  for (const PlotSector& sector : of) {
    for (const Plot& plot : sector.plots) {
      if (plot.origin == PlotOrigin::integration) plots.push_back(plot);
    }
  }
  return plots;
}

TEST(TrackBeforeDetect, a_boat_too_weak_for_single_turns_becomes_plots_along_its_path) {
  TrackBeforeDetect stage(Config{});
  std::vector<PlotSector> out;
  Sea(9.0, false).run(quiet_turns + 30, 32, stage, out);  // half of it in each of two rows
  const auto plots = weak_plots(out);
  ASSERT_GT(plots.size(), 5U);
  std::size_t near = 0;
  for (const Plot& plot : plots) {
    const auto turn = static_cast<int>(epoch_seconds(plot.time) / turn_s);
    const bool in_range = std::abs(plot.range.value() - Sea::boat_range(turn)) < 45.0;
    near += in_range && std::abs(plot.bearing.degrees() - 40.0) < 2.0 ? 1 : 0;
    EXPECT_GT(plot.evidence, 0.0);
  }
  // Some lie beside it: neighbouring paths live on what the boat gave (README, limits).
  EXPECT_GE(near, 5U);
  EXPECT_GT(plots.front().evidence, 10.0);
  EXPECT_LE(stage.counters().paths, 5U);
}

TEST(TrackBeforeDetect, noise_alone_gives_none) {
  TrackBeforeDetect stage(Config{});
  std::vector<PlotSector> out;
  Sea(-100.0, false).run(60, 32, stage, out);
  EXPECT_TRUE(weak_plots(out).empty());
  EXPECT_GT(stage.counters().rows, 20000U);
}

TEST(TrackBeforeDetect, an_echo_that_has_a_plot_gets_no_second_one) {
  TrackBeforeDetect stage(Config{});
  std::vector<PlotSector> out;
  // Strong enough that lines, too, speak for it, though half of it lies in each of two rows.
  Sea(11.0, true).run(quiet_turns + 30, 32, stage, out);
  EXPECT_GT(stage.counters().plots_covered, 3U);
  for (const Plot& plot : weak_plots(out)) {
    const auto turn = static_cast<int>(epoch_seconds(plot.time) / turn_s);
    const bool in_range = std::abs(plot.range.value() - Sea::boat_range(turn)) < 0.5 * cell_m;
    EXPECT_FALSE(in_range && std::abs(plot.bearing.degrees() - 40.0) < 0.5);
  }
}

TEST(TrackBeforeDetect, sectors_come_out_each_once_in_order_and_do_not_depend_on_blocks) {
  std::vector<PlotSector> out[2];
  for (int i = 0; i < 2; ++i) {
    TrackBeforeDetect stage(Config{});
    Sea(8.0, true).run(quiet_turns + 20, i == 0 ? 32 : 7, stage, out[i]);
  }
  ASSERT_EQ(out[0].size(), std::size_t{quiet_turns + 20} * sectors);
  ASSERT_EQ(out[1].size(), out[0].size());
  for (std::size_t i = 0; i < out[0].size(); ++i) {
    EXPECT_EQ(out[0][i].turn * sectors + out[0][i].sector, i);
    ASSERT_EQ(out[0][i].plots.size(), out[1][i].plots.size());
    for (std::size_t j = 0; j < out[0][i].plots.size(); ++j) {
      EXPECT_EQ(out[0][i].plots[j].range, out[1][i].plots[j].range);
      EXPECT_EQ(out[0][i].plots[j].evidence, out[1][i].plots[j].evidence);
    }
  }
}

TEST(TrackBeforeDetect, masked_sea_is_not_looked_at) {
  TrackBeforeDetect stage(Config{});
  RangeAzimuthMask mask(360, Metres(10.0), 400);
  for (std::uint32_t a = 20; a < 60; ++a) mask.fill(a, Metres(0.0), Metres(4000.0));
  stage.set_mask(mask);
  std::vector<PlotSector> out;
  Sea(9.0, false).run(quiet_turns + 30, 32, stage, out);
  EXPECT_TRUE(weak_plots(out).empty());
}

TEST(TrackBeforeDetect, spokes_cut_short_are_no_other_video) {
  Sea sea(8.0, false);
  sea.cut_some(60);
  TrackBeforeDetect stage{Config{}};
  std::vector<PlotSector> out;
  sea.run(45, 90, stage, out);
  EXPECT_EQ(stage.counters().restarts, 0U);
  EXPECT_GE(weak_plots(out).size(), 5U);
}

// Times of spokes are often those of their reception: a network that stalls for a few milliseconds makes an eighth of a
// turn longer, and the next shorter.
TEST(TrackBeforeDetect, a_turn_that_seems_longer_for_a_moment_is_no_other_turn) {
  Sea sea(8.0, false);
  sea.hiccup(1.3);
  TrackBeforeDetect stage{Config{}};
  std::vector<PlotSector> out;
  sea.run(45, 90, stage, out);
  EXPECT_EQ(stage.counters().restarts, 0U);
  EXPECT_GE(weak_plots(out).size(), 5U);
}

TEST(TrackBeforeDetect, an_antenna_that_turns_faster_from_now_on_is_another_video) {
  TrackBeforeDetect stage{Config{}};
  std::vector<PlotSector> out;
  Sea(-100.0, false).run(20, 90, stage, out);
  for (int t = 20; t < 24; ++t) {
    HitBlock block;
    block.stride = padded_cells(cells);
    block.levels.assign(std::size_t{spokes} * block.stride, 20);
    for (std::uint32_t s = 0; s < spokes; ++s) {
      HitSpoke spoke;
      spoke.width = Angle::from_degrees(360.0 / spokes);
      spoke.bearing = Bearing(Radians(2.0 * std::numbers::pi * (s + 0.5) / spokes));
      spoke.cell_size = Metres(cell_m);
      spoke.position = (AntennaPosition{t} << 32) + turn_fraction(spoke.bearing);
      spoke.cell_count = cells;
      spoke.row = s;
      block.spokes.push_back(spoke);
    }
    std::vector<PlotSector> none;
    stage.process(block, Seconds(0.5 * turn_s), false, none, out);
  }
  EXPECT_EQ(stage.counters().restarts, 1U);
}

// What the levels mean is measured in the first turns where nobody told it: means of levels mean nothing then.
TEST(TrackBeforeDetect, another_law_of_the_levels_is_another_video) {
  Sea sea(9.0, false);
  sea.logarithmic_from(3);
  TrackBeforeDetect stage{Config{}};
  std::vector<PlotSector> out;
  sea.run(quiet_turns + 30, 90, stage, out);
  EXPECT_EQ(stage.counters().restarts, 1U);
  EXPECT_GE(weak_plots(out).size(), 5U);
}

TEST(TrackBeforeDetect, what_was_counted_stays_counted_over_a_restart) {
  Sea sea(8.0, false);
  TrackBeforeDetect stage{Config{}};
  std::vector<PlotSector> out;
  sea.run(45, 90, stage, out);
  const auto paths = stage.counters().paths;
  ASSERT_GT(paths, 0U);
  Sea quiet(-100.0, false);
  quiet.of_cells(15.5);
  quiet.run(20, 90, stage, out);
  EXPECT_EQ(stage.counters().restarts, 1U);
  EXPECT_GE(stage.counters().paths, paths);
}

}  // namespace
}  // namespace headland::integration
