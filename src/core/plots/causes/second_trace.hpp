// SPDX-License-Identifier: Apache-2.0
// Echoes of the second trace: from beyond the range that belongs to the interval between pulses, shown nearer by it.
//
// A radar that changes its interval from turn to turn gives them away: they jump in range by c/2 times the difference
// of two intervals, back and forth on one bearing, where a vessel stays. A plot that jumped so three turns running is
// taken for certain; once, it may be chance. Where the interval stays the same, or is not known, nothing can be told:
// such an echo looks like any other. Where it changes from pulse to pulse the echo falls apart into single spokes,
// which the rejection of interference cuts (core/signal).
#pragma once

#include <vector>

#include "core/plots/causes/config.hpp"

namespace headland::plots {

class SecondTrace {
 public:
  explicit SecondTrace(const CauseConfig& config);

  // Whether it can be told at all.
  [[nodiscard]] bool is_known() const { return !jumps_m_.empty(); }
  // For each plot of a sector the odds that it is one; sectors in order.
  void judge(const PlotSector& sector, std::vector<double>& odds);

  static constexpr double least_jump_m = 150.0;  // what no vessel moves in a turn
  static constexpr double stays_m = 60.0;        // what a vessel moves at most

 private:
  struct Seen {
    double direction;  // unrolled, radians
    double range_m;
    double reach;  // in bearing, radians
    int jumped;    // turns running
  };
  CauseConfig config_;
  std::vector<double> jumps_m_;  // with either sign
  std::vector<Seen> seen_;       // of the last turn and this one, in order of time
};

}  // namespace headland::plots
