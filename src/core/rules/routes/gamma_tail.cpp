// SPDX-License-Identifier: Apache-2.0
#include "core/rules/routes/gamma_tail.hpp"

#include <algorithm>
#include <cmath>

namespace headland::rules {
namespace {

constexpr int most_terms = 2000;
constexpr double tiny = 1e-300;
constexpr double enough = 1e-14;
// Speeds of one place are never all the same: a narrower spread is the lack of samples.
constexpr double most_shape = 200.0;
constexpr double least_shape = 0.2;

}  // namespace

double gamma_q(double a, double x) {
  if (!(x > 0.0)) return 1.0;
  const double front = std::exp(a * std::log(x) - x - std::lgamma(a));
  if (x < a + 1.0) {
    double term = 1.0 / a, sum = term;
    for (int n = 1; n < most_terms && term > enough * sum; ++n) {
      term *= x / (a + n);
      sum += term;
    }
    return std::clamp(1.0 - front * sum, 0.0, 1.0);
  }
  // Lentz's method, from the front, of x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / ...).
  double b = x + 1.0 - a, f = b, c = b, d = 0.0;
  for (int n = 1; n < most_terms; ++n) {
    const double numerator = -n * (n - a);
    b += 2.0;
    d = b + numerator * d;
    d = 1.0 / (std::abs(d) < tiny ? tiny : d);
    c = b + numerator / (std::abs(c) < tiny ? tiny : c);
    const double step = c * d;
    f *= step;
    if (std::abs(step - 1.0) < enough) break;
  }
  return std::clamp(front / f, 0.0, 1.0);
}

double gamma_tail(double v, double mean, double log_gap) {
  if (!(mean > 0.0)) return 1.0;
  const double s = std::max(log_gap, 1e-9);
  const double shape =
      std::clamp((3.0 - s + std::sqrt((s - 3.0) * (s - 3.0) + 24.0 * s)) / (12.0 * s), least_shape, most_shape);
  const double upper = gamma_q(shape, shape * v / mean);
  return v >= mean ? upper : 1.0 - upper;
}

}  // namespace headland::rules
