// SPDX-License-Identifier: Apache-2.0
// Rain as one radar sees it: cells that drift, what they send back, and what they take from all that lies behind.
#pragma once

#include <complex>
#include <vector>

#include "core/geo/local_frame.hpp"
#include "core/scenario/radar_equation.hpp"
#include "core/scenario/random_fields.hpp"

namespace headland::scenario {

class RainField {
 public:
  using Complex = std::complex<float>;
  RainField(const Scene& scene, const RadarSettings& radar, const LocalFrame& frame, EastNorth at, std::uint64_t seed);

  [[nodiscard]] bool is_dry() const { return rain_.empty(); }
  // Adds the echo of rain to a spoke (bearing in the plane) and then weakens all cells by the rain before them. Spokes
  // in order; the sky is looked at anew every eighth.
  void add(std::int64_t spoke, double bearing_rad, double spoke_s, std::vector<Complex>& cells);

  // Mean power of the echo over noise and the share of the amplitude that comes back, of the spoke last added.
  [[nodiscard]] double power(std::size_t cell) const {
    return static_cast<double>(amplitude_[cell]) * static_cast<double>(amplitude_[cell]);
  }
  [[nodiscard]] double left(std::size_t cell) const { return static_cast<double>(left_[cell]); }

 private:
  struct Cell {
    EastNorth centre;
    EastNorthVelocity velocity;
    double radius_m;
    double rate_mm_h;
  };
  void look(double bearing_rad, double at_s);

  RadarSettings radar_;
  RadarConstants constants_;
  EastNorth at_;
  std::uint64_t seed_;
  std::vector<Cell> rain_;
  SpeckleField drops_;
  std::vector<float> amplitude_;  // by cell, root of the mean power before attenuation
  std::vector<float> left_;
  std::vector<float> rate_;
  std::int64_t looked_ = -1;
};

}  // namespace headland::scenario
