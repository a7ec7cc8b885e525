// SPDX-License-Identifier: Apache-2.0
// Pulses of other radars that neighbouring spokes share, so that the rejection of interference (core/signal) cannot cut
// them: long pulses, or a radar whose rhythm is nearly ours. They draw short arcs and slanting lines, elsewhere in
// every turn.
//
// Two things give such a plot away. At any one range it is narrower than the beam can paint a point as strong as it:
// a point of P dB over the threshold shows 2 sqrt(P / 24.1 dB) beam widths wide (Gaussian beam, two ways), whatever
// paints less than half of that did not come by our beam. And where it is nothing was in the two turns before, within
// what a fast boat moves. Neither alone is taken for it: a radar may sharpen its beam, and boats come up. What such
// narrow plots are is counted: how many of them lie where something was a turn or two ago, against how many would by
// chance (the same place, a little nearer and farther). Those that do beyond chance are real, and as many again may be
// real that were not seen before (a vessel that is seen in half of the turns); the rest is interference. A narrow plot
// where something was has the odds of chance only.
#pragma once

#include <cstdint>
#include <vector>

#include "core/plots/causes/config.hpp"

namespace headland::plots {

class ForeignPulses {
 public:
  // For each plot of a sector the odds that it is one, by what was counted before; then it is counted. Sectors in
  // order.
  void judge(const PlotSector& sector, Angle beam, std::vector<double>& odds);

  // Whether a point so strong would show at least twice as wide; the least strength keeps noise out of it.
  [[nodiscard]] static bool is_too_narrow(const Plot& plot, Angle beam);

  static constexpr double least_strength_db = 6.0;
  static constexpr double fastest_mps = 25.0;
  static constexpr double most_odds = 30.0;

 private:
  struct Seen {
    double direction = 0.0;  // unrolled, radians
    double range_m = 0.0;
    double range_deviation_m = 0.0;
    double bearing_deviation = 0.0;  // radians
    Timestamp time;
  };
  // Forgets what is older than two turns, and measures the time of a turn.
  void follow(const PlotSector& sector);
  void remember(const Seen& plot);
  // Whether something was in reach of the plot one or two turns ago, seen `aside_m` farther away than the plot is.
  [[nodiscard]] bool was_there(const Seen& plot, double aside_m) const;
  [[nodiscard]] double reach_m(const Seen& now, const Seen& then) const;
  void count(bool again, double by_chance);
  [[nodiscard]] double odds_of(bool again) const;

  std::vector<Seen> seen_;  // in order of direction
  std::vector<Seen> now_;   // of the sector in hand
  bool begun_ = false;
  std::uint32_t first_turn_ = 0;
  // When one sector was looked at last.
  std::uint32_t marked_sector_ = 0;
  std::uint32_t marked_turn_ = 0;
  Timestamp marked_time_;
  Seconds turn_{2.5};
  // Narrow plots, fading: where something was, and where nothing was; at the places beside them where something was.
  double again_ = 20.0;
  double alone_ = 20.0;
  double beside_ = 0.0;
};

}  // namespace headland::plots
