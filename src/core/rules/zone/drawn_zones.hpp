// SPDX-License-Identifier: Apache-2.0
// Zones that operators draw on the chart: what can be drawn, what a set of them becomes by an order, and which rules
// look at one. A drawn zone may say itself what is to be told of it, so that it is watched without a change of the
// rules file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.hpp"
#include "core/rules/rule.hpp"

namespace headland::rules {

// What is told of a drawn zone.
enum class ZoneTell : std::uint8_t {
  entry,
  exit,
  dwell,        // limit: minutes
  speed,        // limit: knots
  crossing,     // of a line, either way
  cross_right,  // seen along it, from its first point
  cross_left,
  wrong_way,  // in a lane
  slow_over,  // a cable: anchored by it, slow over it, to and fro across it
  approach,   // to a point; limit: minutes
  shallow     // runs into a depth area
};
inline constexpr std::size_t zone_tell_count = 11;
[[nodiscard]] std::string_view name_of(ZoneTell tell);
[[nodiscard]] std::optional<ZoneTell> zone_tell_named(std::string_view name);
// Zones of this kind can tell it.
[[nodiscard]] bool can_tell(ZoneKind kind, ZoneTell tell);

struct ZoneWatch {
  ZoneTell tell = ZoneTell::entry;
  double limit = 0.0;  // in the unit of what is told
  friend auto operator<=>(const ZoneWatch&, const ZoneWatch&) = default;
};

struct DrawnZone {
  std::uint32_t number = 0;   // of this zone, for ever; 0: of none yet
  std::uint32_t version = 0;  // of the set, since which it is as it is
  Zone zone;                  // its `id` means nothing here
  std::vector<ZoneWatch> watches;
  Priority priority = Priority::warning;  // of its watches
  std::string who;                        // drew it or changed it last
  Timestamp time;                         // and when
};

// A set, and the change that made it of the one before.
struct DrawnZones {
  std::uint32_t version = 0;   // 0: nothing was ever drawn
  std::uint32_t greatest = 0;  // number ever given
  std::vector<DrawnZone> zones;
  std::string who, what, name, why;  // what: "drawn", "changed", "deleted"
  Timestamp time;
};

enum class ZoneAction : std::uint8_t { save, remove };
[[nodiscard]] std::string_view name_of(ZoneAction action);

struct ZoneOrder {
  ZoneAction action = ZoneAction::save;
  DrawnZone zone;  // to remove: its number and version alone
  std::string who, why;
};

inline constexpr std::size_t most_drawn_zones = 500;
inline constexpr std::size_t most_drawn_corners = 200;

// What is wrong with it and what to do; empty: nothing.
[[nodiscard]] std::string fault_of(const DrawnZone& drawn);

// The set after the order, or why not. Versions: what was changed by somebody else meanwhile is refused.
[[nodiscard]] Expected<DrawnZones, std::string> changed(const DrawnZones& before, const ZoneOrder& order,
                                                        Timestamp now);

// The rules that watch what is drawn: one for each thing told, limit and priority. `first_zone`: the id of the first.
[[nodiscard]] std::vector<Rule> watch_rules(const DrawnZones& drawn, ZoneId first_zone, RuleId first_rule);

// Names of the rules that look at the zone: because they name it, or name none and look at all of its kind.
[[nodiscard]] std::vector<std::string> watchers_of(const RuleSet& set, ZoneId zone);
// That look at any zone of this kind.
[[nodiscard]] std::vector<std::string> watchers_of(const RuleSet& set, ZoneKind kind);

}  // namespace headland::rules
