// SPDX-License-Identifier: Apache-2.0
// Walks the records of categories that are told but not decoded: 001, 002, 010, 021, 034, 048, 062, 063, 065, in the
// editions named in item_table.hpp. Lengths only; a record that does not fit the table is refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "codec/asterix/block.hpp"

namespace headland::asterix {

struct RecordHead {
  Bytes bytes;           // the whole record
  std::uint8_t sac = 0;  // 0 where the record does not begin with its source
  std::uint8_t sic = 0;
  std::optional<std::uint8_t> message_type;  // item 000, in categories that have it
};

bool is_walkable(std::uint8_t category);

// The records of one block. After a refused record the rest of the block is given up.
class RecordWalker {
 public:
  explicit RecordWalker(const Block& block) : block_(block) {}
  [[nodiscard]] bool at_end() const { return position_ >= block_.records.size(); }
  Expected<RecordHead, Fault> next();

 private:
  Block block_;
  std::size_t position_ = 0;
};

// What a message of the category is called: "target-report", "sector-crossing", ...; "record" where it has no type.
std::string_view message_name(std::uint8_t category, std::optional<std::uint8_t> type);

}  // namespace headland::asterix
