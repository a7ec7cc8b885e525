// SPDX-License-Identifier: Apache-2.0
#include "core/rules/ship_class.hpp"

#include <array>

namespace headland::rules {
namespace {

constexpr std::array<std::string_view, ship_class_count> names = {
    "unknown", "cargo",   "tanker",   "passenger", "high_speed", "tug",  "pilot", "rescue",
    "fishing", "sailing", "pleasure", "authority", "military",   "work", "other"};

ShipClass special_craft(unsigned type) {  // 50 .. 59
  switch (type) {
    case 50:
      return ShipClass::pilot;
    case 51:
    case 58:
      return ShipClass::rescue;
    case 52:
      return ShipClass::tug;
    case 53:
      return ShipClass::work;
    case 54:
    case 55:
      return ShipClass::authority;
    default:
      return ShipClass::other;
  }
}

}  // namespace

std::string_view name_of(ShipClass c) { return names[static_cast<std::size_t>(c)]; }

std::optional<ShipClass> ship_class_named(std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<ShipClass>(i);
  }
  return std::nullopt;
}

ShipClass class_of(std::optional<std::uint8_t> ship_type) {
  if (!ship_type) return ShipClass::unknown;
  const unsigned type = *ship_type;
  if (type >= 50 && type <= 59) return special_craft(type);
  if (type >= 40 && type <= 49) return ShipClass::high_speed;
  if (type >= 60 && type <= 69) return ShipClass::passenger;
  if (type >= 70 && type <= 79) return ShipClass::cargo;
  if (type >= 80 && type <= 89) return ShipClass::tanker;
  switch (type) {
    case 30:
      return ShipClass::fishing;
    case 31:
    case 32:
      return ShipClass::tug;
    case 33:
    case 34:
      return ShipClass::work;
    case 35:
      return ShipClass::military;
    case 36:
      return ShipClass::sailing;
    case 37:
      return ShipClass::pleasure;
    default:
      return type >= 20 && type < 100 ? ShipClass::other : ShipClass::unknown;
  }
}

}  // namespace headland::rules
