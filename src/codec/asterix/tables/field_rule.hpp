// SPDX-License-Identifier: Apache-2.0
// What a field of a data item means: its place in its part, how its bits become a value, and the unit of that.
#pragma once

#include <cstdint>
#include <string_view>

namespace headland::asterix {

using FieldId = std::uint16_t;  // place in the table of fields; names in field_id_table.hpp

enum class FieldKind : std::uint8_t {
  raw,         // bits without a meaning of their own
  code,        // one of a list of meanings
  integer,     // a count or number
  quantity,    // a number of units
  text_ascii,  // 8 bits a letter
  text_icao,   // 6 bits a letter (ICAO annex 10, volume III, table 3-9)
  text_octal,  // 3 bits a digit
  bytes,       // an item that counts its own bytes; what is in them is left to its users
};

// As the standard states them; no conversion but the least significant bit is applied to a value.
enum class Unit : std::uint8_t {
  none,
  degrees,
  degrees_per_second,
  degrees_celsius,
  seconds,
  milliseconds,
  metres,
  metres_per_second,
  metres_per_second_squared,
  nautical_miles,
  nautical_miles_per_second,
  knots,
  feet,
  feet_per_minute,
  flight_levels,
  mach,
  decibels,
  decibels_milliwatt,
  percent,
  millibars,
  megahertz,
};

struct FieldRule {
  std::uint8_t bit = 0;   // of the part, from its highest
  std::uint8_t bits = 0;  // 1 .. 64
  FieldKind kind = FieldKind::raw;
  bool is_signed = false;
  Unit unit = Unit::none;
  double scale = 1.0;     // units in the least significant bit
  std::string_view name;  // "062/105/LAT"
};

}  // namespace headland::asterix
