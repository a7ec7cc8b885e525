// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/life/initiator.hpp"

#include <algorithm>

namespace headland::tracking {
namespace {

constexpr double least_unclaimed = 0.2;
constexpr double slow_share = 0.2;      // of vessels: at anchor, fishing, waiting,
constexpr double slow_speed_mps = 1.5;  // and theirs

double odds(double p) { return p / std::max(1.0 - p, 1e-12); }

}  // namespace

bool Initiator::wants(const PlacedPlot& plot, double unclaimed, std::size_t tentative) const {
  if (unclaimed <= least_unclaimed) return false;
  // With little to do every plot is followed up; with much, not those that are clutter a thousand times to one.
  return tentative < config_.busy_tentative || plot.birth_share >= config_.busy_share;
}

Bernoulli Initiator::begin(const PlacedPlot& plot, double unclaimed) const {
  Bernoulli t;
  t.alive = true;
  t.time = t.began = t.last_plot = plot.time;
  t.existence = unclaimed * (plot.birth_share + plot.transient_share);
  t.first_odds = odds(unclaimed * plot.birth_share);
  t.plots_used = 1;
  t.weight[0] = plot.birth_share / (plot.birth_share + plot.transient_share);
  t.weight[transient_model] = 1.0 - t.weight[0];
  t.weight[1] = t.weight[0] * slow_share;
  t.weight[0] -= t.weight[1];
  t.starts[0] = {0, 1.0, plot.transient_reach};
  t.modes[0].position = plot.position;
  t.modes[0].pp = plot.noise;
  t.modes[0].vv = Matrix2::Identity() * (config_.prior_speed_mps * config_.prior_speed_mps);
  t.modes[1] = t.modes[transient_model] = t.modes[0];
  t.modes[1].vv = Matrix2::Identity() * (slow_speed_mps * slow_speed_mps);
  t.modes[transient_model].vv = Matrix2::Identity() * (drift_speed_mps * drift_speed_mps);
  t.length_m = std::max(plot.range_extent_m, plot.cross_extent_m);
  t.width_m = std::min(plot.range_extent_m, plot.cross_extent_m);
  t.strength_db = plot.strength_db;
  return t;
}

}  // namespace headland::tracking
