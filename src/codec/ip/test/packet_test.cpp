// SPDX-License-Identifier: Apache-2.0
#include "codec/ip/packet.hpp"

#include <gtest/gtest.h>

#include "codec/ip/test/frames.hpp"

namespace headland::ip {
namespace {

using test::Frame;

const Frame hello{'h', 'e', 'l', 'l', 'o'};
const Frame packet = test::ipv4({}, test::udp(100, 200, hello));

Frame behind(std::initializer_list<std::uint8_t> head) {
  Frame f(head);
  test::append(f, packet);
  return f;
}

void expect_hello(int link_type, const Frame& frame) {
  const auto ip = parse_frame(link_type, frame);
  ASSERT_TRUE(ip.has_value()) << link_type << ": " << name_of(ip.error());
  EXPECT_EQ(ip->source, 0x0A000001U);
  EXPECT_EQ(ip->destination, 0xEF000001U);
  const auto udp = parse_udp(ip->payload);
  ASSERT_TRUE(udp.has_value());
  EXPECT_EQ(udp->source_port, 100);
  EXPECT_EQ(udp->destination_port, 200);
  EXPECT_EQ(Frame(udp->payload.begin(), udp->payload.end()), hello);
}

TEST(Packet, ReadsUdpOnEveryLinkType) {
  expect_hello(1, test::ethernet(packet));
  expect_hello(1, test::ethernet(packet, 1));
  expect_hello(1, test::ethernet(packet, 4));
  expect_hello(12, packet);
  expect_hello(101, packet);
  expect_hello(228, packet);
  expect_hello(0, behind({2, 0, 0, 0}));
  expect_hello(108, behind({0, 0, 0, 2}));
  expect_hello(113, behind({0, 0, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, 8, 0}));
  expect_hello(276, behind({8, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0}));
}

PacketReject reason(int link_type, const Frame& frame) {
  const auto ip = parse_frame(link_type, frame);
  EXPECT_FALSE(ip.has_value());
  return ip ? PacketReject::count_ : ip.error();
}

TEST(Packet, RefusesWithTheReason) {
  EXPECT_EQ(reason(1, test::ethernet(packet, 5)), PacketReject::not_ip);
  EXPECT_EQ(reason(1, Frame(13, 0)), PacketReject::truncated_frame);
  EXPECT_EQ(reason(147, packet), PacketReject::unknown_link_type);
  EXPECT_EQ(reason(0, behind({30, 0, 0, 0})), PacketReject::not_ip);
  Frame bad = packet;
  bad[0] = 0x65;
  EXPECT_EQ(reason(12, bad), PacketReject::ipv6);
  bad[0] = 0x44;
  EXPECT_EQ(reason(12, bad), PacketReject::bad_ip_header);
  bad[0] = 0x45, bad[3] = 19;
  EXPECT_EQ(reason(12, bad), PacketReject::bad_ip_header);
  bad[3] = 200;
  EXPECT_EQ(reason(12, bad), PacketReject::truncated_frame);
  EXPECT_EQ(reason(12, {}), PacketReject::truncated_frame);
  EXPECT_EQ(parse_udp(Frame{0, 1, 0, 2, 0, 7, 0, 0}).error(), PacketReject::bad_udp_length);
  EXPECT_EQ(parse_udp(Frame{0, 1, 0, 2, 0, 9, 0, 0}).error(), PacketReject::bad_udp_length);
  EXPECT_EQ(parse_tcp(Frame(19, 0)).error(), PacketReject::bad_tcp_header);
  EXPECT_EQ(parse_tcp(Frame(20, 0)).error(), PacketReject::bad_tcp_header);
}

TEST(Packet, ReadsTcpSegments) {
  const Frame bytes = test::tcp(77, hello, 0x02);
  const auto segment = parse_tcp(bytes);
  ASSERT_TRUE(segment.has_value());
  EXPECT_EQ(segment->sequence, 77U);
  EXPECT_TRUE(segment->syn);
  EXPECT_FALSE(segment->fin_or_reset);
  EXPECT_EQ(segment->payload.size(), 5U);
}

TEST(Packet, KnowsWhichLinkTypesItReads) {
  EXPECT_TRUE(is_known_link_type(1));
  EXPECT_TRUE(is_known_link_type(12));
  EXPECT_FALSE(is_known_link_type(105));
}

}  // namespace
}  // namespace headland::ip
