// SPDX-License-Identifier: Apache-2.0
// The evaluators: one pure function for each kind of rule, each in a file of its own. They look at one picture and at
// what is remembered; the engine knows since when a situation holds and whether it was told.
#pragma once

#include <optional>
#include <vector>

#include "core/rules/call_for_help.hpp"
#include "core/rules/near_pairs.hpp"
#include "core/rules/radar_jump.hpp"
#include "core/rules/scene.hpp"

namespace headland::rules {

// With what, beside the vessel itself, a situation is: nothing, a zone, or another vessel.
struct Found {
  const Vessel* vessel = nullptr;
  const Vessel* other = nullptr;
  ZoneId zone;
  Finding finding;
};
using FoundList = std::vector<Found>;

// vessel/: of one vessel by itself.
std::optional<Finding> evaluate(const SpeedRule& kind, const Vessel& v);
std::optional<Finding> evaluate(const CourseRule& kind, const Vessel& v);
std::optional<Finding> evaluate(const StoppedRule& kind, const Vessel& v);
std::optional<Finding> evaluate(const DriftRule& kind, const Vessel& v);
std::optional<Finding> evaluate(const AnchorDragRule& kind, const Vessel& v);
std::optional<Finding> evaluate(const DistressRule& kind, const Vessel& v);
Finding evaluate(const CallForHelp& call);  // of DistressRule, too
std::optional<Finding> evaluate(const RadarJumpRule& kind, const RadarJumped& jump, Timestamp now);
std::optional<Finding> evaluate(const AisLostRule& kind, const Scene& scene, const Vessel& v);
std::optional<Finding> evaluate(const SwitchedOffRule& kind, const Scene& scene, const Vessel& v);
std::optional<Finding> evaluate(const SpoofedRule& kind, const Vessel& v);
std::optional<Finding> evaluate(const SpeedMismatchRule& kind, const Scene& scene, const Vessel& v);
std::optional<Finding> evaluate(const JumpRule& kind, const Scene& scene, const Vessel& v);
std::optional<Finding> evaluate(const IdentityRule& kind, const Scene& scene, const Vessel& v);
std::optional<Finding> evaluate(const DarkVesselRule& kind, const Scene& scene, const Vessel& v);
std::optional<Finding> evaluate(const LoiteringRule& kind, const Scene& scene, const Vessel& v);
std::optional<Finding> evaluate(const UnusualRule& kind, const Vessel& v);
std::optional<Finding> evaluate(const WatchListRule& kind, const Vessel& v);

// place/: of a vessel and the zones about it.
void evaluate(const EntryRule& kind, const Rule& rule, const Scene& scene, const Vessel& v, FoundList& out);
void evaluate(const ExitRule& kind, const Rule& rule, const Scene& scene, const Vessel& v, FoundList& out);
void evaluate(const DwellRule& kind, const Rule& rule, const Scene& scene, const Vessel& v, FoundList& out);
void evaluate(const CrossingRule& kind, const Rule& rule, const Scene& scene, const Vessel& v, FoundList& out);
void evaluate(const LaneRule& kind, const Rule& rule, const Scene& scene, const Vessel& v, FoundList& out);
void evaluate(const CableRule& kind, const Rule& rule, const Scene& scene, const Vessel& v, FoundList& out);
void evaluate(const ApproachRule& kind, const Rule& rule, const Scene& scene, const Vessel& v, FoundList& out);
void evaluate(const GroundingRule& kind, const Rule& rule, const Scene& scene, const Vessel& v, FoundList& out);

// pair/: of two vessels or more. The order of a pair does not matter.
bool may_take_part(const CpaRule& kind, const Vessel& v);
bool may_take_part(const RendezvousRule& kind, const Vessel& v);
PairReach reach_of(const CpaRule& kind);
PairReach reach_of(const RendezvousRule& kind);
std::optional<Finding> evaluate(const CpaRule& kind, const Scene& scene, const Vessel& a, const Vessel& b);
std::optional<Finding> evaluate(const RendezvousRule& kind, const Scene& scene, const Vessel& a, const Vessel& b);
void evaluate(const ConvoyRule& kind, const Rule& rule, const Scene& scene, FoundList& out);

}  // namespace headland::rules
