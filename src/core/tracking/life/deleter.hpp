// SPDX-License-Identifier: Apache-2.0
// Deleter: moves a track through its stages by the probability that it is a vessel, and says when it is over (existence
// of a Bernoulli component: Garcia-Fernandez et al., arXiv 1703.04264).
#pragma once

#include "core/tracking/filter/bernoulli.hpp"
#include "core/tracking/tracker_config.hpp"

namespace headland::tracking {

struct Crowd {
  std::size_t young = 0;         // tentative tracks that have a second plot
  double clutter_per_km2 = 0.0;  // plots a turn where the track is
};

class Deleter {
 public:
  explicit Deleter(const TrackerConfig& config) : config_(config) {}
  // After a look at the track: `detected` says that a plot was more likely its own than not; `detection` is
  // the probability with which a vessel there gives a plot; `crowd`: what else is on trial.
  void judge(Bernoulli& track, bool detected, double detection, const Crowd& crowd) const;
  // Whether a track has the plots that it takes to be confirmed, where it is sure enough.
  [[nodiscard]] bool may_confirm(const Bernoulli& track) const {
    return track.stage == TrackStage::tentative && track.plots_used >= config_.confirm_plots;
  }
  [[nodiscard]] bool is_stale(const Bernoulli& track, Timestamp now) const;
  // Until then it is not, if nothing changes.
  [[nodiscard]] Timestamp fresh_until(const Bernoulli& track) const;

 private:
  [[nodiscard]] double doubt_granted(const Crowd& crowd) const;
  [[nodiscard]] double limit_s(const Bernoulli& track) const;

  TrackerConfig config_;
};

}  // namespace headland::tracking
