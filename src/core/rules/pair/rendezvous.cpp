// SPDX-License-Identifier: Apache-2.0
// Two vessels that came to lie or drift side by side at sea (Global Fishing Watch: within 500 m, below 2 kn, for two
// hours). Where many lie it is a port or an anchorage, charted or not.
#include <algorithm>
#include <cmath>

#include "core/rules/evaluators.hpp"

namespace headland::rules {
namespace {

bool may_meet(const RendezvousRule& kind, const Vessel& v) {
  if (!v.motion_known || v.is_at_berth_or_anchor() || (v.ais_lost && !v.has_radar)) return false;
  if (!kind.service && (bit_of(v.kind) & service_classes) != 0) return false;
  return v.speed_mps <= 1.25 * kind.speed_kn * mps_per_knot;
}

}  // namespace

bool may_take_part(const RendezvousRule& kind, const Vessel& v) { return may_meet(kind, v); }

PairReach reach_of(const RendezvousRule& kind) { return {1.2 * kind.distance_m, 0.0}; }

std::optional<Finding> evaluate(const RendezvousRule& kind, const Scene& scene, const Vessel& a, const Vessel& b) {
  if (!may_meet(kind, a) || !may_meet(kind, b)) return std::nullopt;
  // At least one was seen to come.
  if (!a.memory->was_moving && !b.memory->was_moving) return std::nullopt;
  const EastNorth d = a.plane.near(b.normal());
  const double range = std::hypot(d.east.value(), d.north.value());
  if (range > reach_of(kind).distance_m) return std::nullopt;
  const auto crowd = static_cast<std::uint32_t>(kind.crowd);
  const auto lying = count_near(scene, a, from_nautical_miles(kind.crowd_nmi).value(), crowd, [&](const Vessel& other) {
    return &other != &b && other.motion_known && other.speed_mps < 1.0 * mps_per_knot;
  });
  if (lying >= crowd) return std::nullopt;
  const double speed = std::max(a.speed_mps, b.speed_mps), limit = kind.speed_kn * mps_per_knot;
  Finding f;
  f.evidence = MeetingEvidence{range, kind.distance_m, speed, limit, kind.for_min * 60.0};
  f.is_met = range <= kind.distance_m && speed <= limit;
  f.needed_s = kind.for_min * 60.0;
  return f;
}

}  // namespace headland::rules
