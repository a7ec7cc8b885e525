// SPDX-License-Identifier: Apache-2.0
// Recogniser: whether a newly believed track is a vessel that was lost.
//
// The lost track is predicted with all its models to the new one's time; the difference of the two states, position and
// velocity, is a Gaussian if they are one vessel (track segment association: Yeom, Kirubarajan, Bar-Shalom 2004).
// Against it stands the density with which vessels never seen before turn up there, with velocities as the initiator
// expects them.
#pragma once

#include "core/tracking/filter/predictor.hpp"
#include "core/tracking/tracker_config.hpp"

namespace headland::tracking {

class Recogniser {
 public:
  explicit Recogniser(const TrackerConfig& config) : config_(config), predictor_(config) {}

  // Density (per m^2 and (m/s)^2) of `fresh` as seen from `lost`, 0 where it is out of the question, times the
  // probability that `lost` shows itself again in just one turn of `turn_s` after so long.
  [[nodiscard]] double same(const Bernoulli& lost, const Bernoulli& fresh, double turn_s) const;
  // The same of a newcomer; `arrivals`: newcomers per m^2 and turn.
  [[nodiscard]] double other(const Bernoulli& fresh, double arrivals) const;
  // In reach at all: cheap, for a first choice.
  [[nodiscard]] bool possible(const Bernoulli& lost, const Bernoulli& fresh) const;

 private:
  TrackerConfig config_;
  Predictor predictor_;
};

// Density at `difference` of a Gaussian about nothing whose covariance is that of `a` and `b` together; `distance2`:
// its squared Mahalanobis distance (4 degrees of freedom).
[[nodiscard]] double density_of_difference(const Gaussian& a, const Gaussian& b, double& distance2);

}  // namespace headland::tracking
