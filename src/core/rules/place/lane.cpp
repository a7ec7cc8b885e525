// SPDX-License-Identifier: Apache-2.0
// Traffic lanes, COLREG rule 10: (b)(i) go with the traffic, (b)(iii) join at the ends or at a small angle, (c) cross
// at right angles, by the heading where it is known; and no stopping.
#include <cmath>
#include <numbers>

#include "core/rules/evaluators.hpp"

namespace headland::rules {
namespace {

using What = LaneEvidence::What;
constexpr double along_rad = 30.0 * radians_per_degree;
constexpr double slack_rad = 10.0 * radians_per_degree;

double off_rad(double a, double b) { return std::abs(std::remainder(a - b, 2.0 * std::numbers::pi)); }

struct Motion {
  double angle = 0.0;  // between the vessel's way and the lane's, 0 .. pi
  double speed = 0.0;
  double limit = 0.0;  // speed
};

// Whether it is a breach, and whether it still is one within the slack.
std::optional<bool> breach(What what, const LaneRule& kind, const Stay& stay, const Motion& m, double entry_angle) {
  const double limit = kind.angle_deg * radians_per_degree;
  switch (what) {
    case What::stopped:
      return m.speed < 1.5 * m.limit ? std::optional(m.speed < m.limit) : std::nullopt;
    case What::wrong_way:
      if (m.speed < m.limit || m.angle < limit - slack_rad) return std::nullopt;
      return m.angle >= limit;
    case What::poor_crossing: {
      // Neither along the lane, one way or the other, nor nearly square to it.
      const double from_square = std::abs(m.angle - 0.5 * std::numbers::pi);
      const double from_along = std::min(m.angle, std::numbers::pi - m.angle);
      if (m.speed < m.limit || from_square < limit - slack_rad || from_along < along_rad - slack_rad)
        return std::nullopt;
      return from_square >= limit && from_along >= along_rad;
    }
    case What::side_entry:
      if (!stay.by_side || m.angle > along_rad || entry_angle < limit) return std::nullopt;
      return entry_angle < 0.5 * std::numbers::pi;  // steeper: it crossed and turned, which is told by the angle
  }
  return std::nullopt;
}

What what_of(const std::string& name) {
  if (name == "poor_crossing") return What::poor_crossing;
  if (name == "stopped") return What::stopped;
  return name == "side_entry" ? What::side_entry : What::wrong_way;
}

}  // namespace

void evaluate(const LaneRule& kind, const Rule& rule, const Scene& scene, const Vessel& v, FoundList& out) {
  const What what = what_of(kind.breach);
  if (!v.motion_known || v.memory->stays.empty()) return;
  for (const Stay& stay : v.memory->stays) {
    const ZoneShape& lane = scene.zone(stay.zone);
    if (stay.left || lane.zone().kind != ZoneKind::lane || !rule.covers(stay.zone)) continue;
    if (what != What::stopped && !v.course_rad) continue;
    const double direction = lane.direction_deg(v.normal()) * radians_per_degree;
    // A vessel crosses with its heading (rule 10 c), whatever the stream does.
    const double way = what == What::poor_crossing && v.heading_rad ? *v.heading_rad : v.course_rad.value_or(direction);
    const Motion motion{off_rad(way, direction), v.speed_mps, kind.speed_min_kn * mps_per_knot};
    const double entry = off_rad(stay.entry_course_deg * radians_per_degree, direction);
    const auto met = breach(what, kind, stay, motion, entry);
    if (!met) continue;
    Found found;
    found.vessel = &v;
    found.zone = stay.zone;
    found.finding.is_met = *met;
    found.finding.needed_s = kind.for_min * 60.0;
    const double angle = what == What::side_entry ? entry : motion.angle;
    found.finding.evidence = LaneEvidence{what,
                                          stay.zone,
                                          way / radians_per_degree,
                                          direction / radians_per_degree,
                                          angle / radians_per_degree,
                                          kind.angle_deg,
                                          v.speed_mps};
    out.push_back(found);
  }
}

}  // namespace headland::rules
