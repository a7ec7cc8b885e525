// SPDX-License-Identifier: Apache-2.0
// AIS messages (ITU-R M.1371-5 annex 8) as typed values.
//
// Decoded: what tells of vessels, stations and aids to navigation, types 1, 2, 3, 4, 5, 9, 11, 18, 19, 21, 24 (A, B,
// auxiliary craft), 27. Every other type is told by its number here and decoded in link.hpp. "Not available" becomes an
// absent optional, and so does a value that the standard reserves (course 3601..4095, heading 360..510, month 13 ...):
// a number here is a measurement.
//
// Lengths: a message longer than the standard says is taken (receivers pad, some stations send their own
// trailer). A shorter one is taken as long as all fields that make the value are there, because some
// receivers cut what they think nobody needs:
//   type        standard   taken from   may be missing
//   1 2 3       168        149          communication state
//   4 11        168        149          communication state
//   5           424        420          end of the destination, DTE, spare
//   9 18        168        148          communication state
//   19          312        306          DTE, assigned, spare
//   21          272..360   269          virtual, assigned, spare, name extension
//   24 A        160/168    160          spare
//   24 B        168        162          type of position fix, spare
//   27          96         95           spare; refused above 168, for it is sent in one slot of the satellites' own
#pragma once

#include <cstdint>
#include <vector>

#include "codec/ais/payload.hpp"
#include "core/ais/report.hpp"
#include "core/base/expected.hpp"

namespace headland::ais {

// What the sentence says of the message, not the message itself.
struct Reception {
  Timestamp received;
  char channel = 0;       // 'A', 'B', 0 unknown
  bool own_ship = false;  // came as VDO
};

struct Decoded {
  std::uint8_t type = 0;             // 1..27
  bool typed = false;                // something was appended (type 19 appends a report and particulars)
  bool impossible_position = false;  // a position off the globe that is not the "not available" one; left out
};

// Appends what `payload` says to `out`. On a fault nothing is appended.
Expected<Decoded, PayloadFault> decode(const Payload& payload, const Reception& reception,
                                       std::vector<AisMessage>& out);

// Whether messages of this type become values of AisMessage.
[[nodiscard]] bool is_typed(unsigned type);

}  // namespace headland::ais
