// SPDX-License-Identifier: Apache-2.0
// What rain takes away from all that lies behind it. What it sends back: rain_reflectivity (radar_equation.hpp).
#pragma once

namespace headland::scenario {

// Specific attenuation, dB/km one way, horizontal polarisation, level path: k R^alpha with k and alpha of ITU-R P.838-3
// (2005), 1 to 1000 GHz.
[[nodiscard]] double rain_attenuation_db_km(double frequency_ghz, double rate_mm_h);

struct RainCoefficients {
  double k = 0.0;
  double alpha = 0.0;
};
[[nodiscard]] RainCoefficients rain_coefficients(double frequency_ghz);

}  // namespace headland::scenario
