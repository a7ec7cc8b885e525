// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/life/deleter.hpp"

#include <algorithm>

#include "core/tracking/sea/transient_class.hpp"

namespace headland::tracking {
namespace {

constexpr std::uint32_t most_misses = 3;  // in a row, of a tentative track

double odds(double p) { return p / std::max(1.0 - p, 1e-12); }

}  // namespace

void Deleter::judge(Bernoulli& track, bool detected, double detection) const {
  if (track.stage == TrackStage::tentative) {
    const double vessel = vessel_probability(track, detection);
    if (vessel >= config_.confirm_existence && track.plots_used >= config_.confirm_plots) {
      track.stage = TrackStage::confirmed;
      return;
    }
    const bool faded = odds(vessel) < config_.tentative_drop_factor * track.first_odds;
    if (faded || track.scans_missed >= most_misses) track.stage = TrackStage::ended;
    return;
  }
  if (vessel_probability(track, detection) < config_.drop_existence) {
    track.stage = TrackStage::ended;
  } else {
    track.stage = detected ? TrackStage::confirmed : TrackStage::coasting;
  }
}

bool Deleter::is_stale(const Bernoulli& track, Timestamp now) const {
  const double limit_s = track.stage == TrackStage::tentative ? 0.5 * config_.max_coast_s : config_.max_coast_s;
  return to_seconds(now - track.last_plot).value() > limit_s;
}

}  // namespace headland::tracking
