// SPDX-License-Identifier: Apache-2.0
#include "codec/asterix/record_decoder.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include "codec/asterix/tables/field_table.hpp"
#include "codec/asterix/tables/item_table.hpp"

namespace headland::asterix {
namespace {

constexpr std::size_t longest_spec = 8;  // bytes of a field specification
constexpr std::size_t load_bytes = 8;
// What the inner loops need of the tables, packed.
struct Extract {
  double scale = 1.0;
  std::uint64_t mask = 0;  // of the bits behind the sign, where there is none
  std::uint8_t byte = 0, left = 0, right = 0;
};
constexpr Extract extract_of(const FieldRule& f) {
  const std::uint64_t all = ~std::uint64_t{0};
  return {f.scale, f.is_signed ? all : all >> (64U - f.bits), static_cast<std::uint8_t>(f.bit / 8),
          static_cast<std::uint8_t>(f.bit % 8), static_cast<std::uint8_t>(64 - f.bits)};
}
constexpr auto extracts = [] {
  std::array<Extract, fields.size()> all{};
  for (std::size_t i = 0; i < fields.size(); ++i) all[i] = extract_of(fields[i]);
  return all;
}();

// One line of the cache's for each part: its first field stands with it.
struct HotPart {
  Extract first;
  std::uint16_t first_field = 0;
  std::uint8_t count = 0, size = 0, chosen = 0, numbers = 0;
  std::uint8_t packed_shift = 0;  // 0: not packed
  std::uint8_t is_packed = 0;
};
constexpr auto hot_parts = [] {
  std::array<HotPart, item_parts.size()> all{};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const PartRule& p = item_parts[i];
    const bool packed = p.packed != 0;
    all[i] = {extracts[p.first],
              p.first,
              p.count,
              p.size,
              p.chosen,
              packed ? std::uint8_t{1} : p.count,
              static_cast<std::uint8_t>(packed ? 64 - 8 * p.size : 0),
              static_cast<std::uint8_t>(packed)};
  }
  return all;
}();

std::uint64_t load(const std::uint8_t* p) {
  std::uint64_t word = 0;
  std::memcpy(&word, p, sizeof(word));
  if constexpr (std::endian::native == std::endian::little) word = __builtin_bswap64(word);
  return word;
}

// Up to 53 bits are a number exactly; longer ones are kept as they are.
inline double number_of(const Extract& e, const std::uint8_t* part) {
  const auto word = static_cast<std::int64_t>(load(part + e.byte) << e.left);
  const auto value = static_cast<std::int64_t>(static_cast<std::uint64_t>(word >> e.right) & e.mask);
  return static_cast<double>(value) * e.scale;
}

constexpr auto longest_part =
    std::max_element(item_parts.begin(), item_parts.end(), [](auto& a, auto& b) { return a.size < b.size; })->size;
// No part gives more numbers for each of its bytes.
constexpr std::size_t most_numbers_per_byte = [] {
  std::size_t most = 1;
  for (const PartRule& p : item_parts) {
    if (p.packed == 0) most = std::max<std::size_t>(most, (p.count + p.size - 1U) / p.size);
  }
  return most;
}();

// Where reading and writing stand: by value, so that it stays in registers.
struct Cursor {
  const std::uint8_t* at;
  PartValue* part;
  std::uint32_t number;  // index of the next
};

// One record's bytes to values; `failure` says why it stopped.
class Reader {
 public:
  // Every part has a byte at least, so memory for as many parts as bytes suffices.
  Reader(Bytes bytes, Record& out) : begin_(bytes.data()), end_(bytes.data() + bytes.size()), careful_(bytes.data()) {
    if (out.part_store.size() < bytes.size()) out.part_store.resize(bytes.size());
    if (out.number_store.size() < bytes.size() * most_numbers_per_byte) {
      out.number_store.resize(bytes.size() * most_numbers_per_byte);
    }
    numbers_ = out.number_store.data();
    const bool many = bytes.size() > longest_part + load_bytes;
    if (many) careful_ = end_ - longest_part - load_bytes;
  }

  // A field specification and the items it names. Compound items hold no compound ones.
  template <bool top>
  bool items(std::span<const ItemRule> rules, Cursor& where) {
    Cursor c = where;
    const std::uint8_t* spec = c.at;
    const std::uint8_t* const spec_end = end_of_spec(spec);
    if (spec_end == nullptr) return false;
    c.at = spec_end;
    const ItemRule* rule = rules.data();
    const ItemRule* const known = rule + rules.size();
    for (; spec != spec_end; ++spec, rule += 7) {
      for (unsigned left = *spec & 0xFEU; left != 0;) {
        const auto bit = static_cast<unsigned>(std::countl_zero(left)) - 24U;
        left &= ~(0x80U >> bit);
        if (rule + bit >= known) return fail(FaultReason::undefined_item, c);
        const ItemRule& item = rule[bit];
        if (item.kind == ItemKind::fixed) {
          if (!part(item.first, 0, c)) return false;
          continue;
        }
        Cursor further = c;
        if (!long_item<top>(item, further)) return false;
        c = further;
      }
    }
    where = c;
    return true;
  }

