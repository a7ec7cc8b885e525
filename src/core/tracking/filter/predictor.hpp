// SPDX-License-Identifier: Apache-2.0
// Predictor: mixing and motion of the interacting multiple model (Blom and Bar-Shalom 1988).
#pragma once

#include <array>

#include "core/tracking/filter/bernoulli.hpp"
#include "core/tracking/tracker_config.hpp"

namespace headland::tracking {

struct Prediction {
  std::array<double, model_count> weight{};
  std::array<Gaussian, model_count> modes{};
  std::size_t motions = first_motions;  // models of vessels that are used
  double transient_goes_on = 1.0;       // probability that a transient gives this plot, against that of the last
  Gaussian mean;                        // moments of the motions
};

class Predictor {
 public:
  explicit Predictor(const TrackerConfig& config);
  // The state `dt` seconds later; dt <= 0 moves nothing but the time (late plots are met half-way by
  // the updater).
  void predict(const Bernoulli& track, double dt, Prediction& out) const;

 private:
  struct Model {
    double noise;      // white acceleration density, m^2/s^3 on each axis
    double turn_rate;  // rad/s, clockwise positive
  };
  void mix(const Bernoulli& track, double dt, Prediction& out) const;
  std::array<Model, stopped_model> models_;
  double calm_stay_s_;
};

// One model's motion: constant turn rate (0 = constant velocity) with white acceleration noise of
// density q (Bar-Shalom, Li, Kirubarajan 2001, 6.2.2 and 11.7.1).
void move(Gaussian& g, double dt, double q, double turn_rate);

// Motion of what is stopped: its velocity comes back to nothing.
void settle(Gaussian& g, double dt);

}  // namespace headland::tracking
