// SPDX-License-Identifier: Apache-2.0
// Numbers as people at sea read them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/geo/position.hpp"

namespace headland::share {

[[nodiscard]] std::string_view ship_type_text(std::uint8_t type);            // ITU-R M.1371-5 table 53
[[nodiscard]] std::string_view navigation_status_text(std::uint8_t status);  // the same, table 46 (types 1 to 3)
[[nodiscard]] std::string position_text(GeoPosition position);               // 63°26.47'N 010°31.87'E
[[nodiscard]] std::string speed_text(MetresPerSecond speed);                 // 12.0 kn
[[nodiscard]] std::string direction_text(Bearing bearing);                   // 045.5°

}  // namespace headland::share