  [[nodiscard]] FaultReason failure() const { return failure_; }
  [[nodiscard]] std::size_t failed_at() const { return failed_at_; }

 private:
  bool fail(FaultReason reason, const Cursor& c) {
    failure_ = reason;
    failed_at_ = static_cast<std::size_t>(c.at - begin_);
    return false;
  }
  [[nodiscard]] std::size_t left(const Cursor& c) const { return static_cast<std::size_t>(end_ - c.at); }

  const std::uint8_t* end_of_spec(const std::uint8_t* spec) {
    for (std::size_t n = 0; n < longest_spec; ++n) {
      if (spec + n == end_) {
        fail(FaultReason::truncated_item, {spec, nullptr, 0});
        return nullptr;
      }
      if ((spec[n] & 1U) == 0) return spec + n + 1;
    }
    fail(FaultReason::bad_field_spec, {spec, nullptr, 0});
    return nullptr;
  }

  [[gnu::always_inline]] bool part(std::size_t index, std::uint16_t repetition, Cursor& c) {
    const HotPart& rule = hot_parts[index];
    if (c.at < careful_) [[likely]] {
      take(rule, c.at, c);
    } else {
      if (rule.size > left(c)) return fail(FaultReason::truncated_item, c);
      // Eight bytes are loaded for each field: near the end they are copied to where there are so many.
      std::array<std::uint8_t, longest_part + load_bytes> copy{};
      std::memcpy(copy.data(), c.at, rule.size);
      take(rule, copy.data(), c);
    }
    const auto first = c.number;
    *c.part++ = {static_cast<std::uint16_t>(index), repetition, first};
    c.number += rule.numbers;
    c.at += rule.size;
    return true;
  }
  [[gnu::always_inline]] void take(const HotPart& rule, const std::uint8_t* bytes, const Cursor& c) const {
    double* const number = numbers_ + c.number;
    if (rule.is_packed != 0) {
      *number = std::bit_cast<double>(load(bytes) >> rule.packed_shift);
      return;
    }
    number[0] = number_of(rule.first, bytes);
    if (rule.count == 1) return;
    const Extract* e = &extracts[rule.first_field];
    for (unsigned i = 1; i < rule.count; ++i) number[i] = number_of(e[i], bytes);
    if (rule.chosen != 0 && number[0] != 0.0) number[1] = number_of(e[2], bytes);
  }

  // Parts one after another as long as the lowest bit of their last byte is set; the last rule holds for all further.
  bool chain(const ItemRule& rule, Cursor& c) {
    for (std::uint16_t i = 0;; ++i) {
      if (rule.kind == ItemKind::repeated_fx) {
        if (!part(rule.first, i, c)) return false;
      } else if (i < rule.count) {
        if (!part(rule.first + std::size_t{i}, 0, c)) return false;
      } else {  // an extension that the table does not know
        if (left(c) == 0) return fail(FaultReason::truncated_item, c);
        ++c.at;
      }
      if ((c.at[-1] & 1U) == 0) return true;
    }
  }

  template <bool top>
  bool long_item(const ItemRule& rule, Cursor& c) {
    if (rule.kind == ItemKind::undefined) return fail(FaultReason::undefined_item, c);
    if (left(c) == 0) return fail(FaultReason::truncated_item, c);
    switch (rule.kind) {
      case ItemKind::extended:
      case ItemKind::repeated_fx:
        return chain(rule, c);
      case ItemKind::repeated: {
        const unsigned times = *c.at++;
        for (unsigned i = 0; i < times; ++i) {
          if (!part(rule.first, static_cast<std::uint16_t>(i), c)) return false;
        }
        return true;
      }
      case ItemKind::explicit_length: {
        const std::uint8_t length = c.at[0];
        if (length == 0 || length > left(c)) return fail(FaultReason::truncated_item, c);
        const auto place = static_cast<double>(c.at + 1 - begin_);
        if (!part(rule.first, 0, c)) return false;
        numbers_[c.number - 1] = place;
        c.at += length - 1;
        return true;
      }
      case ItemKind::compound:
        if constexpr (top) return items<false>(std::span<const ItemRule>(sub_items).subspan(rule.first, rule.count), c);
        break;
      case ItemKind::fixed:
      case ItemKind::undefined:
        break;
    }
    return fail(FaultReason::undefined_item, c);
  }

  const std::uint8_t* begin_;
  const std::uint8_t* end_;
  const std::uint8_t* careful_;  // before this the longest part and a load behind it lie within the bytes
  double* numbers_ = nullptr;
  FaultReason failure_ = FaultReason::truncated_item;
  std::size_t failed_at_ = 0;
};

char icao_letter(std::uint64_t code) {
  if (code >= 1 && code <= 26) return static_cast<char>('A' + code - 1);
  if (code >= 48 && code <= 57) return static_cast<char>('0' + code - 48);
  return ' ';
}

}  // namespace

const FieldRule& rule_of(FieldId field) { return fields[field]; }

