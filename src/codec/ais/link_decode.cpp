// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstdlib>

#include "codec/ais/link.hpp"

namespace headland::ais {
namespace {

// Shortest length taken of each type, bits; 0 = of another kind. See the table in the header.
constexpr std::array<std::uint16_t, 28> shortest = [] {
  std::array<std::uint16_t, 28> bits{};
  bits[6] = bits[15] = 88;
  bits[7] = bits[13] = bits[12] = 72;
  bits[8] = 56;
  bits[10] = bits[20] = 70;
  bits[14] = bits[25] = 40;
  bits[16] = 92;
  bits[17] = 80;
  bits[22] = 145;
  bits[23] = 154;
  bits[26] = 64;
  return bits;
}();
constexpr unsigned one_slot = 168;
// Bits that messages of a type have at the most.
constexpr unsigned longest_of(unsigned type) {
  switch (type) {
    case 6:
    case 8:
    case 12:
    case 14:
      return 1008;
    case 17:
      return 816;
    case 26:
      return 1064;
    case 20:
      return 192;
    case 10:
    case 22:
    case 23:
      return Payload::max_letters * 6;
    default:
      return one_slot;
  }
}
constexpr std::uint32_t largest_mmsi = 999'999'999;

template <class Value>
Value& append(const Payload& p, const Reception& reception, std::vector<AisLinkMessage>& out) {
  Value& value = std::get<Value>(out.emplace_back(std::in_place_type<Value>));
  value.message_type = static_cast<std::uint8_t>(p.bits(0, 6));
  value.repeat = static_cast<std::uint8_t>(p.bits(6, 2));
  value.mmsi = Mmsi(p.bits(8, 30));
  value.received = reception.received;
  value.own_ship = reception.own_ship;
  return value;
}

BitString bits_of(const Payload& p, unsigned start, unsigned end) {
  BitString out;
  if (end <= start) return out;
  out.count = end - start;
  out.bytes.reserve((out.count + 7) / 8);
  for (unsigned at = start; at < end; at += 8) {
    const unsigned there = std::min(8U, end - at);
    out.bytes.push_back(static_cast<std::uint8_t>(p.bits(at, there) << (8 - there)));
  }
  return out;
}

ApplicationId application_at(const Payload& p, unsigned start) {
  return {static_cast<std::uint16_t>(p.bits(start, 10)), static_cast<std::uint8_t>(p.bits(start + 10, 6))};
}

// Longitude 18 and latitude 17, in 1/10 minute.
std::optional<GeoPosition> coarse_position(const Payload& p, unsigned start, Decoded& d) {
  constexpr std::int32_t per_degree = 600;
  const std::int32_t longitude = p.signed_bits(start, 18);
  const std::int32_t latitude = p.signed_bits(start + 18, 17);
  if (std::abs(longitude) <= 180 * per_degree && std::abs(latitude) <= 90 * per_degree) {
    return GeoPosition::from_degrees(latitude / double{per_degree}, longitude / double{per_degree});
  }
  if ((longitude != 181 * per_degree && std::abs(longitude) > 180 * per_degree) ||
      (latitude != 91 * per_degree && std::abs(latitude) > 90 * per_degree)) {
    d.impossible_position = true;
  }
  return std::nullopt;
}

std::string text_from(const Payload& p, unsigned start) {
  std::string text;
  for (unsigned at = start; at + 6 <= p.size(); at += 6) {
    const unsigned code = p.bits(at, 6);
    if (code == 0) break;
    text += six_bit_character(code);
  }
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

// Type 6, table 54: 38 sequence 2 | 40 destination 30 | 70 retransmitted | 71 spare | 72 area 10, function 6 | 88 data
// Type 8, table 57: 38 spare 2 | 40 area 10, function 6 | 56 data
void binary(const Payload& p, const Reception& reception, std::vector<AisLinkMessage>& out) {
  auto& m = append<BinaryMessage>(p, reception, out);
  unsigned start = 40;
  if (m.message_type == 6) {
    m.sequence = static_cast<std::uint8_t>(p.bits(38, 2));
    m.destination = Mmsi(p.bits(40, 30));
    m.retransmitted = p.flag(70);
    start = 72;
  }
  m.application = application_at(p, start);
  m.data = bits_of(p, start + 16, p.size());
}

// Types 25 and 26, tables 81 and 82: 38 addressed | 39 with application | destination 0/30, spare 0/2
// | area 10, function 6, or nothing | data; 26 ends with spare 4 | communication state 1+19
Expected<void, PayloadFault> slot_binary(const Payload& p, const Reception& reception,
                                         std::vector<AisLinkMessage>& out) {
  const bool addressed = p.flag(38);
  const bool structured = p.flag(39);
  const bool multiple = p.bits(0, 6) == 26;
  unsigned start = addressed ? 72 : 40;
  const unsigned tail = multiple ? 24 : 0;
  if (p.size() < start + (structured ? 16 : 0) + tail) return unexpected(PayloadFault::too_short);
  auto& m = append<BinaryMessage>(p, reception, out);
  if (addressed) m.destination = Mmsi(p.bits(40, 30));
  if (structured) {
    m.application = application_at(p, start);
    start += 16;
  }
  m.data = bits_of(p, start, p.size() - tail);
  if (multiple) m.communication_state = p.bits(p.size() - 20, 20);
  return {};
}

// Types 7 and 13, table 56: 38 spare 2 | 40 sender 30, sequence 2, once to four times
void acknowledgement(const Payload& p, const Reception& reception, std::vector<AisLinkMessage>& out) {
  auto& m = append<Acknowledgement>(p, reception, out);
  for (unsigned at = 40; at + 32 <= p.size() && m.receipts.size() < 4; at += 32) {
    m.receipts.push_back({Mmsi(p.bits(at, 30)), static_cast<std::uint8_t>(p.bits(at + 30, 2))});
  }
}

// Type 10, table 60: 38 spare 2 | 40 destination 30 | 70 spare 2
void utc_inquiry(const Payload& p, const Reception& reception, std::vector<AisLinkMessage>& out) {
  append<UtcInquiry>(p, reception, out).destination = Mmsi(p.bits(40, 30));
}

// Type 12, table 61: 38 sequence 2 | 40 destination 30 | 70 retransmitted | 71 spare | 72 text
// Type 14, table 63: 38 spare 2 | 40 text
void safety_text(const Payload& p, const Reception& reception, std::vector<AisLinkMessage>& out) {
  auto& m = append<SafetyText>(p, reception, out);
  if (m.message_type == 12) {
    m.sequence = static_cast<std::uint8_t>(p.bits(38, 2));
    m.destination = Mmsi(p.bits(40, 30));
    m.retransmitted = p.flag(70);
  }
  m.text = text_from(p, m.message_type == 12 ? 72 : 40);
}

Interrogation::Question question(const Payload& p, unsigned start) {
  return {static_cast<std::uint8_t>(p.bits(start, 6)), static_cast<std::uint16_t>(p.bits(start + 6, 12))};
}

// Type 15, table 64: 38 spare 2 | 40 station 30 | 70 type 6, offset 12 | 88 spare 2 | 90 type 6, offset 12 | 108 spare
// 2 | 110 station 30 | 140 type 6, offset 12 | 158 spare 2
void interrogation(const Payload& p, const Reception& reception, std::vector<AisLinkMessage>& out) {
  auto& m = append<Interrogation>(p, reception, out);
  m.station = Mmsi(p.bits(40, 30));
  m.first = question(p, 70);
  if (p.size() >= 108) m.second = question(p, 90);
  if (p.size() < 158) return;
  m.other_station = Mmsi(p.bits(110, 30));
  m.other = question(p, 140);
}

// Type 16, table 65: 38 spare 2 | 40 station 30, offset 12, increment 10 | the same again or spare 4
void assignment(const Payload& p, const Reception& reception, std::vector<AisLinkMessage>& out) {
  auto& m = append<Assignment>(p, reception, out);
  const auto order = [&](unsigned at) {
    return Assignment::Order{Mmsi(p.bits(at, 30)), static_cast<std::uint16_t>(p.bits(at + 30, 12)),
                             static_cast<std::uint16_t>(p.bits(at + 42, 10))};
  };
  m.first = order(40);
  if (p.size() >= 144) m.second = order(92);
}

// Type 17, table 66: 38 spare 2 | 40 longitude 18 | 58 latitude 17 | 75 spare 5 | 80 data
void corrections(const Payload& p, const Reception& reception, Decoded& d, std::vector<AisLinkMessage>& out) {
  auto& m = append<SatelliteCorrections>(p, reception, out);
  m.position = coarse_position(p, 40, d);
  m.data = bits_of(p, 80, p.size());
}

// Type 20, table 69: 38 spare 2 | 40 offset 12, slots 4, timeout 3, increment 11, once to four times | spare
void reservations(const Payload& p, const Reception& reception, std::vector<AisLinkMessage>& out) {
  auto& m = append<SlotReservations>(p, reception, out);
  for (unsigned at = 40; at + 30 <= p.size() && m.reservations.size() < 4; at += 30) {
    m.reservations.push_back({static_cast<std::uint16_t>(p.bits(at, 12)), static_cast<std::uint8_t>(p.bits(at + 12, 4)),
                              static_cast<std::uint8_t>(p.bits(at + 16, 3)),
                              static_cast<std::uint16_t>(p.bits(at + 19, 11))});
  }
}

// Type 22, table 71: 38 spare 2 | 40 channel A 12 | 52 channel B 12 | 64 transmit and receive 4 | 68 power
// | 69 longitude 18, latitude 17 of the north-east | 104 of the south-west; or each a station 30 and spare 5
// | 139 addressed | 140 band A | 141 band B | 142 zone 3 | 145 spare 23
void channels(const Payload& p, const Reception& reception, Decoded& d, std::vector<AisLinkMessage>& out) {
  auto& m = append<ChannelManagement>(p, reception, out);
  m.channel_a = static_cast<std::uint16_t>(p.bits(40, 12));
  m.channel_b = static_cast<std::uint16_t>(p.bits(52, 12));
  m.transmit_receive = static_cast<std::uint8_t>(p.bits(64, 4));
  m.low_power = p.flag(68);
  if (p.flag(139)) {
    m.stations = {Mmsi(p.bits(69, 30)), Mmsi(p.bits(104, 30))};
  } else {
    m.north_east = coarse_position(p, 69, d);
    m.south_west = coarse_position(p, 104, d);
  }
  m.spare_band_a = p.flag(140);
  m.spare_band_b = p.flag(141);
  m.zone_size = static_cast<std::uint8_t>(p.bits(142, 3));
}

// Type 23, table 73: 38 spare 2 | 40 longitude 18, latitude 17 of the north-east | 75 of the south-west
// | 110 station type 4 | 114 ship type 8 | 122 spare 22 | 144 transmit and receive 2 | 146 interval 4 | 150 quiet 4
// | 154 spare 6
void group(const Payload& p, const Reception& reception, Decoded& d, std::vector<AisLinkMessage>& out) {
  auto& m = append<GroupAssignment>(p, reception, out);
  m.north_east = coarse_position(p, 40, d);
  m.south_west = coarse_position(p, 75, d);
  m.station_type = static_cast<std::uint8_t>(p.bits(110, 4));
  m.ship_type = static_cast<std::uint8_t>(p.bits(114, 8));
  m.transmit_receive = static_cast<std::uint8_t>(p.bits(144, 2));
  m.interval = static_cast<std::uint8_t>(p.bits(146, 4));
  m.quiet_min = static_cast<std::uint8_t>(p.bits(150, 4));
}

}  // namespace

bool is_link_type(unsigned type) { return type < shortest.size() && shortest[type] != 0; }

Expected<Decoded, PayloadFault> decode_link(const Payload& payload, const Reception& reception,
                                            std::vector<AisLinkMessage>& out) {
  if (payload.size() < 38) return unexpected(PayloadFault::too_short);
  Decoded d{.type = static_cast<std::uint8_t>(payload.bits(0, 6))};
  if (d.type == 0 || d.type >= shortest.size()) return unexpected(PayloadFault::impossible_type);
  if (shortest[d.type] == 0) return d;
  if (payload.size() < shortest[d.type]) return unexpected(PayloadFault::too_short);
  if (payload.size() > longest_of(d.type)) return unexpected(PayloadFault::too_long);
  if (const std::uint32_t mmsi = payload.bits(8, 30); mmsi == 0 || mmsi > largest_mmsi) {
    return unexpected(PayloadFault::impossible_mmsi);
  }
  d.typed = true;
  switch (d.type) {
    case 6:
    case 8:
      binary(payload, reception, out);
      break;
    case 25:
    case 26:
      if (auto read = slot_binary(payload, reception, out); !read) return unexpected(read.error());
      break;
    case 7:
    case 13:
      acknowledgement(payload, reception, out);
      break;
    case 10:
      utc_inquiry(payload, reception, out);
      break;
    case 12:
    case 14:
      safety_text(payload, reception, out);
      break;
    case 15:
      interrogation(payload, reception, out);
      break;
    case 16:
      assignment(payload, reception, out);
      break;
    case 17:
      corrections(payload, reception, d, out);
      break;
    case 20:
      reservations(payload, reception, out);
      break;
    case 22:
      channels(payload, reception, d, out);
      break;
    default:
      group(payload, reception, d, out);
      break;
  }
  return d;
}

}  // namespace headland::ais
