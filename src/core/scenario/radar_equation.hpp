// SPDX-License-Identifier: Apache-2.0
// What comes back: the radar equation, the horizon, reflectivity of sea and rain. Closed forms only.
#pragma once

#include "core/coverage/propagation.hpp"
#include "core/scenario/scene.hpp"

namespace headland::scenario {

using coverage::effective_earth_radius_m;
using coverage::horizon_m;

struct RadarConstants {
  double wavelength_m = 0.0;
  double noise_w = 0.0;        // of the receiver
  double snr_at_1m_1m2 = 0.0;  // power over mean noise of 1 m2 at 1 m, on the beam axis: coverage::snr_of_square_metre
  double resolution_m = 0.0;   // c tau / 2
  double beam_two_way_rad = 0.0;  // -3 dB width of the two-way pattern (Gaussian main lobe)
};
[[nodiscard]] RadarConstants constants_of(const RadarSettings& radar);

// Power over mean noise in free space.
[[nodiscard]] double snr(const RadarConstants& radar, double rcs_m2, double range_m);

// Two-way gain of the upright pattern (Gaussian, axis level) over its axis.
[[nodiscard]] double vertical_gain(const RadarSettings& radar, double off_level_rad);

// How much of a thing of `height_m` at `range_m` stands in the ray over the horizon, or over an
// obstacle seen at the elevation `blocked_rad` (effective Earth; -1000 = none): 0 ... 1.
[[nodiscard]] double visible_fraction(double antenna_m, double height_m, double range_m, double blocked_rad);

// Elevation of a point, effective Earth, radians.
[[nodiscard]] double elevation_rad(double antenna_m, double height_m, double range_m);

// Mean reflectivity of the sea, m2/m2, horizontal polarisation, GIT model (Horst, Dyer, Tuley 1978),
// 1 to 10 GHz, fully arisen sea: average wave height (V / 8.67)^2.5 from the wind V in m/s. `look_rad`: angle
// between the look and upwind (0 = into the wind). 0 for grazing angles that are not positive.
[[nodiscard]] double sea_reflectivity(double wavelength_m, double grazing_rad, double wind_mps, double look_rad);

// Reflectivity of rain per volume, m2/m3: pi^5 |K|^2 Z / lambda^4, |K|^2 = 0.93, Z = 200 r^1.6 mm^6/m^3
// (Marshall, Palmer 1948).
[[nodiscard]] double rain_reflectivity(double wavelength_m, double rate_mm_h);

}  // namespace headland::scenario
