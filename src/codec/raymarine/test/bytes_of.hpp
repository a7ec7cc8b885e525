// SPDX-License-Identifier: Apache-2.0
// Datagrams made by hand.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace headland::raymarine {

using Datagram = std::vector<std::uint8_t>;

inline void put(Datagram& d, std::size_t at, std::uint32_t value, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i) d[at + i] = static_cast<std::uint8_t>(value >> (8 * i));
}
inline void add(Datagram& d, std::uint32_t value) {
  d.resize(d.size() + 4);
  put(d, d.size() - 4, value, 4);
}
inline void put(Datagram& d, std::size_t at, const std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) d[at + i] = static_cast<std::uint8_t>(text[i]);
}

}  // namespace headland::raymarine
