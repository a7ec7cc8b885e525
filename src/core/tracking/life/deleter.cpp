// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/life/deleter.hpp"

#include <algorithm>

#include "core/tracking/sea/transient_class.hpp"

namespace headland::tracking {
namespace {

constexpr std::uint32_t most_misses = 3;         // in a row, of a tentative track
constexpr double doubt_in_clutter = 0.05;        // where clutter is no denser than is told,
constexpr double least_doubt_in_clutter = 1e-5;  // and in the densest: what keeps waves out, and a vessel reaches
constexpr double least_doubt = 1e-8;             // the tracker's probabilities end at 1e-9

}  // namespace

// With how much doubt that it is a vessel a track may be confirmed.
double Deleter::doubt_granted(const Crowd& crowd) const {
  double doubt = 1.0 - config_.confirm_existence;
  if (config_.confirm_clutter_per_km2 > 0.0) {
    const double denser = std::max(crowd.clutter_per_km2 / config_.confirm_clutter_per_km2, 1.0);
    doubt = std::min(doubt, std::max(doubt_in_clutter / (denser * denser), least_doubt_in_clutter));
  }
  const double at_once = std::max(1.0, static_cast<double>(crowd.young) / config_.confirm_young);
  return std::max(doubt / at_once, least_doubt);
}

void Deleter::judge(Bernoulli& track, bool detected, double detection, const Crowd& crowd) const {
  if (track.stage == TrackStage::tentative) {
    const double vessel = vessel_probability(track, detection);
    const bool sure = 1.0 - vessel <= doubt_granted(crowd);
    if (sure && detected && may_confirm(track)) {
      track.stage = TrackStage::confirmed;
      return;
    }
    // Against nothing, not against a transient: what more likely is one may be a vessel yet.
    const double against_nothing = track.existence * (1.0 - track.weight[transient_model]) / (1.0 - track.existence);
    const bool faded = against_nothing < config_.tentative_drop_factor * track.first_odds;
    if (faded || track.scans_missed >= most_misses) track.stage = TrackStage::ended;
    return;
  }
  if (vessel_probability(track, detection) < config_.drop_existence) {
    track.stage = TrackStage::ended;
  } else {
    track.stage = detected ? TrackStage::confirmed : TrackStage::coasting;
  }
}

double Deleter::limit_s(const Bernoulli& track) const {
  return track.stage == TrackStage::tentative ? 0.5 * config_.max_coast_s : config_.max_coast_s;
}

bool Deleter::is_stale(const Bernoulli& track, Timestamp now) const {
  return to_seconds(now - track.last_plot).value() > limit_s(track);
}

Timestamp Deleter::fresh_until(const Bernoulli& track) const {
  constexpr double rounding_s = 1e-3;
  return track.last_plot + to_duration(Seconds(limit_s(track) - rounding_s));
}

}  // namespace headland::tracking
