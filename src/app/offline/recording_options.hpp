// SPDX-License-Identifier: Apache-2.0
// What every verb that reads recordings is told alike: --config and --origin.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "core/geo/position.hpp"
#include "runtime/config/station_config.hpp"

namespace headland::app {

// Empty texts leave `config` and `origin` as they are. False: the mistakes were written to `err`.
bool read_recording_options(const std::string& config_file, const std::string& origin_text,
                            config::StationConfig& config, std::optional<GeoPosition>& origin, std::ostream& err);

}  // namespace headland::app
