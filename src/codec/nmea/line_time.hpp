// SPDX-License-Identifier: Apache-2.0
// Times that stand beside sentences: in tag blocks, in $PGHP lines, behind the checksum.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "codec/nmea/faults.hpp"
#include "codec/nmea/sentence.hpp"
#include "core/base/time.hpp"

namespace headland::nmea {

// What Headland reads of a tag block (NMEA 0183 4.10, section 7).
struct TagBlock {
  std::optional<Timestamp> time;  // c:
  std::string_view station;       // s:
  std::uint32_t group = 0;        // g:part-of-GROUP, 0 = none
};
[[nodiscard]] TagBlock parse_tag(std::string_view tag);

// c: counts seconds or, from 9 000 000 000 up (that would be the year 2255), milliseconds since 1970.
[[nodiscard]] std::optional<Timestamp> parse_tag_time(std::string_view value);

// $PGHP,1,year,month,day,hour,minute,second,millisecond,...: when the sentence that follows was heard.
[[nodiscard]] std::optional<Timestamp> parse_pghp(std::string_view body);

// The first field behind the checksum that is a time of nine digits or more, in seconds or milliseconds as
// above. US Coast Guard form: ",rSTATION,seconds"; others: ",milliseconds".
[[nodiscard]] std::optional<Timestamp> parse_trailer(std::string_view trailer);

// RMC and ZDA carry date and time of own receiver.
[[nodiscard]] std::optional<Timestamp> parse_receiver_time(std::string_view body);

// Gives each line of a text file the time it was heard, as the data say. In this order:
//   1. c: of the line's tag block;
//   2. $PGHP, for itself and for the sentence that follows it;
//   3. the time behind the checksum;
//   4. date and time of RMC or ZDA, in files in which none of the above was met yet;
//   5. the time of the line before.
// Lines before the first time have none. Times may go backwards: satellites deliver late.
class NmeaFileClock {
 public:
  std::optional<Timestamp> time_of(std::string_view line);

  struct Counters {
    std::uint64_t lines = 0;
    std::uint64_t lines_without_time = 0;  // before the first time
    std::uint64_t backwards = 0;           // own time of a line before that of an earlier line
  };
  [[nodiscard]] const Counters& counters() const { return counters_; }

 private:
  std::optional<Timestamp> own_time(const RawSentence& sentence);

  std::optional<Timestamp> last_;
  bool stamped_ = false;        // a time of kinds 1 to 3 was met
  bool pghp_holds_ = false;     // the sentence that $PGHP speaks of has not ended yet
  FaultCounts ignored_faults_;  // the decoder counts them
  Counters counters_;
};

}  // namespace headland::nmea
