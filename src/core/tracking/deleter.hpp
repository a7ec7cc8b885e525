// SPDX-License-Identifier: Apache-2.0
// Initiator and deleter: when a plot may be a new vessel, when a track is believed, when it ends.
#pragma once

#include "core/tracking/filter/gater.hpp"

namespace headland::tracking {

// A plot of which no track made use (with probability `unclaimed`) starts a possible vessel: its
// probability of existence is the share of new vessels and of transients in the density of plots there.
class Initiator {
 public:
  explicit Initiator(const TrackerConfig& config) : config_(config) {}
  [[nodiscard]]  // `tentative`: how many possible vessels there are already.
  bool
  wants(const PlacedPlot& plot, double unclaimed, std::size_t tentative) const;
  [[nodiscard]] Bernoulli begin(const PlacedPlot& plot, double unclaimed) const;

 private:
  TrackerConfig config_;
};

// Probability of being visible `dt` seconds later. Vessels fade and pass behind one another for several turns
// together: two states of a Markov chain (Wilthil, Brekke, Asplin 2018; Hem, Brekke, Tokle 2021: VIMMJIPDA).
[[nodiscard]] double visibility_after(const TrackerConfig& config, double visibility, double dt);

// Moves a track through its stages, and says when it is over.
class Deleter {
 public:
  explicit Deleter(const TrackerConfig& config) : config_(config) {}
  // After a look at the track: `detected` says that a plot was more likely its own than not; `detection` is
  // the probability with which a vessel there gives a plot.
  void judge(Bernoulli& track, bool detected, double detection) const;
  [[nodiscard]] bool is_stale(const Bernoulli& track, Timestamp now) const;

 private:
  TrackerConfig config_;
};

}  // namespace headland::tracking
