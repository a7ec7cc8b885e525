// SPDX-License-Identifier: Apache-2.0
// Little-endian numbers in bytes. Bounds are the caller's business.
#pragma once

#include <cstdint>

namespace headland::navico {

inline std::uint16_t read_u16(const std::uint8_t* p) { return static_cast<std::uint16_t>(p[0] | (p[1] << 8)); }
inline std::uint32_t read_u32(const std::uint8_t* p) {
  return p[0] | (std::uint32_t{p[1]} << 8) | (std::uint32_t{p[2]} << 16) | (std::uint32_t{p[3]} << 24);
}
inline std::uint64_t read_u64(const std::uint8_t* p) { return read_u32(p) | (std::uint64_t{read_u32(p + 4)} << 32); }

}  // namespace headland::navico
