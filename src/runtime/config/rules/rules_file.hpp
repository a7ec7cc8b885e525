// SPDX-License-Identifier: Apache-2.0
// Reads rules files, TOML: zones and rules.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/rules/rule.hpp"
#include "runtime/config/station_config.hpp"

namespace headland::config {

// Which GeoJSON files rules may name: those beside them or below only, where a page sent the rules.
enum class GeoJsonFiles : std::uint8_t { anywhere, beside };

// All problems at once, each with file, line and column. `name`: the file's; GeoJSON files are looked for beside it.
[[nodiscard]] Expected<rules::RuleSet, std::vector<Problem>> parse_rules(std::string_view toml, const std::string& name,
                                                                         GeoJsonFiles files = GeoJsonFiles::anywhere);
[[nodiscard]] Expected<rules::RuleSet, std::vector<Problem>> load_rules(const std::string& path);

}  // namespace headland::config
