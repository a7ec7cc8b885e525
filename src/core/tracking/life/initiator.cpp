// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/life/initiator.hpp"

#include <algorithm>
#include <array>

#include "core/tracking/life/speeds.hpp"

namespace headland::tracking {
namespace {

// A young track that a chance plot began a little way off claims the first plots of a vessel and then fails: the
// vessel must have begun beside it.
constexpr double least_unclaimed = 0.05;

constexpr double least_begun = 1e-4;  // of the track, that is worth a second beginning

// The motions that go on from a first plot of any speed, a slow one and a steady one: those of which a track with a
// false first plot makes least. The calm course is its own.
constexpr std::array<std::size_t, first_motions> again_as{2, stopped_model, 1};

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
  t.modes[transient_model] = moving(config_.transient_speed_mps);
  t.length_m = std::max(plot.range_extent_m, plot.cross_extent_m);
  t.width_m = std::min(plot.range_extent_m, plot.cross_extent_m);
  t.strength_db = plot.strength_db;
  return t;
}

void Initiator::begin_again(Bernoulli& track, const PlacedPlot& plot, double mass) const {
  if (mass < least_begun * track.existence || !track.spread) return;
  const double all = track.existence + mass;
  for (double& w : track.weight) w *= track.existence / all;
  const auto classes = speed_classes(config_);
  for (std::size_t k = 0; k < first_motions; ++k) {
    const std::size_t m = again_as[k];
    Gaussian fresh;
    fresh.position = plot.position;
    fresh.pp = plot.noise;
    fresh.vv = Matrix2::Identity() * (classes[k].deviation_mps * classes[k].deviation_mps);
    const double weight = mass / all * classes[k].share;
    track.modes[m] = moments({track.weight[m], weight}, {track.modes[m], fresh}, 2);
    track.weight[m] += weight;
  }
  track.existence = all;
}

}  // namespace headland::tracking
