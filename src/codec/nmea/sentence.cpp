// SPDX-License-Identifier: Apache-2.0
#include "codec/nmea/sentence.hpp"

#include <charconv>
#include <cstring>

namespace headland::nmea {
namespace {

// What a letter means for the scanner.
enum Letter : std::uint8_t { plain, star, start, line_end };

constexpr std::array<std::uint8_t, 256> letters = [] {
  std::array<std::uint8_t, 256> kind{};
  kind['*'] = star;
  kind['!'] = kind['$'] = kind['\\'] = start;
  kind['\r'] = kind['\n'] = line_end;
  return kind;
}();
std::uint8_t kind_of(char c) { return letters[static_cast<std::uint8_t>(c)]; }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// The two hexadecimal digits at `at`, -1 if they are none.
int hex_byte(const char* at, const char* end) {
  if (end - at < 2) return -1;
  const int high = hex_digit(at[0]);
  const int low = hex_digit(at[1]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

// Eight letters at a time: the exclusive or of as many words as hold plain letters only, and where it stopped.
// A word stops it that has a letter below '+' (line ends, '!', '$', '*' and some that are plain) or a '\\'.
constexpr std::uint64_t ones = 0x0101010101010101;
constexpr bool has_zero(std::uint64_t w) { return ((w - ones) & ~w & ones << 7) != 0; }
constexpr bool has_below(std::uint64_t w, std::uint8_t n) { return ((w - ones * n) & ~w & ones << 7) != 0; }

const char* skip_plain_words(const char* p, const char* end, std::uint8_t& sum) {
  std::uint64_t words = 0;
  while (end - p >= 8) {
    std::uint64_t w = 0;
    std::memcpy(&w, p, sizeof w);
    if (has_below(w, '+') || has_zero(w ^ ones * '\\')) break;
    words ^= w;
    p += 8;
  }
  words ^= words >> 32;
  words ^= words >> 16;
  words ^= words >> 8;
  sum = static_cast<std::uint8_t>(words);
  return p;
}

std::string_view view(const char* from, const char* to) { return {from, static_cast<std::size_t>(to - from)}; }

}  // namespace

std::string_view to_text(NmeaFault fault) {
  switch (fault) {
    case NmeaFault::garbage:
      return "garbage";
    case NmeaFault::unterminated_tag:
      return "unterminated_tag";
    case NmeaFault::wrong_tag_checksum:
      return "wrong_tag_checksum";
    case NmeaFault::no_checksum:
      return "no_checksum";
    case NmeaFault::wrong_checksum:
      return "wrong_checksum";
    case NmeaFault::bad_fields:
      return "bad_fields";
    case NmeaFault::bad_fragment_number:
      return "bad_fragment_number";
    case NmeaFault::orphan_fragment:
      return "orphan_fragment";
    case NmeaFault::incomplete_message:
      return "incomplete_message";
    case NmeaFault::too_many_fragments:
      return "too_many_fragments";
    case NmeaFault::ais_empty_payload:
      return "ais_empty_payload";
    case NmeaFault::ais_bad_letter:
      return "ais_bad_letter";
    case NmeaFault::ais_bad_fill:
      return "ais_bad_fill";
    case NmeaFault::ais_too_long:
      return "ais_too_long";
    case NmeaFault::ais_too_short:
      return "ais_too_short";
    case NmeaFault::ais_impossible_mmsi:
      return "ais_impossible_mmsi";
    case NmeaFault::ais_unknown_part:
      return "ais_unknown_part";
    case NmeaFault::ais_impossible_type:
      return "ais_impossible_type";
    case NmeaFault::ais_impossible_position:
      return "ais_impossible_position";
    case NmeaFault::position_off_globe:
      return "position_off_globe";
  }
  return "unknown_fault";
}

bool SentenceScanner::next(RawSentence& sentence) {
  while (at_ < end_) {
    switch (const char c = *at_; c) {
      case '\r':
      case '\n':
        ++at_;
        line_start_ = true;
        if (!tag_.empty()) {
          sentence = {tag_, 0, {}, {}};
          tag_ = {};
          return true;
        }
        break;
      case '!':
      case '$':
        line_start_ = false;
        if (scan_sentence(sentence)) return true;
        break;
      case '\\':
        line_start_ = false;
        scan_tag();
        break;
      default:
        if (c == '#' && line_start_) {
          while (at_ < end_ && kind_of(*at_) != line_end) ++at_;
        } else {
          skip_garbage();
        }
        line_start_ = false;
    }
  }
  if (tag_.empty()) return false;
  sentence = {tag_, 0, {}, {}};
  tag_ = {};
  return true;
}

// Blanks between things are no garbage worth a count.
void SentenceScanner::skip_garbage() {
  bool blank = true;
  while (at_ < end_ && kind_of(*at_) != start && kind_of(*at_) != line_end) {
    blank = blank && (*at_ == ' ' || *at_ == '\t' || *at_ == '\0');
    ++at_;
  }
  if (!blank) faults_.add(NmeaFault::garbage);
}

void SentenceScanner::scan_tag() {
  const char* const begin = ++at_;
  while (at_ < end_ && *at_ != '\\' && kind_of(*at_) != line_end) ++at_;
  if (at_ == end_ || *at_ != '\\') {
    faults_.add(NmeaFault::unterminated_tag);
    at_ = begin;  // a sentence may still stand on the line
    return;
  }
  const std::string_view inside = view(begin, at_);
  ++at_;
  const std::size_t sum = inside.rfind('*');
  if (sum == std::string_view::npos || sum + 3 != inside.size() ||
      hex_byte(inside.data() + sum + 1, begin + inside.size()) != checksum(inside.substr(0, sum))) {
    faults_.add(NmeaFault::wrong_tag_checksum);
    return;
  }
  tag_ = inside.substr(0, sum);
}

bool SentenceScanner::scan_sentence(RawSentence& sentence) {
  sentence.start = *at_;
  const char* const begin = ++at_;
  std::uint8_t sum = 0;
  const char* p = skip_plain_words(begin, end_, sum);
  while (p < end_ && kind_of(*p) == plain) sum = static_cast<std::uint8_t>(sum ^ static_cast<std::uint8_t>(*p++));
  at_ = p;
  sentence.tag = tag_;
  tag_ = {};
  if (p == end_ || *p != '*' || hex_byte(p + 1, end_) < 0) {
    faults_.add(NmeaFault::no_checksum);
    return false;
  }
  const int said = hex_byte(p + 1, end_);
  sentence.body = view(begin, p);
  at_ = p + 3;
  const char* const trailer = at_;
  while (at_ < end_ && (kind_of(*at_) == plain || kind_of(*at_) == star)) ++at_;
  sentence.trailer = view(trailer, at_);
  if (said != sum) {
    faults_.add(NmeaFault::wrong_checksum);
    return false;
  }
  return true;
}

Fields::Fields(std::string_view body) {
  while (count_ < max_fields) {
    const std::size_t comma = body.find(',');
    fields_[count_++] = body.substr(0, comma);
    if (comma == std::string_view::npos) return;
    body.remove_prefix(comma + 1);
  }
}

std::optional<double> decimal(std::string_view field) {
  double value = 0.0;
  const char* const end = field.data() + field.size();
  const auto result = std::from_chars(field.data(), end, value, std::chars_format::fixed);
  // Words such as "nan" and "inf" are numbers to from_chars, not to us.
  if (result.ec != std::errc() || result.ptr != end || !(value - value == 0.0)) return std::nullopt;
  return value;
}

std::optional<std::uint64_t> digits(std::string_view field) {
  std::uint64_t value = 0;
  const char* const end = field.data() + field.size();
  const auto result = std::from_chars(field.data(), end, value);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return value;
}

std::uint8_t checksum(std::string_view body) {
  std::uint8_t sum = 0;
  for (const char c : body) sum = static_cast<std::uint8_t>(sum ^ static_cast<std::uint8_t>(c));
  return sum;
}

}  // namespace headland::nmea
