// SPDX-License-Identifier: Apache-2.0
// Why a piece of ASTERIX was refused. Bad input is normal: callers count by reason and go on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace headland::asterix {

enum class FaultReason : std::uint8_t {
  truncated_block,     // fewer than 3 bytes, or the block length reaches past the end
  bad_block_length,    // block length under 4
  trailing_bytes,      // bytes behind the last block that are no block
  wrong_category,      // not the category this decoder is for
  unknown_category,    // no item table for this category
  truncated_item,      // an item reaches past the end of its block
  bad_field_spec,      // field specification does not end, or is empty
  undefined_item,      // an item bit without meaning in the category's table
  missing_item,        // an item the message type must have is absent
  conflicting_items,   // items that exclude one another
  bad_message_type,    // I240/000 neither 1 nor 2
  compressed,          // video compression: not standardised
  bad_resolution,      // I240/048 resolution code not 1..6
  cells_exceed_block,  // counters of I240/049 name more than the block holds
  bad_cell_duration,   // cell duration 0
  impossible_range,    // far end of the spoke beyond 2000 km
  bad_time_of_day,     // 24 hours or more
};

// Offset counts from the start of the bytes that were handed to the reader.
struct Fault {
  FaultReason reason = FaultReason::truncated_block;
  std::size_t offset = 0;
};

// Stable words for counters and reports, e.g. "truncated-item".
std::string_view name_of(FaultReason reason);

}  // namespace headland::asterix
