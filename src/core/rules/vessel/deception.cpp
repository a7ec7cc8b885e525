// SPDX-License-Identifier: Apache-2.0
// Positions that cannot be true, and names that change. The watching is done as reports come (jump_watch.cpp,
// identity_watch.cpp); here it becomes a situation, which lasts ten minutes after it was last seen. And what the
// picture found against the station (core/fusion/trust): weighed there, told here.
#include <algorithm>
#include <functional>

#include "core/rules/evaluators.hpp"

namespace headland::rules {
namespace {

constexpr double lasts_s = 600.0;
constexpr double trust_slack = 0.1;
// Side by side in a port or an anchorage echoes run into one another, and one is not seen for minutes.
constexpr double at_rest_mps = 0.5 * mps_per_knot;
constexpr double at_rest_needed_s = 600.0;

TrustFinding finding_of(const SystemTrack& track, double limit) {
  TrustFinding e;
  e.score = track.trust.score;
  e.limit = limit;
  std::vector<TrustReason> against;
  for (const TrustReason& r : track.trust.reasons) {
    if (r.weight > 0.0) against.push_back(r);
  }
  // Reasons are in order of kind: those of one weight stay so.
  std::ranges::stable_sort(against, std::ranges::greater{}, &TrustReason::weight);
  e.reason_count = static_cast<std::uint32_t>(std::min(against.size(), e.reasons.size()));
  std::copy_n(against.begin(), e.reason_count, e.reasons.begin());
  if (track.missing_echo && track.missing_echo->judged) {
    e.missing_echo_scans = track.missing_echo->scans;
    e.visible_probability = track.missing_echo->visible_probability;
  }
  if (track.radar_only && track.report && track.report->position) {
    e.from = track.radar_only->position;
    e.to = *track.report->position;
  }
  return e;
}

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

std::optional<Finding> evaluate(const SpoofedRule& kind, const Vessel& v) {
  if (v.mmsi.value() == 0 || v.ais_lost) return std::nullopt;
  const bool has_no_echo = kind.missing_echo && v.track->missing_echo && v.track->missing_echo->judged;
  if (!has_no_echo && v.track->trust.score >= kind.trust_below + trust_slack) return std::nullopt;
  Finding f;
  f.evidence = finding_of(*v.track, kind.trust_below);
  f.is_met = has_no_echo || v.track->trust.score < kind.trust_below;
  f.level = v.track->trust.score < 0.5 * kind.trust_below ? 2 : 1;
  f.needed_s = kind.for_min * 60.0;
  const bool is_echo_alone = std::ranges::all_of(
      v.track->trust.reasons, [](const TrustReason& r) { return r.weight <= 0.0 || r.kind == TrustEvidence::no_echo; });
  if (is_echo_alone && v.speed_mps < at_rest_mps) f.needed_s = std::max(f.needed_s, at_rest_needed_s);
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
