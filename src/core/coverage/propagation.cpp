// SPDX-License-Identifier: Apache-2.0
#include "core/coverage/propagation.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/constants.hpp"

namespace headland::coverage {
namespace {

constexpr double least_height_m = 0.05;

// exp(-z) I0(z) (Abramowitz, Stegun 9.8.1 and 9.8.2).
double scaled_bessel_i0(double z) {
  if (z < 3.75) {
    const double t = z / 3.75 * (z / 3.75);
    const double i0 =
        1.0 + t * (3.5156229 + t * (3.0899424 + t * (1.2067492 + t * (0.2659732 + t * (0.0360768 + t * 0.0045813)))));
    return i0 * std::exp(-z);
  }
  const double t = 3.75 / z;
  const double tail =
      0.39894228 +
      t * (0.01328592 +
           t * (0.00225319 +
                t * (-0.00157565 +
                     t * (0.00916281 + t * (-0.02057706 + t * (0.02635537 + t * (-0.01647633 + t * 0.00392377)))))));
  return tail / std::sqrt(z);
}

double decibels_of(double field) { return 20.0 * std::log10(std::max(field, 1e-12)); }

// Height gain of P.526, decibels, of the normalised height.
double height_gain_db(double y) {
  if (y > 2.0) return 17.6 * std::sqrt(y - 1.1) - 5.0 * std::log10(y - 1.1) - 8.0;
  return 20.0 * std::log10(y + 0.1 * y * y * y);
}

}  // namespace

double horizon_m(double height_m) { return std::sqrt(2.0 * effective_earth_radius_m * std::max(height_m, 0.0)); }

Reflection reflection_of(double antenna_m, double target_m, double range_m) {
  const double a = effective_earth_radius_m;
  const double p = 2.0 / std::sqrt(3.0) * std::sqrt(a * (antenna_m + target_m) + 0.25 * range_m * range_m);
  const double s = std::clamp(2.0 * a * range_m * (antenna_m - target_m) / (p * p * p), -1.0, 1.0);
  Reflection r;
  r.from_antenna_m = std::clamp(0.5 * range_m + p * std::sin(std::asin(s) / 3.0), 0.0, range_m);
  const double beyond = range_m - r.from_antenna_m;
  // Heights over the plane that touches the sea there.
  const double h1 = antenna_m - r.from_antenna_m * r.from_antenna_m / (2.0 * a);
  const double h2 = target_m - beyond * beyond / (2.0 * a);
  r.grazing_rad = std::max(0.0, std::atan2(h1 + h2, range_m));
  r.path_difference_m = h1 > 0.0 && h2 > 0.0 ? std::hypot(range_m, h1 + h2) - std::hypot(range_m, h1 - h2) : 0.0;
  const double sine = std::max(std::sin(r.grazing_rad), 1e-9);
  r.divergence = 1.0 / std::sqrt(1.0 + 2.0 * r.from_antenna_m * beyond / (a * range_m * sine));
  return r;
}

double mirrored_share(double sea_deviation_m, double grazing_rad, double wavelength_m) {
  const double g = 2.0 * pi * sea_deviation_m * std::sin(grazing_rad) / wavelength_m;
  return scaled_bessel_i0(2.0 * g * g);
}

double two_ray_factor(double wavelength_m, double antenna_m, double target_m, double range_m, double sea_deviation_m) {
  const Reflection r = reflection_of(antenna_m, target_m, range_m);
  const double mirrored = r.divergence * mirrored_share(sea_deviation_m, r.grazing_rad, wavelength_m);
  const double phase = 2.0 * pi * r.path_difference_m / wavelength_m;
  return std::sqrt(std::max(0.0, 1.0 + mirrored * mirrored - 2.0 * mirrored * std::cos(phase)));
}

double diffraction_factor(double wavelength_m, double antenna_m, double target_m, double range_m) {
  const double a = effective_earth_radius_m;
  const double x = std::cbrt(pi / (wavelength_m * a * a)) * range_m;
  const double per_height = 2.0 * std::cbrt(pi * pi / (wavelength_m * wavelength_m * a));
  const double distance_db =
      x >= 1.6 ? 11.0 + 10.0 * std::log10(x) - 17.6 * x : -20.0 * std::log10(x) - 5.6488 * std::pow(x, 1.425);
  const double db = distance_db + height_gain_db(per_height * std::max(antenna_m, least_height_m)) +
                    height_gain_db(per_height * std::max(target_m, least_height_m));
  return std::pow(10.0, std::min(db, 0.0) / 20.0);
}

double sea_deviation_m(double wind_mps) { return std::pow(std::max(wind_mps, 0.0) / 8.67, 2.5) / std::sqrt(2.0 * pi); }

PropagationPath::PropagationPath(double wavelength_m, double antenna_m, double target_m, double sea_deviation_m)
    : wavelength_m_(wavelength_m),
      antenna_m_(std::max(antenna_m, least_height_m)),
      target_m_(std::max(target_m, least_height_m)),
      sea_deviation_m_(sea_deviation_m) {
  horizon_m_ = horizon_m(antenna_m_) + horizon_m(target_m_);
  const double least_grazing = std::cbrt(wavelength_m_ / (2.0 * pi * effective_earth_radius_m));
  double near = 0.0;
  double far = horizon_m_;
  for (int i = 0; i < 40; ++i) {
    const double middle = 0.5 * (near + far);
    (reflection_of(antenna_m_, target_m_, middle).grazing_rad > least_grazing ? near : far) = middle;
  }
  rays_to_m_ = near;
  rays_db_ = decibels_of(two_ray_factor(wavelength_m_, antenna_m_, target_m_, std::max(near, 1.0), sea_deviation_m_));
  horizon_db_ = decibels_of(diffraction_factor(wavelength_m_, antenna_m_, target_m_, horizon_m_));
}

double PropagationPath::factor(double range_m) const {
  if (range_m <= rays_to_m_) {
    return two_ray_factor(wavelength_m_, antenna_m_, target_m_, std::max(range_m, 1.0), sea_deviation_m_);
  }
  if (range_m >= horizon_m_) return diffraction_factor(wavelength_m_, antenna_m_, target_m_, range_m);
  const double part = (range_m - rays_to_m_) / (horizon_m_ - rays_to_m_);
  return std::pow(10.0, (rays_db_ + part * (horizon_db_ - rays_db_)) / 20.0);
}

}  // namespace headland::coverage
