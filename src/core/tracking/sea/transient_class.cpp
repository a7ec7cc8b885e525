// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/sea/transient_class.hpp"

#include <algorithm>

namespace headland::tracking {
namespace {

// How likely the misses since the last plot are: of a vessel (or a transient that is still there), and of a transient.
struct Misses {
  double there = 1.0;
  double transient = 1.0;
  double still = 1.0;  // of a transient, and that it is there still
};

Misses misses_of(const Bernoulli& track, double detection) {
  Misses m;
  const double on = track.transient_goes_on * (1.0 - detection);
  for (std::uint32_t k = 0; k < std::min(track.scans_missed, 10U); ++k) {
    m.transient = 1.0 - track.transient_goes_on + on * m.transient;
    m.still *= on;
  }
  if (track.scans_missed > 0) m.there = std::max(track.missed_so, 1e-9);
  return m;
}

}  // namespace

double vessel_probability(const Bernoulli& track, double detection) {
  const double transient = track.existence * track.weight[transient_model];
  const double vessel = track.existence - transient;
  const Misses m = misses_of(track, detection);
  return vessel / (1.0 - transient + transient * m.transient / m.there);
}

double gone_probability(const Bernoulli& track, double detection) {
  const double transient = track.existence * track.weight[transient_model];
  const Misses m = misses_of(track, detection);
  return transient * (m.transient - m.still) / m.there / (1.0 - transient + transient * m.transient / m.there);
}

void reweigh(Bernoulli& track, double reach) {
  const double more = reach / track.transient_reach;
  const double transient = track.existence * track.weight[transient_model];
  const double total = 1.0 + transient * (more - 1.0);
  const double existence = (track.existence + transient * (more - 1.0)) / total;
  for (double& w : track.weight) w *= track.existence / (total * existence);
  track.weight[transient_model] *= more;
  track.existence = existence;
  track.transient_reach = reach;
}

}  // namespace headland::tracking
