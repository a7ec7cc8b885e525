// SPDX-License-Identifier: Apache-2.0
// Big-endian numbers in bytes, as ASTERIX writes them. Readers do not check bounds: callers did.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace headland::asterix {

using Bytes = std::span<const std::uint8_t>;

inline std::uint16_t read_u16(const std::uint8_t* p) { return static_cast<std::uint16_t>((p[0] << 8) | p[1]); }
inline std::uint32_t read_u24(const std::uint8_t* p) {
  return (std::uint32_t{p[0]} << 16) | (std::uint32_t{p[1]} << 8) | p[2];
}
inline std::uint32_t read_u32(const std::uint8_t* p) {
  return (std::uint32_t{p[0]} << 24) | (std::uint32_t{p[1]} << 16) | (std::uint32_t{p[2]} << 8) | p[3];
}

// The lowest `bytes` bytes of `value`, highest first.
inline void put(std::vector<std::uint8_t>& out, std::uint64_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}
inline void put_signed(std::vector<std::uint8_t>& out, std::int64_t value, int bytes) {
  put(out, static_cast<std::uint64_t>(value), bytes);
}

}  // namespace headland::asterix
