// SPDX-License-Identifier: Apache-2.0
// Why a Navico datagram or spoke was refused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace headland::navico {

using Bytes = std::span<const std::uint8_t>;

enum class FaultReason : std::uint8_t {
  truncated_frame,   // shorter than its head and one spoke, or not a whole number of spokes
  bad_frame_head,    // the 8 bytes before the spokes are not those of a spoke frame
  spoke_count,       // the head names another number of spokes than there are
  bad_spoke_head,    // head length not 24, or no mark
  no_data,           // status says that the cells hold nothing (0xC2)
  unknown_status,    //
  bad_angle,         // 4096 or more
  bad_extent,        // range 0, or beyond 500 km
  bad_beacon,        // length without known addresses
  truncated_report,  // shorter than the values read from it
  not_a_report,      // second byte not C4
  bad_navigation,    // a packet of the plotter of unknown kind or length
};

struct Fault {
  FaultReason reason = FaultReason::truncated_frame;
  std::size_t offset = 0;  // bytes from the start of the datagram
};

// Stable words for counters and reports, e.g. "unknown-status".
std::string_view name_of(FaultReason reason);

}  // namespace headland::navico
