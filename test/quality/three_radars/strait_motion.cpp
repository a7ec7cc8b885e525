// SPDX-License-Identifier: Apache-2.0
// How the vessels of the strait move, for the bound that no tracker beats, and which of them fall short of it.
#include <algorithm>
#include <cmath>

#include "quality/three_radars/strait_run.hpp"

namespace headland::quality {

using scenario::SeaState;

namespace {
constexpr double met_within_s = 180.0;
}  // namespace

// White acceleration of each vessel's own motion, as seen over ten seconds, while it goes straight on and while it
// turns: measured on a sea of the same seed.
void StraitRun::measure_motion(const scenario::PlotSeaConfig& config) {
  scenario::PlotSeaConfig quiet = config;
  quiet.radars.clear();
  scenario::PlotSea sea(quiet);
  scenario::PlotSeaOutput none;
  struct Sum {
    double squares = 0.0, seconds = 0.0;
    [[nodiscard]] double q() const { return squares / std::max(1.0, 2.0 * seconds); }
  };
  struct Motion {
    SeaState before, last;
    bool turns = false;
    Sum straight, turning;
  };
  constexpr int ticks = 20;  // of half a second
  std::vector<Motion> motions(config.vessels);
  for (int k = 0; k < 7200; ++k) {
    sea.step(none);
    none.clear();
    for (std::size_t v = 0; v < motions.size(); ++v) {
      Motion& m = motions[v];
      const SeaState s = sea.at(v, sea.time_s());
      m.turns = m.turns || s.heading_rad != m.last.heading_rad;
      m.last = s;
      if (k % ticks != 0) continue;
      if (k > 0) {
        Sum& sum = m.turns ? m.turning : m.straight;
        sum.squares += std::pow(s.ve_mps - m.before.ve_mps, 2) + std::pow(s.vn_mps - m.before.vn_mps, 2);
        sum.seconds += 0.5 * ticks;
      }
      m.before = s;
      m.turns = false;
    }
  }
  const auto n = static_cast<double>(std::max<std::size_t>(1, motions.size()));
  for (std::size_t v = 0; v < motions.size(); ++v) {
    vessels_[v].q_straight_m2_s3 = motions[v].straight.q();
    vessels_[v].q_turning_m2_s3 = std::max(motions[v].turning.q(), motions[v].straight.q());
    figures_.q_straight_m2_s3 += vessels_[v].q_straight_m2_s3 / n;
    figures_.q_turning_m2_s3 += vessels_[v].q_turning_m2_s3 / n;
  }
}

void StraitRun::note_turns() {
  const double t = sea_.time_s();
  for (std::size_t v = 0; v < vessels_.size(); ++v) {
    Vessel& vessel = vessels_[v];
    const double heading = sea_.at(v, t).heading_rad;
    const bool turns = heading != vessel.heading_rad;
    vessel.heading_rad = heading;
    if (turns == (vessel.straight_s < 0.0)) continue;
    vessel.straight_s = turns ? -1.0 : t;
    vessel.bound.change_q(t - 0.5, turns ? vessel.q_turning_m2_s3 : vessel.q_straight_m2_s3);
  }
}

double StraitRun::off_m(const Track& t, std::size_t v, double t_s) const {
  const SeaState truth = sea_.at(v, t_s);
  const double dt = to_seconds(sea_.config().start + to_duration(Seconds(t_s)) - t.time).value();
  return std::hypot(t.state.position.east.value() + dt * t.state.velocity.east.value() - truth.east_m,
                    t.state.position.north.value() + dt * t.state.velocity.north.value() - truth.north_m);
}

void StraitRun::note_neighbours(double t_s) {
  std::vector<SeaState> at;
  for (std::size_t v = 0; v < vessels_.size(); ++v) at.push_back(sea_.at(v, t_s));
  for (std::size_t v = 0; v < at.size(); ++v) {
    for (std::size_t w = v + 1; w < at.size(); ++w) {
      const double m = std::hypot(at[v].east_m - at[w].east_m, at[v].north_m - at[w].north_m);
      for (std::size_t k = 0; k + 1 < neighbours_nearer_m.size(); ++k) {
        if (m < neighbours_nearer_m[k]) vessels_[v].met_s[k] = vessels_[w].met_s[k] = t_s;
      }
    }
  }
}

void StraitRun::note_excess(std::size_t v, double t_s, double off_m) {
  Vessel& vessel = vessels_[v];
  const double bound_m = vessel.bound.rms_m(t_s);
  figures_.seen_by_two_m.add(off_m);
  figures_.bound_m.add(bound_m);
  std::size_t bin = 0;
  while (bin + 1 < neighbours_nearer_m.size() && (vessel.met_s[bin] <= 0.0 || t_s - vessel.met_s[bin] > met_within_s))
    ++bin;
  NeighbourFigure& figure = figures_.by_neighbour[bin];
  figure.nearer_m = neighbours_nearer_m[bin];
  figure.off_m.add(off_m);
  figure.bound_m.add(bound_m);
  ExcessFigure& excess = vessel.excess;
  excess.vessel = v;
  excess.excess_m2 += off_m * off_m - bound_m * bound_m;
  if (off_m <= excess.worst_m) return;
  excess.worst_m = off_m, excess.at_s = t_s, excess.neighbour_m = 1e9;
  const SeaState here = sea_.at(v, t_s);
  for (std::size_t w = 0; w < vessels_.size(); ++w) {
    const SeaState there = sea_.at(w, t_s);
    const double m = std::hypot(here.east_m - there.east_m, here.north_m - there.north_m);
    if (w != v && m < excess.neighbour_m) excess.neighbour_m = m, excess.neighbour = w;
  }
}

// Once a minute, of vessels that have been what they are for that long.
void StraitRun::note_kind(std::size_t v, double t_s, const Track& track) {
  constexpr double every_s = 60.0;
  if (std::fmod(t_s, every_s) != 0.0 || t_s < every_s) return;
  const auto class_at = [&](double s) {
    const SeaState truth = sea_.at(v, s);
    return true_class(sea_.vessels()[v], std::hypot(truth.ve_mps, truth.vn_mps));
  };
  const TrackClass now = class_at(t_s);
  if (class_at(t_s - every_s) == now) figures_.kinds.note(now, track.kind);
}

void StraitRun::note_shown(const SystemTrack& track) {
  auto& numbers = shown_by_ais_[track.identity->mmsi];
  if (numbers.insert(track.id).second && numbers.size() > 1) {
    shown_changes_.push_back({track.identity->mmsi, sea_.time_s(), track.id, track.radar_track});
  }
}

}  // namespace headland::quality
