// SPDX-License-Identifier: Apache-2.0
// The bits of one AIS message, from and to the six-bit letters of VDM sentences.
//
// IEC 61162-1 8.1 and M.1371-5 annex 8: each letter carries 6 bits, most significant first:
//   letter '0'..'W' (48..87)   = value 0..39
//   letter '`'..'w' (96..119)  = value 40..63
// Fields are counted from bit 0, the first bit of the first letter.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "core/base/expected.hpp"

namespace headland::ais {

enum class PayloadFault : std::uint8_t {
  empty,            // no letters
  bad_letter,       // a letter that carries no bits
  bad_fill,         // fill bits not 0..5
  too_long,         // more letters than any message has
  too_short,        // ends before the last field that the type must have
  impossible_mmsi,  // 0 or more than nine digits
  unknown_part,     // type 24 part other than A and B
  impossible_type,  // type 0 or above 27
};
[[nodiscard]] std::string_view to_text(PayloadFault fault);

// A message as bits. Fixed size, never allocates.
class Payload {
 public:
  // The longest message of M.1371-5 is 1064 bits (type 26); some stations pad, so room for twice that.
  static constexpr unsigned max_letters = 384;

  // Appends the letters of one sentence without its `fill` (0..5) last bits. On a fault nothing is appended.
  Expected<void, PayloadFault> append(std::string_view letters, unsigned fill);
  void clear() { size_ = 0; }

  [[nodiscard]] unsigned size() const { return size_; }  // in bits

  // `count` (1..32) bits from `start`, most significant first. Bits beyond the end are 0.
  [[nodiscard]] std::uint32_t bits(unsigned start, unsigned count) const {
    if (start + count > size_) [[unlikely]]
      return bits_beyond(start, count);
    return static_cast<std::uint32_t>((word(start / 8) << (start % 8)) >> (64 - count));
  }
  // The same as a number in two's complement.
  [[nodiscard]] std::int32_t signed_bits(unsigned start, unsigned count) const {
    const std::uint32_t sign = 1U << (count - 1);
    return static_cast<std::int32_t>((bits(start, count) ^ sign) - sign);
  }
  [[nodiscard]] bool flag(unsigned start) const { return bits(start, 1) != 0; }

  // `letters` six-bit characters from `start` as text: ends at the first '@', trailing blanks removed.
  [[nodiscard]] std::string text(unsigned start, unsigned letters) const;

  // --- making a message ---
  void put(std::uint32_t value, unsigned count);  // the lowest `count` bits of `value`; those beyond 32 are 0
  void put_text(std::string_view text, unsigned letters);
  // The letters of the message; `fill` (0..5) bits of the last one are padding.
  struct Armoured {
    std::string letters;
    unsigned fill = 0;
  };
  [[nodiscard]] Armoured armoured() const;

 private:
  // The eight bytes from `byte`, first one highest.
  [[nodiscard]] std::uint64_t word(unsigned byte) const {
    std::uint64_t w = 0;
    std::memcpy(&w, bytes_.data() + byte, sizeof w);
    return __builtin_bswap64(w);
  }
  void set_word(unsigned byte, std::uint64_t w) {
    w = __builtin_bswap64(w);
    std::memcpy(bytes_.data() + byte, &w, sizeof w);
  }
  [[nodiscard]] std::uint32_t bits_beyond(unsigned start, unsigned count) const;

  // Bits past size_ in its byte are 0; whole bytes past it may hold anything. Eight bytes more than
  // needed, because words are read and written whole.
  std::array<std::uint8_t, max_letters * 6 / 8 + 16> bytes_{};
  unsigned size_ = 0;
};

// The character of a six-bit code (M.1371-5 table 47), and back. Characters outside become '?'; lower case is raised.
[[nodiscard]] char six_bit_character(unsigned code);
[[nodiscard]] unsigned six_bit_code(char character);

}  // namespace headland::ais
