// SPDX-License-Identifier: Apache-2.0
#include "codec/ais/decode.hpp"

#include <gtest/gtest.h>

#include "codec/ais/encode.hpp"
#include "codec/ais/link.hpp"

namespace headland::ais {
namespace {

const Reception reception{Timestamp(std::chrono::seconds(1)), 'B', false};

// A class A report, bit by bit as table 48 has it.
Payload class_a_bits(std::uint32_t turn, std::uint32_t speed, std::int32_t longitude, std::int32_t latitude,
                     std::uint32_t course, std::uint32_t heading, std::uint32_t second) {
  Payload p;
  p.put(1, 6);
  p.put(2, 2);
  p.put(244'660'000, 30);
  p.put(5, 4);
  p.put(turn, 8);
  p.put(speed, 10);
  p.put(1, 1);
  p.put(static_cast<std::uint32_t>(longitude), 28);
  p.put(static_cast<std::uint32_t>(latitude), 27);
  p.put(course, 12);
  p.put(heading, 9);
  p.put(second, 6);
  p.put(1, 2);
  p.put(0, 3);
  p.put(1, 1);
  p.put(0x12345, 19);
  return p;
}

VesselReport decoded_report(const Payload& p) {
  std::vector<AisMessage> out;
  EXPECT_TRUE(decode(p, reception, out));
  EXPECT_EQ(out.size(), 1U);
  return std::get<VesselReport>(out.at(0));
}

TEST(AisDecode, AClassAReportGivesEveryFieldInItsUnit) {
  const VesselReport r = decoded_report(class_a_bits(60, 123, -3'000'000, 31'800'000, 1805, 179, 42));
  EXPECT_EQ(r.mmsi, Mmsi(244'660'000));
  EXPECT_EQ(r.message_type, 1);
  EXPECT_EQ(r.repeat, 2);
  EXPECT_EQ(r.navigation_status, 5);
  EXPECT_EQ(r.turn_rate_raw, 60);
  EXPECT_NEAR(r.turn_rate_deg_per_min.value(), 160.7, 0.05);
  EXPECT_NEAR(to_knots(r.speed.value()), 12.3, 1e-9);
  EXPECT_FALSE(r.speed_at_least);
  EXPECT_TRUE(r.accurate);
  EXPECT_NEAR(r.position->longitude_deg(), -5.0, 1e-12);
  EXPECT_NEAR(r.position->latitude_deg(), 53.0, 1e-12);
  EXPECT_NEAR(r.course->degrees(), 180.5, 1e-9);
  EXPECT_NEAR(r.heading->degrees(), 179.0, 1e-9);
  EXPECT_EQ(r.utc_second, 42);
  EXPECT_EQ(r.fix_timing, FixTiming::at_second);
  EXPECT_EQ(r.special_manoeuvre, 1);
  EXPECT_TRUE(r.raim);
  EXPECT_EQ(r.communication_state, 0x12345U);
  EXPECT_EQ(r.channel, 'B');
  EXPECT_EQ(r.received, reception.received);
}

TEST(AisDecode, WhatIsNotAvailableIsAbsent) {
  const VesselReport r = decoded_report(class_a_bits(0x80, 1023, 181 * 600'000, 91 * 600'000, 3600, 511, 60));
  EXPECT_FALSE(r.turn_rate_raw || r.turn_rate_deg_per_min || r.speed || r.position || r.course || r.heading ||
               r.utc_second);
  EXPECT_EQ(r.fix_timing, FixTiming::not_available);
}

TEST(AisDecode, ReservedValuesAreAbsentToo) {
  const VesselReport r = decoded_report(class_a_bits(0, 0, 0, 0, 3601, 360, 62));
  EXPECT_FALSE(r.course || r.heading || r.utc_second);
  EXPECT_EQ(r.fix_timing, FixTiming::estimated);
  EXPECT_EQ(r.speed, MetresPerSecond(0.0));
  EXPECT_TRUE(r.position);
}

TEST(AisDecode, PositionsOffTheGlobeAreLeftOutAndTold) {
  std::vector<AisMessage> out;
  const auto nowhere = decode(class_a_bits(0, 0, 185 * 600'000, 10, 0, 0, 0), reception, out);
  EXPECT_TRUE(nowhere->impossible_position);
  const auto unknown = decode(class_a_bits(0, 0, 181 * 600'000, 91 * 600'000, 0, 0, 0), reception, out);
  EXPECT_FALSE(unknown->impossible_position);
  const auto south = decode(class_a_bits(0, 0, 10, -91 * 600'000, 0, 0, 0), reception, out);
  EXPECT_TRUE(south->impossible_position);
  for (const AisMessage& m : out) EXPECT_FALSE(std::get<VesselReport>(m).position);
}

TEST(AisDecode, SpeedAtItsLimitSaysAtLeast) {
  EXPECT_TRUE(decoded_report(class_a_bits(0, 1022, 0, 0, 0, 0, 0)).speed_at_least);
}

TEST(AisDecode, TurnWithoutIndicatorIsNoRate) {
  const VesselReport r = decoded_report(class_a_bits(0x81, 0, 0, 0, 0, 0, 0));
  EXPECT_EQ(r.turn_rate_raw, -127);
  EXPECT_FALSE(r.turn_rate_deg_per_min);
  EXPECT_NEAR(decoded_report(class_a_bits(0x82, 0, 0, 0, 0, 0, 0)).turn_rate_deg_per_min.value(), -708.7, 0.05);
}

TEST(AisDecode, AReportMayLackItsCommunicationStateButNoMore) {
  const Payload whole = class_a_bits(0, 1, 2, 3, 4, 5, 6);
  const auto cut = [&](unsigned size) {
    Payload p;
    for (unsigned i = 0; i < size; ++i) p.put(whole.bits(i, 1), 1);
    return p;
  };
  EXPECT_FALSE(decoded_report(cut(149)).communication_state);
  std::vector<AisMessage> out;
  EXPECT_EQ(decode(cut(148), reception, out).error(), PayloadFault::too_short);
  EXPECT_EQ(decode(cut(20), reception, out).error(), PayloadFault::too_short);
  EXPECT_TRUE(out.empty());
}

TEST(AisDecode, EveryTypeBecomesValuesOfOneKindOrTheOther) {
  for (unsigned type = 0; type < 64; ++type) {
    Payload p;
    p.put(type, 6);
    for (int i = 0; i < (type == 5 || type == 19 || type == 21 ? 42 : 16); ++i) p.put(1, 10);
    std::vector<AisMessage> out;
    std::vector<AisLinkMessage> links;
    const auto d = decode(p, reception, out);
    const auto link = decode_link(p, reception, links);
    if (type == 0 || type > 27) {
      EXPECT_EQ(d.error(), PayloadFault::impossible_type) << type;
      EXPECT_EQ(link.error(), PayloadFault::impossible_type) << type;
      continue;
    }
    ASSERT_TRUE(d && link) << type;
    EXPECT_NE(is_typed(type), is_link_type(type)) << type;
    EXPECT_EQ(d->typed, is_typed(type)) << type;
    EXPECT_EQ(link->typed, is_link_type(type)) << type;
    EXPECT_EQ(out.empty(), !is_typed(type)) << type;
    EXPECT_EQ(links.size(), is_link_type(type) ? 1U : 0U) << type;
  }
  EXPECT_FALSE(is_typed(28) || is_link_type(28));
}

TEST(AisDecode, MmsiOfTenDigitsOrNoneAreRefused) {
  for (const std::uint32_t mmsi : {0U, 1'000'000'000U, (1U << 30) - 1}) {
    VesselReport r;
    r.message_type = 1;
    r.mmsi = Mmsi(mmsi);
    std::vector<AisMessage> out;
    EXPECT_EQ(decode(*encode(r), reception, out).error(), PayloadFault::impossible_mmsi);
    EXPECT_TRUE(out.empty());
  }
}

TEST(AisDecode, AnUnknownPartOfType24IsAFault) {
  VesselParticulars v;
  v.message_type = 24;
  v.mmsi = Mmsi(1);
  v.part = 'A';
  Payload p;
  const Payload a = *encode(v);
  for (unsigned i = 0; i < a.size(); ++i) p.put(i == 38 ? 1 : a.bits(i, 1), 1);
  std::vector<AisMessage> out;
  EXPECT_EQ(decode(p, reception, out).error(), PayloadFault::unknown_part);
  EXPECT_TRUE(out.empty());
}

TEST(AisDecode, ADestinationCutByTwoBitsIsStillReadAsIs) {
  VesselParticulars v;
  v.message_type = 5;
  v.mmsi = Mmsi(1);
  v.destination = "ROTTERDAM";
  const Payload whole = *encode(v);
  Payload p;
  for (unsigned i = 0; i < 420; ++i) p.put(whole.bits(i, 1), 1);
  std::vector<AisMessage> out;
  ASSERT_TRUE(decode(p, reception, out));
  EXPECT_EQ(std::get<VesselParticulars>(out[0]).destination, "ROTTERDAM");
}

TEST(AisDecode, ALongRangeReportOfManySlotsIsNone) {
  VesselReport r;
  r.message_type = 27;
  r.mmsi = Mmsi(1);
  Payload p = *encode(r);
  std::vector<AisMessage> out;
  while (p.size() < 168) p.put(0, 8);
  EXPECT_TRUE(decode(p, reception, out));
  p.put(0, 8);
  EXPECT_EQ(decode(p, reception, out).error(), PayloadFault::too_long);
}

TEST(AisDecode, AFieldOfBlanksIsNoName) {
  VesselParticulars v;
  v.message_type = 5;
  v.mmsi = Mmsi(1);
  v.name = "   ";
  std::vector<AisMessage> out;
  ASSERT_TRUE(decode(*encode(v), reception, out));
  EXPECT_FALSE(std::get<VesselParticulars>(out[0]).name);
}

TEST(AisEncode, WhatHasNoSuchTypeIsRefused) {
  VesselReport r;
  r.message_type = 5;
  EXPECT_FALSE(encode(r));
  VesselParticulars v;
  v.message_type = 24;
  EXPECT_FALSE(encode(v));
  BaseStationReport b;
  b.message_type = 1;
  EXPECT_FALSE(encode(b));
}

TEST(AisEncode, MessagesHaveTheirFullLengthWithoutACommunicationState) {
  for (const int type : {1, 9, 18}) {
    VesselReport r;
    r.message_type = static_cast<std::uint8_t>(type);
    r.mmsi = Mmsi(1);
    EXPECT_EQ(encode(r)->size(), 168U);
    EXPECT_EQ(decoded_report(*encode(r)).communication_state, type == 18 ? 917'510U : 0U);
  }
}

TEST(AisEncode, ValuesOutOfRangeAreBroughtToTheNearest) {
  VesselReport r;
  r.message_type = 1;
  r.mmsi = Mmsi(1);
  r.speed = from_knots(300);
  r.course = Bearing::from_degrees(359.99);
  r.heading = Bearing::from_degrees(359.6);
  r.turn_rate_deg_per_min = -5000.0;
  const VesselReport back = decoded_report(*encode(r));
  EXPECT_TRUE(back.speed_at_least);
  EXPECT_EQ(back.course->degrees(), 0.0);
  EXPECT_EQ(back.heading->degrees(), 0.0);
  EXPECT_EQ(back.turn_rate_raw, -126);
}

}  // namespace
}  // namespace headland::ais
