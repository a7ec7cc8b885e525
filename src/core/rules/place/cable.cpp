// SPDX-License-Identifier: Apache-2.0
// Cables and pipelines: slow over one, anchored by one, to and fro across one.
#include <algorithm>

#include "core/rules/evaluators.hpp"

namespace headland::rules {
namespace {

std::uint32_t crossings_of(const Memory& m, ZoneId cable) {
  return static_cast<std::uint32_t>(std::ranges::count(m.crossings, cable, &LineCrossing::line));
}

}  // namespace

void evaluate(const CableRule& kind, const Rule& rule, const Scene& scene, const Vessel& v, FoundList& out) {
  if (!v.motion_known || v.status == 5 || (v.ais_lost && !v.has_radar)) return;
  const double limit_m = from_nautical_miles(kind.distance_nmi).value();
  const double slow = kind.speed_kn * mps_per_knot;
  for (const std::uint32_t i : scene.zone_index->near(v.position, ZoneKind::cable)) {
    const ZoneShape& cable = (*scene.zones)[i];
    const ZoneId id = cable.zone().id;
    if (!cable.may_reach(v.normal(), 2.0 * limit_m)) continue;
    if (!rule.covers(id) || !scene.holds(cable, v)) continue;
    const double distance = cable.distance_m(v.normal());
    CableEvidence e{CableEvidence::What::slow, id, distance, limit_m, v.speed_mps, crossings_of(*v.memory, id)};
    Found found;
    found.vessel = &v;
    found.zone = id;
    if (e.crossings >= static_cast<std::uint32_t>(kind.crossings)) {
      e.what = CableEvidence::What::zigzag;
    } else if (distance > 1.2 * limit_m || v.speed_mps > 1.2 * slow) {
      continue;
    } else {
      const bool anchored = v.status == 1;
      if (anchored) e.what = CableEvidence::What::anchored;
      found.finding.is_met = distance <= limit_m && v.speed_mps <= slow;
      found.finding.needed_s = anchored ? 60.0 : kind.for_min * 60.0;
      found.finding.level = anchored ? 2 : 1;
    }
    found.finding.evidence = e;
    out.push_back(found);
  }
}

}  // namespace headland::rules
