// SPDX-License-Identifier: Apache-2.0
// One picture as all evaluators see it: the vessels and where they are, the zones, and what lies near what.
#pragma once

#include <vector>

#include "core/rules/rule.hpp"
#include "core/rules/vessel_grid.hpp"

namespace headland::rules {

struct Scene {
  Timestamp now;
  std::vector<Vessel> vessels;  // in order of the picture
  VesselGrid grid;              // of them
  const std::vector<ZoneShape>* zones = nullptr;
  const ZoneIndex* zone_index = nullptr;
  std::vector<const ZoneShape*> points, shoals;  // the zones of these kinds
  std::uint32_t seen_by_both = 0;                // vessels that radar and AIS see
  std::uint32_t ais_heard = 0;                   // vessels that AIS was heard of within a minute

  [[nodiscard]] const ZoneShape& zone(ZoneId id) const { return (*zones)[id.value() - 1]; }
  [[nodiscard]] bool holds(const ZoneShape& z, const Vessel& v) const {
    return (z.zone().classes & bit_of(v.kind)) != 0 && z.zone().validity.holds(now);
  }
};

// Calls `take` for the zones of a kind that may be within `reach_m` of `v`; `all`: all zones of that kind.
template <class Take>
void each_near(const Scene& scene, const std::vector<const ZoneShape*>& all, ZoneKind kind, const Vessel& v,
               double reach_m, Take take) {
  if (reach_m > ZoneIndex::near_m) {
    for (const ZoneShape* shape : all) {
      if (shape->may_reach(v.normal(), reach_m)) take(*shape);
    }
    return;
  }
  for (const std::uint32_t i : scene.zone_index->near(v.position, kind)) {
    const ZoneShape& shape = (*scene.zones)[i];
    if (shape.may_reach(v.normal(), reach_m)) take(shape);
  }
}

// Others within `radius_m` of `v` for which `wanted` holds; counted up to `enough`, for that may be a crowd.
template <class Wanted>
std::uint32_t count_near(const Scene& scene, const Vessel& v, double radius_m, std::uint32_t enough, Wanted wanted) {
  std::uint32_t n = 0;
  scene.grid.near(v.normal(), radius_m, [&](std::uint32_t i) {
    const Vessel& other = scene.vessels[i];
    if (&other == &v) return true;
    const EastNorth d = v.plane.near(other.normal());
    if (std::hypot(d.east.value(), d.north.value()) <= radius_m && wanted(other)) ++n;
    return n < enough;
  });
  return n;
}

}  // namespace headland::rules
