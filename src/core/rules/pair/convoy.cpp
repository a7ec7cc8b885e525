// SPDX-License-Identifier: Apache-2.0
// Vessels that go together: each within the spacing of another, with like course and speed.
#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>

#include "core/rules/evaluators.hpp"

namespace headland::rules {
namespace {

class Groups {
 public:
  explicit Groups(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0U); }
  std::uint32_t root(std::uint32_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::uint32_t a, std::uint32_t b) {
    const auto x = root(a), y = root(b);
    parent_[std::max(x, y)] = std::min(x, y);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

bool go_together(const ConvoyRule& kind, const Vessel& a, const Vessel& b) {
  const EastNorth d = a.plane.near(b.normal());
  if (std::hypot(d.east.value(), d.north.value()) > from_nautical_miles(kind.spacing_nmi).value()) return false;
  if (std::abs(a.speed_mps - b.speed_mps) > kind.speed_kn * mps_per_knot) return false;
  const double off = std::remainder(*a.course_rad - *b.course_rad, 2.0 * std::numbers::pi);
  return std::abs(off) <= kind.course_deg * radians_per_degree;
}

}  // namespace

// A convoy is told by its member with the lowest key, so that it stays one situation.
void evaluate(const ConvoyRule& kind, const Rule& rule, const Scene& scene, FoundList& out) {
  const auto& vessels = scene.vessels;
  const auto may_go = [&](const Vessel& v) {
    return v.course_rad && v.speed_mps >= kind.speed_min_kn * mps_per_knot && rule.filter.admits(v) &&
           !(v.ais_lost && !v.has_radar);
  };
  Groups groups(vessels.size());
  const auto index_of = [&](const Vessel& v) { return static_cast<std::uint32_t>(&v - vessels.data()); };
  std::vector<std::uint32_t> joined;
  NearPairs pairs;
  pairs.each(vessels, {from_nautical_miles(kind.spacing_nmi).value(), 0.0}, may_go,
             [&](const Vessel& a, const Vessel& b) {
               if (!go_together(kind, a, b)) return;
               groups.join(index_of(a), index_of(b));
               joined.push_back(index_of(a));
               joined.push_back(index_of(b));
             });
  std::ranges::sort(joined);
  joined.erase(std::ranges::unique(joined).begin(), joined.end());
  std::map<std::uint32_t, std::vector<std::uint32_t>> members;  // of two or more
  for (const std::uint32_t i : joined) members[groups.root(i)].push_back(i);
  for (const auto& [root, list] : members) {
    if (list.size() < static_cast<std::size_t>(kind.vessels)) continue;
    const auto lead = std::ranges::min(list, {}, [&](std::uint32_t i) { return vessels[i].key; });
    const Vessel& v = vessels[lead];
    Found found;
    found.vessel = &v;
    found.finding.evidence = ConvoyEvidence{static_cast<std::uint32_t>(list.size()), v.speed_mps,
                                            *v.course_rad / radians_per_degree, kind.for_min * 60.0};
    found.finding.needed_s = kind.for_min * 60.0;
    out.push_back(found);
  }
}

}  // namespace headland::rules
