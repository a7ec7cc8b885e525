// SPDX-License-Identifier: Apache-2.0
// Datagrams with when they came, from where and to where.
#pragma once

#include <cstdint>
#include <span>

#include "codec/ip/endpoint.hpp"
#include "core/base/time.hpp"

namespace headland::net {

using ip::Endpoint;
using ip::parse_address;
using ip::parse_endpoint;
using ip::to_text;

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
