// SPDX-License-Identifier: Apache-2.0
// Layouts by the tables: EUROCONTROL-SPEC-0149 part 1, 4.3 (field specification) and 4.4 (kinds of items).
#include "codec/asterix/layout/record_layout.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "codec/asterix/record_decoder.hpp"
#include "codec/asterix/tables/field_table.hpp"
#include "codec/asterix/tables/item_table.hpp"

namespace headland::asterix {
namespace {

constexpr std::size_t longest_spec = 8;  // bytes of a field specification
constexpr std::uint8_t extension_bit = 1, whole_byte = 0xFF;

// Where the word begins that holds the bytes up to `end`, as late as it can within the record.
constexpr std::size_t word_before(std::size_t end) { return end > word_bytes ? end - word_bytes : 0; }

// A field of the part that begins at a bit of the record.
RecordLayout::Take take_of(std::size_t part_bit, const FieldRule& f, std::uint32_t number) {
  const std::size_t bit = part_bit + f.bit;
  const std::size_t at = word_before((bit + f.bits + 7) / 8);
  const std::uint64_t all = ~std::uint64_t{0};
  return {f.scale,
          f.is_signed ? all : all >> (64U - f.bits),
          number,
          static_cast<std::uint16_t>(at),
          static_cast<std::uint8_t>(bit - 8 * at),
          static_cast<std::uint8_t>(64U - f.bits)};
}

static_assert(std::ranges::all_of(item_parts, [](const PartRule& p) { return p.chosen == 0 || p.count == 2; }));

// Walks one record; `failure` and `at` say why it stopped and where.
class Walk {
 public:
  Walk(Bytes bytes, RecordLayout& out) : bytes_(bytes), out_(out) {}

  // A field specification and the items it names. Compound items hold no compound ones.
  bool items(std::span<const ItemRule> rules) {
    std::size_t spec = at_;
    if (!pass_spec()) return false;
    const std::size_t spec_end = at_;
    for (; spec != spec_end; ++spec, rules = rules.subspan(std::min<std::size_t>(7, rules.size()))) {
      for (unsigned i = 0; i < 7; ++i) {
        if ((bytes_[spec] & (0x80U >> i)) == 0) continue;
        if (i >= rules.size()) return fail(FaultReason::undefined_item);
        if (!item(rules[i])) return false;
      }
    }
    return true;
  }
  // Of the byte at `place` these bits say how the record is built.
  void decides(std::size_t place, std::uint8_t mask) {
    const bool in_last_word = !out_.checks.empty() && place - out_.checks.back().at < word_bytes;
    if (!in_last_word) out_.checks.push_back({0, 0, static_cast<std::uint32_t>(place)});
    auto& check = out_.checks.back();
    check.mask |= std::uint64_t{mask} << (8U * (word_bytes - 1 - (place - check.at)));
  }

  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] FaultReason failure() const { return failure_; }

 private:
  bool fail(FaultReason reason) {
    failure_ = reason;
    return false;
  }
  [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }

  bool pass_spec() {
    for (std::size_t n = 0; n < longest_spec; ++n) {
      if (n == left()) return fail(FaultReason::truncated_item);
      decides(at_ + n, whole_byte);
      if ((bytes_[at_ + n] & extension_bit) != 0) continue;
      at_ += n + 1;
      return true;
    }
    return fail(FaultReason::bad_field_spec);
  }

  bool part(std::size_t index, std::uint16_t repetition) {
    const PartRule& rule = item_parts[index];
    if (rule.size > left()) return fail(FaultReason::truncated_item);
    out_.parts.push_back({static_cast<std::uint16_t>(index), repetition, out_.number_count});
    const std::size_t first_bit = 8 * at_;
    if (rule.packed != 0) {
      const FieldRule whole{.bit = 0, .bits = static_cast<std::uint8_t>(8 * rule.size), .name = {}};
      out_.packed.push_back(take_of(first_bit, whole, out_.number_count++));
    } else {
      for (unsigned i = 0; i < rule.count; ++i) {
        out_.numbers.push_back(take_of(first_bit, fields[rule.first + i], out_.number_count++));
      }
      // The first field chooses whether the second is what the table has, or what follows it there.
      if (rule.chosen != 0) {
        out_.alternatives.push_back(take_of(first_bit, fields[rule.first + 2U], out_.number_count - 1U));
      }
    }
    at_ += rule.size;
    return true;
  }
  // Parts one after another as long as the lowest bit of their last byte is set; the last rule holds for all further.
  bool chain(const ItemRule& rule) {
    for (std::uint16_t i = 0;; ++i) {
      if (rule.kind == ItemKind::repeated_fx) {
        if (!part(rule.first, i)) return false;
      } else if (i < rule.count) {
        if (!part(rule.first + std::size_t{i}, 0)) return false;
      } else {  // an extension that the table does not know
        if (left() == 0) return fail(FaultReason::truncated_item);
        ++at_;
      }
      decides(at_ - 1, extension_bit);
      if ((bytes_[at_ - 1] & extension_bit) == 0) return true;
    }
  }

