// SPDX-License-Identifier: Apache-2.0
// Why a Furuno datagram or spoke was refused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace headland::furuno {

using Bytes = std::span<const std::uint8_t>;

enum class FaultReason : std::uint8_t {
  truncated_frame,   // shorter than its head
  bad_frame_head,    // the first bytes are not those of a spoke frame
  lying_length,      // the head names another length than there is
  no_spokes,         // the head names none
  no_cells,          // the head names spokes without cells, or a range without any
  unknown_coding,    // coding 0
  unknown_range,     // a range number that is not in the table
  missing_spoke,     // the frame ends before a spoke that its head names
  bad_announcement,  // too short, or another length than it says
};

struct Fault {
  FaultReason reason = FaultReason::truncated_frame;
  std::size_t offset = 0;  // bytes from the start of the datagram
};

// Stable words for counters and reports, e.g. "missing-spoke".
std::string_view name_of(FaultReason reason);

}  // namespace headland::furuno
