// SPDX-License-Identifier: Apache-2.0
// Pulses of other radars that neighbouring spokes share: told from boats, and boats from them.
#include "core/plots/causes/foreign_pulses.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "core/base/random.hpp"
#include "core/plots/causes/strong_echoes.hpp"

namespace headland::plots {
namespace {

constexpr double degree = std::numbers::pi / 180.0;
constexpr double turn_s = 2.5;
const Angle beam = Angle::from_degrees(1.0);

struct Drawn {
  double range_m;
  double bearing_deg;
  double width_deg;  // at one range
  double strength_db = 12.0;
};

// Whole turns in one sector.
class Turns {
 public:
  std::vector<double> next(std::vector<Drawn> drawn) {
    std::ranges::sort(drawn, {}, &Drawn::bearing_deg);
    PlotSector sector;
    sector.turn = turn_;
    sector.began = from_epoch_seconds(1000.0 + turn_s * turn_);
    sector.range_max = Metres(20e3);
    for (const Drawn& d : drawn) {
      Plot& p = sector.plots.emplace_back();
      p.time = from_epoch_seconds(1000.0 + turn_s * (turn_ + d.bearing_deg / 360.0));
      p.range = Metres(d.range_m);
      p.bearing = Bearing::from_degrees(d.bearing_deg);
      p.range_deviation = Metres(5.0);
      p.bearing_deviation = Radians(0.1 * degree);
      p.strength = Decibels(d.strength_db);
      p.shape.length = Metres(30.0);
      p.shape.width_at_range = Radians(d.width_deg * degree);
    }
    std::vector<double> odds;
    pulses_.judge(sector, beam, odds);
    ++turn_;
    return odds;
  }

 private:
  ForeignPulses pulses_;
  std::uint32_t turn_ = 0;
};

std::vector<Drawn> strewn(Random& random, int count, double width_deg) {
  std::vector<Drawn> all;
  for (int i = 0; i < count; ++i) all.push_back({random.uniform(500, 18e3), random.uniform(0, 360), width_deg});
  return all;
}

TEST(ForeignPulses, a_plot_is_too_narrow_where_the_beam_would_have_painted_twice_as_much) {
  Plot plot;
  plot.shape.length = Metres(30.0);
  plot.strength = Decibels(12.0);  // a point shows sqrt(12 / 6) beams wide
  const double painted = std::sqrt(2.0) * degree;
  EXPECT_NEAR(power_by_width_db(Radians(painted), beam), 12.0, 0.1);
  plot.shape.width_at_range = Radians(0.45 * painted);
  EXPECT_TRUE(ForeignPulses::is_too_narrow(plot, beam));
  plot.shape.width_at_range = Radians(0.55 * painted);
  EXPECT_FALSE(ForeignPulses::is_too_narrow(plot, beam));
  plot.shape.width_at_range = Radians(0.1 * painted);
  plot.strength = Decibels(5.0);
  EXPECT_FALSE(ForeignPulses::is_too_narrow(plot, beam)) << "as weak as this noise is, too";
  plot.strength = Decibels(12.0);
  plot.origin = PlotOrigin::integration;
  EXPECT_FALSE(ForeignPulses::is_too_narrow(plot, beam));
  EXPECT_FALSE(ForeignPulses::is_too_narrow(Plot{}, beam)) << "a plot without shape";
}

TEST(ForeignPulses, narrow_plots_that_never_come_again_are_told) {
  Turns turns;
  Random random(1);
  std::vector<double> odds;
  for (int t = 0; t < 30; ++t) odds = turns.next(strewn(random, 20, 0.2));
  int told = 0;
  for (const double o : odds) told += o > 3.0 ? 1 : 0;
  EXPECT_GE(told, 17);
}

TEST(ForeignPulses, what_is_as_wide_as_the_beam_paints_is_never_told) {
  Turns turns;
  Random random(2);
  for (int t = 0; t < 30; ++t) {
    for (const double o : turns.next(strewn(random, 20, 1.2))) EXPECT_EQ(o, 0.0);
  }
}

TEST(ForeignPulses, a_fast_boat_that_is_narrow_is_doubted_in_its_first_turn_alone) {
  Turns turns;
  Random random(3);
  for (int t = 0; t < 40; ++t) turns.next(strewn(random, 20, 0.2));
  int doubted = 0;
  for (int t = 0; t < 20; ++t) {
    auto plots = strewn(random, 20, 0.2);
    for (Drawn& d : plots) d.bearing_deg = 90.0 + 0.5 * d.bearing_deg;  // away from the boat
    plots.push_back({4000.0 - 23.0 * turn_s * t, 10.0, 0.3});           // 45 kn, the first in order of bearing
    doubted += turns.next(plots)[0] > 1.0 ? 1 : 0;
  }
  EXPECT_LE(doubted, 1);
}

TEST(ForeignPulses, of_a_radar_that_sharpens_its_beam_nothing_is_told) {
  Turns turns;
  Random random(4);
  // Boats that are seen in half of the turns, all of them narrow.
  const auto boats = strewn(random, 60, 0.2);
  std::vector<double> odds;
  for (int t = 0; t < 40; ++t) {
    std::vector<Drawn> seen;
    for (const Drawn& boat : boats) {
      if (random.below(2) == 1) seen.push_back(boat);
    }
    odds = turns.next(seen);
  }
  for (const double o : odds) EXPECT_LT(o, 0.5);
}

TEST(ForeignPulses, nothing_is_told_in_the_first_two_turns_nor_after_the_antenna_began_anew) {
  Turns turns;
  Random random(5);
  for (int t = 0; t < 2; ++t) {
    for (const double o : turns.next(strewn(random, 20, 0.2))) EXPECT_EQ(o, 0.0);
  }
}

}  // namespace
}  // namespace headland::plots
