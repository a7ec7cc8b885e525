// SPDX-License-Identifier: Apache-2.0
// AIS that falls silent: where radar still sees the vessel it is certain within minutes; without radar it means
// something only where others nearby are still heard.
#include "core/rules/evaluators.hpp"

namespace headland::rules {
namespace {

constexpr std::uint32_t least_reports = 10;
constexpr double still_seen_s = 60.0;

}  // namespace

std::optional<Finding> evaluate(const AisLostRule& kind, const Scene& scene, const Vessel& v) {
  if (!v.ais_lost || v.has_radar || v.is_at_berth_or_anchor()) return std::nullopt;
  const Memory& m = *v.memory;
  if (m.reports < static_cast<std::uint32_t>(kind.reports_min)) return std::nullopt;
  if (v.speed_mps < kind.speed_min_kn * mps_per_knot) return std::nullopt;
  const double silent = to_seconds(scene.now - m.report_time).value();
  if (silent < kind.silent_min * 60.0) return std::nullopt;
  // Radar saw it go on without AIS: that is the other rule's, and its losing sight of it is no news.
  if (to_seconds(m.radar_seen - m.report_time).value() > still_seen_s) return std::nullopt;
  // One that was heard only now and then may just be at the edge of reception.
  if (m.report_interval_s > 0.1 * kind.silent_min * 60.0) return std::nullopt;
  SilenceEvidence e{silent, kind.silent_min * 60.0, false, 0, from_nautical_miles(kind.near_nmi).value()};
  // Moving ones: of a vessel at anchor a few minutes of silence say nothing of reception.
  e.heard_near = count_near(scene, v, e.near_m, 20, [&](const Vessel& other) {
    return other.has_ais && to_seconds(scene.now - other.memory->report_time).value() < 60.0;
  });
  if (e.heard_near < static_cast<std::uint32_t>(kind.near_vessels)) return std::nullopt;
  Finding f;
  f.evidence = e;
  f.ago_s = silent;
  return f;
}

std::optional<Finding> evaluate(const SwitchedOffRule& kind, const Scene& scene, const Vessel& v) {
  if (!v.ais_lost || !v.has_radar || v.track->stage != TrackStage::confirmed) return std::nullopt;
  const Memory& m = *v.memory;
  const double silent = to_seconds(scene.now - m.report_time).value();
  if (silent < kind.silent_min * 60.0 || m.reports < least_reports) return std::nullopt;
  if (m.report_interval_s > kind.silent_min * 60.0 / 6.0) return std::nullopt;  // it was heard only now and then
  // The receiver itself must still hear, and there: as the picture has judged, where it has.
  const AisHearing hearing = v.track->silence.hearing;
  if (hearing == AisHearing::cannot_tell) return std::nullopt;
  if (hearing != AisHearing::silent && scene.ais_heard < static_cast<std::uint32_t>(kind.ais_min)) return std::nullopt;
  Finding f;
  f.evidence = SilenceEvidence{silent, kind.silent_min * 60.0, true, scene.ais_heard, 0.0};
  f.ago_s = silent;
  return f;
}

}  // namespace headland::rules