  bool repeated(const ItemRule& rule) {
    decides(at_, whole_byte);
    const unsigned times = bytes_[at_++];
    for (unsigned i = 0; i < times; ++i) {
      if (!part(rule.first, static_cast<std::uint16_t>(i))) return false;
    }
    return true;
  }

  // Its one number is where what it holds begins.
  bool explicit_length(const ItemRule& rule) {
    const std::uint8_t length = bytes_[at_];
    if (length == 0 || length > left()) return fail(FaultReason::truncated_item);
    out_.parts.push_back({rule.first, 0, out_.number_count});
    out_.places.push_back({out_.number_count++, static_cast<std::uint32_t>(at_ + 1)});
    at_ += length;
    return true;
  }
  // As long as nothing follows them their lengths need not be part of the layout.
  void leave_tail() {
    for (; out_.tail_from < out_.places.size(); ++out_.tail_from) {
      decides(out_.places[out_.tail_from].at - std::size_t{1}, whole_byte);
    }
  }

  bool item(const ItemRule& rule) {
    if (rule.kind == ItemKind::undefined) return fail(FaultReason::undefined_item);
    if (rule.kind != ItemKind::explicit_length) leave_tail();
    if (rule.kind == ItemKind::fixed) return part(rule.first, 0);
    if (left() == 0) return fail(FaultReason::truncated_item);
    switch (rule.kind) {
      case ItemKind::extended:
      case ItemKind::repeated_fx:
        return chain(rule);
      case ItemKind::repeated:
        return repeated(rule);
      case ItemKind::explicit_length:
        return explicit_length(rule);
      case ItemKind::compound:
        return items(std::span<const ItemRule>(sub_items).subspan(rule.first, rule.count));
      case ItemKind::fixed:
      case ItemKind::undefined:
        break;
    }
    return fail(FaultReason::undefined_item);
  }

  Bytes bytes_;
  RecordLayout& out_;
  std::size_t at_ = 0;
  FaultReason failure_ = FaultReason::truncated_item;
};

// Words end where the record does, at the latest, and have their values.
void finish(Bytes record, RecordLayout& out) {
  std::array<std::uint8_t, word_bytes> padded{};
  const std::uint8_t* bytes = record.data();
  if (record.size() < word_bytes) {
    std::copy(record.begin(), record.end(), padded.begin());
    bytes = padded.data();
  }
  for (auto& c : out.checks) {
    const std::size_t at = std::min<std::size_t>(c.at, word_before(record.size()));
    c.mask >>= 8U * (c.at - at);
    c.at = static_cast<std::uint32_t>(at);
    c.value = load_word(bytes + at) & c.mask;
  }
}

}  // namespace

Expected<void, Fault> lay_out(std::uint8_t category, Bytes bytes, RecordLayout& out) {
  out.category = category;
  out.number_count = 0;
  out.source_at.reset();
  out.message_type_at.reset();
  out.parts.clear();
  out.checks.clear();
  out.numbers.clear();
  out.alternatives.clear();
  out.packed.clear();
  out.places.clear();
  out.tail_from = 0;
  // Source and the octet behind it, where the field specification has both first.
  std::size_t spec = 0;
  while (spec < bytes.size() && (bytes[spec] & extension_bit) != 0) ++spec;
  ++spec;
  const bool has_source = (bytes[0] & 0x80U) != 0 && bytes.size() >= spec + 2;
  const bool has_second = has_source && (bytes[0] & 0x40U) != 0 && bytes.size() > spec + 2;
  const bool track = has_second && (bytes[spec + 2] & 0x80U) != 0;
  const auto rules = item_rules(category, track);
  if (rules.empty()) return unexpected(Fault{FaultReason::unknown_category, 0});
  if (has_source) out.source_at = static_cast<std::uint16_t>(spec);
  if (has_second && has_message_type(category)) out.message_type_at = static_cast<std::uint16_t>(spec + 2);
  Walk walk(bytes, out);
  if (!walk.items(rules)) return unexpected(Fault{walk.failure(), walk.at()});
  // A record of nothing.
  if (walk.at() <= spec) return unexpected(Fault{FaultReason::bad_field_spec, 0});
  if (has_second && category == 1) walk.decides(spec + 2, 0x80U);
  const bool has_tail = out.tail_from < out.places.size();
  out.length = has_tail ? out.places[out.tail_from].at - 1 : static_cast<std::uint32_t>(walk.at());
  finish(bytes.first(out.length), out);
  return {};
}

}  // namespace headland::asterix
