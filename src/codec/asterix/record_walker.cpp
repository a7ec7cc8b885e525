// SPDX-License-Identifier: Apache-2.0
#include "codec/asterix/record_walker.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "codec/asterix/record_decoder.hpp"
#include "codec/asterix/tables/item_table.hpp"

namespace headland::asterix {
namespace {

using Rules = std::span<const ItemRule>;

Expected<std::size_t, FaultReason> items_length(Rules rules, Bytes bytes, std::size_t spec_length);

// Octets of a field specification: as long as the lowest bit is set.
Expected<std::size_t, FaultReason> spec_length(Bytes bytes) {
  for (std::size_t n = 0; n < bytes.size() && n < 8; ++n) {
    if ((bytes[n] & 1U) == 0) return n + 1;
  }
  return unexpected(bytes.size() < 8 ? FaultReason::truncated_item : FaultReason::bad_field_spec);
}

// Bytes until one of a part has its lowest bit clear; the first part has `first` bytes, the others `next`.
Expected<std::size_t, FaultReason> chain_length(Bytes bytes, std::size_t first, std::size_t next) {
  for (std::size_t end = first; end <= bytes.size(); end += next) {
    if ((bytes[end - 1] & 1U) == 0) return end;
  }
  return unexpected(FaultReason::truncated_item);
}

Expected<std::size_t, FaultReason> item_length(const ItemRule& rule, Bytes bytes) {
  if (rule.kind == ItemKind::undefined) return unexpected(FaultReason::undefined_item);
  if (bytes.empty()) return unexpected(FaultReason::truncated_item);
  switch (rule.kind) {
    case ItemKind::fixed:
      return rule.size;
    case ItemKind::extended:
      return chain_length(bytes, rule.size, 1);
    case ItemKind::repeated:
      return 1 + std::size_t{bytes[0]} * rule.size;
    case ItemKind::repeated_fx:
      return chain_length(bytes, rule.size, rule.size);
    case ItemKind::explicit_length:
      if (bytes[0] == 0) return unexpected(FaultReason::truncated_item);
      return bytes[0];
    case ItemKind::compound: {
      const auto spec = spec_length(bytes);
      if (!spec) return unexpected(spec.error());
      return items_length(Rules(sub_items).subspan(rule.first, rule.count), bytes, *spec);
    }
    case ItemKind::undefined:
      break;
  }
  return unexpected(FaultReason::undefined_item);
}

// Length of a field specification of `spec_length` octets and the items that it names.
Expected<std::size_t, FaultReason> items_length(Rules rules, Bytes bytes, std::size_t spec_length) {
  std::size_t at = spec_length;
  for (std::size_t i = 0; i < spec_length * 7; ++i) {
    if ((bytes[i / 7] & (0x80U >> (i % 7))) == 0) continue;
    if (i >= rules.size()) return unexpected(FaultReason::undefined_item);
    const auto length = item_length(rules[i], bytes.subspan(at));
    if (!length) return unexpected(length.error());
    if (*length > bytes.size() - at) return unexpected(FaultReason::truncated_item);
    at += *length;
  }
  return at;
}

}  // namespace

bool is_walkable(std::uint8_t category) { return !item_rules(category).empty(); }

Expected<RecordHead, Fault> RecordWalker::next() {
  const std::size_t start = position_;
  const Bytes bytes = block_.records.subspan(start);
  position_ = block_.records.size();
  const auto refuse = [&](FaultReason reason) { return unexpected(Fault{reason, block_.offset + 3 + start}); };
  if (!is_walkable(block_.category)) return refuse(FaultReason::unknown_category);
  const auto spec = spec_length(bytes);
  if (!spec) return refuse(spec.error());
  const bool has_source = (bytes[0] & 0x80U) != 0 && bytes.size() >= *spec + 2;
  const bool has_second = has_source && (bytes[0] & 0x40U) != 0 && bytes.size() > *spec + 2;
  const std::uint8_t second = has_second ? bytes[*spec + 2] : std::uint8_t{0};
  const auto length = items_length(item_rules(block_.category, (second & 0x80U) != 0), bytes, *spec);
  if (!length) return refuse(length.error());
  if (*length == *spec) return refuse(FaultReason::bad_field_spec);  // a record of nothing
  position_ = start + *length;
  RecordHead head;
  head.bytes = bytes.first(*length);
  if (has_source) {
    head.sac = bytes[*spec];
    head.sic = bytes[*spec + 1];
  }
  if (has_second && has_message_type(block_.category)) head.message_type = second;
  return head;
}

std::string_view message_name(std::uint8_t category, std::optional<std::uint8_t> type) {
  struct Name {
    std::uint8_t category;
    std::uint8_t type;
    std::string_view name;
  };
  constexpr std::array<Name, 16> names{{
      {2, 1, "north-marker"},
      {2, 2, "sector-crossing"},
      {2, 3, "south-marker"},
      {10, 1, "target-report"},
      {10, 2, "start-of-update"},
      {10, 3, "periodic-status"},
      {10, 4, "event-status"},
      {34, 1, "north-marker"},
      {34, 2, "sector-crossing"},
      {34, 3, "geographical-filter"},
      {34, 4, "jamming-strobe"},
      {34, 5, "solar-storm"},
      {34, 6, "ssr-jamming-strobe"},
      {34, 7, "mode-s-jamming-strobe"},
      {65, 1, "sdps-status"},
      {65, 2, "end-of-batch"},
  }};
  if (!type) return "record";
  const auto known =
      std::ranges::find_if(names, [&](const Name& n) { return n.category == category && n.type == *type; });
  return known != names.end() ? known->name : "other-type";
}

}  // namespace headland::asterix
