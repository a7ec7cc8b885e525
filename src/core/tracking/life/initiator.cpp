// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/life/initiator.hpp"

#include <algorithm>

#include "core/tracking/life/speeds.hpp"

namespace headland::tracking {
namespace {

// A young track that a chance plot began a little way off claims the first plots of a vessel and then fails: the
// vessel must have begun beside it.
constexpr double least_unclaimed = 0.05;

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
  const double vessel = plot.birth_share / (plot.birth_share + plot.transient_share);
  t.weight[transient_model] = 1.0 - vessel;
  t.starts[0] = {0, 1.0, plot.transient_reach};
  const auto moving = [&](double deviation_mps) {
    Gaussian g;
    g.position = plot.position;
    g.pp = plot.noise;
    g.vv = Matrix2::Identity() * (deviation_mps * deviation_mps);
    return g;
  };
  const auto classes = speed_classes(config_);
  for (std::size_t k = 0; k < first_motions; ++k) {
    t.weight[k] = vessel * classes[k].share;
    t.modes[k] = moving(classes[k].deviation_mps);
  }
  t.modes[transient_model] = moving(drift_speed_mps);
  t.length_m = std::max(plot.range_extent_m, plot.cross_extent_m);
  t.width_m = std::min(plot.range_extent_m, plot.cross_extent_m);
  t.strength_db = plot.strength_db;
  return t;
}

}  // namespace headland::tracking
