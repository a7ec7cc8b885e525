// SPDX-License-Identifier: Apache-2.0
// Positions that cannot be true, and names that change. The watching is done as reports come (jump_watch.cpp,
// identity_watch.cpp); here it becomes a situation, which lasts ten minutes after it was last seen.
#include "core/rules/evaluators.hpp"

namespace headland::rules {
namespace {

constexpr double lasts_s = 600.0;

}  // namespace

std::optional<Finding> evaluate(const JumpRule& kind, const Scene& scene, const Vessel& v) {
  const JumpWatch& w = v.memory->jump;
  if (!w.found || to_seconds(scene.now - w.found_at).value() > lasts_s) return std::nullopt;
  const double least =
      from_nautical_miles(kind.distance_min_nmi).value() + kind.speed_kn * mps_per_knot * w.found->in_s;
  if (w.found->distance_m < least) return std::nullopt;
  if (w.found->two_places && w.found->distance_m < from_nautical_miles(kind.two_places_nmi).value())
    return std::nullopt;
  Finding f;
  JumpEvidence e = *w.found;
  e.limit_mps = kind.speed_kn * mps_per_knot;
  f.evidence = e;
  return f;
}

std::optional<Finding> evaluate(const IdentityRule&, const Scene& scene, const Vessel& v) {
  const IdentityWatch& w = v.memory->identity;
  if (!w.found || to_seconds(scene.now - w.found_at).value() > lasts_s) return std::nullopt;
  Finding f;
  f.evidence = *w.found;
  return f;
}

}  // namespace headland::rules
