// SPDX-License-Identifier: Apache-2.0
// A vessel under way that stays about a place: slow in the mean over a long time (Global Fishing Watch: below 2 kn
// over hourly blocks), neither anchored nor moored, and not where many others lie.
#include <algorithm>
#include <cmath>

#include "core/rules/evaluators.hpp"

namespace headland::rules {
namespace {

// One that never left the place by more than its own swinging circle lies at a buoy or a berth and does not say so.
constexpr double least_radius_m = 400.0;

struct Stay {
  double radius_m = 0.0;
  double mean_speed_mps = 0.0;
  double lasted_s = 0.0;
};

// Over the newest part of the path that is as long as asked; none where it was faster in the mean than `most_mps`.
std::optional<Stay> stay_of(const Memory& m, const Vessel& v, Timestamp now, double least_s, double most_mps) {
  const auto first = std::ranges::find_if(m.path, [&](const PathPoint& p) {
    return to_seconds(now - p.time).value() <= least_s + to_seconds(Memory::path_step).value();
  });
  if (first == m.path.end() || to_seconds(now - first->time).value() < least_s) return std::nullopt;
  Stay stay;
  stay.lasted_s = to_seconds(now - first->time).value();
  double sum = 0.0, n = 0.0, radius2 = 0.0;
  for (auto p = first; p != m.path.end(); ++p) sum += static_cast<double>(p->speed_mps), n += 1.0;
  if (n * to_seconds(Memory::path_step).value() < 0.5 * least_s) return std::nullopt;  // heard too little
  stay.mean_speed_mps = sum / n;
  if (stay.mean_speed_mps > most_mps) return std::nullopt;
  for (auto p = first; p != m.path.end(); ++p) {
    const double e = v.plane.near(p->at).east.value(), u = v.plane.near(p->at).north.value();
    radius2 = std::max(radius2, e * e + u * u);
  }
  stay.radius_m = std::sqrt(radius2);
  return stay;
}

}  // namespace

std::optional<Finding> evaluate(const LoiteringRule& kind, const Scene& scene, const Vessel& v) {
  const double limit = kind.speed_kn * mps_per_knot;
  if (!v.motion_known || v.is_at_berth_or_anchor() || v.status == 7 || v.speed_mps > 3.0 * limit) return std::nullopt;
  const Memory& m = *v.memory;
  if (m.path.empty() || scene.now - m.path.front().time < to_duration(Seconds(kind.for_min * 60.0)))
    return std::nullopt;
  const auto stay = stay_of(m, v, scene.now, kind.for_min * 60.0, 1.25 * limit);
  if (!stay || stay->radius_m < least_radius_m ||
      stay->radius_m > 1.25 * from_nautical_miles(kind.radius_nmi).value()) {
    return std::nullopt;
  }
  const auto crowd = static_cast<std::uint32_t>(kind.crowd);
  const auto lying = count_near(scene, v, from_nautical_miles(kind.crowd_nmi).value(), crowd, [&](const Vessel& other) {
    return other.motion_known && other.speed_mps < 1.0 * mps_per_knot;
  });
  if (lying >= crowd) return std::nullopt;
  Finding f;
  f.evidence = LoiterEvidence{stay->mean_speed_mps, limit, stay->lasted_s, stay->radius_m, {}};
  f.is_met = stay->mean_speed_mps <= limit && stay->radius_m <= from_nautical_miles(kind.radius_nmi).value();
  f.ago_s = stay->lasted_s;
  return f;
}

}  // namespace headland::rules
