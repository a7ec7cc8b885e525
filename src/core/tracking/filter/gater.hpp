// SPDX-License-Identifier: Apache-2.0
// Gater: which plots may be which track's, and how likely each is.
//
// A plot is in the gate where its squared Mahalanobis distance from the prediction, by the covariance of their
// difference, is below `sigmas` squared: the elliptical validation region of probabilistic data association
// (Bar-Shalom, Daum, Huang 2009, IEEE Control Systems Magazine 29(6)). A track of several models has the gates of all
// of them, since each has a prediction of its own: the agile one's reaches farthest, but that of a turn lies beside it.
#pragma once

#include <array>
#include <vector>

#include "core/base/time.hpp"
#include "core/plots/plot.hpp"
#include "core/tracking/filter/doppler.hpp"
#include "core/tracking/filter/predictor.hpp"

namespace headland::tracking {

// A plot placed in the node's plane.
struct PlacedPlot {
  double direction = 0.0;  // unrolled, see Beam
  double range_m = 0.0;
  double bearing = 0.0;  // true, radians
  Timestamp time;
  Vector2 position = Vector2::Zero();
  Matrix2 noise = Matrix2::Zero();  // m^2
  double reach_m = 0.0;             // gate_sigmas of its noise
  double clutter = 0.0;             // density of clutter and new vessels there, per m^2
  double birth_share = 0.0;         // of new vessels in it
  double transient_share = 0.0;     // of transients in it
  double transient_reach = 0.0;     // see TransientMap, age 0
  double strength_db = 0.0;
  double range_extent_m = 0.0;
  double cross_extent_m = 0.0;
  std::uint32_t cells = 0;
  bool shared = false;  // made of a plot of two vessels
  RadialSight radial;
};

// A plot in the gate of a track.
struct Candidate {
  std::size_t track = 0;                           // index among those looked at
  std::size_t plot = 0;                            // index in the pool
  Vector2 residual_of_position = Vector2::Zero();  // the plot, moved to the time of the prediction
  double likelihood = 0.0;                         // density of the plot, per m^2, times what its Doppler says
  std::array<double, model_count> by_model{};      // the same under each model
};

// How far from the prediction plots are looked for, m.
double gate_radius(const Prediction& prediction, double noise_deviation_m, double sigmas);

// True and filled in when the plot lies within `sigmas` of the prediction of any model.
bool gate(const Prediction& prediction, Timestamp predicted, const PlacedPlot& plot, double sigmas, Candidate& out);

}  // namespace headland::tracking
