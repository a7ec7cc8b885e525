// SPDX-License-Identifier: Apache-2.0
// How the sea surface and the curve of the Earth change the field at a target: lobes between the direct ray and the one
// that the sea mirrors, and diffraction beyond the horizon. Factors are of the field, one way, over free space: an
// echo's power goes with their fourth power. 4/3 earth, no ducts.
#pragma once

namespace headland::coverage {

// 4/3 of the mean Earth radius: standard refraction as a larger Earth with straight rays.
inline constexpr double effective_earth_radius_m = 4.0 / 3.0 * 6'371'008.8;

// Distance of the sea horizon from a height, 4/3 earth: 4.12 km * sqrt(h / 1 m).
[[nodiscard]] double horizon_m(double height_m);

// Where the mirrored ray meets the sea, antenna and target at heights above it, along the ground.
struct Reflection {
  double from_antenna_m = 0.0;
  double grazing_rad = 0.0;
  double path_difference_m = 0.0;  // mirrored less direct
  double divergence = 1.0;         // of the mirrored ray's field, by the curve of the sea
};
// Closed solution of the cubic (Fishback; Kerr, Propagation of Short Radio Waves, 1951, 2.5). Within the horizon only.
[[nodiscard]] Reflection reflection_of(double antenna_m, double target_m, double range_m);

// Share of the field that a sea of the given deviation of heights still mirrors: exp(-z) I0(z), z = 2 (2 pi h
// sin(grazing) / lambda)^2 (Miller, Brown, Vegh 1984; Ament's exp(-z) of 1953 falls off too fast).
[[nodiscard]] double mirrored_share(double sea_deviation_m, double grazing_rad, double wavelength_m);

// Field of the two rays, horizontal polarisation (the sea turns the phase by 180 degrees at grazing incidence).
[[nodiscard]] double two_ray_factor(double wavelength_m, double antenna_m, double target_m, double range_m,
                                    double sea_deviation_m);

// Beyond the horizon: first term of the residue series over a smooth sphere (ITU-R P.526, 3.1.1, beta = 1).
[[nodiscard]] double diffraction_factor(double wavelength_m, double antenna_m, double target_m, double range_m);

// Deviation of the heights of a fully arisen sea: average height (V / 8.67)^2.5 (Horst, Dyer, Tuley 1978), which is
// sqrt(2 pi) deviations where heights are Rayleigh-distributed.
[[nodiscard]] double sea_deviation_m(double wind_mps);

// One antenna, one height, all ranges: two rays where the grazing angle is over (lambda / 2 pi a)^(1/3) (Kerr 1951:
// where rays hold), diffraction beyond the horizon, a straight line in decibels over range between the two.
class PropagationPath {
 public:
  PropagationPath(double wavelength_m, double antenna_m, double target_m, double sea_deviation_m);
  [[nodiscard]] double factor(double range_m) const;
  [[nodiscard]] double rays_to_m() const { return rays_to_m_; }
  [[nodiscard]] double horizon_at_m() const { return horizon_m_; }

 private:
  double wavelength_m_, antenna_m_, target_m_, sea_deviation_m_;
  double rays_to_m_ = 0.0, horizon_m_ = 0.0;
  double rays_db_ = 0.0, horizon_db_ = 0.0;  // there
};

}  // namespace headland::coverage
