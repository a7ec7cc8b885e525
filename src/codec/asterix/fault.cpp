// SPDX-License-Identifier: Apache-2.0
#include "codec/asterix/fault.hpp"

namespace headland::asterix {

std::string_view name_of(FaultReason reason) {
  switch (reason) {
    case FaultReason::truncated_block:
      return "truncated-block";
    case FaultReason::bad_block_length:
      return "bad-block-length";
    case FaultReason::trailing_bytes:
      return "trailing-bytes";
    case FaultReason::wrong_category:
      return "wrong-category";
    case FaultReason::unknown_category:
      return "unknown-category";
    case FaultReason::truncated_item:
      return "truncated-item";
    case FaultReason::bad_field_spec:
      return "bad-field-spec";
    case FaultReason::undefined_item:
      return "undefined-item";
    case FaultReason::missing_item:
      return "missing-item";
    case FaultReason::conflicting_items:
      return "conflicting-items";
    case FaultReason::bad_message_type:
      return "bad-message-type";
    case FaultReason::compressed:
      return "compressed";
    case FaultReason::bad_resolution:
      return "bad-resolution";
    case FaultReason::cells_exceed_block:
      return "cells-exceed-block";
    case FaultReason::bad_cell_duration:
      return "bad-cell-duration";
    case FaultReason::impossible_range:
      return "impossible-range";
    case FaultReason::bad_time_of_day:
      return "bad-time-of-day";
  }
  return "unknown";
}

}  // namespace headland::asterix
