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

struct Way {
  double made_m = 0.0;
  double sent_m = 0.0;
  double lasted_s = 0.0;
  NormalVector from;
};

// Over the newest part of the path that is as long as asked; none where it has holes or jumps.
std::optional<Way> way_of(const Memory& m, double least_s) {
  Way way;
  for (auto p = m.path.rbegin(); p + 1 < m.path.rend() && way.lasted_s < least_s; ++p) {
    const PathPoint &to = *p, &from = *(p + 1);
    const double step_s = to_seconds(to.time - from.time).value();
    const EastNorth d = tangent_at(position_of(from.at)).near(to.at);
    const double step_m = std::hypot(d.east.value(), d.north.value());
    if (!(step_s > 0.0) || step_s > longest_step_s || step_m > fastest_mps * step_s) return std::nullopt;
    way.made_m += step_m;
    way.sent_m += 0.5 * static_cast<double>(from.speed_mps + to.speed_mps) * step_s;
    way.lasted_s += step_s;
    way.from = from.at;
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
