// SPDX-License-Identifier: Apache-2.0
// Finding sentences in a stream of NMEA 0183 text (IEC 61162-1), and their fields.
//
//   \s:station,c:1420030798*hh\ !AIVDM,1,1,,A,payload,0*hh ,r003669987,1152921693 CR LF
//   tag block                   start, body            sum trailer
//
// Lines end with CR, LF, both or not at all: the next '!', '$' or '\' begins anew. A line whose first
// letter is '#' is a comment.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "codec/nmea/faults.hpp"

namespace headland::nmea {

// One sentence as it stands; the views point into the text that was scanned.
struct RawSentence {
  std::string_view tag;      // inside of the tag block, checksum verified and removed; empty = none
  char start = 0;            // '!' or '$'; 0 = a tag block that no sentence follows on its line
  std::string_view body;     // from the address to before '*'
  std::string_view trailer;  // behind the checksum, up to the end of the line or the next start

  [[nodiscard]] std::string_view address() const { return body.substr(0, body.find(',')); }
};

// Walks through a text and gives one sentence after the other whose checksum is right. Faults are counted.
class SentenceScanner {
 public:
  SentenceScanner(std::string_view text, FaultCounts& faults)
      : at_(text.data()), end_(text.data() + text.size()), faults_(faults) {}
  bool next(RawSentence& sentence);

 private:
  bool scan_sentence(RawSentence& sentence);
  void scan_tag();
  void skip_garbage();

  const char* at_;
  const char* end_;
  FaultCounts& faults_;
  std::string_view tag_;
  bool line_start_ = true;
};

// The fields of a body, address first. Fields beyond the last one held are left out.
class Fields {
 public:
  static constexpr std::size_t max_fields = 32;
  explicit Fields(std::string_view body);
  [[nodiscard]] std::size_t size() const { return count_; }
  // Field `i`, empty where the sentence has none.
  [[nodiscard]] std::string_view operator[](std::size_t i) const {
    return i < count_ ? fields_[i] : std::string_view();
  }

 private:
  std::array<std::string_view, max_fields> fields_;
  std::size_t count_ = 0;
};

// The whole field as a number (no exponent, no leading '+'); nothing if it is anything else.
[[nodiscard]] std::optional<double> decimal(std::string_view field);
[[nodiscard]] std::optional<std::uint64_t> digits(std::string_view field);

// Exclusive or of all letters: the checksum of IEC 61162-1.
[[nodiscard]] std::uint8_t checksum(std::string_view body);

}  // namespace headland::nmea
