// SPDX-License-Identifier: Apache-2.0
// The speed that AIS sends against the way between the positions it sends: one of the two is not true.
#include <algorithm>
#include <cmath>

#include "core/rules/evaluators.hpp"

namespace headland::rules {
namespace {

constexpr double slack = 0.75;                        // of the difference, once told
constexpr double longest_step_s = 90.0;               // of the path: a longer one was not heard in between
constexpr double fastest_mps = 100.0 * mps_per_knot;  // what is faster is a jump, and told as one

constexpr double far_share = 1.5;
constexpr double far_m = 200.0;

struct Way {
  double made_m = 0.0;
  double sent_m = 0.0;
  double lasted_s = 0.0;
  NormalVector from;
};

double distance_m(const PathPoint& a, const PathPoint& b) {
  const EastNorth d = tangent_at(position_of(a.at)).near(b.at);
  return std::hypot(d.east.value(), d.north.value());
}

// Farther than what is sent explains by far.
bool is_far(const PathPoint& from, const PathPoint& to) {
  const double sent_mps = 0.5 * static_cast<double>(from.speed_mps + to.speed_mps);
  const double step_s = std::abs(to_seconds(to.time - from.time).value());
  return distance_m(from, to) > far_share * sent_mps * step_s + far_m;
}

// Over the newest part of the path that is as long as asked; none where it has holes or jumps. A single place far off
// between two that belong together is left out: old reports come late by another receiver. The newest, when far off,
// waits for the next.
std::optional<Way> way_of(const Memory& m, double least_s) {
  Way way;
  auto to = m.path.rbegin();
  if (m.path.size() > 2 && is_far(*(to + 1), *to) && is_far(*(to + 2), *to)) ++to;
  while (to + 1 < m.path.rend() && way.lasted_s < least_s) {
    auto from = to + 1;
    const bool is_wild =
        from + 1 < m.path.rend() && is_far(*from, *to) && is_far(*(from + 1), *from) && !is_far(*(from + 1), *to);
    if (is_wild) ++from;
    const double step_s = to_seconds(to->time - from->time).value();
    const double step_m = distance_m(*from, *to);
    const double longest_s = is_wild ? 2.0 * longest_step_s : longest_step_s;
    if (!(step_s > 0.0) || step_s > longest_s || step_m > fastest_mps * step_s) return std::nullopt;
    way.made_m += step_m;
    way.sent_m += 0.5 * static_cast<double>(from->speed_mps + to->speed_mps) * step_s;
    way.lasted_s += step_s;
    way.from = from->at;
    to = from;
  }
  if (way.lasted_s < least_s) return std::nullopt;
  return way;
}

}  // namespace

std::optional<Finding> evaluate(const SpeedMismatchRule& kind, const Scene& scene, const Vessel& v) {
  if (!v.has_ais || !v.motion_known || !v.track->report || !v.track->report->speed) return std::nullopt;
  const Memory& m = *v.memory;
  // The path is taken once a minute: only then is there anything new, and it holds in between.
  if (m.path.empty() || m.reports < 5 || m.report_interval_s > 60.0) return std::nullopt;
  if (scene.now - m.path.back().time > std::chrono::seconds(120)) return std::nullopt;
  const auto way = way_of(m, kind.over_min * 60.0);
  if (!way) return std::nullopt;
  const double sent = way->sent_m / way->lasted_s, made = way->made_m / way->lasted_s;
  const double limit = kind.difference_kn * mps_per_knot;
  const double difference = std::abs(sent - made);
  if (difference < slack * limit) return std::nullopt;
  Finding f;
  f.evidence =
      SpeedMismatchEvidence{sent, made, limit, way->lasted_s, position_of(way->from), position_of(m.path.back().at)};
  f.is_met = difference >= limit;
  return f;
}

}  // namespace headland::rules
