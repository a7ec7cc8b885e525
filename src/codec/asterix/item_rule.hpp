// SPDX-License-Identifier: Apache-2.0
// How the length of a data item is found (EUROCONTROL-SPEC-0149 part 1, 4.3).
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
  std::uint16_t first = 0;
  std::uint8_t count = 0;
};

}  // namespace headland::asterix
