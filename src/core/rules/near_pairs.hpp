// SPDX-License-Identifier: Apache-2.0
// Pairs of vessels that are near enough for a rule: each pair once, in the order of the vessels.
#pragma once

#include <algorithm>
#include <vector>

#include "core/rules/vessel.hpp"
#include "core/rules/vessel_grid.hpp"

namespace headland::rules {

class NearPairs {
 public:
  // Those of the vessels for which `wanted` holds. They must live until each() is done.
  template <class Wanted>
  void take(const std::vector<Vessel>& vessels, Wanted wanted) {
    vessels_.clear();
    places_.clear();
    speeds_.clear();
    fastest_ = 0.0;
    for (const Vessel& v : vessels) {
      if (!wanted(v)) continue;
      vessels_.push_back(&v);
      places_.push_back(v.normal());
      speeds_.push_back(v.speed_mps);
      fastest_ = std::max(fastest_, v.speed_mps);
    }
    fastest_ = std::min(fastest_, fastest_met_mps);
    grid_.build(places_);
  }

  // `reach(speeds)`: how far apart, in metres, two may be whose speeds make so much together.
  template <class Reach, class Use>
  void each(Reach reach, Use use) const {
    for (std::uint32_t i = 0; i < places_.size(); ++i) {
      const NormalVector& a = places_[i];
      grid_.near(a, reach(std::min(speeds_[i], fastest_met_mps) + fastest_), [&](std::uint32_t j) {
        if (j <= i) return;
        const NormalVector& b = places_[j];
        const double x = a.x - b.x, y = a.y - b.y, z = a.z - b.z;
        const double r = reach(speeds_[i] + speeds_[j]) * (1.01 / 6371008.8);
        if (x * x + y * y + z * z <= r * r) use(*vessels_[i], *vessels_[j]);
      });
    }
  }

 private:
  // One that is faster, or says so, is looked for no farther away: pairs with it are found a little later.
  static constexpr double fastest_met_mps = 50.0 * mps_per_knot;

  std::vector<const Vessel*> vessels_;
  std::vector<NormalVector> places_;
  std::vector<double> speeds_;
  double fastest_ = 0.0;
  VesselGrid grid_;
};

}  // namespace headland::rules
