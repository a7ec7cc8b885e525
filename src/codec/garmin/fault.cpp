// SPDX-License-Identifier: Apache-2.0
#include "codec/garmin/fault.hpp"

namespace headland::garmin {

std::string_view name_of(FaultReason reason) {
  switch (reason) {
    case FaultReason::truncated:
      return "truncated";
    case FaultReason::wrong_type:
      return "wrong-type";
    case FaultReason::lying_length:
      return "lying-length";
    case FaultReason::cell_count:
      return "cell-count";
    case FaultReason::bad_angle:
      return "bad-angle";
    case FaultReason::bad_extent:
      return "bad-extent";
  }
  return "unknown";
}

}  // namespace headland::garmin
