// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/physics/target.hpp"

#include <cmath>
#include <numbers>

#include "core/scenario/seeds.hpp"

namespace headland::scenario {
namespace {

constexpr double lobe_width = 0.004;  // e^-1 five degrees off

double ship_lobes(double sine) {
  return 0.35 + 0.7 * sine * sine + 4.0 * std::exp(-(1.0 - std::abs(sine)) / lobe_width);
}

}  // namespace

double aspect_factor(double aspect_rad, double length_m) {
  const double s = std::sin(aspect_rad);
  if (length_m < 5.0) return 1.0;
  if (length_m < 12.0) return (1.0 + s * s) / 1.5;
  // Mean of all aspects: 0.35 + 0.35 + 4 exp(-1/w) I0(1/w), of which for a narrow lobe is left sqrt(w / 2 pi).
  const double mean = 0.7 + 4.0 * 2.0 * std::sqrt(lobe_width / (2.0 * std::numbers::pi));
  return ship_lobes(s) / mean;
}

double fluctuation_of(Fluctuation kind, std::uint64_t key) {
  const auto exponential = [](std::uint64_t k) { return -std::log(1.0 - unit_of(k)); };
  if (kind == Fluctuation::steady) return 1.0;
  if (kind == Fluctuation::swerling3) return 0.5 * (exponential(key) + exponential(key + 1));
  return exponential(key);
}

double trihedral_rcs_m2(double edge_m, double wavelength_m) {
  return 4.0 * std::numbers::pi * std::pow(edge_m, 4.0) / (3.0 * wavelength_m * wavelength_m);
}

}  // namespace headland::scenario
