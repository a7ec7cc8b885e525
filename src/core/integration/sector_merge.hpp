// SPDX-License-Identifier: Apache-2.0
// Puts integrated plots into the sectors of the plot extractor, but where a plot of it tells of the same echo.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "core/integration/config.hpp"
#include "core/integration/path_grid.hpp"
#include "core/plots/plot.hpp"

namespace headland::integration {

struct WeakPlot {
  Plot plot;
  double place = 0.0;         // turns of the antenna
  Velocity velocity;          // of its path
  bool first = false;         // declares its path: carries the evidence of all turns before
  double own_evidence = 0.0;  // of this turn alone
};

class SectorMerge {
 public:
  void begin(const GridGeometry& geometry) { geometry_ = geometry; }

  void take(PlotSector&& sector) { waiting_.push_back(std::move(sector)); }
  void put(WeakPlot&& weak, Counters& counters);
  // Gives out the sectors whose successor is here and that end before `place`; with `all` every one.
  void give_out(double place, bool all, Counters& counters, std::vector<PlotSector>& out);

 private:
  struct Told {
    double place = 0.0;  // turns of the antenna: clocks may be wrong
    Plot plot;
  };
  [[nodiscard]] bool tells_of(const Plot& plot, const WeakPlot& weak, double seconds_before) const;
  void give_first(Counters& counters, std::vector<PlotSector>& out);
  void note(const PlotSector& sector);

  GridGeometry geometry_;
  std::deque<PlotSector> waiting_;
  std::size_t noted_ = 0;    // of those, whose plots are in `recent_`
  std::deque<Told> recent_;  // plots of the extractor of some turns, in the order in which they came
  std::deque<Told> told_;    // integrated plots of some turns, likewise
  std::vector<WeakPlot> weak_;
  double given_to_ = -1.0;  // place
};

}  // namespace headland::integration
