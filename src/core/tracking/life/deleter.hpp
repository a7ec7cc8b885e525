// SPDX-License-Identifier: Apache-2.0
// Deleter: moves a track through its stages by the probability that it is a vessel, and says when it is over (existence
// of a Bernoulli component: Garcia-Fernandez et al., arXiv 1703.04264).
#pragma once

#include "core/tracking/filter/bernoulli.hpp"
#include "core/tracking/tracker_config.hpp"

namespace headland::tracking {

class Deleter {
 public:
  explicit Deleter(const TrackerConfig& config) : config_(config) {}
  // After a look at the track: `detected` says that a plot was more likely its own than not; `detection` is
  // the probability with which a vessel there gives a plot; `young`: how many tentative tracks have a second plot.
  void judge(Bernoulli& track, bool detected, double detection, std::size_t young) const;
  [[nodiscard]] bool is_stale(const Bernoulli& track, Timestamp now) const;
  // Until then it is not, if nothing changes.
  [[nodiscard]] Timestamp fresh_until(const Bernoulli& track) const;

 private:
  [[nodiscard]] double limit_s(const Bernoulli& track) const;

  TrackerConfig config_;
};

}  // namespace headland::tracking
