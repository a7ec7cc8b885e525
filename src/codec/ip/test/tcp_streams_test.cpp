// SPDX-License-Identifier: Apache-2.0
#include "codec/ip/tcp_streams.hpp"

#include <string>

#include <gtest/gtest.h>

namespace headland::ip {
namespace {

constexpr Timestamp at(int seconds) { return Timestamp{std::chrono::seconds(seconds)}; }

struct Wire {
  TcpStreams streams;
  std::deque<TcpStreams::Piece> out;

  void send(std::uint32_t sequence, const std::string& text, int second = 0, std::uint16_t port = 4000,
            bool syn = false) {
    TcpSegment s;
    s.source_port = port;
    s.destination_port = 10110;
    s.sequence = sequence;
    s.syn = syn;
    s.payload = {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
    streams.add(1, 2, s, at(second), out);
  }
  std::string text() const {
    std::string t;
    for (const auto& piece : out) t.append(piece.bytes.begin(), piece.bytes.end());
    return t;
  }
};

TEST(TcpStreams, HandOutBytesInOrderOnce) {
  Wire w;
  w.send(99, "", 0, 4000, true);
  w.send(100, "abc");
  w.send(106, "ghi");    // early
  w.send(100, "abc");    // again
  w.send(101, "bcdef");  // overlaps what is known
  w.send(109, "jk");
  EXPECT_EQ(w.text(), "abcdefghijk");
  EXPECT_EQ(w.streams.counts().gaps, 0U);
}

TEST(TcpStreams, PickUpAStreamInTheMiddleAndThroughTheWrapOfTheNumbers) {
  Wire w;
  w.send(0xFFFFFFFE, "ab");
  w.send(2, "ef");
  w.send(0, "cd");
  EXPECT_EQ(w.text(), "abcdef");
}

TEST(TcpStreams, JumpAHoleAfterAWhileAndCountIt) {
  Wire w;
  w.send(0, "abc", 0);
  w.send(10, "xyz", 1);
  EXPECT_EQ(w.text(), "abc");
  w.send(13, "!", 7);
  EXPECT_EQ(w.text(), "abcxyz!");
  EXPECT_EQ(w.streams.counts().gaps, 1U);
}

TEST(TcpStreams, HoldBackABoundedNumberOfBytes) {
  Wire w;
  w.send(0, "a");
  const std::string kilobyte(1024, 'x');
  for (std::uint32_t i = 0; i < 300; ++i) w.send(1000 + i * 1024, kilobyte);
  EXPECT_EQ(w.streams.counts().gaps, 1U);
  EXPECT_EQ(w.text().size(), 1U + 300U * 1024U);
}

TEST(TcpStreams, HandOutTheRestAtTheEnd) {
  Wire w;
  w.send(0, "a");
  w.send(5, "b");
  w.streams.finish(w.out);
  EXPECT_EQ(w.text(), "ab");
}

TEST(TcpStreams, KeepABoundedNumberOfStreams) {
  Wire w;
  for (std::uint16_t port = 1; port <= 100; ++port) w.send(5, "hello", 0, port);
  EXPECT_EQ(w.out.size(), 100U);
  EXPECT_EQ(w.streams.counts().crowded_out, 100U - TcpStreams::max_streams);
}

TEST(TcpStreams, TakeANumberFarOffForANewConnection) {
  Wire w;
  w.send(1000, "old");
  w.send(0x70000000, "new");
  EXPECT_EQ(w.text(), "oldnew");
}

}  // namespace
}  // namespace headland::ip
