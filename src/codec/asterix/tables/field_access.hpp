// SPDX-License-Identifier: Apache-2.0
// One field of a part whose place the compiler knows. Private to the readers of records.
#pragma once

#include <bit>
#include <cstdint>

#include "codec/asterix/tables/field_id_table.hpp"
#include "codec/asterix/tables/field_table.hpp"
#include "codec/asterix/tables/item_table.hpp"

namespace headland::asterix {

// The part that holds a field.
consteval std::uint16_t part_with(FieldId field) {
  for (std::size_t i = 0; i < item_parts.size(); ++i) {
    if (field >= item_parts[i].first && field < item_parts[i].first + item_parts[i].count) {
      return static_cast<std::uint16_t>(i);
    }
  }
  return 0xFFFF;
}

// The field F in the numbers of its part, in the unit of its rule.
template <FieldId F>
double number_in(const double* numbers) {
  constexpr PartRule part = item_parts[part_with(F)];
  static_assert(part.packed == 0);
  return numbers[F - part.first];
}

// The field F in the packed word of its part.
template <FieldId F>
std::uint64_t bits_in(const double* numbers) {
  constexpr PartRule part = item_parts[part_with(F)];
  static_assert(part.packed != 0);
  constexpr unsigned behind = 8U * part.size - fields[F].bit - fields[F].bits;
  constexpr std::uint64_t mask = ~std::uint64_t{0} >> (64U - fields[F].bits);
  return (std::bit_cast<std::uint64_t>(numbers[0]) >> behind) & mask;
}

}  // namespace headland::asterix
