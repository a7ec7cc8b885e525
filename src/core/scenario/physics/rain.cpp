// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/physics/rain.hpp"

#include <cmath>
#include <span>

namespace headland::scenario {
namespace {

struct Bump {
  double height, middle, width;
};
constexpr Bump k_bumps[] = {{-5.33980, -0.10008, 1.13098},
                            {-0.35351, 1.26970, 0.45400},
                            {-0.23789, 0.86036, 0.15354},
                            {-0.94158, 0.64552, 0.16817}};
constexpr Bump alpha_bumps[] = {{-0.14318, 1.82442, -0.55187},
                                {0.29591, 0.77564, 0.19822},
                                {0.32177, 0.63773, 0.13164},
                                {-5.37610, -0.96230, 1.47828},
                                {16.1721, -3.29980, 3.43990}};

double sum_of(std::span<const Bump> bumps, double x) {
  double sum = 0.0;
  for (const auto& b : bumps) {
    const double u = (x - b.middle) / b.width;
    sum += b.height * std::exp(-u * u);
  }
  return sum;
}

}  // namespace

RainCoefficients rain_coefficients(double frequency_ghz) {
  const double x = std::log10(frequency_ghz);
  return {std::pow(10.0, sum_of(k_bumps, x) - 0.18961 * x + 0.71147), sum_of(alpha_bumps, x) + 0.67849 * x - 1.95537};
}

double rain_attenuation_db_km(double frequency_ghz, double rate_mm_h) {
  if (rate_mm_h <= 0.0) return 0.0;
  const auto c = rain_coefficients(frequency_ghz);
  return c.k * std::pow(rate_mm_h, c.alpha);
}

}  // namespace headland::scenario
