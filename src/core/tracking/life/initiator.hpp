// SPDX-License-Identifier: Apache-2.0
// Initiator: when a plot may be a new vessel, and what is known of it then.
//
// The Poisson part of a Poisson multi-Bernoulli filter: each plot of which no track made use starts a Bernoulli
// component whose existence is the share of new vessels, and of transients, in the density of plots there (Williams
// 2015; Garcia-Fernandez et al., arXiv 1703.04264).
#pragma once

#include "core/tracking/filter/gater.hpp"

namespace headland::tracking {

class Initiator {
 public:
  explicit Initiator(const TrackerConfig& config) : config_(config) {}
  // Whether to follow up a plot of which no track made use with probability `unclaimed`; `tentative`: how many possible
  // vessels there are already.
  [[nodiscard]] bool wants(const PlacedPlot& plot, double unclaimed, std::size_t tentative) const;
  [[nodiscard]] Bernoulli begin(const PlacedPlot& plot, double unclaimed) const;
  // The young track is, with probability `mass` besides its own existence, a vessel of which this is the first plot:
  // those before were of no vessel. Which it is, the plots that follow tell by the motions that they fit.
  void begin_again(Bernoulli& track, const PlacedPlot& plot, double mass) const;

 private:
  TrackerConfig config_;
};

}  // namespace headland::tracking
