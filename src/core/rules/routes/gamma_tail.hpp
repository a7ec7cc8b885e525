// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace headland::rules {

// Regularised upper incomplete gamma function Q(a, x), a > 0, x >= 0: by the series of P below x = a + 1 (DLMF 8.7.1
// with 8.2.4) and the continued fraction of Q above it (DLMF 8.9.2). To 1e-10 for a up to 1e4.
[[nodiscard]] double gamma_q(double a, double x);

// Of a gamma distribution with this mean and with ln(mean) less the mean of ln(v): the probability of a value as far
// from the mean as `v` or farther, on its side.
[[nodiscard]] double gamma_tail(double v, double mean, double log_gap);

}  // namespace headland::rules
