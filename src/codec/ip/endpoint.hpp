// SPDX-License-Identifier: Apache-2.0
// IPv4 addresses and ports as values.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "core/base/expected.hpp"

namespace headland::ip {

struct Endpoint {
  std::uint32_t address = 0;  // IPv4, highest byte first: 127.0.0.1 is 0x7F000001
  std::uint16_t port = 0;

  [[nodiscard]] bool is_multicast() const { return (address >> 28) == 0xE; }
  friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

std::string address_text(std::uint32_t address);  // "239.0.0.1"
std::string to_text(const Endpoint& endpoint);    // "239.0.0.1:6678"
Expected<std::uint32_t> parse_address(const std::string& text);
Expected<Endpoint> parse_endpoint(const std::string& text);  // "address:port", port from 1 on

}  // namespace headland::ip
