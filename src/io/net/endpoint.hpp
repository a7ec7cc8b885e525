// SPDX-License-Identifier: Apache-2.0
// IPv4 addresses and ports as values, and datagrams with where they came from.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>

#include "core/base/expected.hpp"
#include "core/base/time.hpp"

namespace headland::net {

struct Endpoint {
  std::uint32_t address = 0;  // IPv4, highest byte first: 127.0.0.1 is 0x7F000001
  std::uint16_t port = 0;

  [[nodiscard]] bool is_multicast() const { return (address >> 28) == 0xE; }
  friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

std::string address_text(std::uint32_t address);  // "239.0.0.1"
std::string to_text(const Endpoint& endpoint);    // "239.0.0.1:6678"
Expected<std::uint32_t> parse_address(const std::string& text);
Expected<Endpoint> parse_endpoint(const std::string& text);  // "address:port"

enum class Transport : std::uint8_t { udp, tcp };

// What one datagram carried, or the next piece of a TCP stream.
struct Datagram {
  Timestamp time;
  Endpoint source;
  Endpoint destination;
  Transport transport = Transport::udp;
  std::span<const std::uint8_t> payload;  // valid until the next call of whoever gave it
};

}  // namespace headland::net
