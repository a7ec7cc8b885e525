// SPDX-License-Identifier: Apache-2.0
// From the bytes of a captured frame to its IPv4 packet, and to UDP and TCP. Pure: no I/O here.
//
// Link layers (numbers of libpcap's DLT list): Ethernet with up to four VLAN tags, Linux "cooked" 1
// and 2, raw IP, BSD loopback. RFC 791 (IPv4), 768 (UDP), 9293 (TCP).
#pragma once

#include <cstdint>
#include <span>

#include "core/base/expected.hpp"

namespace headland::ip {

// Why a frame gave nothing.
enum class PacketReject : std::uint8_t {
  unknown_link_type,
  truncated_frame,       // headers longer than what was captured, or the capture cut the frame
  not_ip,                // ARP, LLDP, ...
  ipv6,                  // not supported
  bad_ip_header,         // version, header length, total length
  other_protocol,        // neither UDP nor TCP
  bad_udp_length,        // UDP length does not fit the packet
  bad_tcp_header,        //
  incomplete_fragments,  // a packet of which fragments never came (one per packet)
  overlapping_fragments,
  too_many_fragments,  // more packets in pieces at a time than are kept
  tcp_gap,             // bytes of a stream that were never captured (one per gap)
  too_many_streams,    // more TCP streams at a time than are kept
  impossible_time,     // the capture says a time before 1970 or after 2200
  count_
};
const char* name_of(PacketReject reason);

struct Ipv4Packet {
  std::uint32_t source = 0;
  std::uint32_t destination = 0;
  std::uint16_t identification = 0;
  std::uint8_t protocol = 0;
  bool more_fragments = false;
  std::uint32_t fragment_offset = 0;  // bytes
  std::span<const std::uint8_t> payload;

  [[nodiscard]] bool is_fragment() const { return more_fragments || fragment_offset != 0; }
};

struct UdpHeader {
  std::uint16_t source_port = 0;
  std::uint16_t destination_port = 0;
  std::span<const std::uint8_t> payload;
};

struct TcpSegment {
  std::uint16_t source_port = 0;
  std::uint16_t destination_port = 0;
  std::uint32_t sequence = 0;
  bool syn = false;
  bool fin_or_reset = false;
  std::span<const std::uint8_t> payload;
};

// `link_type` as libpcap's pcap_datalink gives it.
bool is_known_link_type(int link_type);
Expected<Ipv4Packet, PacketReject> parse_frame(int link_type, std::span<const std::uint8_t> frame);
Expected<UdpHeader, PacketReject> parse_udp(std::span<const std::uint8_t> ip_payload);
Expected<TcpSegment, PacketReject> parse_tcp(std::span<const std::uint8_t> ip_payload);

inline constexpr std::uint8_t protocol_tcp = 6;
inline constexpr std::uint8_t protocol_udp = 17;

}  // namespace headland::ip
