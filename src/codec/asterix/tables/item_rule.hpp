// SPDX-License-Identifier: Apache-2.0
// How the length of a data item is found (EUROCONTROL-SPEC-0149 part 1, 4.3), and the parts it is made of.
#pragma once

#include <cstdint>

namespace headland::asterix {

enum class ItemKind : std::uint8_t {
  undefined,        // the bit means nothing in this category
  fixed,            // `size` bytes
  extended,         // first part of `size` bytes, then single bytes as long as the lowest bit (FX) is set
  repeated,         // count byte, then as many parts of `size` bytes
  repeated_fx,      // parts of `size` bytes as long as the lowest bit is set
  explicit_length,  // length byte, which counts itself
  compound,         // field specification of its own, then `count` sub-items from `first` in sub_items
};

struct ItemRule {
  ItemKind kind = ItemKind::undefined;
  std::uint8_t size = 0;
  std::uint16_t first = 0;  // of item_parts; of a compound item: of sub_items
  std::uint8_t count = 0;
};

// A run of bytes with its fields.
struct PartRule {
  std::uint16_t first = 0;  // of fields
  std::uint8_t count = 0;
  std::uint8_t size = 0;
  std::uint8_t chosen = 0;  // 1: the first field chooses whether the second is what the table has, or what follows it
  std::uint8_t packed = 0;  // 1: at most eight bytes of codes and raw bits, kept as they are
};

}  // namespace headland::asterix
