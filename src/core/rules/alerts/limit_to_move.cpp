// SPDX-License-Identifier: Apache-2.0
// Of each kind of rule the limit that decides most how much it says.
#include <array>
#include <cstdio>

#include "core/rules/alerts/alert_budget.hpp"

namespace headland::rules {
namespace {

struct Limit {
  const char* way;   // how it says less
  const char* name;  // as in the rules file
  double value;
};

std::string text_of(const Limit& limit) {
  std::array<char, 96> text{};
  std::snprintf(text.data(), text.size(), "%s %s (%g)", limit.way, limit.name, limit.value);
  return text.data();
}

Limit limit_of(const DwellRule& k) { return {"a longer", "longest_min", k.longest_min}; }
Limit limit_of(const SpeedRule& k) {
  return k.above_kn > 0.0 ? Limit{"a greater", "above_kn", k.above_kn} : Limit{"a smaller", "below_kn", k.below_kn};
}
Limit limit_of(const CourseRule& k) { return {"a wider sector, up to a greater", "to_deg", k.to_deg}; }
Limit limit_of(const StoppedRule& k) { return {"a longer", "for_min", k.for_min}; }
Limit limit_of(const DriftRule& k) { return {"a longer", "for_min", k.for_min}; }
Limit limit_of(const AnchorDragRule& k) { return {"a greater", "radius_m", k.radius_m}; }
Limit limit_of(const CpaRule& k) { return {"a smaller", "distance_nmi", k.distance_nmi}; }
Limit limit_of(const LaneRule& k) { return {"a longer", "for_min", k.for_min}; }
Limit limit_of(const AisLostRule& k) { return {"a longer", "silent_min", k.silent_min}; }
Limit limit_of(const SwitchedOffRule& k) { return {"a longer", "silent_min", k.silent_min}; }
Limit limit_of(const JumpRule& k) { return {"a greater", "distance_min_nmi", k.distance_min_nmi}; }
Limit limit_of(const DarkVesselRule& k) { return {"a greater", "length_min_m", k.length_min_m}; }
Limit limit_of(const RendezvousRule& k) { return {"a longer", "for_min", k.for_min}; }
Limit limit_of(const LoiteringRule& k) { return {"a longer", "for_min", k.for_min}; }
Limit limit_of(const CableRule& k) { return {"a smaller", "distance_nmi", k.distance_nmi}; }
Limit limit_of(const ApproachRule& k) { return {"a shorter", "time_min", k.time_min}; }
Limit limit_of(const GroundingRule& k) { return {"a shorter", "time_min", k.time_min}; }
Limit limit_of(const ConvoyRule& k) { return {"more", "vessels", static_cast<double>(k.vessels)}; }
Limit limit_of(const SequenceRule& k) { return {"a shorter", "within_min", k.within_min}; }
Limit limit_of(const SpoofedRule& k) { return {"a smaller", "trust_below", k.trust_below}; }
Limit limit_of(const SpeedMismatchRule& k) { return {"a greater", "difference_kn", k.difference_kn}; }
Limit limit_of(const RadarJumpRule& k) { return {"a greater", "at_least_deg", k.at_least_deg}; }
Limit limit_of(const UnusualRule& k) { return {"a smaller", "rare_pct", k.rare_pct}; }

}  // namespace

std::string limit_to_move(const Rule& rule) {
  return std::visit(
      [](const auto& kind) -> std::string {
        if constexpr (requires { limit_of(kind); }) {
          return text_of(limit_of(kind));
        } else {
          return {};  // entries, exits, crossings, lists: the zone or the list is the limit
        }
      },
      rule.kind);
}

LimitsToMove limits_to_move(const RuleSet& rules) {
  LimitsToMove out;
  for (const Rule& rule : rules.rules) out[rule.name] = limit_to_move(rule);
  return out;
}

}  // namespace headland::rules
