// SPDX-License-Identifier: Apache-2.0
#include "codec/ais/payload.hpp"

#include <algorithm>
#include <bit>

namespace headland::ais {
namespace {

static_assert(std::endian::native == std::endian::little, "words are swapped when read and written");

constexpr std::uint8_t bad = 0xFF;

// Value of each letter, `bad` where it carries none.
constexpr std::array<std::uint8_t, 256> letter_values = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(bad);
  for (unsigned v = 0; v < 64; ++v) values[v < 40 ? v + 48 : v + 56] = static_cast<std::uint8_t>(v);
  return values;
}();

constexpr std::uint64_t ones = 0x0101010101010101;
constexpr std::uint64_t highs = ones << 7;

// Eight letters, the first one highest, as 48 bits. `wrong` is not 0 if any of them carries none.
[[gnu::always_inline]] inline std::uint64_t eight_values(std::uint64_t letters, std::uint64_t& wrong) {
  const std::uint64_t below = (letters - ones * '0') & ~letters;     // before '0'
  const std::uint64_t above = letters + ones * (0x7F - 'w');         // after 'w'
  const std::uint64_t gap = ((letters & ones * 0x78) ^ ones * 'X');  // 'X' to '_': zero there
  wrong |= (below | above | letters | ((gap - ones) & ~gap)) & highs;
  // Letters from '`' on have bit 6 set and bit 5, too: 56 less instead of 48.
  const std::uint64_t late = (letters >> 6) & (letters >> 5) & ones;
  std::uint64_t v = letters - ones * 48 - late * 8;
  v = ((v & 0x3F003F003F003F00) >> 2) | (v & 0x003F003F003F003F);     // 12 bits in each 16
  v = ((v & 0x0FFF00000FFF0000) >> 4) | (v & 0x00000FFF00000FFF);     // 24 bits in each 32
  return ((v & 0x00FFFFFF00000000) >> 8) | (v & 0x0000000000FFFFFF);  // 48 bits
}

std::uint8_t value_of(char letter) { return letter_values[static_cast<std::uint8_t>(letter)]; }

}  // namespace

std::string_view to_text(PayloadFault fault) {
  switch (fault) {
    case PayloadFault::empty:
      return "ais_empty_payload";
    case PayloadFault::bad_letter:
      return "ais_bad_letter";
    case PayloadFault::bad_fill:
      return "ais_bad_fill";
    case PayloadFault::too_long:
      return "ais_too_long";
    case PayloadFault::too_short:
      return "ais_too_short";
    case PayloadFault::impossible_mmsi:
      return "ais_impossible_mmsi";
    case PayloadFault::unknown_part:
      return "ais_unknown_part";
    case PayloadFault::impossible_type:
      return "ais_impossible_type";
  }
  return "ais_unknown_fault";
}

Expected<void, PayloadFault> Payload::append(std::string_view letters, unsigned fill) {
  if (letters.empty()) return unexpected(PayloadFault::empty);
  if (fill > 5) return unexpected(PayloadFault::bad_fill);
  if (size_ / 6 + letters.size() >= max_letters) return unexpected(PayloadFault::too_long);

  // Eight letters make 48 bits; they go behind the at most 7 bits that stand in the byte already. Each
  // store also clears what follows, so bits past the end are 0.
  const unsigned old_size = size_;
  unsigned size = size_;
  std::uint8_t seen = 0;  // any bad letter sets its high bit
  std::uint64_t wrong = 0;
  const bool long_enough = letters.size() >= 8;
  while (letters.size() >= 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, letters.data(), sizeof eight);
    const std::uint64_t chunk = eight_values(__builtin_bswap64(eight), wrong);
    letters.remove_prefix(8);
    const unsigned byte = size / 8;
    const unsigned offset = size % 8;
    const std::uint64_t kept = offset == 0 ? 0 : std::uint64_t{bytes_[byte]} << 56;
    set_word(byte, kept | chunk << (16 - offset));
    size += 48;
  }
  if (!letters.empty()) {
    const auto count = static_cast<unsigned>(letters.size());
    std::uint64_t chunk = 0;
    if (long_enough) {  // the last eight, of which some were taken before
      std::uint64_t eight = 0;
      std::memcpy(&eight, letters.data() + count - 8, sizeof eight);
      chunk = eight_values(__builtin_bswap64(eight), wrong) & ((std::uint64_t{1} << 6 * count) - 1);
    } else {
      for (const char letter : letters) {
        const std::uint8_t v = value_of(letter);
        seen |= v;
        chunk = chunk << 6 | (v & 63U);
      }
    }
    const unsigned byte = size / 8;
    const unsigned offset = size % 8;
    const std::uint64_t kept = offset == 0 ? 0 : std::uint64_t{bytes_[byte]} << 56;
    // NOLINTNEXTLINE(clang-analyzer-core.BitwiseShift): count is 1 to 7 here
    set_word(byte, kept | chunk << (64 - 6 * count - offset));
    size += 6 * count;
  }
  size -= fill;
  if (wrong != 0) seen = bad;
  // Clears the fill bits, or, after a bad letter, what was written behind the old end.
  const unsigned end = seen & 0x80U ? old_size : size;
  if (end % 8 != 0) bytes_[end / 8] &= static_cast<std::uint8_t>(0xFF00U >> (end % 8));
  size_ = end;
  if (seen & 0x80U) return unexpected(PayloadFault::bad_letter);
  return {};
}

std::uint32_t Payload::bits_beyond(unsigned start, unsigned count) const {
  if (start >= size_) return 0;
  const unsigned there = size_ - start;
  return bits(start, there) << (count - there);
}

std::string Payload::text(unsigned start, unsigned letters) const {
  std::array<char, 64> buffer{};
  unsigned length = 0;
  letters = std::min<unsigned>(letters, buffer.size());
  for (unsigned i = 0; i < letters; ++i) {
    const unsigned code = bits(start + 6 * i, 6);
    if (code == 0) break;
    buffer[i] = six_bit_character(code);
    if (code != 32) length = i + 1;
  }
  return {buffer.data(), length};
}

void Payload::put(std::uint32_t value, unsigned count) {
  for (unsigned i = count; i-- > 0 && size_ < max_letters * 6;) {
    if (size_ % 8 == 0) bytes_[size_ / 8] = 0;
    if (i < 32 && (value >> i & 1U) != 0) bytes_[size_ / 8] |= static_cast<std::uint8_t>(0x80U >> (size_ % 8));
    ++size_;
  }
}

void Payload::put_text(std::string_view text, unsigned letters) {
  for (unsigned i = 0; i < letters; ++i) put(i < text.size() ? six_bit_code(text[i]) : 0, 6);
}

Payload::Armoured Payload::armoured() const {
  Armoured result;
  for (unsigned at = 0; at < size_; at += 6) {
    const std::uint32_t v = bits(at, 6);  // zero-filled at the end
    result.letters += static_cast<char>(v < 40 ? v + 48 : v + 56);
  }
  result.fill = (6 - size_ % 6) % 6;
  return result;
}

char six_bit_character(unsigned code) { return static_cast<char>(code < 32 ? code + 64 : code); }

unsigned six_bit_code(char character) {
  if (character >= 'a' && character <= 'z') character = static_cast<char>(character - 'a' + 'A');
  if (character >= '@' && character <= '_') return static_cast<unsigned>(character - '@');
  if (character >= ' ' && character <= '?') return static_cast<unsigned>(character);
  return static_cast<unsigned>('?');
}

}  // namespace headland::ais
