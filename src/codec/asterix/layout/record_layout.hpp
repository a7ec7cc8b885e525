// SPDX-License-Identifier: Apache-2.0
// The layout of a record: which parts it has and where, and which of its bits say so (field specifications, extension
// bits, counts and lengths). Records in which those bits are equal have the same layout, so it is found once, by the
// tables (record_layout.cpp), and every further such record is a check of those bits and a list of numbers to take
// (record_decoder.cpp). Places are bytes from the beginning of the record.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <vector>

#include "codec/asterix/bytes.hpp"
#include "codec/asterix/fault.hpp"
#include "core/base/expected.hpp"

namespace headland::asterix {

// One part of an item. Its fields follow one another in Record::numbers; those of a part that holds codes alone
// stand together as they were sent, one word of bits in the place of one number (PartRule::packed).
struct PartValue {
  std::uint16_t part = 0;  // of item_parts
  std::uint16_t repetition = 0;
  std::uint32_t first = 0;  // of the numbers
};

// All is read in words of eight bytes that lie within the record, the first byte highest.
inline constexpr std::size_t word_bytes = 8;
inline std::uint64_t load_word(const std::uint8_t* p) {
  std::uint64_t word = 0;
  std::memcpy(&word, p, sizeof(word));
  if constexpr (std::endian::native == std::endian::little) word = __builtin_bswap64(word);
  return word;
}

struct RecordLayout {
  // Bits that say how the record is built.
  struct Check {
    std::uint64_t mask = 0, value = 0;  // of the word at `at`
    std::uint32_t at = 0;
  };
  // A field: the word's bits behind the first `left`, moved down by `right`; no conversion but the scale.
  struct Take {
    double scale = 1.0;
    std::uint64_t mask = 0;  // of the bits behind the sign, where there is none
    std::uint32_t number = 0;
    std::uint16_t at = 0;
    std::uint8_t left = 0, right = 0;
  };
  // Where what an item of explicit length holds begins.
  struct Place {
    std::uint32_t number = 0;
    std::uint32_t at = 0;
  };

  std::uint8_t category = 0;
  std::uint32_t length = 0;  // bytes, without the items of explicit length at the end
  std::uint32_t number_count = 0;
  std::optional<std::uint16_t> source_at, message_type_at;
  std::vector<PartValue> parts;  // in the order of the items
  std::vector<Check> checks;     // the field specification first
  std::vector<Take> numbers;
  std::vector<Take> alternatives;  // of a number, where the one before it is not 0
  std::vector<Take> packed;        // words of codes, kept as they are
  std::vector<Place> places;
  std::size_t tail_from = 0;  // the places from here on are in items at the end, where their lengths may differ

  // Whether the bytes, of which there are a word at least, begin with a record of this layout.
  [[nodiscard]] bool fits(std::uint8_t of_category, const std::uint8_t* bytes, std::size_t size) const {
    if (of_category != category || size < length) return false;
    for (const Check& c : checks) {
      if ((load_word(bytes + c.at) & c.mask) != c.value) return false;
    }
    return true;
  }
};

// The layout of the record that the bytes begin with. The fault's place counts from the first of them.
Expected<void, Fault> lay_out(std::uint8_t category, Bytes bytes, RecordLayout& out);

}  // namespace headland::asterix
