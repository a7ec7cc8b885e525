// SPDX-License-Identifier: Apache-2.0
// Who will be within the circle about a protected point before long, going straight on.
#include <algorithm>
#include <cmath>

#include "core/rules/evaluators.hpp"

namespace headland::rules {
namespace {

constexpr double slack = 1.2;
constexpr double farthest_m = 40'000.0;  // zones so near are asked for

}  // namespace

void evaluate(const ApproachRule& kind, const Rule& rule, const Scene& scene, const Vessel& v, FoundList& out) {
  if (!v.course_rad || v.speed_mps < kind.speed_min_kn * mps_per_knot || (v.ais_lost && !v.has_radar)) return;
  const double limit_s = kind.time_min * 60.0;
  const double reach = std::min(farthest_m, slack * limit_s * v.speed_mps);
  each_near(scene, scene.points, ZoneKind::point, v, reach, [&](const ZoneShape& point) {
    if (!rule.covers(point.zone().id) || !scene.holds(point, v)) return;
    const EastNorth d = v.plane.near(point.middle().up);
    const double e = d.east.value(), n = d.north.value();
    const double range = std::hypot(e, n), radius = point.zone().radius_m;
    const double ahead = (e * v.east_mps + n * v.north_mps) / v.speed_mps;
    const double beside2 = range * range - ahead * ahead;
    const double passes = range <= radius ? 0.0 : std::sqrt(std::max(0.0, beside2));
    if (range > radius && (ahead <= 0.0 || passes > slack * radius)) return;
    const double within = std::max(0.0, radius * radius - beside2);
    const double in_s = range <= radius ? 0.0 : std::max(0.0, ahead - std::sqrt(within)) / v.speed_mps;
    if (in_s > slack * limit_s) return;
    Found found;
    found.vessel = &v;
    found.zone = point.zone().id;
    found.finding.is_met = in_s <= limit_s && passes <= radius;
    found.finding.level = in_s == 0.0 ? 2 : 1;
    found.finding.needed_s = in_s == 0.0 ? 0.0 : 30.0;
    found.finding.evidence = ApproachEvidence{point.zone().id, range, passes, radius, in_s, limit_s};
    out.push_back(found);
  });
}

}  // namespace headland::rules
