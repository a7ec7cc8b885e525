// SPDX-License-Identifier: Apache-2.0
#include "codec/ais/decode.hpp"

#include <array>
#include <cmath>
#include <cstdlib>

namespace headland::ais {
namespace {

// Shortest length taken of each type, bits; 0 = of link.hpp. See the table in the header.
constexpr std::array<std::uint16_t, 28> shortest = [] {
  std::array<std::uint16_t, 28> bits{};
  bits[1] = bits[2] = bits[3] = bits[4] = bits[11] = 149;
  bits[5] = 420;
  bits[9] = bits[18] = 148;
  bits[19] = 306;
  bits[21] = 269;
  bits[24] = 160;
  bits[27] = 95;
  return bits;
}();
constexpr unsigned shortest_24b = 162;
constexpr unsigned longest_27 = 168;
constexpr std::uint32_t largest_mmsi = 999'999'999;

template <class T>
std::optional<T> unless(std::uint32_t raw, std::uint32_t none) {
  if (raw == none) return std::nullopt;
  return static_cast<T>(raw);
}
template <class T>
std::optional<T> within(std::uint32_t raw, std::uint32_t low, std::uint32_t high) {
  if (raw < low || raw > high) return std::nullopt;
  return static_cast<T>(raw);
}

// Longitude of `longitude_bits` and, directly after it, latitude, one bit less, in `per_degree` parts. 181 and
// 91 degrees mean "not available"; what else lies off the globe sets `impossible`.
// What may be absent is written where it stays: if it were returned, it would be put together from parts and then read
// as a whole, for which the processor waits.
void read_position(const Payload& p, unsigned start, unsigned longitude_bits, std::int32_t per_degree,
                   std::optional<GeoPosition>& position, bool& impossible) {
  const std::int32_t longitude = p.signed_bits(start, longitude_bits);
  const std::int32_t latitude = p.signed_bits(start + longitude_bits, longitude_bits - 1);
  if (std::abs(longitude) <= 180 * per_degree && std::abs(latitude) <= 90 * per_degree) {
    const double scale = per_degree;
    position.emplace(GeoPosition::from_degrees(latitude / scale, longitude / scale));
    return;
  }
  impossible = (longitude != 181 * per_degree && std::abs(longitude) > 180 * per_degree) ||
               (latitude != 91 * per_degree && std::abs(latitude) > 90 * per_degree);
}

constexpr std::int32_t fine = 600'000;  // 1/10000 minute
constexpr std::int32_t coarse = 600;    // 1/10 minute, type 27

// Speed of ten bits in steps of `knots`; 1023 is not available, 1022 is "that or more".
void speed(const Payload& p, unsigned start, double knots, VesselReport& report) {
  const std::uint32_t raw = p.bits(start, 10);
  if (raw == 1023) return;
  report.speed = from_knots(raw * knots);
  report.speed_at_least = raw == 1022;
}

void tenths_bearing(std::uint32_t raw, std::optional<Bearing>& bearing) {
  if (raw < 3600) bearing.emplace(Bearing::from_degrees(raw / 10.0));
}
void whole_bearing(std::uint32_t raw, std::optional<Bearing>& bearing) {
  if (raw < 360) bearing.emplace(Bearing::from_degrees(raw));
}

template <class Report>
void fix_second(std::uint32_t raw, Report& report) {
  constexpr std::array others{FixTiming::not_available, FixTiming::manual, FixTiming::estimated,
                              FixTiming::inoperative};
  if (raw < 60) {
    report.utc_second = static_cast<std::uint8_t>(raw);
    report.fix_timing = FixTiming::at_second;
  } else {
    report.fix_timing = others[raw - 60];
  }
}

std::optional<std::string> text(const Payload& p, unsigned start, unsigned letters) {
  if (p.bits(start, 6) == 0) return std::nullopt;
  std::string s = p.text(start, letters);
  if (s.empty()) return std::nullopt;
  return s;
}

std::optional<std::uint32_t> communication_state(const Payload& p, unsigned start, unsigned count) {
  if (p.size() < start + count) return std::nullopt;
  return p.bits(start, count);
}

// Nine bits each to bow and stern, six each to port and starboard.
template <class Value>
void dimensions(const Payload& p, unsigned start, Value& value) {
  const auto bow = static_cast<std::uint16_t>(p.bits(start, 9));
  const auto stern = static_cast<std::uint16_t>(p.bits(start + 9, 9));
  const auto port = static_cast<std::uint16_t>(p.bits(start + 18, 6));
  const auto starboard = static_cast<std::uint16_t>(p.bits(start + 24, 6));
  if (bow != 0 || stern != 0) {
    value.to_bow_m = bow;
    value.to_stern_m = stern;
  }
  if (port != 0 || starboard != 0) {
    value.to_port_m = port;
    value.to_starboard_m = starboard;
  }
}

// Appends an empty value of this kind and fills what all kinds share.
template <class Value>
Value& append(const Payload& p, const Reception& reception, std::vector<AisMessage>& out) {
  Value& value = std::get<Value>(out.emplace_back(std::in_place_type<Value>));
  value.repeat = static_cast<std::uint8_t>(p.bits(6, 2));
  value.mmsi = Mmsi(p.bits(8, 30));
  value.received = reception.received;
  value.own_ship = reception.own_ship;
  return value;
}

VesselReport& append_report(const Payload& p, const Reception& reception, unsigned type, AisClass kind,
                            std::vector<AisMessage>& out) {
  VesselReport& r = append<VesselReport>(p, reception, out);
  r.message_type = static_cast<std::uint8_t>(type);
  r.kind = kind;
  r.channel = reception.channel;
  return r;
}

VesselParticulars& append_particulars(const Payload& p, const Reception& reception, unsigned type,
                                      std::vector<AisMessage>& out) {
  VesselParticulars& v = append<VesselParticulars>(p, reception, out);
  v.message_type = static_cast<std::uint8_t>(type);
  return v;
}

// Types 1, 2, 3, M.1371-5 table 48:
// 38 status 4 | 42 rate of turn 8 | 50 speed 10 | 60 accuracy | 61 longitude 28 | 89 latitude 27 | 116 course 12
// | 128 heading 9 | 137 second 6 | 143 manoeuvre 2 | 145 spare 3 | 148 RAIM | 149 communication state 19
void class_a(const Payload& p, const Reception& reception, Decoded& d, std::vector<AisMessage>& out) {
  VesselReport& r = append_report(p, reception, d.type, AisClass::class_a, out);
  r.navigation_status = unless<std::uint8_t>(p.bits(38, 4), 15);
  const std::int32_t turn = p.signed_bits(42, 8);
  if (turn != -128) {
    r.turn_rate_raw = static_cast<std::int8_t>(turn);
    if (std::abs(turn) < 127) {
      const double root = turn / 4.733;
      r.turn_rate_deg_per_min = std::copysign(root * root, root);
    }
  }
  speed(p, 50, 0.1, r);
  r.accurate = p.flag(60);
  read_position(p, 61, 28, fine, r.position, d.impossible_position);
  tenths_bearing(p.bits(116, 12), r.course);
  whole_bearing(p.bits(128, 9), r.heading);
  fix_second(p.bits(137, 6), r);
  r.special_manoeuvre = static_cast<std::uint8_t>(p.bits(143, 2));
  r.raim = p.flag(148);
  r.communication_state = communication_state(p, 149, 19);
}

// Types 4 and 11, table 51:
// 38 year 14 | 52 month 4 | 56 day 5 | 61 hour 5 | 66 minute 6 | 72 second 6 | 78 accuracy | 79 longitude 28
// | 107 latitude 27 | 134 fix 4 | 138 control of long range | 139 spare 9 | 148 RAIM | 149 communication state 19
void base_station(const Payload& p, const Reception& reception, Decoded& d, std::vector<AisMessage>& out) {
  BaseStationReport& b = append<BaseStationReport>(p, reception, out);
  b.message_type = d.type;
  b.year = within<std::uint16_t>(p.bits(38, 14), 1, 9999);
  b.month = within<std::uint8_t>(p.bits(52, 4), 1, 12);
  b.day = within<std::uint8_t>(p.bits(56, 5), 1, 31);
  b.hour = within<std::uint8_t>(p.bits(61, 5), 0, 23);
  b.minute = within<std::uint8_t>(p.bits(66, 6), 0, 59);
  b.second = within<std::uint8_t>(p.bits(72, 6), 0, 59);
  b.accurate = p.flag(78);
  read_position(p, 79, 28, fine, b.position, d.impossible_position);
  b.fix_type = unless<std::uint8_t>(p.bits(134, 4), 0);
  b.long_range_control = p.flag(138);
  b.raim = p.flag(148);
  b.communication_state = communication_state(p, 149, 19);
}

// Type 5, table 52:
// 38 version 2 | 40 IMO 30 | 70 call sign 7x6 | 112 name 20x6 | 232 type 8 | 240 dimensions 30 | 270 fix 4
// | 274 ETA month 4, day 5, hour 5, minute 6 | 294 draught 8 | 302 destination 20x6 | 422 DTE | 423 spare
void voyage(const Payload& p, const Reception& reception, Decoded& d, std::vector<AisMessage>& out) {
  VesselParticulars& v = append_particulars(p, reception, d.type, out);
  v.ais_version = static_cast<std::uint8_t>(p.bits(38, 2));
  v.imo = unless<std::uint32_t>(p.bits(40, 30), 0);
  v.callsign = text(p, 70, 7);
  v.name = text(p, 112, 20);
  v.ship_type = unless<std::uint8_t>(p.bits(232, 8), 0);
  dimensions(p, 240, v);
  v.fix_type = unless<std::uint8_t>(p.bits(270, 4), 0);
  v.eta_month = within<std::uint8_t>(p.bits(274, 4), 1, 12);
  v.eta_day = within<std::uint8_t>(p.bits(278, 5), 1, 31);
  v.eta_hour = within<std::uint8_t>(p.bits(283, 5), 0, 23);
  v.eta_minute = within<std::uint8_t>(p.bits(288, 6), 0, 59);
  if (const std::uint32_t draught = p.bits(294, 8); draught != 0) v.draught_m = draught / 10.0;
  v.destination = text(p, 302, 20);
  v.terminal_ready = !p.flag(422);
}

// Type 9, table 59:
// 38 altitude 12 | 50 speed 10, whole knots | 60 accuracy | 61 longitude 28 | 89 latitude 27 | 116 course 12
// | 128 second 6 | 134 altitude sensor | 135 spare 7 | 142 DTE | 143 spare 3 | 146 assigned | 147 RAIM
// | 148 communication state 1+19
void sar_aircraft(const Payload& p, const Reception& reception, Decoded& d, std::vector<AisMessage>& out) {
  VesselReport& r = append_report(p, reception, d.type, AisClass::sar_aircraft, out);
  if (const std::uint32_t altitude = p.bits(38, 12); altitude != 4095) r.altitude = Metres(altitude);
  speed(p, 50, 1.0, r);
  r.accurate = p.flag(60);
  read_position(p, 61, 28, fine, r.position, d.impossible_position);
  tenths_bearing(p.bits(116, 12), r.course);
  fix_second(p.bits(128, 6), r);
  r.altitude_barometric = p.flag(134);
  r.terminal_ready = !p.flag(142);
  r.assigned = p.flag(146);
  r.raim = p.flag(147);
  r.communication_state = communication_state(p, 148, 20);
}

// Types 18 and 19 begin alike, tables 67 and 68:
// 38 spare 8 | 46 speed 10 | 56 accuracy | 57 longitude 28 | 85 latitude 27 | 112 course 12 | 124 heading 9
// | 133 second 6
VesselReport& class_b_start(const Payload& p, const Reception& reception, Decoded& d, std::vector<AisMessage>& out) {
  VesselReport& r = append_report(p, reception, d.type, AisClass::class_b, out);
  speed(p, 46, 0.1, r);
  r.accurate = p.flag(56);
  read_position(p, 57, 28, fine, r.position, d.impossible_position);
  tenths_bearing(p.bits(112, 12), r.course);
  whole_bearing(p.bits(124, 9), r.heading);
  fix_second(p.bits(133, 6), r);
  return r;
}

// Type 18 goes on: 139 spare 2 | 141 CS unit | 142 display | 143 DSC | 144 band | 145 message 22 | 146 assigned
// | 147 RAIM | 148 communication state 1+19
void class_b(const Payload& p, const Reception& reception, Decoded& d, std::vector<AisMessage>& out) {
  VesselReport& r = class_b_start(p, reception, d, out);
  r.class_b = ClassBUnit{p.flag(141), p.flag(142), p.flag(143), p.flag(144), p.flag(145)};
  r.assigned = p.flag(146);
  r.raim = p.flag(147);
  r.communication_state = communication_state(p, 148, 20);
}

// Type 19 goes on: 139 spare 4 | 143 name 20x6 | 263 type 8 | 271 dimensions 30 | 301 fix 4 | 305 RAIM | 306 DTE
// | 307 assigned | 308 spare 4
void class_b_extended(const Payload& p, const Reception& reception, Decoded& d, std::vector<AisMessage>& out) {
  VesselReport& r = class_b_start(p, reception, d, out);
  r.raim = p.flag(305);
  r.terminal_ready = !p.flag(306);
  r.assigned = p.flag(307);
  VesselParticulars& v = append_particulars(p, reception, d.type, out);
  v.name = text(p, 143, 20);
  v.ship_type = unless<std::uint8_t>(p.bits(263, 8), 0);
  dimensions(p, 271, v);
  v.fix_type = unless<std::uint8_t>(p.bits(301, 4), 0);
  v.terminal_ready = !p.flag(306);
}

// Type 21, table 70:
// 38 type 5 | 43 name 20x6 | 163 accuracy | 164 longitude 28 | 192 latitude 27 | 219 dimensions 30 | 249 fix 4
// | 253 second 6 | 259 off position | 260 status 8 | 268 RAIM | 269 virtual | 270 assigned | 271 spare
// | 272 name extension 0..14x6
void aid_to_navigation(const Payload& p, const Reception& reception, Decoded& d, std::vector<AisMessage>& out) {
  AidToNavigation& a = append<AidToNavigation>(p, reception, out);
  a.aid_type = unless<std::uint8_t>(p.bits(38, 5), 0);
  a.name = text(p, 43, 20);
  if (a.name && p.size() >= 278 && p.bits(157, 6) != 0) {
    // Only a full name goes on in the extension; blanks at the seam belong to it.
    std::string whole = p.text(43, 20);
    whole.resize(20, ' ');
    whole += p.text(272, std::min(14U, (p.size() - 272) / 6));
    whole.erase(whole.find_last_not_of(' ') + 1);
    a.name = std::move(whole);
  }
  a.accurate = p.flag(163);
  read_position(p, 164, 28, fine, a.position, d.impossible_position);
  dimensions(p, 219, a);
  a.fix_type = unless<std::uint8_t>(p.bits(249, 4), 0);
  fix_second(p.bits(253, 6), a);
  a.off_position = p.flag(259);
  a.status = static_cast<std::uint8_t>(p.bits(260, 8));
  a.raim = p.flag(268);
  a.virtual_aid = p.flag(269);
  a.assigned = p.flag(270);
}

// Type 24, tables 73 to 75. A: 38 part 2 | 40 name 20x6 | 160 spare 8.
// B: 38 part 2 | 40 type 8 | 48 vendor 3x6 | 66 model 4 | 70 serial 20 | 90 call sign 7x6 | 132 dimensions 30,
// or of an auxiliary craft (MMSI 98xxxxxxx) the mother ship's MMSI | 162 fix 4 | 166 spare 2
Expected<void, PayloadFault> static_data(const Payload& p, const Reception& reception, Decoded& d,
                                         std::vector<AisMessage>& out) {
  const std::uint32_t part = p.bits(38, 2);
  if (part > 1) return unexpected(PayloadFault::unknown_part);
  if (part == 1 && p.size() < shortest_24b) return unexpected(PayloadFault::too_short);
  VesselParticulars& v = append_particulars(p, reception, d.type, out);
  v.part = part == 0 ? 'A' : 'B';
  if (part == 0) {
    v.name = text(p, 40, 20);
    return {};
  }
  v.ship_type = unless<std::uint8_t>(p.bits(40, 8), 0);
  v.vendor = text(p, 48, 3);
  v.unit_model = static_cast<std::uint8_t>(p.bits(66, 4));
  v.unit_serial = p.bits(70, 20);
  v.callsign = text(p, 90, 7);
  if (v.mmsi.value() / 10'000'000 == 98) {
    const std::uint32_t mothership = p.bits(132, 30);
    if (mothership != 0 && mothership <= largest_mmsi) v.mothership = Mmsi(mothership);
  } else {
    dimensions(p, 132, v);
  }
  v.fix_type = unless<std::uint8_t>(p.bits(162, 4), 0);
  return {};
}

// Type 27, table 79:
// 38 accuracy | 39 RAIM | 40 status 4 | 44 longitude 18 | 62 latitude 17 | 79 speed 6, knots | 85 course 9, degrees
// | 94 latency | 95 spare
void long_range(const Payload& p, const Reception& reception, Decoded& d, std::vector<AisMessage>& out) {
  VesselReport& r = append_report(p, reception, d.type, AisClass::long_range, out);
  r.accurate = p.flag(38);
  r.raim = p.flag(39);
  r.navigation_status = unless<std::uint8_t>(p.bits(40, 4), 15);
  read_position(p, 44, 18, coarse, r.position, d.impossible_position);
  if (const std::uint32_t raw = p.bits(79, 6); raw != 63) r.speed = from_knots(raw);
  whole_bearing(p.bits(85, 9), r.course);
  r.late = p.flag(94);
}

// Made where the caller will have it (one name for all that is returned): its parts are written one by one.
Expected<Decoded, PayloadFault> decode_typed(std::uint8_t type, const Payload& payload, const Reception& reception,
                                             std::vector<AisMessage>& out) {
  Expected<Decoded, PayloadFault> result;
  Decoded& d = *result;
  d.type = type;
  d.typed = true;
  switch (d.type) {
    case 1:
    case 2:
    case 3:
      class_a(payload, reception, d, out);
      break;
    case 4:
    case 11:
      base_station(payload, reception, d, out);
      break;
    case 5:
      voyage(payload, reception, d, out);
      break;
    case 9:
      sar_aircraft(payload, reception, d, out);
      break;
    case 18:
      class_b(payload, reception, d, out);
      break;
    case 19:
      class_b_extended(payload, reception, d, out);
      break;
    case 21:
      aid_to_navigation(payload, reception, d, out);
      break;
    case 24:
      if (auto part = static_data(payload, reception, d, out); !part) result = unexpected(part.error());
      break;
    case 27:
      long_range(payload, reception, d, out);
      break;
    default:
      break;
  }
  return result;
}

}  // namespace

bool is_typed(unsigned type) { return type < shortest.size() && shortest[type] != 0; }

Expected<Decoded, PayloadFault> decode(const Payload& payload, const Reception& reception,
                                       std::vector<AisMessage>& out) {
  if (payload.size() < 38) return unexpected(PayloadFault::too_short);
  const auto type = static_cast<std::uint8_t>(payload.bits(0, 6));
  if (type == 0 || type >= shortest.size()) return unexpected(PayloadFault::impossible_type);
  if (shortest[type] == 0) return Decoded{.type = type};
  if (payload.size() < shortest[type]) return unexpected(PayloadFault::too_short);
  if (type == 27 && payload.size() > longest_27) return unexpected(PayloadFault::too_long);
  if (const std::uint32_t mmsi = payload.bits(8, 30); mmsi == 0 || mmsi > largest_mmsi) {
    return unexpected(PayloadFault::impossible_mmsi);
  }
  return decode_typed(type, payload, reception, out);
}

}  // namespace headland::ais
