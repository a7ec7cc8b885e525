// SPDX-License-Identifier: Apache-2.0
// Vessels as one radar sees them: points along the hull, fluctuation, aspect, propagation over the sea, what land and
// ships hide of them, and the shadows that ships cast on the sea.
#pragma once

#include <complex>
#include <vector>

#include "core/coverage/propagation.hpp"
#include "core/scenario/antenna_pattern.hpp"
#include "core/scenario/land_echoes.hpp"
#include "core/scenario/vessel_motion.hpp"

namespace headland::scenario {

class VesselEchoes {
 public:
  using Complex = std::complex<float>;
  VesselEchoes(const Scene& scene, const RadarSettings& radar, EastNorth at, Angle north, std::uint64_t seed);

  // One spoke: where and when it looks.
  struct Look {
    std::int64_t spoke = 0;
    double bearing_rad = 0.0;  // in the plane
    const Fleet* fleet = nullptr;
    double fraction = 0.0;  // of a tick
    double at_s = 0.0;      // after the start
  };
  // Takes from the clutter in `cells` what lies in the shadow of ships. Spokes in order, before `add`.
  void shade(const Look& look, std::vector<Complex>& cells);
  void add(const Look& look, const LandEchoes& land, std::vector<Complex>& cells);

  // Share of an echo's power, over free space, that a vessel at this range has by propagation (no land, no ships).
  [[nodiscard]] double propagation(std::size_t vessel, double range_m) const;

 private:
  struct Scatterer {
    double along_m = 0.0;   // forward of the middle
    double across_m = 0.0;  // to starboard
    double weight = 1.0;    // share of the cross section
  };
  struct Echo {  // one vessel
    VesselSpec spec;
    std::vector<Scatterer> scatterers;
    std::vector<coverage::PropagationPath> paths;  // of points from the water to its height
    std::vector<Complex> factor;                   // of this turn: phase, and for small craft fluctuation
    double passage_rad = -1e9;                     // where the beam passes it, since spoke 0
    std::int64_t next_spoke = 0;                   // before which the beam does not come near
    double share = 0.0;                            // by propagation, of this turn
  };
  struct Shadow {  // of a ship
    std::size_t vessel = 0;
    double range_m = 0.0;
    double bearing_rad = 0.0;
    double half_width_rad = 0.0;
    double elevation_rad = 0.0;  // of its top
  };

  void prepare(std::size_t vessel);
  void new_turn(std::size_t vessel, std::int64_t turn, double range_m);
  void find_shadows(const Look& look);
  // Share of the beam that a shadow covers on its axis at this bearing.
  [[nodiscard]] double covered(const Shadow& shadow, double bearing_rad) const;
  [[nodiscard]] double seen(std::size_t vessel, double range_m, double bearing_rad, double land_rad) const;
  // By how much an echo from `range_m` shows nearer, being that of an earlier pulse.
  [[nodiscard]] double of_earlier_pulses_m(std::int64_t spoke, double range_m) const;
  void add_one(std::size_t vessel, const Look& look, const LandEchoes& land, std::vector<Complex>& cells);

  RadarSettings radar_;
  RadarConstants constants_;
  EastNorth at_;
  Angle north_;
  std::uint64_t seed_;
  double sea_deviation_m_;
  bool multipath_;
  AntennaPattern pattern_;
  std::vector<Echo> echoes_;
  std::vector<Shadow> shadows_;
};

}  // namespace headland::scenario
