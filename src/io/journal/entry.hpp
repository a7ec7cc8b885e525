// SPDX-License-Identifier: Apache-2.0
// One entry of the journal: what came in, or happened, in the order in which it was consumed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"

namespace headland::journal {

// Numbers are part of the file format: only ever add.
enum class EntryKind : std::uint8_t {
  datagram = 0,         // as received: one radar message
  plots = 1,            // one PlotSector, codec/share
  report = 2,           // NMEA 0183 text, one or more lines
  tick = 3,             // time passed, no payload
  gap = 4,              // something is missing here: GapNote
  operator_action = 5,  // what somebody ordered
  configuration = 6,    // in force from here on
  checkpoint = 7,       // state from which a restart goes on
  session_start = 8,    // the program began here
  event = 9,            // for people: text
  radar_state = 10      // what a radar's lane went on from: packed, see state_file.hpp
};
inline constexpr std::uint8_t entry_kind_count = 11;
[[nodiscard]] std::string_view to_string(EntryKind kind);

struct JournalEntry {
  std::uint64_t sequence = 0;  // from 1, grows by one an entry through all segments; a jump is a loss
  Timestamp time;              // as the data say, not when it was written
  std::uint16_t stream = 0;    // which source; the runtime's numbering
  EntryKind kind = EntryKind::tick;
  std::span<const std::uint8_t> payload;  // from a reader: valid until its next call
};

// Payload of a gap entry: what was lost (disk full, queue full).
enum class GapCause : std::uint8_t {
  write_failed = 0,
  queue_full = 1,
  entry_too_large = 2,
  // Lost before it was used; `entries` counts texts and datagrams.
  superseded = 3,    // by a newer one of the same vessel or instrument, in a full queue
  kernel_buffer = 4  // dropped by the kernel
};
struct GapNote {
  GapCause cause = GapCause::write_failed;
  std::uint64_t first_sequence = 0;  // 0: the lost entries never had a number
  std::uint64_t entries = 0;
  std::uint64_t bytes = 0;  // of payload
};
[[nodiscard]] std::vector<std::uint8_t> encode(const GapNote& note);
[[nodiscard]] std::optional<GapNote> decode_gap(std::span<const std::uint8_t> payload);

inline constexpr std::size_t max_payload_bytes = std::size_t{32} << 20;

}  // namespace headland::journal
