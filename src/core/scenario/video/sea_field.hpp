// SPDX-License-Identifier: Apache-2.0
// Sea clutter of one radar: K-distributed, its texture a field that lives from turn to turn and runs with the waves.
//
// Under the texture lies a Gaussian field, which each turn moves down the wind with the crests (along the beam: what
// they move across it in a turn is less than the beam from half a mile on), keeps exp(-turn / peak period) of itself
// and takes the rest from a fresh field. A table turns it into the root of a gamma variate (physics/sea_clutter.hpp).
#pragma once

#include <complex>
#include <span>
#include <vector>

#include "core/scenario/land_echoes.hpp"
#include "core/scenario/physics/sea_clutter.hpp"
#include "core/scenario/radar_equation.hpp"
#include "core/scenario/random_fields.hpp"

namespace headland::scenario {

class SeaField {
 public:
  using Complex = std::complex<float>;
  SeaField(const Sea& sea, const RadarSettings& radar, std::uint64_t seed);

  // Adds the clutter of the stretches of sea to the cells of a spoke. Each azimuth once a turn, turns in order.
  void add(std::int64_t turn, std::size_t azimuth, double bearing_rad, std::span<const LandEchoes::Stretch> stretches,
           std::vector<Complex>& cells);

  // Mean power over noise, of all directions together.
  [[nodiscard]] double mean_power(std::size_t cell) const;
  [[nodiscard]] std::size_t cell_count() const { return amplitude_.size(); }  // beyond, it is not worth its time
  // Shape of the K-distribution there.
  [[nodiscard]] double shape(std::size_t cell, double bearing_rad) const;

 private:
  void prepare_means();
  void prepare_shapes();
  [[nodiscard]] std::size_t table_of(double shape) const;
  void move(std::int64_t turn, std::size_t azimuth, double look_rad, std::uint64_t key);

  Sea sea_;
  RadarSettings radar_;
  RadarConstants constants_;
  std::uint64_t seed_;
  double turn_s_;
  SpeckleField speckle_;
  GaussField fresh_;
  std::vector<float> amplitude_;  // by cell, root of the mean power
  std::vector<TextureTable> tables_;
  std::vector<float> log_shape_;  // by cell, across the swell's sine: log10 of the shape without its direction
  PeakWaves waves_;
  float kept_ = 0.0F;         // of the texture, a turn
  std::vector<float> field_;  // Gaussian, a row each azimuth
  std::vector<std::int64_t> turns_;
  std::vector<float> row_;
};

}  // namespace headland::scenario
