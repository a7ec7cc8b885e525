// SPDX-License-Identifier: Apache-2.0
// Transponders as one radar sees them: what a SART or a racon answers to each pulse that reaches it strongly enough.
//
// One way: the radar's pulse falls off as 1/R^2 to them, their answer as 1/R^2 back, through the antenna's pattern once
// each; so side lobes trigger them near by, and show their answer.
// SART (IMO A.802(19), ITU-R M.628): 12 sweeps through 9.2 to 9.5 GHz and back, 7.5 us there, 0.4 us back; each gives a
// dot while it is within the receiver's band. Racon (ITU-R M.824): its code on the radar's frequency.
#pragma once

#include <complex>
#include <vector>

#include "core/coverage/propagation.hpp"
#include "core/geo/local_frame.hpp"
#include "core/scenario/antenna_pattern.hpp"
#include "core/scenario/radar_equation.hpp"

namespace headland::scenario {

class Transponders {
 public:
  using Complex = std::complex<float>;
  Transponders(const Scene& scene, const RadarSettings& radar, const LocalFrame& frame, EastNorth at,
               std::uint64_t seed);

  // One spoke of the radar at a bearing in the plane, `at_s` after the start; `key`: its chance.
  void add(double bearing_rad, double at_s, std::uint64_t key, std::vector<Complex>& cells) const;

  static constexpr double sweep_s = 7.9e-6;  // there and back
  static constexpr double sweep_hz_per_s = 300e6 / 7.5e-6;
  static constexpr int sweeps = 12;
  static constexpr double trigger_dbm = -50.0;

 private:
  struct Mark {  // of an answer, metres behind the transponder
    double from_m;
    double length_m;
  };
  struct One {
    Transponder spec;
    double range_m = 0.0;
    double direction_rad = 0.0;
    double trigger = 0.0;    // power at it with the beam on it, over what triggers it
    double amplitude = 0.0;  // of its answer with the beam on it, over the root of the noise
    std::vector<Mark> marks;
  };
  RadarSettings radar_;
  RadarConstants constants_;
  AntennaPattern pattern_;
  std::vector<One> all_;
};

}  // namespace headland::scenario
