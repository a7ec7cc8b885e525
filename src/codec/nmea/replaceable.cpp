// SPDX-License-Identifier: Apache-2.0
#include "codec/nmea/replaceable.hpp"

#include "codec/ais/payload.hpp"
#include "codec/nmea/own_ship.hpp"
#include "codec/nmea/sentence.hpp"

namespace headland::nmea {
namespace {

constexpr std::uint64_t of_others = std::uint64_t{1} << 32;
constexpr std::uint64_t of_own_ship = std::uint64_t{2} << 32;

bool has_position(std::uint32_t type) { return (type >= 1 && type <= 4) || type == 9 || type == 18 || type == 27; }

std::optional<std::uint64_t> key_of_message(const RawSentence& sentence) {
  const Fields fields(sentence.body);
  if (fields[1] != "1" || fields[2] != "1") return std::nullopt;
  ais::Payload payload;
  const auto fill = fields[6].empty() ? 0 : digits(fields[6]).value_or(9);
  if (!payload.append(fields[5], static_cast<unsigned>(fill)) || payload.size() < 38) return std::nullopt;
  if (!has_position(payload.bits(0, 6))) return std::nullopt;
  return (sentence.body[4] == 'O' ? of_own_ship : of_others) | payload.bits(8, 30);
}

// Five letters in 40 bits.
std::uint64_t key_of_address(std::string_view address) {
  std::uint64_t key = 0;
  for (const char c : address) key = key << 8 | static_cast<std::uint8_t>(c);
  return std::uint64_t{1} << 63 | key;
}

}  // namespace

std::optional<std::uint64_t> replaceable_key(std::string_view text) {
  FaultCounts faults;
  SentenceScanner scanner(text, faults);
  RawSentence sentence;
  RawSentence another;
  if (!scanner.next(sentence) || sentence.start == 0 || scanner.next(another)) return std::nullopt;
  const auto address = sentence.address();
  if (address.size() != 5) return std::nullopt;
  const auto formatter = address.substr(2);
  if (sentence.start == '!') {
    return formatter == "VDM" || formatter == "VDO" ? key_of_message(sentence) : std::nullopt;
  }
  return is_own_ship_sentence(formatter) ? std::optional(key_of_address(address)) : std::nullopt;
}

}  // namespace headland::nmea
