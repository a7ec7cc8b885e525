// SPDX-License-Identifier: Apache-2.0
// The tables of a rules file as they are written: what all rules have, what each kind has, and zones.
#pragma once

#include <array>
#include <string>

#include "core/rules/rule_kinds.hpp"
#include "runtime/config/fields.hpp"

namespace headland::config {

struct RuleRow {
  std::string name;
  std::string kind;
  std::string priority = "warning";
  std::string source = "any";
  double length_min_m = 0.0;
  double length_max_m = 0.0;
  double speed_min_kn = 0.0;
  double speed_max_kn = 0.0;
  double hold_s = 0.0;
  double release_s = 30.0;
};
struct ZoneRow {
  std::string name;
  std::string kind = "area";
  std::string geojson;
  std::string from, until;
  double direction_deg = -1.0;
  double width_m = 0.0;
  double radius_m = 0.0;
  double depth_m = 0.0;
  double limit_nmi = 0.0;
  double beyond_nmi = 0.0;
  std::string claimant;
};

// Names of the kinds, in the order of rules::RuleKind.
inline constexpr std::array<std::string_view, std::variant_size_v<rules::RuleKind>> rule_kind_names = {
    "entry",           "exit",        "dwell",      "crossing",  "speed",    "course",           "stopped",
    "drift",           "anchor_drag", "cpa",        "lane",      "ais_lost", "ais_switched_off", "jump",
    "identity_change", "dark_vessel", "rendezvous", "loitering", "cable",    "approach",         "watch_list",
    "grounding",       "convoy",      "sequence",   "distress",  "spoofed",  "speed_mismatch",   "unusual",
    "radar_jump"};

const Table<RuleRow>& rule_table();
const Table<ZoneRow>& zone_table();
template <class Kind>
const Table<Kind>& kind_table();  // for each kind of rules::RuleKind

// The reference page of rules files, Markdown.
[[nodiscard]] std::string rules_reference_markdown();

}  // namespace headland::config
