// SPDX-License-Identifier: Apache-2.0
// Vessels by what they do, as rules tell them apart.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/picture/picture.hpp"

namespace headland::rules {

enum class ShipClass : std::uint8_t {
  unknown,  // nothing said, or seen by radar alone
  cargo,
  tanker,
  passenger,
  high_speed,
  tug,  // tugs, and whoever tows
  pilot,
  rescue,  // search and rescue, medical
  fishing,
  sailing,
  pleasure,
  authority,  // law enforcement, pollution control
  military,
  work,  // dredgers, divers, port tenders
  other
};
inline constexpr std::size_t ship_class_count = 15;

// A set of classes, one bit each.
using ShipClasses = std::uint32_t;
constexpr ShipClasses bit_of(ShipClass c) { return ShipClasses{1} << static_cast<unsigned>(c); }
inline constexpr ShipClasses all_classes = (ShipClasses{1} << ship_class_count) - 1;
// Those whose work brings them close to others.
inline constexpr ShipClasses service_classes = bit_of(ShipClass::tug) | bit_of(ShipClass::pilot) |
                                               bit_of(ShipClass::rescue) | bit_of(ShipClass::authority) |
                                               bit_of(ShipClass::work);

[[nodiscard]] std::string_view name_of(ShipClass c);
[[nodiscard]] std::optional<ShipClass> ship_class_named(std::string_view name);
// By the ship type of ITU-R M.1371-5, table 53.
[[nodiscard]] ShipClass class_of(std::optional<std::uint8_t> ship_type);

}  // namespace headland::rules
