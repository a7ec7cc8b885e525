// SPDX-License-Identifier: Apache-2.0
// Enough TCP to read NMEA from a capture: the bytes of each direction in order, once. Streams are
// picked up in the middle, too. Bounded: at most `max_streams`, each holding back at most
// `max_held` bytes that came too early.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "codec/ip/endpoint.hpp"
#include "codec/ip/packet.hpp"
#include "core/base/time.hpp"

namespace headland::ip {

class TcpStreams {
 public:
  static constexpr std::size_t max_streams = 64;
  static constexpr std::size_t max_held = 256U * 1024U;
  static constexpr Duration max_wait = std::chrono::seconds(5);

  struct Piece {
    Timestamp time;
    Endpoint source;
    Endpoint destination;
    std::vector<std::uint8_t> bytes;
  };
  struct Counts {
    std::uint64_t gaps = 0;         // holes that were never filled
    std::uint64_t crowded_out = 0;  // streams forgotten for want of room
  };

  // Appends what is now in order to `out`.
  void add(std::uint32_t source, std::uint32_t destination, const TcpSegment& segment, Timestamp time,
           std::deque<Piece>& out);
  // The input is over: hands out what was held back.
  void finish(std::deque<Piece>& out);
  [[nodiscard]] const Counts& counts() const { return counts_; }

 private:
  struct Held {
    std::uint32_t sequence = 0;
    std::vector<std::uint8_t> bytes;
  };
  struct Stream {
    Endpoint source;
    Endpoint destination;
    std::optional<std::uint32_t> next;  // sequence number of the byte that comes next
    Timestamp heard;
    Timestamp waiting_since;
    std::vector<Held> held;  // by sequence number, not overlapping `next`
    std::size_t held_bytes = 0;
  };

  Stream& find_or_begin(const Endpoint& source, const Endpoint& destination, Timestamp time);
  void deliver(Stream& stream, std::span<const std::uint8_t> bytes, Timestamp time, std::deque<Piece>& out);
  void hold(Stream& stream, const TcpSegment& segment, Timestamp time);
  void release(Stream& stream, Timestamp time, std::deque<Piece>& out);
  void jump_gap(Stream& stream, Timestamp time, std::deque<Piece>& out);

  std::vector<Stream> streams_;
  Counts counts_;
};

}  // namespace headland::ip
