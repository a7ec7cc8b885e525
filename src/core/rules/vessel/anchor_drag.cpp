// SPDX-License-Identifier: Apache-2.0
// A vessel that says it lies at anchor and has left the circle about where it anchored.
#include <cmath>

#include "core/rules/evaluators.hpp"

namespace headland::rules {
namespace {

// With way on like this it was weighing anchor and forgot the status, which is no news.
constexpr double under_way_mps = 3.0 * mps_per_knot;

}  // namespace

std::optional<Finding> evaluate(const AnchorDragRule& kind, const Vessel& v) {
  if (!v.memory->anchored_at || v.status != 1 || v.speed_mps > under_way_mps) return std::nullopt;
  const double limit = kind.radius_m + v.length_m;
  const EastNorth d = v.plane.near(v.memory->anchored_at->at);
  const double moved = std::hypot(d.east.value(), d.north.value());
  if (moved < 0.9 * limit) return std::nullopt;
  Finding f;
  f.evidence = AnchorDragEvidence{moved, limit, v.speed_mps};
  f.is_met = moved > limit;
  f.level = moved > 3.0 * limit ? 2 : 1;
  f.needed_s = 60.0;
  return f;
}

}  // namespace headland::rules
