// SPDX-License-Identifier: Apache-2.0
#include "codec/nmea/replaceable.hpp"

#include <string>

#include <gtest/gtest.h>

#include "codec/ais/encode.hpp"
#include "codec/nmea/sentence.hpp"
#include "codec/nmea/vdm_writer.hpp"
#include "core/ais/report.hpp"

namespace headland::nmea {
namespace {

std::string position_of(std::uint32_t mmsi, double latitude_deg, unsigned type = 1) {
  VesselReport report;
  report.mmsi = Mmsi(mmsi);
  report.message_type = static_cast<std::uint8_t>(type);
  report.position = GeoPosition::from_degrees(latitude_deg, 5.0);
  std::string text;
  write_vdm(*ais::encode(report), {}, text);
  return text;
}
std::string sentence(const std::string& body, char start = '$') {
  constexpr char hex[] = "0123456789ABCDEF";
  const auto sum = checksum(body);
  return start + body + '*' + hex[sum >> 4] + hex[sum & 15] + "\r\n";
}
// A message of `type` whose other bits are those of MMSI 244660000 and zeros.
std::string bare(unsigned type) {
  ais::Payload payload;
  payload.put(type, 6);
  payload.put(0, 2);
  payload.put(244'660'000, 30);
  for (int i = 0; i < 10; ++i) payload.put(0, 32);
  const auto armoured = payload.armoured();
  return sentence("AIVDM,1,1,,A," + armoured.letters + "," + std::to_string(armoured.fill), '!');
}

TEST(Replaceable, positions_of_one_vessel_replace_one_another_and_no_others) {
  const auto first = replaceable_key(position_of(244'660'000, 50.0));
  ASSERT_TRUE(first);
  EXPECT_EQ(first, replaceable_key(position_of(244'660'000, 51.0)));
  EXPECT_EQ(first, replaceable_key(position_of(244'660'000, 51.0, 3)));
  EXPECT_NE(first, replaceable_key(position_of(244'660'001, 50.0)));
  for (const unsigned type : {1U, 2U, 3U, 4U, 9U, 18U, 27U}) EXPECT_EQ(replaceable_key(bare(type)), first) << type;
}

TEST(Replaceable, safety_messages_and_particulars_replace_nothing) {
  for (const unsigned type : {5U, 6U, 8U, 12U, 13U, 14U, 21U, 24U}) EXPECT_FALSE(replaceable_key(bare(type))) << type;
}

TEST(Replaceable, parts_of_longer_messages_replace_nothing) {
  EXPECT_FALSE(replaceable_key(sentence("AIVDM,2,1,3,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0", '!')));
}

TEST(Replaceable, own_position_and_heading_are_told_apart_by_instrument) {
  const auto gps = replaceable_key(sentence("GPGLL,4916.45,N,12311.12,W,225444,A"));
  ASSERT_TRUE(gps);
  EXPECT_EQ(gps, replaceable_key(sentence("GPGLL,4917.45,N,12311.12,W,225445,A")));
  EXPECT_NE(gps, replaceable_key(sentence("GNGLL,4916.45,N,12311.12,W,225444,A")));
  EXPECT_NE(replaceable_key(sentence("HEHDT,120.0,T")), replaceable_key(sentence("HCHDM,120.0,M")));
  EXPECT_FALSE(replaceable_key(sentence("GPZDA,201530.00,04,07,2002,00,00")));
}

TEST(Replaceable, own_ship_is_apart_from_what_others_hear_of_it) {
  auto own = position_of(244'660'000, 50.0);
  auto body = own.substr(1, own.find('*') - 1);
  body[4] = 'O';
  EXPECT_NE(replaceable_key(sentence(body, '!')), replaceable_key(own));
}

TEST(Replaceable, only_texts_of_one_whole_sentence_have_a_key) {
  const auto one = position_of(244'660'000, 50.0);
  EXPECT_FALSE(replaceable_key(one + one));
  EXPECT_FALSE(replaceable_key(""));
  EXPECT_FALSE(replaceable_key("!AIVDM"));
  auto damaged = one;
  damaged[16] = damaged[16] == '0' ? '1' : '0';
  EXPECT_FALSE(replaceable_key(damaged));
}

}  // namespace
}  // namespace headland::nmea
