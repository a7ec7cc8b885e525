// SPDX-License-Identifier: Apache-2.0
// Reads rules files, TOML: zones and rules.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/rules/rule.hpp"
#include "core/rules/zone/drawn_zones.hpp"
#include "runtime/config/rules/geojson.hpp"
#include "runtime/config/station_config.hpp"

namespace headland::config {

// All problems at once, each with file, line and column. `name`: the file's; GeoJSON files are looked for beside it, by
// `files` where it is given: two readings by the same know the same zones.
// `drawn`: zones that are not in the file; rules of it may name them. They, and the rules that watch them, come last.
[[nodiscard]] Expected<rules::RuleSet, std::vector<Problem>> parse_rules(std::string_view toml, const std::string& name,
                                                                         const rules::DrawnZones& drawn = {},
                                                                         GeoJsonFiles* files = nullptr);
// The text of a file, whole.
[[nodiscard]] Expected<std::string, std::vector<Problem>> text_of_rules(const std::string& path);
[[nodiscard]] Expected<rules::RuleSet, std::vector<Problem>> load_rules(const std::string& path,
                                                                        const rules::DrawnZones& drawn = {});

}  // namespace headland::config
