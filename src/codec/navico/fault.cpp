// SPDX-License-Identifier: Apache-2.0
#include "codec/navico/fault.hpp"

namespace headland::navico {

std::string_view name_of(FaultReason reason) {
  switch (reason) {
    case FaultReason::truncated_frame:
      return "truncated-frame";
    case FaultReason::bad_frame_head:
      return "bad-frame-head";
    case FaultReason::spoke_count:
      return "spoke-count";
    case FaultReason::bad_spoke_head:
      return "bad-spoke-head";
    case FaultReason::no_data:
      return "no-data";
    case FaultReason::unknown_status:
      return "unknown-status";
    case FaultReason::bad_angle:
      return "bad-angle";
    case FaultReason::bad_extent:
      return "bad-extent";
    case FaultReason::bad_beacon:
      return "bad-beacon";
    case FaultReason::truncated_report:
      return "truncated-report";
    case FaultReason::not_a_report:
      return "not-a-report";
    case FaultReason::bad_navigation:
      return "bad-navigation";
  }
  return "unknown";
}

}  // namespace headland::navico
