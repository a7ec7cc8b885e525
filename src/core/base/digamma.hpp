// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

namespace headland {

// Derivative of the logarithm of the gamma function, x > 0, to some 1e-10 (Abramowitz, Stegun 1964, 6.3.5: the
// recurrence up to where 6.3.18, the asymptotic series, holds).
inline double digamma(double x) {
  double sum = 0.0;
  for (; x < 8.0; x += 1.0) sum -= 1.0 / x;
  const double r = 1.0 / (x * x);
  return sum + std::log(x) - 0.5 / x - r * (1.0 / 12.0 - r * (1.0 / 120.0 - r / 252.0));
}

}  // namespace headland
