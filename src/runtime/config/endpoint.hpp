// SPDX-License-Identifier: Apache-2.0
// Where data come from or go to, as written in the configuration: udp://HOST:PORT[@INTERFACE],
// tcp://HOST:PORT.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/expected.hpp"

namespace headland::config {

enum class Transport : std::uint8_t { udp, tcp };

struct Endpoint {
  Transport transport = Transport::udp;
  std::string host;
  std::uint16_t port = 0;
  std::string interface;  // address of the interface for multicast; empty = the system's choice
};

[[nodiscard]] Expected<Endpoint> parse_endpoint(std::string_view text);

}  // namespace headland::config
