// SPDX-License-Identifier: Apache-2.0
// How the vessels of the strait move, for the bound that no tracker beats.
#include <cmath>

#include "quality/three_radars/strait_run.hpp"

namespace headland::quality {

using scenario::SeaState;

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

}  // namespace headland::quality
