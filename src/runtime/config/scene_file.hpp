// SPDX-License-Identifier: Apache-2.0
// Scene files: what `headland simulate` and `headland demo` play. TOML; docs/formats/scene.md tells the keys.
//
// [scene] name, place, coast, land_height_m, seed, start
// [sea] wind, current, clutter
// [[radar]] a site; `settings` names a file of data/radars, relative to the scene file
// [[vessel]] `kind` sets what is usual for it, every other key overrides
// [[rain]], [[interference]], [[land]]
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.hpp"
#include "core/scenario/scene.hpp"
#include "runtime/config/station_config.hpp"

namespace headland::config {

// All problems at once, each with file:line:column. `name` is the path of the scene in messages;
// settings files are looked for beside it.
[[nodiscard]] Expected<scenario::Scene, std::vector<Problem>> parse_scene(std::string_view toml,
                                                                          const std::string& name);
[[nodiscard]] Expected<scenario::Scene, std::vector<Problem>> load_scene(const std::string& path);

// A file of data/radars.
[[nodiscard]] Expected<scenario::RadarSettings, std::vector<Problem>> parse_radar_settings(std::string_view toml,
                                                                                           const std::string& name);

}  // namespace headland::config
