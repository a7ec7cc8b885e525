// SPDX-License-Identifier: Apache-2.0
// One datagram as the inspectors take it, from a capture or a file.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/base/time.hpp"
#include "io/net/endpoint.hpp"

namespace headland::inspect {

struct Piece {
  std::optional<Timestamp> time;  // files of ASTERIX blocks have none
  net::Endpoint source;           // port 0: from a file without addresses
  net::Endpoint destination;
  bool is_stream = false;  // TCP: lines may be cut anywhere
  std::span<const std::uint8_t> payload;
};

// How a stream is named: by its group or broadcast address, else by its sender.
inline std::string source_name(const Piece& p) {
  if (p.source.port == 0) return "file";
  const bool to_many = p.destination.is_multicast() || (p.destination.address & 0xFFU) == 0xFFU;
  return net::to_text(to_many ? p.destination : p.source);
}

inline constexpr std::size_t most_streams = 256;  // a capture with more (a port scan) is not told stream by stream

}  // namespace headland::inspect
