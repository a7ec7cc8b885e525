// SPDX-License-Identifier: Apache-2.0
// Messages between stations, bit by bit as the tables have them, and decode_link(encode(x)) = x.
#include "codec/ais/link.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace headland::ais {
namespace {

using rc::gen::inRange;

const Timestamp noon{std::chrono::hours(12)};
const Reception reception{noon, 'A', false};

struct Field {
  std::uint32_t value;
  unsigned bits;
};
// A message from MMSI 2190045, heard once repeated.
Payload message(unsigned type, const std::vector<Field>& fields) {
  Payload p;
  p.put(type, 6);
  p.put(1, 2);
  p.put(2'190'045, 30);
  for (const auto& [value, bits] : fields) p.put(value, bits);
  return p;
}
std::uint32_t of(int value) { return static_cast<std::uint32_t>(value); }

template <class Value>
Value read(const Payload& p) {
  std::vector<AisLinkMessage> out;
  const auto decoded = decode_link(p, reception, out);
  EXPECT_TRUE(decoded);
  EXPECT_EQ(out.size(), 1U);
  const auto& value = std::get<Value>(out.at(0));
  EXPECT_EQ(value.mmsi, Mmsi(2'190'045));
  EXPECT_EQ(value.repeat, 1);
  EXPECT_EQ(value.received, noon);
  EXPECT_EQ(value.message_type, p.bits(0, 6));
  const auto back = encode(out.at(0));
  EXPECT_TRUE(back);
  EXPECT_EQ(back->armoured().letters, p.armoured().letters);  // not a bit is lost
  return value;
}

TEST(AisLink, AddressedBinaryMessagesHaveApplicationAndBits) {
  const auto m =
      read<BinaryMessage>(message(6, {{2, 2}, {244'670'500, 30}, {1, 1}, {0, 1}, {200, 10}, {55, 6}, {0xABC, 12}}));
  EXPECT_EQ(m.sequence, 2);
  EXPECT_EQ(m.destination, Mmsi(244'670'500));
  EXPECT_TRUE(m.retransmitted);
  EXPECT_EQ(m.application, (ApplicationId{200, 55}));
  EXPECT_EQ(m.data, (BitString{{0xAB, 0xC0}, 12}));
}

TEST(AisLink, BroadcastBinaryMessagesHaveNoDestination) {
  const auto m = read<BinaryMessage>(message(8, {{0, 2}, {1, 10}, {31, 6}, {0x12345678, 32}, {1, 1}}));
  EXPECT_FALSE(m.destination);
  EXPECT_EQ(m.application, (ApplicationId{1, 31}));
  EXPECT_EQ(m.data, (BitString{{0x12, 0x34, 0x56, 0x78, 0x80}, 33}));
}

TEST(AisLink, SingleSlotMessagesMayLackDestinationAndApplication) {
  const auto bare = read<BinaryMessage>(message(25, {{0, 1}, {0, 1}, {0xCAFE, 16}}));
  EXPECT_FALSE(bare.destination || bare.application || bare.communication_state);
  EXPECT_EQ(bare.data, (BitString{{0xCA, 0xFE}, 16}));
  const auto full = read<BinaryMessage>(message(25, {{1, 1}, {1, 1}, {123, 30}, {0, 2}, {366, 10}, {4, 6}, {5, 3}}));
  EXPECT_EQ(full.destination, Mmsi(123));
  EXPECT_EQ(full.application, (ApplicationId{366, 4}));
  EXPECT_EQ(full.data, (BitString{{0xA0}, 3}));
}

TEST(AisLink, MultipleSlotMessagesEndWithTheirCommunicationState) {
  const auto m = read<BinaryMessage>(
      message(26, {{1, 1}, {0, 1}, {123, 30}, {0, 2}, {0xBEEF, 16}, {0, 4}, {1, 1}, {0x12345, 19}}));
  EXPECT_EQ(m.destination, Mmsi(123));
  EXPECT_EQ(m.data, (BitString{{0xBE, 0xEF}, 16}));
  EXPECT_EQ(m.communication_state, 0x92345U);
}

TEST(AisLink, AcknowledgementsNameUpToFourSenders) {
  for (const unsigned type : {7U, 13U}) {
    const auto m = read<Acknowledgement>(message(type, {{0, 2}, {11, 30}, {1, 2}, {22, 30}, {3, 2}}));
    ASSERT_EQ(m.receipts.size(), 2U);
    EXPECT_EQ(m.receipts[0], (Acknowledgement::Receipt{Mmsi(11), 1}));
    EXPECT_EQ(m.receipts[1], (Acknowledgement::Receipt{Mmsi(22), 3}));
  }
}

TEST(AisLink, UtcIsInquiredOfOneStation) {
  EXPECT_EQ(read<UtcInquiry>(message(10, {{0, 2}, {366'832'740, 30}, {0, 2}})).destination, Mmsi(366'832'740));
}

TEST(AisLink, TextsAboutSafetyAreReadToTheirEnd) {
  const std::string said = "PLEASE REPORT TO JOBOURG TRAFFIC CHANNEL 13, AND STAND BY FOR MORE THAN SIXTY-FOUR LETTERS";
  Payload to_all = message(14, {{0, 2}});
  to_all.put_text(said, static_cast<unsigned>(said.size()));
  const auto broadcast = read<SafetyText>(to_all);
  EXPECT_EQ(broadcast.text, said);
  EXPECT_FALSE(broadcast.destination);

  Payload to_one = message(12, {{3, 2}, {215'724'000, 30}, {1, 1}, {0, 1}});
  to_one.put_text("SART TEST", 9);
  const auto addressed = read<SafetyText>(to_one);
  EXPECT_EQ(addressed.text, "SART TEST");
  EXPECT_EQ(addressed.destination, Mmsi(215'724'000));
  EXPECT_EQ(addressed.sequence, 3);
  EXPECT_TRUE(addressed.retransmitted);
}

TEST(AisLink, PaddingOfATextIsNotText) {
  Payload p = message(14, {{0, 2}});
  p.put_text("OK  @@", 6);
  std::vector<AisLinkMessage> out;
  ASSERT_TRUE(decode_link(p, reception, out));
  EXPECT_EQ(std::get<SafetyText>(out[0]).text, "OK");
}

TEST(AisLink, InterrogationsAskOneStationOrTwo) {
  const auto one = read<Interrogation>(message(15, {{0, 2}, {538'003'993, 30}, {5, 6}, {7, 12}}));
  EXPECT_EQ(one.station, Mmsi(538'003'993));
  EXPECT_EQ(one.first, (Interrogation::Question{5, 7}));
  EXPECT_EQ(one.second, Interrogation::Question{});
  const auto twice =
      read<Interrogation>(message(15, {{0, 2}, {11, 30}, {3, 6}, {516, 12}, {0, 2}, {5, 6}, {617, 12}, {0, 2}}));
  EXPECT_EQ(twice.second, (Interrogation::Question{5, 617}));
  EXPECT_EQ(twice.other_station, Mmsi());
  const auto two = read<Interrogation>(message(
      15, {{0, 2}, {11, 30}, {3, 6}, {1, 12}, {0, 2}, {0, 6}, {0, 12}, {0, 2}, {22, 30}, {24, 6}, {2, 12}, {0, 2}}));
  EXPECT_EQ(two.other_station, Mmsi(22));
  EXPECT_EQ(two.other, (Interrogation::Question{24, 2}));
}

TEST(AisLink, AssignmentsOrderOneStationOrTwo) {
  const auto one = read<Assignment>(message(16, {{0, 2}, {224'251'000, 30}, {200, 12}, {0, 10}, {0, 4}}));
  EXPECT_EQ(one.first, (Assignment::Order{Mmsi(224'251'000), 200, 0}));
  EXPECT_FALSE(one.second);
  const auto two =
      read<Assignment>(message(16, {{0, 2}, {1, 30}, {2049, 12}, {681, 10}, {2, 30}, {424, 12}, {419, 10}}));
  EXPECT_EQ(two.second, (Assignment::Order{Mmsi(2), 424, 419}));
}

TEST(AisLink, CorrectionsComeFromAPlace) {
  const auto m = read<SatelliteCorrections>(
      message(17, {{0, 2}, {of(17'478), 18}, {of(35'992), 17}, {0, 5}, {0x7C0556C0, 32}, {0x1F, 8}}));
  EXPECT_NEAR(m.position->longitude_deg(), 29.13, 1e-9);
  EXPECT_NEAR(m.position->latitude_deg(), 59.98666667, 1e-8);
  EXPECT_EQ(m.data, (BitString{{0x7C, 0x05, 0x56, 0xC0, 0x1F}, 40}));
}

TEST(AisLink, SlotsAreReservedInUpToFourBlocks) {
  const auto m = read<SlotReservations>(
      message(20, {{0, 2}, {1842, 12}, {1, 4}, {7, 3}, {750, 11}, {2220, 12}, {1, 4}, {7, 3}, {1125, 11}, {0, 4}}));
  ASSERT_EQ(m.reservations.size(), 2U);
  EXPECT_EQ(m.reservations[0], (SlotReservations::Reservation{1842, 1, 7, 750}));
  EXPECT_EQ(m.reservations[1], (SlotReservations::Reservation{2220, 1, 7, 1125}));
}

TEST(AisLink, ChannelsAreOrderedInAnAreaOrForStations) {
  const auto area = read<ChannelManagement>(message(22, {{0, 2},
                                                         {2087, 12},
                                                         {2088, 12},
                                                         {3, 4},
                                                         {1, 1},
                                                         {of(-44'100), 18},
                                                         {of(27'330), 17},
                                                         {of(-48'100), 18},
                                                         {of(25'400), 17},
                                                         {0, 1},
                                                         {1, 1},
                                                         {0, 1},
                                                         {4, 3},
                                                         {0, 23}}));
  EXPECT_EQ(area.channel_a, 2087);
  EXPECT_EQ(area.channel_b, 2088);
  EXPECT_EQ(area.transmit_receive, 3);
  EXPECT_TRUE(area.low_power && area.spare_band_a && !area.spare_band_b);
  EXPECT_NEAR(area.north_east->longitude_deg(), -73.5, 1e-9);
  EXPECT_NEAR(area.south_west->latitude_deg(), 42.3333333, 1e-6);
  EXPECT_EQ(area.zone_size, 4);
  EXPECT_FALSE(area.stations);
  const auto stations = read<ChannelManagement>(message(
      22,
      {{0, 2}, {1, 12}, {2, 12}, {0, 4}, {0, 1}, {11, 30}, {0, 5}, {22, 30}, {0, 5}, {1, 1}, {0, 2}, {7, 3}, {0, 23}}));
  EXPECT_EQ(stations.stations, (std::array{Mmsi(11), Mmsi(22)}));
  EXPECT_FALSE(stations.north_east);
}

TEST(AisLink, GroupsAreAssignedByAreaAndKind) {
  const auto m = read<GroupAssignment>(message(23, {{0, 2},
                                                    {of(1578), 18},
                                                    {of(30'642), 17},
                                                    {of(1096), 18},
                                                    {of(30'408), 17},
                                                    {6, 4},
                                                    {70, 8},
                                                    {0, 22},
                                                    {2, 2},
                                                    {9, 4},
                                                    {5, 4},
                                                    {0, 6}}));
  EXPECT_NEAR(m.north_east->latitude_deg(), 51.07, 1e-9);
  EXPECT_NEAR(m.south_west->longitude_deg(), 1.82666667, 1e-8);
  EXPECT_EQ(m.station_type, 6);
  EXPECT_EQ(m.ship_type, 70);
  EXPECT_EQ(m.transmit_receive, 2);
  EXPECT_EQ(m.interval, 9);
  EXPECT_EQ(m.quiet_min, 5);
}

TEST(AisLink, AnAreaOffTheGlobeIsLeftOutAndTold) {
  const auto area = [](int longitude) {
    return message(23, {{0, 2}, {of(longitude), 18}, {0, 17}, {0, 18}, {0, 17}, {0, 34}, {0, 16}});
  };
  std::vector<AisLinkMessage> out;
  EXPECT_TRUE(decode_link(area(190 * 600), reception, out)->impossible_position);
  EXPECT_FALSE(decode_link(area(181 * 600), reception, out)->impossible_position);
  for (const auto& m : out) EXPECT_FALSE(std::get<GroupAssignment>(m).north_east);
}

TEST(AisLink, WhatIsCutOrFromNobodyIsRefused) {
  std::vector<AisLinkMessage> out;
  EXPECT_EQ(decode_link(message(6, {{0, 49}}), reception, out).error(), PayloadFault::too_short);
  // An addressed message of one slot must hold its destination.
  EXPECT_EQ(decode_link(message(25, {{1, 1}, {0, 1}, {0, 20}}), reception, out).error(), PayloadFault::too_short);
  EXPECT_EQ(decode_link(message(26, {{0, 1}, {1, 1}, {0, 24}}), reception, out).error(), PayloadFault::too_short);
  Payload endless = message(16, {{0, 2}, {11, 30}, {200, 12}, {0, 10}});
  while (endless.size() <= 168) endless.put(0, 8);
  EXPECT_EQ(decode_link(endless, reception, out).error(), PayloadFault::too_long);
  Payload nobody;
  nobody.put(14, 6);
  nobody.put(0, 32);
  nobody.put(0, 20);
  EXPECT_EQ(decode_link(nobody, reception, out).error(), PayloadFault::impossible_mmsi);
  EXPECT_TRUE(out.empty());
  SafetyText wrong;
  wrong.message_type = 6;
  EXPECT_FALSE(encode(AisLinkMessage{wrong}));
}

Mmsi any_mmsi() { return Mmsi(*inRange(1U, 1'000'000'000U)); }
bool coin() { return *rc::gen::arbitrary<bool>(); }

template <class Value>
void expect_back(Value value) {
  value.mmsi = any_mmsi();
  value.received = noon;
  value.repeat = static_cast<std::uint8_t>(*inRange(0, 4));
  const auto payload = encode(AisLinkMessage{value});
  RC_ASSERT(payload.has_value());
  std::vector<AisLinkMessage> out;
  RC_ASSERT(bool(decode_link(*payload, reception, out)));
  RC_ASSERT(out.size() == 1U);
  RC_ASSERT(std::get<Value>(out[0]) == value);
}

BitString any_bits(unsigned most) {
  BitString bits;
  bits.count = *inRange(0U, most + 1);
  bits.bytes = *rc::gen::container<std::vector<std::uint8_t>>((bits.count + 7) / 8, rc::gen::arbitrary<std::uint8_t>());
  if (bits.count % 8 != 0) bits.bytes.back() &= static_cast<std::uint8_t>(0xFF00U >> (bits.count % 8));
  return bits;
}

TEST(AisLink, BinaryMessagesOfEveryFormComeBack) {
  EXPECT_TRUE(rc::check("types 6, 8, 25, 26", [] {
    BinaryMessage m;
    m.message_type = *rc::gen::element<std::uint8_t>(6, 8, 25, 26);
    const bool slots = m.message_type > 8;
    if (m.message_type == 6 || (slots && coin())) m.destination = any_mmsi();
    if (!slots || coin()) {
      m.application =
          ApplicationId{static_cast<std::uint16_t>(*inRange(0, 1024)), static_cast<std::uint8_t>(*inRange(0, 64))};
    }
    if (m.message_type == 6) m.retransmitted = coin();
    if (m.message_type == 26) m.communication_state = *inRange(0U, 1U << 20);
    m.data = any_bits(m.message_type == 25 ? 80 : 900);
    expect_back(m);
  }));
}

TEST(AisLink, TextsOfEveryLengthComeBack) {
  EXPECT_TRUE(rc::check("types 12, 14", [] {
    SafetyText m;
    m.message_type = *rc::gen::element<std::uint8_t>(12, 14);
    if (m.message_type == 12) m.destination = any_mmsi();
    for (unsigned n = *inRange(0U, 157U); n > 0; --n) m.text += six_bit_character(*inRange(1U, 64U));
    if (!m.text.empty() && m.text.back() == ' ') m.text.back() = 'X';
    expect_back(m);
  }));
}

TEST(AisLink, OrdersComeBack) {
  EXPECT_TRUE(rc::check("type 16", [] {
    Assignment m;
    m.message_type = 16;
    const auto order = [] {
      return Assignment::Order{any_mmsi(), static_cast<std::uint16_t>(*inRange(0, 4096)),
                               static_cast<std::uint16_t>(*inRange(0, 1024))};
    };
    m.first = order();
    if (coin()) m.second = order();
    expect_back(m);
  }));
}

}  // namespace
}  // namespace headland::ais
