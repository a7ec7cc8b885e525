// SPDX-License-Identifier: Apache-2.0
// A rule: what it looks for, whom it looks at, and where.
#pragma once

#include <string>
#include <vector>

#include "core/rules/alert.hpp"
#include "core/rules/rule_kinds.hpp"
#include "core/rules/vessel.hpp"
#include "core/rules/zone/zone.hpp"

namespace headland::rules {

enum class SourceNeeded : std::uint8_t { any, ais, radar };

// Whom a rule looks at; all must hold.
struct VesselFilter {
  ShipClasses classes = all_classes;
  double length_min_m = 0.0;  // a vessel of unknown length passes only where both are 0
  double length_max_m = 0.0;  // 0: no limit
  double speed_min_kn = 0.0;
  double speed_max_kn = 0.0;  // 0: no limit
  SourceNeeded source = SourceNeeded::any;
  std::vector<std::uint32_t> mmsis;  // empty: all
  std::vector<std::string> names;    // watch list: or one of these, as AIS says them
  [[nodiscard]] bool admits(const Vessel& v) const;
};

struct Rule {
  RuleId id;
  std::string name;
  Priority priority = Priority::warning;
  RuleKind kind;
  std::vector<ZoneId> zones;    // ascending; empty: wherever the kind looks
  std::vector<ZoneId> outside;  // whoever is in one of these is not looked at
  VesselFilter filter;
  std::vector<RuleId> unless;  // a vessel of which one of these tells is not told of again by this one
  double hold_s = 0.0;         // the situation must hold so long before it is told; beside what the kind itself asks
  double release_s = 30.0;     // and be gone so long before it is over
  [[nodiscard]] bool covers(ZoneId zone) const;
};

// As read from a file: zones numbered from 1, rules numbered from 1.
struct RuleSet {
  std::vector<Zone> zones;
  std::vector<Rule> rules;
};

// What an evaluator found in one picture.
struct Finding {
  Evidence evidence;
  bool is_met = true;  // false: within the slack that keeps a situation alive, but begins none
  int level = 1;
  double needed_s = 0.0;        // how long it must hold, beside Rule::hold_s
  std::optional<double> ago_s;  // it has held for so long already, as the evaluator knows
};

}  // namespace headland::rules