namespace {

FieldValue value_of(const Record& record, const PartValue& part, unsigned i) {
  const PartRule& rule = item_parts[part.part];
  const double* numbers = record.numbers_of(part);
  FieldValue v;
  v.repetition = part.repetition;
  v.field = static_cast<FieldId>(rule.first + i);
  if (rule.packed != 0) {
    const std::uint64_t word = std::bit_cast<std::uint64_t>(numbers[0]) << (64U - 8U * rule.size);
    v.bits = (word << fields[v.field].bit) >> (64U - fields[v.field].bits);
    v.number = static_cast<double>(v.bits);
    return v;
  }
  if (i == 1 && rule.chosen != 0 && numbers[0] != 0.0) ++v.field;
  v.number = numbers[i];
  v.bits = static_cast<std::uint64_t>(std::llround(v.number / fields[v.field].scale));
  return v;
}

}  // namespace

std::optional<FieldValue> Record::find(FieldId field) const {
  for (const PartValue& part : parts()) {
    const PartRule& rule = item_parts[part.part];
    if (field < rule.first || field > rule.first + rule.count) continue;
    for (unsigned i = 0; i < rule.count; ++i) {
      const FieldValue v = value_of(*this, part, i);
      if (v.field == field) return v;
    }
  }
  return std::nullopt;
}

std::vector<FieldValue> Record::all() const {
  std::vector<FieldValue> out;
  for (const PartValue& part : parts()) {
    for (unsigned i = 0; i < item_parts[part.part].count; ++i) out.push_back(value_of(*this, part, i));
  }
  return out;
}

std::size_t Record::value_count() const {
  std::size_t count = 0;
  for (const PartValue& part : parts()) count += item_parts[part.part].count;
  return count;
}

std::string text_of(const FieldValue& value) {
  const FieldRule& rule = rule_of(value.field);
  const unsigned bits = rule.kind == FieldKind::text_ascii   ? 8
                        : rule.kind == FieldKind::text_icao  ? 6
                        : rule.kind == FieldKind::text_octal ? 3
                                                             : 0;
  std::string text;
  if (bits == 0) return text;
  for (unsigned left = rule.bits; left >= bits; left -= bits) {
    const std::uint64_t code = (value.bits >> (left - bits)) & ((1U << bits) - 1);
    if (bits == 3) text += static_cast<char>('0' + code);
    if (bits == 6) text += icao_letter(code);
    if (bits == 8) text += code >= 32 && code < 127 ? static_cast<char>(code) : ' ';
  }
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

// A record of category 001 is a plot or a track by its first bit of item 020, which both orders have second.
std::span<const ItemRule> item_rules(std::uint8_t category, bool track) {
  using Rules = std::span<const ItemRule>;
  switch (category) {
    case 1:
      return track ? Rules(items_001_track) : Rules(items_001_plot);
    case 2:
      return items_002;
    case 10:
      return items_010;
    case 21:
      return items_021;
    case 34:
      return items_034;
    case 48:
      return items_048;
    case 62:
      return items_062;
    case 63:
      return items_063;
    case 65:
      return items_065;
    default:
      return {};
  }
}

bool has_message_type(std::uint8_t category) {
  return category == 2 || category == 10 || category == 34 || category == 65;
}

Expected<void, Fault> RecordDecoder::next(Record& out) {
  const std::size_t start = position_;
  const Bytes bytes = block_.records.subspan(start);
  position_ = block_.records.size();
  out.part_count = 0;
  out.category = block_.category;
  out.offset = block_.offset + 3 + start;
  out.message_type.reset();
  out.sac = out.sic = 0;
  // Source and the octet behind it, where the field specification has both first.
  std::size_t spec = 0;
  while (spec < bytes.size() && (bytes[spec] & 1U) != 0) ++spec;
  ++spec;
  const bool has_source = (bytes[0] & 0x80U) != 0 && bytes.size() >= spec + 2;
  const bool has_second = has_source && (bytes[0] & 0x40U) != 0 && bytes.size() > spec + 2;
  const std::uint8_t second = has_second ? bytes[spec + 2] : std::uint8_t{0};
  const auto rules = item_rules(block_.category, (second & 0x80U) != 0);
  if (rules.empty()) return unexpected(Fault{FaultReason::unknown_category, out.offset});
  Reader reader(bytes, out);
  Cursor c{bytes.data(), out.part_store.data(), 0};
  if (!reader.items<true>(rules, c)) return unexpected(Fault{reader.failure(), out.offset + reader.failed_at()});
  const auto length = static_cast<std::size_t>(c.at - bytes.data());
  // A record of nothing.
  if (length <= spec) return unexpected(Fault{FaultReason::bad_field_spec, out.offset});
  out.part_count = static_cast<std::size_t>(c.part - out.part_store.data());
  out.bytes = bytes.first(length);
  position_ = start + length;
  if (has_source) {
    out.sac = bytes[spec];
    out.sic = bytes[spec + 1];
  }
  if (has_second && has_message_type(block_.category)) out.message_type = second;
  return {};
}

}  // namespace headland::asterix
