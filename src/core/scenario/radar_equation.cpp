// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/radar_equation.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/coverage/sensitivity.hpp"

namespace headland::scenario {

RadarConstants constants_of(const RadarSettings& radar) {
  const coverage::RadarParameters transmitter{radar.frequency_ghz,   radar.peak_power_w,    radar.pulse_ns,
                                              radar.gain_db,         radar.noise_figure_db, radar.losses_db,
                                              radar.antenna_height_m};
  RadarConstants c;
  c.wavelength_m = speed_of_light_mps / (radar.frequency_ghz * 1e9);
  c.noise_w = coverage::receiver_noise_w(transmitter);
  c.snr_at_1m_1m2 = coverage::snr_of_square_metre(transmitter, Metres{1.0});
  c.resolution_m = speed_of_light_mps * radar.pulse_ns * 1e-9 / 2.0;
  c.beam_two_way_rad = radar.beam_deg * radians_per_degree / std::numbers::sqrt2;
  return c;
}

double snr(const RadarConstants& radar, double rcs_m2, double range_m) {
  const double r2 = range_m * range_m;
  return radar.snr_at_1m_1m2 * rcs_m2 / (r2 * r2);
}

double vertical_gain(const RadarSettings& radar, double off_level_rad) {
  const double x = off_level_rad / (radar.beam_vertical_deg * radians_per_degree);
  return std::exp(-8.0 * std::numbers::ln2 * x * x);
}

double elevation_rad(double antenna_m, double height_m, double range_m) {
  return (height_m - antenna_m) / range_m - range_m / (2.0 * effective_earth_radius_m);
}

double visible_fraction(double antenna_m, double height_m, double range_m, double blocked_rad) {
  if (range_m > horizon_m(antenna_m)) {
    blocked_rad = std::max(blocked_rad, -std::sqrt(2.0 * antenna_m / effective_earth_radius_m));
  }
  const double hidden_m = antenna_m + range_m * (blocked_rad + range_m / (2.0 * effective_earth_radius_m));
  return std::clamp((height_m - hidden_m) / height_m, 0.0, 1.0);
}

double sea_reflectivity(double wavelength_m, double grazing_rad, double wind_mps, double look_rad) {
  if (grazing_rad <= 0.0 || wind_mps <= 0.0) return 0.0;
  const double wave_m = std::pow(wind_mps / 8.67, 2.5);
  const double roughness = (14.4 * wavelength_m + 5.5) * grazing_rad * wave_m / wavelength_m;
  const double r4 = std::pow(roughness, 4.0);
  const double interference = r4 / (1.0 + r4);  // multipath below the critical angle
  const double lengthened = std::pow(wavelength_m + 0.015, -0.4);
  const double direction = std::exp(0.2 * std::cos(look_rad) * (1.0 - 2.8 * grazing_rad) * lengthened);
  const double wind = std::pow(1.94 * wind_mps / (1.0 + wind_mps / 15.4), 1.1 * lengthened);
  return 3.9e-6 * wavelength_m * std::pow(grazing_rad, 0.4) * interference * direction * wind;
}

double rain_reflectivity(double wavelength_m, double rate_mm_h) {
  if (rate_mm_h <= 0.0) return 0.0;
  const double z_m3 = 200.0 * std::pow(rate_mm_h, 1.6) * 1e-18;  // mm^6/m^3 to m^3
  return std::pow(std::numbers::pi, 5.0) * 0.93 * z_m3 / std::pow(wavelength_m, 4.0);
}

}  // namespace headland::scenario
