// SPDX-License-Identifier: Apache-2.0
#include "core/integration/sector_merge.hpp"

#include <gtest/gtest.h>

namespace headland::integration {
namespace {

constexpr double turn_s = 2.5;

class Merge {
 public:
  Merge() {
    GridGeometry g;
    g.rows = 600;
    g.cells = 500;
    g.row_width = Angle::from_degrees(0.6);
    g.cell_size = Metres(15.0);
    g.turn_time = Seconds(turn_s);
    merge_.begin(g);
  }

  // One turn as one sector, with a plot of the extractor where `detected`, an integrated one where `weak`.
  void turn(int number, double range, bool detected, const WeakPlot* weak) {
    PlotSector s;
    s.turn = static_cast<std::uint32_t>(number);
    s.began = at(number);
    s.ended = at(number + 1);
    if (detected) s.plots.push_back(plot(number, range));
    merge_.take(std::move(s));
    if (weak != nullptr) merge_.put(WeakPlot(*weak), counters_);
    merge_.give_out(number + 1.0, false, counters_, out_);
  }
  std::vector<Plot> finish() {
    merge_.give_out(0.0, true, counters_, out_);
    std::vector<Plot> plots;
    for (const PlotSector& s : out_) {
      for (const Plot& p : s.plots) {
        if (p.origin == PlotOrigin::integration) plots.push_back(p);
      }
    }
    return plots;
  }
  // A turn as seen with a clock that is so wrong for once.
  void turn_of_wrong_clock(int number, double range, double seconds) {
    PlotSector s;
    s.turn = static_cast<std::uint32_t>(number);
    s.began = at(number) + to_duration(Seconds(seconds));
    s.ended = at(number + 1) + to_duration(Seconds(seconds));
    s.plots.push_back(plot(number, range));
    s.plots.back().time += to_duration(Seconds(seconds));
    merge_.take(std::move(s));
    merge_.give_out(number + 1.0, false, counters_, out_);
  }
  static WeakPlot weak(int number, double range, bool first) {
    WeakPlot w;
    w.plot = plot(number, range);
    w.plot.origin = PlotOrigin::integration;
    w.plot.evidence = first ? 25.0 : 4.0;
    w.own_evidence = 4.0;
    w.first = first;
    w.velocity = {6.0, 0.0};
    w.place = number + 0.25;
    return w;
  }

 private:
  static Timestamp at(double turn) { return from_epoch_seconds(1000.0 + turn_s * turn); }
  static Plot plot(int number, double range) {
    Plot p;
    p.time = at(number + 0.25);
    p.range = Metres(range);
    p.bearing = Bearing::from_degrees(90.0);
    p.range_extent = Metres(15.0);
    p.bearing_extent = from_degrees(0.6);
    return p;
  }

  SectorMerge merge_;
  Counters counters_;
  std::vector<PlotSector> out_;
};

TEST(SectorMerge, a_path_that_is_declared_again_tells_only_what_it_has_not_told) {
  Merge merge;
  const WeakPlot first = Merge::weak(1, 3015.0, true);
  const WeakPlot again = Merge::weak(6, 3090.0, true);
  const WeakPlot elsewhere = Merge::weak(7, 5000.0, true);
  merge.turn(0, 0.0, false, nullptr);
  merge.turn(1, 0.0, false, &first);
  for (int t = 2; t < 6; ++t) merge.turn(t, 0.0, false, nullptr);
  merge.turn(6, 0.0, false, &again);
  merge.turn(7, 0.0, false, &elsewhere);
  merge.turn(8, 0.0, false, nullptr);
  const auto plots = merge.finish();
  ASSERT_EQ(plots.size(), 3U);
  EXPECT_EQ(plots[0].evidence, 25.0);
  EXPECT_EQ(plots[1].evidence, 4.0);
  EXPECT_EQ(plots[2].evidence, 25.0);
}

TEST(SectorMerge, a_path_that_plots_have_told_of_brings_only_its_own_turn) {
  Merge merge;
  const WeakPlot first = Merge::weak(4, 3060.0, true);
  merge.turn(0, 3000.0, false, nullptr);
  merge.turn(1, 3015.0, true, nullptr);
  for (int t = 2; t < 4; ++t) merge.turn(t, 0.0, false, nullptr);
  merge.turn(4, 0.0, false, &first);
  merge.turn(5, 0.0, false, nullptr);
  const auto plots = merge.finish();
  ASSERT_EQ(plots.size(), 1U);
  EXPECT_EQ(plots[0].evidence, 4.0);
}

// Receivers' clocks are set, and radars send wrong times: by turns of the antenna things are forgotten all the same.
TEST(SectorMerge, what_is_long_past_is_forgotten_whatever_the_clock_says) {
  for (const double seconds : {86'400.0, -86'400.0}) {
    Merge merge;
    const WeakPlot first = Merge::weak(40, 3585.0, true);  // where it would have been in turn 1: 3000 m
    merge.turn_of_wrong_clock(0, 9000.0, seconds);
    merge.turn(1, 3000.0, true, nullptr);
    for (int t = 2; t < 40; ++t) merge.turn(t, 0.0, false, nullptr);
    merge.turn(40, 0.0, false, &first);
    merge.turn(41, 0.0, false, nullptr);
    const auto plots = merge.finish();
    ASSERT_EQ(plots.size(), 1U);
    EXPECT_EQ(plots[0].evidence, 25.0) << seconds;
  }
}

}  // namespace
}  // namespace headland::integration
