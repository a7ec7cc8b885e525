// SPDX-License-Identifier: Apache-2.0
// Who will run into water that is too shallow before long, going straight on. Tide and squat are not known here: the
// margin is to cover them.
#include <cmath>

#include "core/rules/evaluators.hpp"

namespace headland::rules {

void evaluate(const GroundingRule& kind, const Rule& rule, const Scene& scene, const Vessel& v, FoundList& out) {
  if (!v.course_rad || v.speed_mps < kind.speed_min_kn * mps_per_knot || (v.ais_lost && !v.has_radar)) return;
  const double draught = v.draught_m.value_or(kind.draught_unknown_m);
  if (draught <= 0.0) return;
  const double ahead_s = kind.time_min * 60.0;
  const EastNorth way{Metres(v.east_mps * ahead_s), Metres(v.north_mps * ahead_s)};
  const double reach = v.speed_mps * ahead_s;
  each_near(scene, scene.shoals, ZoneKind::depth, v, reach, [&](const ZoneShape& shoal) {
    if (shoal.zone().depth_m >= draught + kind.margin_m) return;
    if (!rule.covers(shoal.zone().id) || !scene.holds(shoal, v)) return;
    const auto distance = shoal.enters_after_m(v.normal(), way);
    if (!distance) return;
    const double in_s = *distance / v.speed_mps;
    Found found;
    found.vessel = &v;
    found.zone = shoal.zone().id;
    found.finding.needed_s = in_s == 0.0 ? 0.0 : 20.0;
    found.finding.level = in_s < 0.4 * ahead_s ? 2 : 1;
    found.finding.evidence =
        GroundingEvidence{shoal.zone().id, shoal.zone().depth_m, draught, kind.margin_m, in_s, *distance};
    out.push_back(found);
  });
}

}  // namespace headland::rules
