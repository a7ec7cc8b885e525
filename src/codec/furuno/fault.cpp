// SPDX-License-Identifier: Apache-2.0
#include "codec/furuno/fault.hpp"

namespace headland::furuno {

std::string_view name_of(FaultReason reason) {
  switch (reason) {
    case FaultReason::truncated_frame:
      return "truncated-frame";
    case FaultReason::bad_frame_head:
      return "bad-frame-head";
    case FaultReason::lying_length:
      return "lying-length";
    case FaultReason::no_spokes:
      return "no-spokes";
    case FaultReason::no_cells:
      return "no-cells";
    case FaultReason::unknown_coding:
      return "unknown-coding";
    case FaultReason::unknown_range:
      return "unknown-range";
    case FaultReason::missing_spoke:
      return "missing-spoke";
    case FaultReason::bad_announcement:
      return "bad-announcement";
  }
  return "unknown";
}

}  // namespace headland::furuno
