// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/sea/transient_class.hpp"

#include <algorithm>

namespace headland::tracking {

double vessel_probability(const Bernoulli& track, double detection) {
  const double transient = track.existence * track.weight[transient_model];
  const double vessel = track.existence - transient;
  double missed = 1.0;
  double gone = 1.0;
  for (std::uint32_t k = 0; k < std::min(track.scans_missed, 10U); ++k) {
    gone = 1.0 - track.transient_goes_on + track.transient_goes_on * (1.0 - detection) * gone;
    missed *= 1.0 - detection;
  }
  return vessel / (1.0 - transient + transient * gone / missed);
}

}  // namespace headland::tracking
