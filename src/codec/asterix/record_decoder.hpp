// SPDX-License-Identifier: Apache-2.0
// Records of categories 001, 002, 010, 021, 034, 048, 062, 063 and 065 to values: every field of every item, with the
// unit that the standard gives it (field_rule.hpp). One record after another into the same memory.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "codec/asterix/block.hpp"
#include "codec/asterix/layout/layout_cache.hpp"
#include "codec/asterix/tables/field_rule.hpp"
#include "codec/asterix/tables/item_rule.hpp"

namespace headland::asterix {

// One field. Text is in `bits` (see text_of); all else is `number`, in the unit of its rule.
struct FieldValue {
  double number = 0.0;
  std::uint64_t bits = 0;  // as sent; of kind bytes: place in the record of what the item holds
  FieldId field = 0;
  std::uint16_t repetition = 0;  // in an item that repeats its part
};

struct Record {
  std::uint8_t category = 0;
  std::uint8_t sac = 0, sic = 0;
  std::optional<std::uint8_t> message_type;  // of categories that have one
  std::size_t offset = 0;                    // in the bytes handed to the BlockReader
  Bytes bytes;
  // In the order of the items; valid until the next record is read into this.
  [[nodiscard]] std::span<const PartValue> parts() const {
    return layout != nullptr ? std::span<const PartValue>(layout->parts) : std::span<const PartValue>();
  }
  // The fields of one part, as the table has them, or its packed word.
  [[nodiscard]] const double* numbers_of(const PartValue& part) const { return number_store.data() + part.first; }
  // The first value of the field, or nothing.
  [[nodiscard]] std::optional<FieldValue> find(FieldId field) const;
  // Every field in the order of the items, and how many they are.
  [[nodiscard]] std::vector<FieldValue> all() const;
  [[nodiscard]] std::size_t value_count() const;

  // Memory of the above.
  const RecordLayout* layout = nullptr;  // in `layouts`
  std::vector<double> number_store;
  LayoutCache layouts;
};

[[nodiscard]] const FieldRule& rule_of(FieldId field);
// Letters of a field of text, without blanks behind; digits of octal text. Empty for other kinds.
[[nodiscard]] std::string text_of(const FieldValue& value);

// The items of a category in the order of its field specification; empty: not known here. `track`: of 001.
[[nodiscard]] std::span<const ItemRule> item_rules(std::uint8_t category, bool track = false);
// Whether the records of a category begin with items 010 and 000 (message type).
[[nodiscard]] bool has_message_type(std::uint8_t category);

// After a fault the rest of the block is lost. The fault says where the item begins that does not fit.
class RecordDecoder {
 public:
  explicit RecordDecoder(const Block& block) : block_(block) {}
  [[nodiscard]] bool at_end() const { return position_ >= block_.records.size(); }
  Expected<void, Fault> next(Record& out);

 private:
  Block block_;
  std::size_t position_ = 0;
};

}  // namespace headland::asterix
