// SPDX-License-Identifier: Apache-2.0
// Frames as a network card would see them, for tests.
#pragma once

#include <cstdint>
#include <vector>

namespace headland::ip::test {

using Frame = std::vector<std::uint8_t>;

inline void put(Frame& f, std::uint64_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) f.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}
inline void append(Frame& f, const Frame& more) { f.insert(f.end(), more.begin(), more.end()); }

inline Frame numbered(std::size_t size, std::uint8_t first = 0) {
  Frame f(size);
  for (std::size_t i = 0; i < size; ++i) f[i] = static_cast<std::uint8_t>(first + i * 7);
  return f;
}

inline Frame udp(std::uint16_t from, std::uint16_t to, const Frame& payload) {
  Frame f;
  put(f, from, 2), put(f, to, 2), put(f, 8 + payload.size(), 2), put(f, 0, 2);
  append(f, payload);
  return f;
}

inline Frame tcp(std::uint32_t sequence, const Frame& payload, std::uint8_t flags = 0x10) {
  Frame f;
  put(f, 4000, 2), put(f, 10110, 2), put(f, sequence, 4), put(f, 0, 4);
  put(f, 0x50, 1), put(f, flags, 1), put(f, 1024, 2), put(f, 0, 4);
  append(f, payload);
  return f;
}

struct Ip {
  std::uint8_t protocol = 17;
  std::uint16_t identification = 1;
  std::uint32_t offset = 0;  // bytes
  bool more = false;
};

inline Frame ipv4(const Ip& ip, const Frame& payload) {
  Frame f;
  put(f, 0x45, 1), put(f, 0, 1), put(f, 20 + payload.size(), 2), put(f, ip.identification, 2);
  put(f, (ip.more ? 0x2000U : 0U) | (ip.offset / 8), 2), put(f, 64, 1), put(f, ip.protocol, 1), put(f, 0, 2);
  put(f, 0x0A000001, 4), put(f, 0xEF000001, 4);
  append(f, payload);
  return f;
}

inline Frame ethernet(const Frame& packet, int vlan_tags = 0) {
  Frame f(12, 2);
  for (int i = 0; i < vlan_tags; ++i) put(f, 0x8100, 2), put(f, 7, 2);
  put(f, 0x0800, 2);
  append(f, packet);
  while (f.size() < 60) f.push_back(0);  // Ethernet pads short frames
  return f;
}

}  // namespace headland::ip::test
