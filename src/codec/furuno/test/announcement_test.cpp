// SPDX-License-Identifier: Apache-2.0
#include "codec/furuno/announcement.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace headland::furuno {
namespace {

using Datagram = std::vector<std::uint8_t>;

void put(Datagram& d, std::size_t at, const std::string& text) {
  std::copy(text.begin(), text.end(), d.begin() + static_cast<std::ptrdiff_t>(at));
}
Datagram announcement(std::size_t size) {
  Datagram d(size, 0);
  d[0] = 1, d[3] = 1, d[11] = static_cast<std::uint8_t>(size - 8);
  put(d, 16, "RD003212");
  return d;
}
Datagram wrapped(std::size_t front, const std::string& text) {
  Datagram d(front + text.size(), 0xFF);
  std::fill_n(d.begin(), 8, std::uint8_t{0});
  d[0] = 1, d[1] = 0x47, d[3] = 1;
  put(d, front, text);
  return d;
}
std::string text_of(const Datagram& d) {
  const auto text = text_in(d);
  return {text.begin(), text.end()};
}

TEST(FurunoAnnouncement, NamesTheDeviceAndInItsLongFormTheModel) {
  auto d = announcement(170);
  put(d, 24, "DRS4D-NXT"), put(d, 56, "01.01:01.05"), put(d, 120, "6424");
  ASSERT_TRUE(is_announcement(d));
  const auto a = read_announcement(d);
  ASSERT_TRUE(a.has_value());
  EXPECT_STREQ(a->name.data(), "RD003212");
  EXPECT_STREQ(a->model.data(), "DRS4D-NXT");
  EXPECT_STREQ(a->firmware.data(), "01.01:01.05");
  EXPECT_STREQ(a->serial.data(), "6424");
  const auto brief = read_announcement(announcement(32));
  ASSERT_TRUE(brief.has_value());
  EXPECT_STREQ(brief->name.data(), "RD003212");
  EXPECT_STREQ(brief->model.data(), "");
}

TEST(FurunoAnnouncement, NeverHandsOnWhatIsNoText) {
  auto d = announcement(170);
  std::fill_n(d.begin() + 24, 32, std::uint8_t{0xC3});
  EXPECT_EQ(std::string(read_announcement(d)->model.data()), std::string(32, '?'));
}

TEST(FurunoAnnouncement, GivesTheProtocolItsName) {
  EXPECT_EQ(protocol_name("DRS4D-NXT"), "furuno-drs4d-nxt");
  EXPECT_EQ(protocol_name("DRS4W x"), "furuno-drs4w-x");
  EXPECT_EQ(protocol_name(""), "furuno-drs");
}

TEST(FurunoAnnouncement, OfAnotherLengthIsRefused) {
  auto d = announcement(170);
  d.pop_back();
  EXPECT_FALSE(is_announcement(d));
  EXPECT_EQ(read_announcement(d).error().offset, 11U);
  EXPECT_EQ(read_announcement(Datagram(16, 0)).error().offset, 16U);
  auto other = announcement(32);
  other[3] = 0;
  EXPECT_EQ(read_announcement(other).error().reason, FaultReason::bad_announcement);
}

TEST(FurunoText, IsFoundBehindEitherHead) {
  EXPECT_EQ(text_of(wrapped(8, "$IIGGA,1*00\r\n")), "$IIGGA,1*00\r\n");
  EXPECT_EQ(text_of(wrapped(20, "$IIHDT,215.9,T*00\r\n")), "$IIHDT,215.9,T*00\r\n");
  EXPECT_EQ(text_of(wrapped(9, "$IIGGA")), "");
  EXPECT_EQ(text_of({}), "");
  EXPECT_EQ(text_of(Datagram(8, 1)), "");
  EXPECT_TRUE(is_arpa(text_in(wrapped(8, "$ARPA,0,0"))));
  EXPECT_FALSE(is_arpa(text_in(wrapped(8, "$IIGGA,1"))));
}

}  // namespace
}  // namespace headland::furuno
