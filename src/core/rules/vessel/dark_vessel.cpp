// SPDX-License-Identifier: Apache-2.0
// A vessel that radar sees and AIS does not, though it is of a size that should send. Where the picture has judged
// whether AIS is received there (AisSilence), its judgement counts, and else the number of others that AIS is heard of.
#include "core/rules/evaluators.hpp"

namespace headland::rules {
namespace {

constexpr double least_existence = 0.95;

// Of the hull, where radar tells of it, what it is at the least: one that may be shorter need not send. Elsewhere of
// the echo, which is as long as the beam is wide out there.
double length_of(const SystemTrack& t) { return (t.size.known ? t.size.least_length() : t.length).value(); }

}  // namespace

std::optional<Finding> evaluate(const DarkVesselRule& kind, const Scene& scene, const Vessel& v) {
  const SystemTrack& t = *v.track;
  if (!v.has_radar || v.mmsi.value() != 0 || t.stage != TrackStage::confirmed) return std::nullopt;
  if (t.radar_kind.likely == TrackClass::improbable) return std::nullopt;  // a wave, a side lobe, a piece of shore
  const double length_m = length_of(t);
  if (t.existence < least_existence || length_m < 0.8 * kind.length_min_m) return std::nullopt;
  if (v.speed_mps < 0.7 * kind.speed_min_kn * mps_per_knot) return std::nullopt;
  const AisHearing hearing = t.silence.hearing;
  if (hearing == AisHearing::cannot_tell || hearing == AisHearing::heard) return std::nullopt;
  const bool is_judged = hearing == AisHearing::dark || hearing == AisHearing::silent;
  if (!is_judged && scene.seen_by_both < static_cast<std::uint32_t>(kind.ais_min)) return std::nullopt;
  const double seen = to_seconds(scene.now - t.began).value();
  Finding f;
  f.evidence = DarkEvidence{length_m, kind.length_min_m, seen, v.speed_mps, {}};
  f.is_met = hearing != AisHearing::none_heard && length_m >= kind.length_min_m &&
             v.speed_mps >= kind.speed_min_kn * mps_per_knot;
  f.needed_s = kind.seen_min * 60.0;
  return f;
}

}  // namespace headland::rules
