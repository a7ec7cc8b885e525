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

constexpr double least_begun = 1e-4;  // of the track, that is worth a start

}  // namespace

double vessel_probability(const Bernoulli& track, double detection) {
  const double transient = track.existence * track.weight[transient_model];
  const double vessel = track.existence - transient;
  const Misses m = misses_of(track, detection);
  return vessel / (1.0 - transient + transient * m.transient / m.there);
}

double transient_probability(const Bernoulli& track, double detection) {
  const double transient = track.existence * track.weight[transient_model];
  const Misses m = misses_of(track, detection);
  const double seen_so = transient * m.transient / m.there;
  return seen_so / (1.0 - transient + seen_so);
}

double gone_probability(const Bernoulli& track, double detection) {
  const double transient = track.existence * track.weight[transient_model];
  const Misses m = misses_of(track, detection);
  return transient * (m.transient - m.still) / m.there / (1.0 - transient + transient * m.transient / m.there);
}

double own_transient(const Bernoulli& track) {
  double own = 0.0;
  for (const TransientStart& start : track.starts) own += start.look == 0 ? start.share : 0.0;
  return own;
}

double own_reach(const Bernoulli& track) {
  for (const TransientStart& start : track.starts) {
    if (start.look == 0 && start.share > 0.0) return start.reach;
  }
  return 0.0;
}

double going_on(const Bernoulli& track, const Reaches& reaches) {
  double sum = 0.0;
  for (std::size_t k = 0; k < most_starts; ++k) {
    const TransientStart& start = track.starts[k];
    if (start.share > 0.0) sum += start.share * std::min(reaches[k] / start.reach, 1.0);
  }
  return sum;
}

void go_on(Bernoulli& track, const Reaches& reaches) {
  const double all = going_on(track, reaches);
  for (std::size_t k = 0; k < most_starts; ++k) {
    TransientStart& start = track.starts[k];
    if (!(start.share > 0.0)) continue;
    start.share *= std::min(reaches[k] / start.reach, 1.0) / all;
    start.reach = reaches[k];
  }
}

void reweigh(Bernoulli& track, const Reaches& reaches) {
  double more = 0.0;
  for (std::size_t k = 0; k < most_starts; ++k) {
    TransientStart& start = track.starts[k];
    if (!(start.share > 0.0)) continue;
    start.share *= reaches[k] / start.reach;
    start.reach = reaches[k];
    more += start.share;
  }
  for (TransientStart& start : track.starts) start.share /= more;
  const double transient = track.existence * track.weight[transient_model];
  const double total = 1.0 + transient * (more - 1.0);
  const double existence = (track.existence + transient * (more - 1.0)) / total;
  for (double& w : track.weight) w *= track.existence / (total * existence);
  track.weight[transient_model] *= more;
  track.existence = existence;
}

void begin_transient(Bernoulli& track, const PlacedPlot& plot, double mass, double speed_mps) {
  if (mass < least_begun * track.existence) return;
  const double before = track.existence * track.weight[transient_model];
  const double all = track.existence + mass;
  for (double& w : track.weight) w *= track.existence / all;
  track.weight[transient_model] = (before + mass) / all;
  track.existence = all;
  Gaussian fresh;
  fresh.position = plot.position;
  fresh.pp = plot.noise;
  fresh.vv = Matrix2::Identity() * (speed_mps * speed_mps);
  track.modes[transient_model] = moments({before, mass}, {track.modes[transient_model], fresh}, 2);
  auto least = track.starts.begin();
  for (auto start = track.starts.begin(); start != track.starts.end(); ++start) {
    start->share *= before / (before + mass);
    if (start->share < least->share) least = start;
  }
  const double lost = least->share;
  *least = {track.age_looks, mass / (before + mass), plot.transient_reach};
  for (TransientStart& start : track.starts) start.share /= 1.0 - lost;
}

}  // namespace headland::tracking
