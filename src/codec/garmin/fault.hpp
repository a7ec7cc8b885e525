// SPDX-License-Identifier: Apache-2.0
// Why a Garmin datagram was refused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace headland::garmin {

using Bytes = std::span<const std::uint8_t>;

enum class FaultReason : std::uint8_t {
  truncated,     // shorter than its head
  wrong_type,    // neither a spoke nor a report
  lying_length,  // the head names another length than there is
  cell_count,    // the two counts of cells and the bytes disagree
  bad_angle,     // a whole turn or more
  bad_extent,    // range 0, or beyond 500 km
};

struct Fault {
  FaultReason reason = FaultReason::truncated;
  std::size_t offset = 0;  // bytes from the start of the datagram
};

// Stable words for counters and reports, e.g. "lying-length".
std::string_view name_of(FaultReason reason);

}  // namespace headland::garmin
