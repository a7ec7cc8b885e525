// SPDX-License-Identifier: Apache-2.0
// A vessel that the wind and the stream carry: it moves slowly, and not where it points.
#include <cmath>
#include <numbers>

#include "core/rules/evaluators.hpp"

namespace headland::rules {
namespace {

constexpr double slack_deg = 10.0;
constexpr double slack_factor = 0.25;  // of both speeds

bool may_be_drifting(const Vessel& v) {
  if (!v.has_ais || !v.course_rad || !v.heading_rad || v.is_at_berth_or_anchor()) return false;
  // 3 restricted, 7 fishing, 8 under sail, 11 and 12 towing: they move so on purpose.
  return v.status != 3 && v.status != 7 && v.status != 8 && v.status != 11 && v.status != 12;
}

}  // namespace

std::optional<Finding> evaluate(const DriftRule& kind, const Vessel& v) {
  if (!may_be_drifting(v)) return std::nullopt;
  const double low = kind.speed_min_kn * mps_per_knot, high = kind.speed_max_kn * mps_per_knot;
  if (v.speed_mps < low * (1.0 - slack_factor) || v.speed_mps > high * (1.0 + slack_factor)) return std::nullopt;
  const double angle = std::abs(std::remainder(*v.course_rad - *v.heading_rad, 2.0 * std::numbers::pi));
  const double angle_deg = angle / radians_per_degree;
  if (angle_deg < kind.angle_deg - slack_deg) return std::nullopt;
  Finding f;
  f.evidence = DriftEvidence{v.speed_mps,
                             *v.course_rad / radians_per_degree,
                             *v.heading_rad / radians_per_degree,
                             angle_deg,
                             kind.angle_deg,
                             kind.for_min * 60.0};
  f.is_met = angle_deg >= kind.angle_deg && v.speed_mps >= low && v.speed_mps <= high;
  f.needed_s = kind.for_min * 60.0;
  return f;
}

}  // namespace headland::rules
