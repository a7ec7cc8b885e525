// SPDX-License-Identifier: Apache-2.0
// Why a Raymarine datagram or spoke was refused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace headland::raymarine {

using Bytes = std::span<const std::uint8_t>;

enum class FaultReason : std::uint8_t {
  truncated,        // shorter than the values read from it
  wrong_type,       // another message than was asked for
  lying_length,     // a length in it reaches beyond its end, or is too short for what it covers
  no_spokes,        // a frame without any, or with more than can be
  bad_spoke_head,   // the words before a spoke are not the known ones
  bad_azimuth,      // a whole turn or more, or spokes per turn that cannot be
  no_cells,         // no cells, or too many, or none to cover the range
  bad_packing,      // the packed cells end within a run
  cell_count,       // they are not as many as they should be
  unknown_range,    // a range number that is not in the table, or a range of 0
  range_not_known,  // no status has told the range yet
  bad_beacon,       // a length or mark that is none of a beacon
};

struct Fault {
  FaultReason reason = FaultReason::truncated;
  std::size_t offset = 0;  // bytes from the start of the datagram
};

// Stable words for counters and reports, e.g. "cell-count".
std::string_view name_of(FaultReason reason);

}  // namespace headland::raymarine
