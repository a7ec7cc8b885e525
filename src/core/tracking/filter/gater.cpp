// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/filter/gater.hpp"

#include <algorithm>

#include "core/tracking/filter/correct.hpp"

namespace headland::tracking {

double gate_radius(const Prediction& prediction, double noise_deviation_m, double sigmas) {
  double largest = 0.0;
  for (std::size_t k = 0; k < prediction.motions; ++k) {
    const Matrix2& p = prediction.modes[k].pp;
    // Largest eigenvalue of the 2 x 2 covariance.
    const double half = 0.5 * (p(0, 0) + p(1, 1));
    const double diff = 0.5 * (p(0, 0) - p(1, 1));
    const double spread = half + std::sqrt(diff * diff + p(0, 1) * p(0, 1));
    const double off = (prediction.modes[k].position - prediction.mean.position).norm();
    largest = std::max(largest, off + sigmas * std::sqrt(spread + noise_deviation_m * noise_deviation_m));
  }
  return largest;
}

bool gate(const Prediction& prediction, Timestamp predicted, const PlacedPlot& plot, double sigmas, Candidate& out) {
  const double dt = to_seconds(plot.time - predicted).value();
  bool inside = false;
  out.likelihood = 0.0;
  out.residual_of_position = plot.position - dt * prediction.mean.velocity;
  const auto weigh = [&](std::size_t k) {
    const Gaussian& g = prediction.modes[k];
    const Matrix2 s = g.pp + plot.noise;
    const Vector2 v = out.residual_of_position - g.position;
    const double distance2 = quadratic(inverse(s), v);
    inside = inside || distance2 < sigmas * sigmas;
    out.by_model[k] =
        distance2 > 60.0 ? 0.0 : std::exp(-0.5 * distance2) / (2.0 * std::numbers::pi * std::sqrt(determinant(s)));
    if (plot.radial.is_told() && out.by_model[k] > 0.0) {
      const Gaussian there = correct(g, out.residual_of_position, plot.noise);
      out.by_model[k] *= radial_likelihood(plot.radial, there);
    }
  };
  for (std::size_t k = 0; k < prediction.motions; ++k) {
    weigh(k);
    out.likelihood += prediction.weight[k] * out.by_model[k];
  }
  if (prediction.weight[transient_model] > 0.0) {
    weigh(transient_model);
    out.by_model[transient_model] *= prediction.transient_goes_on;
    out.likelihood += prediction.weight[transient_model] * out.by_model[transient_model];
  }
  return inside && out.likelihood > 0.0;
}

}  // namespace headland::tracking
