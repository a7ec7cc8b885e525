// SPDX-License-Identifier: Apache-2.0
// What else than a vessel may have given a plot: side lobes, the second trace, racons, SARTs, ghosts between ships,
// pulses of other radars.
//
// Nothing is dropped. Each plot gets the odds of all such causes together (Plot::cause_odds) and the likeliest of them;
// the tracker takes false echoes for so much denser there. A sector is judged by what came before it (a turn of strong
// echoes) and by itself: none is held back.
#pragma once

#include <memory>

#include "core/plots/causes/config.hpp"
#include "core/plots/plot.hpp"

namespace headland::plots {

class PlotExplainer {
 public:
  explicit PlotExplainer(const CauseConfig& config);
  ~PlotExplainer();
  PlotExplainer(PlotExplainer&&) noexcept;
  PlotExplainer& operator=(PlotExplainer&&) noexcept;

  // Sectors of one radar, in order. `has_strengths` as HitBlock's.
  void process(PlotSector& sector, bool has_strengths);
  [[nodiscard]] const CauseCounters& counters() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace headland::plots
