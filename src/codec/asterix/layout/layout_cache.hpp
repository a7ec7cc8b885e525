// SPDX-License-Identifier: Apache-2.0
// The layouts of the records seen lately. The records of a system come in few forms: half an hour of tracks of a
// control centre (CAT062) in 327, of which 64 are 96 % of the records; a radar (CAT048, CAT010) in 4 to 20.
// Bounded whatever comes: so many layouts, so many that share a field specification, and none of a long record.
#pragma once

#include <array>
#include <bit>
#include <memory>
#include <utility>
#include <vector>

#include "codec/asterix/layout/record_layout.hpp"

namespace headland::asterix {

class LayoutCache {
 public:
  // The layout of the record that `bytes` begin with; valid until the next call. `head`: the first eight bytes, with
  // zeros where there are fewer.
  Expected<const RecordLayout*, Fault> find(std::uint8_t category, Bytes bytes, const std::uint8_t* head) {
    Set& set = sets_[place_of(category, load_word(head))];
    const std::uint8_t* const readable = bytes.size() < word_bytes ? head : bytes.data();
    for (std::size_t i = 0; i < set.size(); ++i) {
      if (!set[i].may_fit(readable, bytes.size())) continue;
      if (!set[i].layout->fits(category, readable, bytes.size())) continue;
      const RecordLayout* const found = set[i].layout.get();
      if (i != 0) std::swap(set[i], set[i / 2]);  // what comes often is soon found soon
      return found;
    }
    return add(category, bytes, set);
  }
  [[nodiscard]] std::size_t kept() const { return kept_; }

 private:
  // A layout with what tells it best from others that have its field specification: the second check. The search looks
  // at this alone, which stands together in memory.
  struct Entry {
    RecordLayout::Check second;
    std::uint32_t length = 0;
    std::unique_ptr<RecordLayout> layout;

    [[nodiscard]] bool may_fit(const std::uint8_t* bytes, std::size_t size) const {
      return size >= length && (load_word(bytes + second.at) & second.mask) == second.value;
    }
  };
  using Set = std::vector<Entry>;
  static constexpr std::size_t set_bits = 8, most_in_set = 128, most_kept = 1024;
  static constexpr std::uint32_t longest_kept = 256;  // bytes of a record

  // By the field specification: the bytes up to the first whose lowest bit is clear.
  static std::size_t place_of(std::uint8_t category, std::uint64_t head) {
    constexpr std::uint64_t extension_bits = 0x0101010101010101, golden = 0x9E3779B97F4A7C15;
    const auto before_end = static_cast<unsigned>(std::countl_zero(~head & extension_bits)) / 8;
    const std::uint64_t spec = before_end < word_bytes ? head >> (56U - 8U * before_end) : head;
    return ((spec * 256 + category) * golden) >> (64 - set_bits);
  }
  Expected<const RecordLayout*, Fault> add(std::uint8_t category, Bytes bytes, Set& set);

  std::array<Set, std::size_t{1} << set_bits> sets_;
  std::size_t kept_ = 0;
  std::unique_ptr<RecordLayout> next_ = std::make_unique<RecordLayout>();
};

}  // namespace headland::asterix
