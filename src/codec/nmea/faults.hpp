// SPDX-License-Identifier: Apache-2.0
// Why something of an NMEA 0183 stream was not used.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace headland::nmea {

enum class NmeaFault : std::uint8_t {
  garbage,              // bytes outside of sentences, tag blocks and comments (one for each run of them)
  unterminated_tag,     // '\' without a second one on the line
  wrong_tag_checksum,   // tag block left out, its sentence used
  no_checksum,          // sentence without "*hh"
  wrong_checksum,       // sentence whose letters do not add up to its checksum
  bad_fields,           // too few fields, or one that is not what it must be
  bad_fragment_number,  // VDM: part 0, more than 9 parts, or part behind the last
  orphan_fragment,      // VDM: part without the parts before it
  incomplete_message,   // VDM: the next message began, or no more came in time
  too_many_fragments,   // VDM: more messages begun than can be held; the oldest was dropped
  ais_empty_payload,    // from here on: faults of codec/ais
  ais_bad_letter,
  ais_bad_fill,
  ais_too_long,
  ais_too_short,
  ais_impossible_mmsi,
  ais_unknown_part,
  ais_impossible_type,
  ais_impossible_position,  // the message was used, without its position
  position_off_globe,       // own position beyond 90 or 180 degrees
};
inline constexpr std::size_t nmea_fault_count = 20;

[[nodiscard]] std::string_view to_text(NmeaFault fault);

// How often each fault was met.
class FaultCounts {
 public:
  void add(NmeaFault fault) { ++counts_[static_cast<std::size_t>(fault)]; }
  [[nodiscard]] std::uint64_t operator[](NmeaFault fault) const { return counts_[static_cast<std::size_t>(fault)]; }
  [[nodiscard]] std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (const std::uint64_t n : counts_) sum += n;
    return sum;
  }

 private:
  std::array<std::uint64_t, nmea_fault_count> counts_{};
};

}  // namespace headland::nmea
