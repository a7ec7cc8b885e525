// SPDX-License-Identifier: Apache-2.0
// What the sea sends back beside the mean of the GIT model (radar_equation.hpp): the mean after the NRL model, how
// spiky it is, how far a swell reaches and how long it lasts. Closed forms, each with its source.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace headland::scenario {

// Mean reflectivity of the sea, m2/m2, horizontal polarisation, all directions together: Gregers-Hansen, Mital, An
// Improved Empirical Model for Radar Sea Clutter Reflectivity, NRL/MR/5310-12-9346, 2012. 0.5 to 35 GHz, sea state 0 to
// 6, grazing 0.1 to 60 degrees; below, it goes on as sin(grazing)^2.08. 0 for grazing angles that are not positive.
[[nodiscard]] double nrl_sea_reflectivity(double frequency_ghz, double grazing_rad, double sea_state);

// Sea state (0 to 6, parts too) that a wind raises: V = 3.16 s^0.8 (Barton, Modern Radar System Analysis, 1988).
[[nodiscard]] double sea_state_of(double wind_mps);

// Strength by direction over the mean of all directions: the factor of the GIT model.
[[nodiscard]] double wind_direction_factor(double wavelength_m, double grazing_rad, double look_rad);

// Shape of the K-distribution of X band, horizontal polarisation: log10 v = 2/3 log10(grazing in degrees) + 5/8
// log10(area of the cell, m2) - 2.09 - cos(2 look) / 3, look against the swell (Ward, Tough, Watts, Sea Clutter, 2nd
// ed. 2013, 2.7, after Watts, Wicks 1990; from 0.1 to 10 degrees). Kept to 0.1 ... 50.
[[nodiscard]] double sea_clutter_shape(double grazing_rad, double area_m2, double look_rad);

// How far the texture reaches in range: pi/2 V^2/g sqrt(3 cos^2(look) + 1) (Watts, Ward 1987, of a fully arisen sea).
[[nodiscard]] double texture_length_m(double wind_mps, double look_rad);

// Waves of the peak of the Pierson-Moskowitz spectrum (1964): omega = 0.877 g / V, in deep water.
struct PeakWaves {
  double period_s = 0.0;
  double speed_mps = 0.0;  // of the crests, with the wind
};
[[nodiscard]] PeakWaves peak_waves(double wind_mps);

// From a Gaussian variate to the amplitude of K clutter's texture: the root of the gamma variate of mean 1 that has the
// same rank. Keeps correlation, gives each shape its exact distribution (Tough, Ward 1999: memoryless transform).
class TextureTable {
 public:
  static constexpr std::size_t steps = 1024;
  static constexpr float reach = 5.12F;  // deviations

  explicit TextureTable(double shape);
  [[nodiscard]] float amplitude(float gaussian) const {
    const float at = (gaussian + reach) * (static_cast<float>(steps) / (2.0F * reach));
    const float most = static_cast<float>(steps - 1);
    return amplitude_[static_cast<std::size_t>(at < 0.0F ? 0.0F : (at > most ? most : at))];
  }

 private:
  std::array<float, steps> amplitude_{};
};

}  // namespace headland::scenario
