// SPDX-License-Identifier: Apache-2.0
#include "codec/raymarine/fault.hpp"

namespace headland::raymarine {

std::string_view name_of(FaultReason reason) {
  switch (reason) {
    case FaultReason::truncated:
      return "truncated";
    case FaultReason::wrong_type:
      return "wrong-type";
    case FaultReason::lying_length:
      return "lying-length";
    case FaultReason::no_spokes:
      return "no-spokes";
    case FaultReason::bad_spoke_head:
      return "bad-spoke-head";
    case FaultReason::bad_azimuth:
      return "bad-azimuth";
    case FaultReason::no_cells:
      return "no-cells";
    case FaultReason::bad_packing:
      return "bad-packing";
    case FaultReason::cell_count:
      return "cell-count";
    case FaultReason::unknown_range:
      return "unknown-range";
    case FaultReason::range_not_known:
      return "range-not-known";
    case FaultReason::bad_beacon:
      return "bad-beacon";
  }
  return "unknown";
}

}  // namespace headland::raymarine
