// SPDX-License-Identifier: Apache-2.0
// Speed, course, stopping.
#include <algorithm>
#include <cmath>

#include "core/rules/evaluators.hpp"

namespace headland::rules {
namespace {

constexpr double speed_slack = 0.05;  // of the limit
constexpr double course_slack_deg = 5.0;
constexpr Duration settles_within = std::chrono::seconds(60);

// The motion of a young radar track is not settled, and of one that is not seen any more nothing is known.
bool is_settled(const Vessel& v) {
  return v.has_ais || (v.has_radar && v.track->time - v.track->began >= settles_within);
}

}  // namespace

std::optional<Finding> evaluate(const SpeedRule& kind, const Vessel& v) {
  if (!v.motion_known || !is_settled(v)) return std::nullopt;
  const double above = kind.above_kn * mps_per_knot, below = kind.below_kn * mps_per_knot;
  Finding f;
  if (above > 0.0 && v.speed_mps > above * (1.0 - speed_slack)) {
    f.evidence = SpeedEvidence{v.speed_mps, above, true, {}};
    f.is_met = v.speed_mps > above;
    return f;
  }
  if (below > 0.0 && v.speed_mps < below * (1.0 + speed_slack)) {
    f.evidence = SpeedEvidence{v.speed_mps, below, false, {}};
    f.is_met = v.speed_mps < below;
    return f;
  }
  return std::nullopt;
}

std::optional<Finding> evaluate(const CourseRule& kind, const Vessel& v) {
  if (!v.course_rad || !is_settled(v)) return std::nullopt;
  const double course = *v.course_rad / radians_per_degree;
  const double width = std::fmod(kind.to_deg - kind.from_deg + 720.0, 360.0);
  if (width == 0.0) return std::nullopt;  // every course is allowed
  const double into = std::fmod(course - kind.from_deg + 720.0, 360.0);
  // How far outside, by the nearer limit; negative inside.
  const double outside = into <= width ? -std::min(into, width - into) : std::min(into - width, 360.0 - into);
  if (outside <= -course_slack_deg) return std::nullopt;
  Finding f;
  f.evidence = CourseEvidence{course, kind.from_deg, kind.to_deg, {}};
  f.is_met = outside > 0.0;
  return f;
}

std::optional<Finding> evaluate(const StoppedRule& kind, const Vessel& v) {
  const double limit = kind.speed_kn * mps_per_knot;
  if (!v.motion_known || v.is_at_berth_or_anchor() || v.speed_mps > 2.0 * limit) return std::nullopt;
  Finding f;
  f.evidence = StopEvidence{v.speed_mps, limit, kind.for_min * 60.0, {}};
  f.is_met = v.speed_mps <= limit;
  f.needed_s = kind.for_min * 60.0;
  return f;
}

}  // namespace headland::rules
