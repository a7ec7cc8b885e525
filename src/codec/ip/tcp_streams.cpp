// SPDX-License-Identifier: Apache-2.0
#include "codec/ip/tcp_streams.hpp"

#include <algorithm>

namespace headland::ip {
namespace {

// How far `a` lies ahead of `b`; sequence numbers wrap (RFC 9293, 3.4).
std::int32_t ahead(std::uint32_t a, std::uint32_t b) { return static_cast<std::int32_t>(a - b); }

// Further off than this is no late or early segment but another connection.
constexpr std::int32_t far_off = 1 << 24;

}  // namespace

TcpStreams::Stream& TcpStreams::find_or_begin(const Endpoint& source, const Endpoint& destination, Timestamp time) {
  const auto same = std::ranges::find_if(
      streams_, [&](const Stream& s) { return s.source == source && s.destination == destination; });
  if (same != streams_.end()) return *same;
  if (streams_.size() >= max_streams) {
    const auto idle = std::ranges::min_element(streams_, {}, &Stream::heard);
    if (time - idle->heard < std::chrono::minutes(1)) ++counts_.crowded_out;
    streams_.erase(idle);
  }
  Stream& s = streams_.emplace_back();
  s.source = source;
  s.destination = destination;
  return s;
}

void TcpStreams::deliver(Stream& s, std::span<const std::uint8_t> bytes, Timestamp time, std::deque<Piece>& out) {
  *s.next += static_cast<std::uint32_t>(bytes.size());
  if (!bytes.empty()) out.push_back({time, s.source, s.destination, {bytes.begin(), bytes.end()}});
}

void TcpStreams::hold(Stream& s, const TcpSegment& segment, Timestamp time) {
  if (s.held.empty()) s.waiting_since = time;
  const auto place =
      std::ranges::find_if(s.held, [&](const Held& h) { return ahead(h.sequence, segment.sequence) >= 0; });
  if (place != s.held.end() && place->sequence == segment.sequence) return;  // repeated
  s.held_bytes += segment.payload.size();
  s.held.insert(place, Held{segment.sequence, {segment.payload.begin(), segment.payload.end()}});
}

// Hands out what follows on directly.
void TcpStreams::release(Stream& s, Timestamp time, std::deque<Piece>& out) {
  while (!s.held.empty() && ahead(s.held.front().sequence, *s.next) <= 0) {
    const Held h = std::move(s.held.front());
    s.held.erase(s.held.begin());
    s.held_bytes -= h.bytes.size();
    const auto known = static_cast<std::size_t>(-ahead(h.sequence, *s.next));
    if (known < h.bytes.size()) deliver(s, std::span(h.bytes).subspan(known), time, out);
    s.waiting_since = time;
  }
}

void TcpStreams::jump_gap(Stream& s, Timestamp time, std::deque<Piece>& out) {
  ++counts_.gaps;
  s.next = s.held.front().sequence;
  release(s, time, out);
}

void TcpStreams::add(std::uint32_t source, std::uint32_t destination, const TcpSegment& segment, Timestamp time,
                     std::deque<Piece>& out) {
  Stream& s = find_or_begin({source, segment.source_port}, {destination, segment.destination_port}, time);
  s.heard = time;
  if (segment.syn) {
    s.next = segment.sequence + 1;
    s.held.clear();
    s.held_bytes = 0;
    return;
  }
  if (segment.payload.empty()) return;
  const bool elsewhere = s.next && std::abs(std::int64_t{ahead(segment.sequence, *s.next)}) > far_off;
  if (elsewhere) {
    s.held.clear();
    s.held_bytes = 0;
  }
  if (!s.next || elsewhere) s.next = segment.sequence;
  const std::int32_t lead = ahead(segment.sequence, *s.next);
  if (lead > 0) {
    hold(s, segment, time);
  } else if (static_cast<std::size_t>(-lead) < segment.payload.size()) {
    deliver(s, segment.payload.subspan(static_cast<std::size_t>(-lead)), time, out);
    release(s, time, out);
  }
  while (!s.held.empty() && (s.held_bytes > max_held || time - s.waiting_since > max_wait)) jump_gap(s, time, out);
}

void TcpStreams::finish(std::deque<Piece>& out) {
  for (Stream& s : streams_) {
    while (!s.held.empty()) jump_gap(s, s.heard, out);
  }
  streams_.clear();
}

}  // namespace headland::ip
