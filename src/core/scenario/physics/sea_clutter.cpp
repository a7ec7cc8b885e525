// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/physics/sea_clutter.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/constants.hpp"

namespace headland::scenario {
namespace {

constexpr double gravity = 9.80665;

double git_direction(double wavelength_m, double grazing_rad, double look_rad) {
  return std::exp(0.2 * std::cos(look_rad) * (1.0 - 2.8 * grazing_rad) * std::pow(wavelength_m + 0.015, -0.4));
}

}  // namespace

double nrl_sea_reflectivity(double frequency_ghz, double grazing_rad, double sea_state) {
  if (grazing_rad <= 0.0) return 0.0;
  const double degrees = grazing_rad * 180.0 / pi;
  const double state = std::clamp(sea_state, 0.0, 6.0);
  const double db = -73.0 + 20.78 * std::log10(std::sin(grazing_rad)) +
                    (27.5 + 7.351 * degrees) * std::log10(frequency_ghz) / (1.0 + 0.95 * degrees) +
                    25.65 * std::pow(1.0 + state, 1.0 / (2.0 + 0.085 * degrees + 0.033 * state)) +
                    0.0054 * degrees * degrees;
  return std::pow(10.0, 0.1 * db);
}

double sea_state_of(double wind_mps) { return std::clamp(std::pow(std::max(wind_mps, 0.0) / 3.16, 1.25), 0.0, 6.0); }

double wind_direction_factor(double wavelength_m, double grazing_rad, double look_rad) {
  double sum = 0.0;
  constexpr int steps = 32;
  for (int i = 0; i < steps; ++i) sum += git_direction(wavelength_m, grazing_rad, 2.0 * pi * i / steps);
  return git_direction(wavelength_m, grazing_rad, look_rad) * steps / sum;
}

double sea_clutter_shape(double grazing_rad, double area_m2, double look_rad) {
  if (grazing_rad <= 0.0 || area_m2 <= 0.0) return 0.1;
  const double log_shape = 2.0 / 3.0 * std::log10(grazing_rad * 180.0 / pi) + 0.625 * std::log10(area_m2) - 2.09 -
                           std::cos(2.0 * look_rad) / 3.0;
  return std::clamp(std::pow(10.0, log_shape), 0.1, 50.0);
}

double texture_length_m(double wind_mps, double look_rad) {
  const double c = std::cos(look_rad);
  return 0.5 * pi * wind_mps * wind_mps / gravity * std::sqrt(3.0 * c * c + 1.0);
}

PeakWaves peak_waves(double wind_mps) {
  const double omega = 0.877 * gravity / std::max(wind_mps, 0.1);
  return {2.0 * pi / omega, gravity / omega};
}

TextureTable::TextureTable(double shape) {
  // Distribution of the gamma variate, summed over ln x, upwards and read off at the ranks of the Gaussian steps.
  constexpr int points = 6000;
  const double low = -14.0 / std::min(shape, 1.0) - 5.0;
  const double high = std::log(1.0 + 60.0 / std::min(shape, 1.0));
  const double step = (high - low) / points;
  std::vector<double> above(points + 1);  // probability of more than low + i step
  for (int i = points - 1; i >= 0; --i) {
    const double log_x = low + (i + 0.5) * step;
    above[static_cast<std::size_t>(i)] =
        above[static_cast<std::size_t>(i) + 1] +
        std::exp(shape * std::log(shape) - std::lgamma(shape) + shape * log_x - shape * std::exp(log_x)) * step;
  }
  std::size_t at = 0;
  double power_sum = 0.0;
  double weight_sum = 0.0;
  for (std::size_t i = 0; i < steps; ++i) {
    const double g =
        (static_cast<double>(i) + 0.5) * 2.0 * static_cast<double>(reach) / steps - static_cast<double>(reach);
    const double wanted = above[0] * 0.5 * std::erfc(g / std::numbers::sqrt2);
    while (at + 1 < points && above[at + 1] > wanted) ++at;
    const double drop = above[at] - above[at + 1];
    const double part = drop > 0.0 ? std::clamp((above[at] - wanted) / drop, 0.0, 1.0) : 0.5;
    const double power = std::exp(low + (static_cast<double>(at) + part) * step);
    const double weight = std::exp(-0.5 * g * g);
    power_sum += weight * power;
    weight_sum += weight;
    amplitude_[i] = static_cast<float>(std::sqrt(power));
  }
  // Steps cut the distribution off at 5 deviations and read it at their middles: the mean is set right.
  const auto right = static_cast<float>(std::sqrt(weight_sum / power_sum));
  for (auto& a : amplitude_) a *= right;
}

}  // namespace headland::scenario
