// SPDX-License-Identifier: Apache-2.0
// Ghosts between ships: the pulse goes to ship A, from there to ship B, back to A and to the radar. It shows on the
// bearing of A, farther than A by the distance from A to B.
//
// What comes back so is less than the echo of A by sigma_A sigma_B / (4 pi d^2)^2: big ships, near one another. How
// likely such an echo is a ghost is learned, by the distance: how many more plots lie where a pair of strong echoes
// puts a ghost than a little nearer and farther on the same bearing (CauseRate). (The other way, radar to A to B to
// radar, comes back from the bearing of B while the antenna looks at A: it is weaker by a side lobe and left out.)
#pragma once

#include <array>

#include "core/plots/causes/cause_rate.hpp"
#include "core/plots/causes/strong_echoes.hpp"

namespace headland::plots {

class ShipGhosts {
 public:
  explicit ShipGhosts(const CauseConfig& config) : config_(config) {}

  // Odds that the plot, of `power_db`, is a ghost of any pair of the strong echoes; then it is counted.
  double judge(const PlotSector& sector, const Plot& plot, double power_db, const StrongEchoes& strong);

  static constexpr double least_power_db = 30.0;  // of A and of B
  static constexpr double weaker_by_db = 10.0;    // than A, at least
  static constexpr double farthest_m = 2000.0;    // from A to B

 private:
  void weigh(const StrongEcho& a, const Plot& plot, double direction, const StrongEchoes& strong, double& odds);

  CauseConfig config_;
  std::array<CauseRate, 3> rates_{CauseRate(0.5), CauseRate(0.2), CauseRate(0.0)};
  CountedPlaces counted_;
  std::uint32_t forgotten_turn_ = 0;
};

}  // namespace headland::plots
