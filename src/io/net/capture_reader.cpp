// SPDX-License-Identifier: Apache-2.0
#include "io/net/capture_reader.hpp"

#include <cstdio>
#include <deque>

#include <pcap/pcap.h>

#include "codec/ip/fragments.hpp"
#include "codec/ip/tcp_streams.hpp"

namespace headland::net {
namespace {

constexpr std::int64_t latest_second = 7'258'118'400;  // 2200-01-01

ssize_t read_cookie(void* cookie, char* buffer, std::size_t size) {
  auto* source = static_cast<ByteSource*>(cookie);
  const auto n = source->read({reinterpret_cast<std::uint8_t*>(buffer), size});
  return n ? static_cast<ssize_t>(*n) : -1;
}

// A stream of the C library over our source: what libpcap reads from.
std::FILE* open_stream(ByteSource& source) {
  cookie_io_functions_t functions{};
  functions.read = read_cookie;
  return fopencookie(&source, "rb", functions);
}

}  // namespace

struct CaptureReader::State {
  ByteSource source;
  pcap_t* pcap = nullptr;
  int link_type = 0;
  ip::FragmentReassembler fragments;
  ip::TcpStreams streams;
  std::deque<ip::TcpStreams::Piece> pieces;
  ip::TcpStreams::Piece current;  // what the last datagram's payload points to, for TCP
  CaptureCounters counters;
  std::string damage;
  bool ended = false;

  explicit State(ByteSource s) : source(std::move(s)) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (pcap != nullptr) pcap_close(pcap);  // closes the stream, too
  }

  void reject(PacketReject reason) { ++counters.rejected[static_cast<std::size_t>(reason)]; }
  void update_counts();
  std::optional<Datagram> from_frame(const pcap_pkthdr& header, const std::uint8_t* bytes);
  std::optional<Datagram> from_piece();
};

CaptureReader::CaptureReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
CaptureReader::CaptureReader(CaptureReader&&) noexcept = default;
CaptureReader& CaptureReader::operator=(CaptureReader&&) noexcept = default;
CaptureReader::~CaptureReader() = default;

Expected<CaptureReader> CaptureReader::open(const std::string& path) {
  auto source = ByteSource::open(path);
  if (!source) return unexpected(source.error());
  return open(std::move(*source));
}

Expected<CaptureReader> CaptureReader::open(ByteSource source) {
  auto state = std::make_unique<State>(std::move(source));
  std::FILE* stream = open_stream(state->source);
  if (stream == nullptr) return fail(ErrorCode::io, state->source.name() + ": no memory to open the capture");
  std::array<char, PCAP_ERRBUF_SIZE> text{};
  state->pcap = pcap_fopen_offline_with_tstamp_precision(stream, PCAP_TSTAMP_PRECISION_NANO, text.data());
  if (state->pcap == nullptr) {
    std::fclose(stream);
    return fail(ErrorCode::bad_input,
                state->source.name() + ": is no capture: " + text.data() + "; pcap and pcapng are read, plain or gzip");
  }
  state->link_type = pcap_datalink(state->pcap);
  if (!ip::is_known_link_type(state->link_type)) {
    const char* name = pcap_datalink_val_to_name(state->link_type);
    return fail(ErrorCode::unsupported, state->source.name() + ": captured on a link of type " +
                                            (name != nullptr ? std::string(name) : std::to_string(state->link_type)) +
                                            "; Ethernet, Linux cooked, raw IP and loopback are read");
  }
  return CaptureReader(std::move(state));
}

void CaptureReader::State::update_counts() {
  const auto set = [this](PacketReject reason, std::uint64_t n) {
    counters.rejected[static_cast<std::size_t>(reason)] = n;
  };
  set(PacketReject::incomplete_fragments, fragments.counts().incomplete);
  set(PacketReject::overlapping_fragments, fragments.counts().overlapping);
  set(PacketReject::too_many_fragments, fragments.counts().crowded_out);
  set(PacketReject::tcp_gap, streams.counts().gaps);
  set(PacketReject::too_many_streams, streams.counts().crowded_out);
}

std::optional<Datagram> CaptureReader::State::from_frame(const pcap_pkthdr& header, const std::uint8_t* bytes) {
  auto packet = ip::parse_frame(link_type, {bytes, header.caplen});
  if (!packet) return reject(packet.error()), std::nullopt;
  // 64 bits of microseconds reach further than ours of nanoseconds.
  if (header.ts.tv_sec < 0 || header.ts.tv_sec > latest_second) {
    return reject(PacketReject::impossible_time), std::nullopt;
  }
  // With nanosecond precision asked for, tv_usec holds nanoseconds.
  const Timestamp time{std::chrono::seconds(header.ts.tv_sec) + std::chrono::nanoseconds(header.ts.tv_usec)};
  if (packet->is_fragment()) {
    const auto whole = fragments.add(*packet, time);
    if (!whole) return std::nullopt;
    packet->payload = *whole;
  }
  if (packet->protocol == ip::protocol_udp) {
    const auto udp = ip::parse_udp(packet->payload);
    if (!udp) return reject(udp.error()), std::nullopt;
    return Datagram{time,
                    {packet->source, udp->source_port},
                    {packet->destination, udp->destination_port},
                    Transport::udp,
                    udp->payload};
  }
  if (packet->protocol != ip::protocol_tcp) return reject(PacketReject::other_protocol), std::nullopt;
  const auto tcp = ip::parse_tcp(packet->payload);
  if (!tcp) return reject(tcp.error()), std::nullopt;
  streams.add(packet->source, packet->destination, *tcp, time, pieces);
  return std::nullopt;
}

std::optional<Datagram> CaptureReader::State::from_piece() {
  if (pieces.empty()) return std::nullopt;
  current = std::move(pieces.front());
  pieces.pop_front();
  return Datagram{current.time, current.source, current.destination, Transport::tcp, current.bytes};
}

std::optional<Datagram> CaptureReader::next() {
  State& s = *state_;
  while (true) {
    if (auto datagram = s.from_piece()) return ++s.counters.datagrams, datagram;
    if (s.ended) return std::nullopt;
    pcap_pkthdr* header = nullptr;
    const u_char* bytes = nullptr;
    const int code = pcap_next_ex(s.pcap, &header, &bytes);
    if (code != 1) {
      s.ended = true;
      s.counters.cut_short = code == PCAP_ERROR ? 1U : 0U;
      if (code == PCAP_ERROR) s.damage = s.source.name() + ": ends early: " + pcap_geterr(s.pcap);
      s.fragments.finish();
      s.streams.finish(s.pieces);
      s.update_counts();
      continue;
    }
    ++s.counters.frames;
    auto datagram = s.from_frame(*header, bytes);
    s.update_counts();
    if (datagram) return ++s.counters.datagrams, datagram;
  }
}

const CaptureCounters& CaptureReader::counters() const { return state_->counters; }
const std::string& CaptureReader::damage() const { return state_->damage; }
double CaptureReader::progress() const { return state_->source.progress(); }

}  // namespace headland::net
