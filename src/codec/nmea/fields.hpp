// SPDX-License-Identifier: Apache-2.0
// Values in the fields of sentences. `bad` is set when there is something that is not what it must be.
#pragma once

#include <optional>
#include <string_view>

#include "codec/nmea/sentence.hpp"
#include "core/base/angle.hpp"
#include "core/geo/position.hpp"

namespace headland::nmea {

// A number that may be missing.
[[nodiscard]] std::optional<double> number(std::string_view field, bool& bad);
// Degrees, 0 to 360.
[[nodiscard]] std::optional<Bearing> bearing(std::string_view field, bool& bad);
// A value with its sign in the field behind: `plus` or `minus`.
[[nodiscard]] std::optional<double> with_side(std::string_view field, std::string_view side, char plus, char minus,
                                              bool& bad);
// Latitude, N/S, longitude, E/W from field `i`.
[[nodiscard]] std::optional<GeoPosition> position(const Fields& f, std::size_t i, bool& bad, bool& off_globe);

}  // namespace headland::nmea
