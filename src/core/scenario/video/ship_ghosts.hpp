// SPDX-License-Identifier: Apache-2.0
// Ghosts between ships: what goes from the radar to ship A, on to ship B, back to A and to the radar. It shows behind
// A by their distance d, with the power of A's own echo times sigma_A sigma_B / (4 pi d^2)^2 (the radar equation once
// for each leg; A scatters towards B as it does back). Points, not hulls; no mirror on the sea between the two.
#pragma once

#include <complex>
#include <vector>

#include "core/scenario/antenna_pattern.hpp"
#include "core/scenario/radar_equation.hpp"
#include "core/scenario/vessel_motion.hpp"

namespace headland::scenario {

class ShipGhostEchoes {
 public:
  using Complex = std::complex<float>;
  ShipGhostEchoes(const Scene& scene, const RadarSettings& radar, EastNorth at, std::uint64_t seed);

  // One spoke of a turn, at a bearing in the plane.
  void add(std::int64_t turn, double bearing_rad, const Fleet& fleet, double fraction,
           std::vector<Complex>& cells) const;

  static constexpr double shortest_ship_m = 40.0;
  static constexpr double farthest_m = 3000.0;

 private:
  struct Ship {
    std::size_t vessel;
    double rcs_m2;
    double length_m;
  };
  RadarSettings radar_;
  RadarConstants constants_;
  EastNorth at_;
  std::uint64_t seed_;
  AntennaPattern pattern_;
  std::vector<Ship> ships_;
};

}  // namespace headland::scenario
