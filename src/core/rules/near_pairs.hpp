// SPDX-License-Identifier: Apache-2.0
// Pairs of vessels that are, or straight on will be, near enough for a rule: each pair once.
#pragma once

#include <algorithm>
#include <vector>

#include "core/rules/vessel.hpp"
#include "core/rules/vessel_grid.hpp"

namespace headland::rules {

// Two are worth a look that come within `distance_m` of one another within `ahead_s`; 0: that are so near now.
struct PairReach {
  double distance_m = 0.0;
  double ahead_s = 0.0;
};

class NearPairs {
 public:
  // Calls `use(a, b)`, in the order of the vessels, for those of them for which `wanted` holds and that `reach` lets
  // through. Never one too few but for what is faster than `fastest_met_mps`; a few too many.
  template <class Wanted, class Use>
  void each(const std::vector<Vessel>& vessels, PairReach reach, Wanted wanted, Use use) {
    take(vessels, wanted);
    for (std::uint32_t i = 0; i < bodies_.size(); ++i) {
      const Body& a = bodies_[i];
      const double meets_m = reach.ahead_s * (std::min(a.speed_mps, fastest_met_mps) + fastest_mps_);
      const double near_m = (1.0 + sphere_error) * (reach.distance_m + meets_m);
      const double near = near_m / earth_radius_m;
      const double passes = (reach.distance_m + sphere_error * (reach.distance_m + meets_m)) / earth_radius_m;
      const Limits limits{near * near, passes * passes, (1.0 + sphere_error) * reach.ahead_s};
      grid_.near_runs(a.at, near_m, true, [&](std::uint32_t begin, std::uint32_t end) {
        for (std::uint32_t k = std::max(begin, i + 1); k < end; ++k) {
          const Body& b = bodies_[k];
          if (!are_worth_a_look(a, b, limits)) continue;
          use(vessels[std::min(a.index, b.index)], vessels[std::max(a.index, b.index)]);
        }
        return true;
      });
    }
  }

 private:
  // One that is faster, or says so, is looked for no farther away: pairs with it are found a little later.
  static constexpr double fastest_met_mps = 50.0 * mps_per_knot;
  static constexpr double earth_radius_m = 6371008.8;
  static constexpr double sphere_error = 0.01;  // of a length, where the ellipsoid is taken for a sphere

  struct Body {
    NormalVector at;
    NormalVector way;  // velocity about the earth's middle, radians of arc a second
    double speed_mps = 0.0;
    std::uint32_t index = 0;
  };
  struct Limits {
    double range2, passes2;  // squares, of arcs in radians
    double ahead_s;
  };

  template <class Wanted>
  void take(const std::vector<Vessel>& vessels, Wanted wanted) {
    places_.clear();
    wanted_.clear();
    fastest_mps_ = 0.0;
    for (std::uint32_t i = 0; i < vessels.size(); ++i) {
      if (!wanted(vessels[i])) continue;
      wanted_.push_back(i);
      places_.push_back(vessels[i].normal());
      fastest_mps_ = std::max(fastest_mps_, vessels[i].speed_mps);
    }
    fastest_mps_ = std::min(fastest_mps_, fastest_met_mps);
    grid_.build(places_);
    bodies_.clear();
    for (const std::uint32_t k : grid_.order()) {
      const Vessel& v = vessels[wanted_[k]];
      const NormalVector w = v.velocity();
      bodies_.push_back(
          {v.normal(), {w.x / earth_radius_m, w.y / earth_radius_m, w.z / earth_radius_m}, v.speed_mps, wanted_[k]});
    }
  }

  static bool are_worth_a_look(const Body& a, const Body& b, const Limits& limits) {
    const double x = b.at.x - a.at.x, y = b.at.y - a.at.y, z = b.at.z - a.at.z;
    const double range2 = x * x + y * y + z * z;
    if (range2 > limits.range2) return false;
    if (limits.ahead_s <= 0.0) return true;
    const double u = b.way.x - a.way.x, v = b.way.y - a.way.y, w = b.way.z - a.way.z;
    const double closing = -(x * u + y * v + z * w), speed2 = u * u + v * v + w * w;
    // Nearest after closing / speed2, then sqrt(range2 - closing^2 / speed2) apart.
    if (range2 * speed2 - closing * closing > limits.passes2 * speed2) return false;
    return closing > 0.0 && (closing <= limits.ahead_s * speed2 || range2 <= limits.passes2);
  }

  std::vector<NormalVector> places_;
  std::vector<std::uint32_t> wanted_;
  std::vector<Body> bodies_;  // in the order of the grid
  double fastest_mps_ = 0.0;
  VesselGrid grid_;
};

}  // namespace headland::rules
