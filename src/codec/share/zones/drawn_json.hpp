// SPDX-License-Identifier: Apache-2.0
// Zones that operators draw, as GeoJSON: in their file, in orders of the page and for it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.hpp"
#include "core/rules/zone/drawn_zones.hpp"

namespace headland::share {

// The file, a FeatureCollection with "version", "greatest" and the change that made it.
[[nodiscard]] std::string drawn_geojson(const rules::DrawnZones& set);
// The other way round. The error says what is wrong with which feature; shapes are not judged here.
[[nodiscard]] Expected<rules::DrawnZones> parse_drawn_geojson(std::string_view text);

// For the page: the file's content, the rules that look at each, and at any zone of a kind. `set`: the rules in force.
[[nodiscard]] std::string drawn_for_page(const rules::DrawnZones& drawn, const rules::RuleSet& set);
// {"versions":[…]} of the changes that made sets.
[[nodiscard]] std::string versions_json(std::span<const rules::DrawnZones> versions);

// For the journal: an order as it was carried out.
[[nodiscard]] std::string zone_order_note(const rules::ZoneOrder& order, const rules::DrawnZones& made);

}  // namespace headland::share
