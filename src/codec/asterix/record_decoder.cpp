// SPDX-License-Identifier: Apache-2.0
#include "codec/asterix/record_decoder.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "codec/asterix/tables/field_table.hpp"
#include "codec/asterix/tables/item_table.hpp"

namespace headland::asterix {
namespace {

std::uint64_t bits_of(const RecordLayout::Take& take, const std::uint8_t* record) {
  const auto word = static_cast<std::int64_t>(load_word(record + take.at) << take.left);
  return static_cast<std::uint64_t>(word >> take.right) & take.mask;
}
// Up to 53 bits are a number exactly; longer ones are kept as they are.
double number_of(const RecordLayout::Take& take, const std::uint8_t* record) {
  return static_cast<double>(static_cast<std::int64_t>(bits_of(take, record))) * take.scale;
}

void take_numbers(const RecordLayout& layout, const std::uint8_t* record, double* numbers) {
  for (const auto& t : layout.numbers) numbers[t.number] = number_of(t, record);
  for (const auto& t : layout.packed) numbers[t.number] = std::bit_cast<double>(bits_of(t, record));
  for (const auto& t : layout.alternatives) {
    if (numbers[t.number - 1] != 0.0) numbers[t.number] = number_of(t, record);
  }
  for (const auto& p : layout.places) numbers[p.number] = p.at;
}

// Passes the items of explicit length at the end; returns where they end, or the fault and where they do not fit.
Expected<std::size_t, Fault> take_tail(const RecordLayout& layout, Bytes bytes, double* numbers) {
  std::size_t at = layout.length;
  for (std::size_t i = layout.tail_from; i < layout.places.size(); ++i) {
    const std::size_t length = at < bytes.size() ? bytes[at] : 0U;
    if (length == 0 || length > bytes.size() - at) return unexpected(Fault{FaultReason::truncated_item, at});
    numbers[layout.places[i].number] = static_cast<double>(at + 1);
    at += length;
  }
  return at;
}

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
  out.layout = nullptr;
  out.category = block_.category;
  out.offset = block_.offset + 3 + start;
  out.message_type.reset();
  out.sac = out.sic = 0;
  // Words of eight bytes are read: a shorter rest of the block is copied to where there are so many.
  std::array<std::uint8_t, word_bytes> padded{};
  const std::uint8_t* readable = bytes.data();
  if (bytes.size() < word_bytes) {
    std::copy(bytes.begin(), bytes.end(), padded.begin());
    readable = padded.data();
  }
  const auto layout = out.layouts.find(block_.category, bytes, readable);
  if (!layout) return unexpected(Fault{layout.error().reason, out.offset + layout.error().offset});
  const RecordLayout& l = **layout;
  if (out.number_store.size() < l.number_count) out.number_store.resize(l.number_count);
  take_numbers(l, readable, out.number_store.data());
  const auto end = take_tail(l, bytes, out.number_store.data());
  if (!end) return unexpected(Fault{end.error().reason, out.offset + end.error().offset});
  out.layout = &l;
  out.bytes = bytes.first(*end);
  position_ = start + *end;
  if (l.source_at) {
    out.sac = bytes[*l.source_at];
    out.sic = bytes[*l.source_at + std::size_t{1}];
  }
  if (l.message_type_at) out.message_type = bytes[*l.message_type_at];
  return {};
}

}  // namespace headland::asterix
