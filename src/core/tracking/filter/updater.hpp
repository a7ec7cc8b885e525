// SPDX-License-Identifier: Apache-2.0
// Updater: what the plots, each with its probability, say of a track.
#pragma once

#include <vector>

#include "core/tracking/filter/gater.hpp"

namespace headland::tracking {

struct WeightedCandidate {
  const Candidate* candidate = nullptr;
  const PlacedPlot* plot = nullptr;
  double probability = 0.0;  // that this plot is the track's, given that the vessel exists
};

// Kalman update of each model by each plot and by none, joined by their moments (probabilistic data
// association with models: Blom and Bloem 2000, IMMPDA), written to `track`'s modes and weights.
// `none`: probability that no plot is the track's, given existence. A track of one model so far gets all.
void update(const Prediction& prediction, const std::vector<WeightedCandidate>& plots, double none, Bernoulli& track);

}  // namespace headland::tracking
