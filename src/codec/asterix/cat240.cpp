// SPDX-License-Identifier: Apache-2.0
#include "codec/asterix/cat240.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "core/base/units.hpp"

namespace headland::asterix {
namespace {

// Items in the order of the field specification; bit (15 - index) of the two octets without FX.
enum Item : std::uint32_t {
  i010,
  i000,
  i020,
  i030,
  i040,
  i041,
  i048,
  i049,
  i050,
  i051,
  i052,
  i140,
  re,
  sp,
  item_count
};
constexpr std::uint32_t bit(Item item) { return 1U << item; }

constexpr double longest_range_m = 2.0e6;

// Where the items of one record begin; only what the field specification names is valid.
struct Layout {
  std::uint32_t present = 0;
  std::array<const std::uint8_t*, item_count> at;  // NOLINT: set where `present` says so, read only there
  std::size_t length = 0;                          // of the whole record
  [[nodiscard]] bool has(Item item) const { return (present & bit(item)) != 0; }
};

// Bytes from `p` of a repetitive item with parts of `part` bytes.
std::size_t repeated(const std::uint8_t* p, std::size_t part) { return 1 + p[0] * part; }

std::size_t item_length(Item item, const std::uint8_t* p) {
  constexpr std::array<std::uint8_t, item_count> fixed{2, 1, 4, 0, 12, 12, 2, 5, 0, 0, 0, 3, 0, 0};
  switch (item) {
    case i030:
      return repeated(p, 1);
    case i050:
      return repeated(p, 4);
    case i051:
      return repeated(p, 64);
    case i052:
      return repeated(p, 256);
    case re:
    case sp:
      return p[0];  // explicit: the length octet counts itself
    default:
      return fixed[item];
  }
}

// The seven item bits of an octet, first item lowest.
constexpr auto reversed = [] {
  std::array<std::uint8_t, 128> table{};
  for (unsigned value = 0; value < 128; ++value) {
    for (unsigned k = 0; k < 7; ++k) {
      if ((value & (0x40U >> k)) != 0) table[value] |= static_cast<std::uint8_t>(1U << k);
    }
  }
  return table;
}();

// Field specification of the record at the start of `bytes`.
Expected<std::size_t, Fault> read_field_spec(Bytes bytes, std::uint32_t& present) {
  std::size_t n = 0;
  for (bool more = true; more; ++n) {
    if (n >= bytes.size()) return unexpected(Fault{FaultReason::bad_field_spec, n});
    const std::uint8_t octet = bytes[n];
    more = (octet & 1U) != 0;
    if (n >= 2) {
      if ((octet & 0xFEU) != 0) return unexpected(Fault{FaultReason::undefined_item, n});
      if (n > 3) return unexpected(Fault{FaultReason::bad_field_spec, n});
      continue;
    }
    present |= std::uint32_t{reversed[octet >> 1U]} << (7 * n);
  }
  if (present == 0) return unexpected(Fault{FaultReason::bad_field_spec, 0});
  return n;
}

// Items of fixed length that come before any of variable length in a video message, in order.
struct FixedItem {
  Item item;
  std::uint8_t length;
};
constexpr std::array<FixedItem, 7> fixed_items{
    {{i010, 2}, {i000, 1}, {i020, 4}, {i040, 12}, {i041, 12}, {i048, 2}, {i049, 5}}};
constexpr std::uint32_t fixed_mask = bit(i010) | bit(i000) | bit(i020) | bit(i040) | bit(i041) | bit(i048) | bit(i049);
constexpr std::size_t longest_fixed = 38;

// Fills `layout`, which is not returned: this is the hot path of a radar, and copies would cost as much as the reading.
Expected<void, Fault> lay_out(Bytes bytes, Layout& layout) {
  const auto spec = read_field_spec(bytes, layout.present);
  if (!spec) return unexpected(spec.error());
  // What the message must have is checked before any length is believed: a field specification that
  // does not fit the data is then told as such, wherever its lengths would have led.
  constexpr std::uint32_t always = bit(i010) | bit(i000);
  if ((layout.present & always) != always) return unexpected(Fault{FaultReason::missing_item, 0});
  std::size_t offset = *spec;
  std::uint32_t left = layout.present;
  if (!layout.has(i030) && bytes.size() - offset > longest_fixed) {  // video: no branch for each item
    for (const FixedItem& f : fixed_items) {
      layout.at[f.item] = &bytes[offset];
      offset += layout.has(f.item) ? f.length : 0U;
    }
    left &= ~fixed_mask;
  }
  for (; left != 0; left &= left - 1) {
    const auto k = static_cast<std::uint32_t>(std::countr_zero(left));
    const auto item = static_cast<Item>(k);
    if (offset >= bytes.size()) return unexpected(Fault{FaultReason::truncated_item, offset});
    const std::size_t length = item_length(item, &bytes[offset]);
    if (length == 0 || length > bytes.size() - offset) return unexpected(Fault{FaultReason::truncated_item, offset});
    layout.at[k] = &bytes[offset];
    offset += length;
  }
  layout.length = offset;
  return {};
}

bool exactly_one(std::uint32_t bits) { return bits != 0 && (bits & (bits - 1)) == 0; }

Expected<void, FaultReason> check_video_items(const Layout& l) {
  constexpr std::uint32_t needed = bit(i020) | bit(i048) | bit(i049);
  constexpr std::uint32_t heads = bit(i040) | bit(i041);
  constexpr std::uint32_t blocks = bit(i050) | bit(i051) | bit(i052);
  if ((l.present & needed) != needed || (l.present & heads) == 0 || (l.present & blocks) == 0) {
    return unexpected(FaultReason::missing_item);
  }
  if (!exactly_one(l.present & heads) || !exactly_one(l.present & blocks)) {
    return unexpected(FaultReason::conflicting_items);
  }
  return {};
}

std::optional<std::uint32_t> time_of_day(const Layout& l) {
  if (!l.has(i140)) return std::nullopt;
  return read_u24(l.at[i140]);
}

Expected<void, FaultReason> read_cells(const Layout& l, Cat240Video& v) {
  const std::uint8_t* resolution = l.at[i048];
  if ((resolution[0] & 0x80U) != 0) return unexpected(FaultReason::compressed);
  if (resolution[1] < 1 || resolution[1] > 6) return unexpected(FaultReason::bad_resolution);
  v.bits = static_cast<std::uint8_t>(1U << (resolution[1] - 1U));
  const std::size_t valid_octets = read_u16(l.at[i049]);
  v.cell_count = read_u24(l.at[i049] + 2);
  const Item item = l.has(i050) ? i050 : l.has(i051) ? i051 : i052;
  const std::size_t part = item == i050 ? 4 : item == i051 ? 64 : 256;
  const std::size_t room = l.at[item][0] * part;
  const std::size_t used = (std::size_t{v.cell_count} * v.bits + 7) / 8;
  if (valid_octets > room || used > valid_octets) return unexpected(FaultReason::cells_exceed_block);
  v.cells = Bytes(l.at[item] + 1, used);
  return {};
}

// Fills `v` where it will stay: this is the hot path of a radar, and copies of the result would cost as much
// as reading it.
Expected<void, FaultReason> read_video(const Layout& l, Cat240Video& v) {
  v.sac = l.at[i010][0];
  v.sic = l.at[i010][1];
  v.sequence = read_u32(l.at[i020]);
  const bool nano = l.has(i040);
  const std::uint8_t* head = nano ? l.at[i040] : l.at[i041];
  v.start_azimuth = read_u16(head);
  v.end_azimuth = read_u16(head + 2);
  v.start_cell = read_u32(head + 4);
  v.cell_duration_fs = std::uint64_t{read_u32(head + 8)} * (nano ? 1'000'000U : 1U);
  if (v.cell_duration_fs == 0) return unexpected(FaultReason::bad_cell_duration);
  if (const auto cells = read_cells(l, v); !cells) return unexpected(cells.error());
  const double far_m = static_cast<double>(v.cell_duration_fs) * 1e-15 * speed_of_light_mps / 2.0 *
                       (static_cast<double>(v.start_cell) + v.cell_count);
  if (far_m > longest_range_m) return unexpected(FaultReason::impossible_range);
  v.time_of_day = time_of_day(l);
  if (v.time_of_day && *v.time_of_day >= time_of_day_units) return unexpected(FaultReason::bad_time_of_day);
  return {};
}

// The first cells of a long record come nearer while its head is read: until the head is known the processor has
// nothing to copy, and after it the memory would have to begin from rest.
void fetch_cells(Bytes record) {
  constexpr std::size_t fetched = 1024;
  constexpr std::size_t cache_line = 64;
  if (record.size() < 2 * fetched) return;
  for (std::size_t i = cache_line; i <= fetched; i += cache_line) __builtin_prefetch(&record[i]);
}

// The record at `start`, made where the caller will have it (one name for all that is returned).
Expected<Cat240Record, Fault> video_record(const Layout& l, std::size_t start) {
  Expected<Cat240Record, Fault> result{Cat240Record(std::in_place_type<Cat240Video>)};
  if (const auto read = read_video(l, *std::get_if<Cat240Video>(&*result)); !read) {
    result = unexpected(Fault{read.error(), start});
  }
  return result;
}

}  // namespace

Expected<Cat240Record, Fault> Cat240Reader::next() {
  const std::size_t start = position_;
  position_ = bytes_.size();
  fetch_cells(bytes_.subspan(start));
  Layout layout;
  if (const auto laid = lay_out(bytes_.subspan(start), layout); !laid) {
    return unexpected(Fault{laid.error().reason, base_ + start + laid.error().offset});
  }
  const std::size_t end = start + layout.length;
  switch (layout.at[i000][0]) {
    case 1: {
      if (!layout.has(i030)) return unexpected(Fault{FaultReason::missing_item, base_ + start});
      position_ = end;
      const std::uint8_t* text = layout.at[i030];
      return Cat240Summary{layout.at[i010][0], layout.at[i010][1], Bytes(text + 1, text[0]), time_of_day(layout)};
    }
    case 2: {
      // Where items are missing or exclude one another the field specification does not fit the data, and
      // where the record ends is not known either.
      if (const auto items = check_video_items(layout); !items) {
        return unexpected(Fault{items.error(), base_ + start});
      }
      position_ = end;
      return video_record(layout, base_ + start);
    }
    default:
      return unexpected(Fault{FaultReason::bad_message_type, base_ + start});
  }
}

}  // namespace headland::asterix
