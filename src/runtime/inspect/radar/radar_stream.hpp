// SPDX-License-Identifier: Apache-2.0
// What one radar (its address) sent, whatever it speaks.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "runtime/inspect/piece.hpp"
#include "runtime/inspect/spoke_statistics.hpp"

namespace headland::inspect {

struct RadarStream {
  std::string source;  // where its spokes go; else where it was first heard
  bool has_spokes = false;
  std::uint64_t datagrams = 0;
  SpokeStatistics spokes;
  Counts messages;
  Counts rejected;

  void note(const Piece& piece, const std::string& message) {
    note_datagram(piece);
    ++messages[message];
  }
  // Once a datagram that holds spokes.
  void note_spokes(const Piece& piece) {
    if (!has_spokes) source = source_name(piece);
    has_spokes = true;
    note(piece, "spokes");
  }
  void reject(std::string_view reason) { ++rejected[std::string(reason)]; }
  void note_datagram(const Piece& piece) {
    if (source.empty()) source = source_name(piece);
    ++datagrams;
  }
  [[nodiscard]] StreamReport report(std::string protocol) const {
    StreamReport r;
    r.protocol = std::move(protocol);
    r.source = source;
    r.datagrams = datagrams;
    spokes.fill(r);
    r.messages = messages;
    r.rejected = rejected;
    return r;
  }
};

// Streams by the sender's address; null where there are too many to tell apart.
template <class Stream>
Stream* stream_of(std::map<std::uint32_t, Stream>& streams, std::uint32_t address) {
  if (streams.size() >= most_streams && !streams.contains(address)) return nullptr;
  return &streams[address];
}

}  // namespace headland::inspect
