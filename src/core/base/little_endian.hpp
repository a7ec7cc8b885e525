// SPDX-License-Identifier: Apache-2.0
// Little-endian numbers at a place in foreign bytes. Bounds are the caller's business: decoders of fixed
// layouts check a length once and read then (bytes.hpp has a reader that checks each step).
#pragma once

#include <cstdint>

namespace headland {

inline std::uint16_t read_u16(const std::uint8_t* p) { return static_cast<std::uint16_t>(p[0] | (p[1] << 8)); }
inline std::uint32_t read_u32(const std::uint8_t* p) {
  return p[0] | (std::uint32_t{p[1]} << 8) | (std::uint32_t{p[2]} << 16) | (std::uint32_t{p[3]} << 24);
}
inline std::uint64_t read_u64(const std::uint8_t* p) { return read_u32(p) | (std::uint64_t{read_u32(p + 4)} << 32); }
inline std::int16_t read_i16(const std::uint8_t* p) { return static_cast<std::int16_t>(read_u16(p)); }
inline std::int32_t read_i32(const std::uint8_t* p) { return static_cast<std::int32_t>(read_u32(p)); }

}  // namespace headland
