// SPDX-License-Identifier: Apache-2.0
// Positions as they are written on the command line.
#pragma once

#include <optional>
#include <string_view>

#include "core/geo/position.hpp"

namespace headland::app {

std::optional<double> parse_number(std::string_view text);
// "LAT,LON" in degrees, north and east positive.
std::optional<GeoPosition> parse_lat_lon(std::string_view text);

}  // namespace headland::app
