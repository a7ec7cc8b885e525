// SPDX-License-Identifier: Apache-2.0
#include "codec/ip/packet.hpp"

#include <cstddef>

namespace headland::ip {
namespace {

using Bytes = std::span<const std::uint8_t>;

// Link types of libpcap that carry IPv4 here.
enum LinkType : int {
  null = 0,
  ethernet = 1,
  raw_12 = 12,
  raw_14 = 14,
  raw_101 = 101,
  loop = 108,
  sll = 113,
  ipv4 = 228,
  ipv6_only = 229,
  sll2 = 276
};

constexpr std::uint16_t ether_ipv4 = 0x0800;
constexpr std::uint16_t ether_ipv6 = 0x86DD;

std::uint16_t u16(Bytes b, std::size_t at) { return static_cast<std::uint16_t>((b[at] << 8) | b[at + 1]); }
std::uint32_t u32(Bytes b, std::size_t at) {
  return (std::uint32_t{b[at]} << 24) | (std::uint32_t{b[at + 1]} << 16) | (std::uint32_t{b[at + 2]} << 8) | b[at + 3];
}

bool is_vlan_tag(std::uint16_t ether_type) {
  return ether_type == 0x8100 || ether_type == 0x88A8 || ether_type == 0x9100;
}

// What follows an EtherType at `at`; VLAN tags are skipped.
Expected<Bytes, PacketReject> after_ether_type(Bytes frame, std::size_t at) {
  for (int tags = 0; tags <= 4; ++tags) {
    if (frame.size() < at + 2) return unexpected(PacketReject::truncated_frame);
    const std::uint16_t type = u16(frame, at);
    if (type == ether_ipv4) return frame.subspan(at + 2);
    if (type == ether_ipv6) return unexpected(PacketReject::ipv6);
    if (!is_vlan_tag(type)) return unexpected(PacketReject::not_ip);
    at += 4;
  }
  return unexpected(PacketReject::not_ip);
}

Expected<Bytes, PacketReject> ip_bytes(int link_type, Bytes frame) {
  switch (link_type) {
    case ethernet:
      return after_ether_type(frame, 12);
    case sll:
      return after_ether_type(frame, 14);
    case sll2: {
      // EtherType first, then 18 bytes more of the head: tags do not occur inside.
      if (frame.size() < 20) return unexpected(PacketReject::truncated_frame);
      const std::uint16_t type = u16(frame, 0);
      if (type == ether_ipv4) return frame.subspan(20);
      return unexpected(type == ether_ipv6 ? PacketReject::ipv6 : PacketReject::not_ip);
    }
    case null:
    case loop:
      // Address family in the order of the machine that captured: 2 (IPv4) either way round.
      if (frame.size() < 4) return unexpected(PacketReject::truncated_frame);
      if (u32(frame, 0) != 2 && u32(frame, 0) != 0x02000000U) return unexpected(PacketReject::not_ip);
      return frame.subspan(4);
    case raw_12:
    case raw_14:
    case raw_101:
    case ipv4:
      return frame;
    case ipv6_only:
      return unexpected(PacketReject::ipv6);
    default:
      return unexpected(PacketReject::unknown_link_type);
  }
}

Expected<Ipv4Packet, PacketReject> parse_ipv4(Bytes b) {
  if (b.empty()) return unexpected(PacketReject::truncated_frame);
  if ((b[0] >> 4) == 6) return unexpected(PacketReject::ipv6);
  if ((b[0] >> 4) != 4) return unexpected(PacketReject::bad_ip_header);
  const std::size_t header = (std::size_t{b[0]} & 0x0FU) * 4;
  if (header < 20) return unexpected(PacketReject::bad_ip_header);
  if (b.size() < header) return unexpected(PacketReject::truncated_frame);
  std::size_t total = u16(b, 2);
  // Captures on the sending machine may show 0 where the network card fills in the length.
  if (total == 0) total = b.size();
  if (total < header) return unexpected(PacketReject::bad_ip_header);
  if (total > b.size()) return unexpected(PacketReject::truncated_frame);
  Ipv4Packet p;
  p.identification = u16(b, 4);
  const std::uint16_t fragment = u16(b, 6);
  p.more_fragments = (fragment & 0x2000U) != 0;
  p.fragment_offset = (fragment & 0x1FFFU) * 8U;
  p.protocol = b[9];
  p.source = u32(b, 12);
  p.destination = u32(b, 16);
  p.payload = b.subspan(header, total - header);
  return p;
}

}  // namespace

const char* name_of(PacketReject reason) {
  switch (reason) {
    case PacketReject::unknown_link_type:
      return "unknown-link-type";
    case PacketReject::truncated_frame:
      return "truncated-frame";
    case PacketReject::not_ip:
      return "not-ip";
    case PacketReject::ipv6:
      return "ipv6";
    case PacketReject::bad_ip_header:
      return "bad-ip-header";
    case PacketReject::other_protocol:
      return "other-protocol";
    case PacketReject::bad_udp_length:
      return "bad-udp-length";
    case PacketReject::bad_tcp_header:
      return "bad-tcp-header";
    case PacketReject::incomplete_fragments:
      return "incomplete-fragments";
    case PacketReject::overlapping_fragments:
      return "overlapping-fragments";
    case PacketReject::too_many_fragments:
      return "too-many-fragments";
    case PacketReject::tcp_gap:
      return "tcp-gap";
    case PacketReject::too_many_streams:
      return "too-many-streams";
    case PacketReject::impossible_time:
      return "impossible-time";
    case PacketReject::count_:
      break;
  }
  return "unknown";
}

bool is_known_link_type(int link_type) {
  const auto ip = ip_bytes(link_type, {});
  return ip.has_value() || ip.error() != PacketReject::unknown_link_type;
}

Expected<Ipv4Packet, PacketReject> parse_frame(int link_type, Bytes frame) {
  const auto ip = ip_bytes(link_type, frame);
  if (!ip) return unexpected(ip.error());
  return parse_ipv4(*ip);
}

Expected<UdpHeader, PacketReject> parse_udp(Bytes b) {
  if (b.size() < 8) return unexpected(PacketReject::bad_udp_length);
  const std::size_t length = u16(b, 4);
  if (length < 8 || length > b.size()) return unexpected(PacketReject::bad_udp_length);
  return UdpHeader{u16(b, 0), u16(b, 2), b.subspan(8, length - 8)};
}

Expected<TcpSegment, PacketReject> parse_tcp(Bytes b) {
  if (b.size() < 20) return unexpected(PacketReject::bad_tcp_header);
  const std::size_t header = (std::size_t{b[12]} >> 4U) * 4;
  if (header < 20 || header > b.size()) return unexpected(PacketReject::bad_tcp_header);
  TcpSegment s;
  s.source_port = u16(b, 0);
  s.destination_port = u16(b, 2);
  s.sequence = u32(b, 4);
  s.fin_or_reset = (b[13] & 0x05U) != 0;
  s.syn = (b[13] & 0x02U) != 0;
  s.payload = b.subspan(header);
  return s;
}

}  // namespace headland::ip
