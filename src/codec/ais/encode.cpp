// SPDX-License-Identifier: Apache-2.0
// The bit rows of each message stand in decode.cpp.
#include "codec/ais/encode.hpp"

#include <algorithm>
#include <cmath>

namespace headland::ais {
namespace {

// Nearest whole number of `value`, held in 0..most. Not a number becomes 0.
std::uint32_t whole(double value, double most) {
  if (!(value > 0.0)) return 0;
  return static_cast<std::uint32_t>(std::lround(std::min(value, most)));
}
template <class T>
std::uint32_t or_else(const std::optional<T>& value, std::uint32_t none) {
  return value ? static_cast<std::uint32_t>(*value) : none;
}

void header(Payload& p, unsigned type, unsigned repeat, Mmsi mmsi) {
  p.put(type, 6);
  p.put(repeat, 2);
  p.put(mmsi.value(), 30);
}

void put_speed(Payload& p, const VesselReport& r, double knots_per_step) {
  if (!r.speed) return p.put(1023, 10);
  p.put(r.speed_at_least ? 1022 : whole(to_knots(*r.speed) / knots_per_step, 1022), 10);
}

// Longitude of `bits`, latitude of one less; 181 and 91 degrees where there is none.
void put_position(Payload& p, const std::optional<GeoPosition>& position, unsigned bits, double per_degree) {
  const double longitude = position ? position->longitude_deg() : 181.0;
  const double latitude = position ? position->latitude_deg() : 91.0;
  p.put(static_cast<std::uint32_t>(std::lround(longitude * per_degree)), bits);
  p.put(static_cast<std::uint32_t>(std::lround(latitude * per_degree)), bits - 1);
}
constexpr double fine = 600'000.0;
constexpr double coarse = 600.0;

// A bearing in `steps` parts of the turn, `none` where there is none.
void put_bearing(Payload& p, const std::optional<Bearing>& bearing, std::uint32_t steps, std::uint32_t none,
                 unsigned bits) {
  if (!bearing) return p.put(none, bits);
  p.put(whole(bearing->degrees() * steps / 360.0, steps) % steps, bits);
}

template <class Value>
void put_second(Payload& p, const Value& v) {
  if (v.utc_second && *v.utc_second < 60) return p.put(*v.utc_second, 6);
  switch (v.fix_timing) {
    case FixTiming::manual:
      return p.put(61, 6);
    case FixTiming::estimated:
      return p.put(62, 6);
    case FixTiming::inoperative:
      return p.put(63, 6);
    case FixTiming::at_second:
    case FixTiming::not_available:
      break;
  }
  p.put(60, 6);
}

template <class Value>
void put_dimensions(Payload& p, const Value& v) {
  p.put(std::min(or_else(v.to_bow_m, 0), 511U), 9);
  p.put(std::min(or_else(v.to_stern_m, 0), 511U), 9);
  p.put(std::min(or_else(v.to_port_m, 0), 63U), 6);
  p.put(std::min(or_else(v.to_starboard_m, 0), 63U), 6);
}

void put_optional_text(Payload& p, const std::optional<std::string>& text, unsigned letters) {
  p.put_text(text ? std::string_view(*text) : std::string_view(), letters);
}

void put_turn(Payload& p, const VesselReport& r) {
  if (r.turn_rate_raw) return p.put(static_cast<std::uint32_t>(*r.turn_rate_raw), 8);
  if (!r.turn_rate_deg_per_min) return p.put(0x80, 8);
  const double rate = *r.turn_rate_deg_per_min;
  const long raw = std::lround(std::min(4.733 * std::sqrt(std::abs(rate)), 126.0));
  p.put(static_cast<std::uint32_t>(rate < 0.0 ? -raw : raw), 8);
}

void put_class_a(Payload& p, const VesselReport& r) {
  p.put(or_else(r.navigation_status, 15), 4);
  put_turn(p, r);
  put_speed(p, r, 0.1);
  p.put(r.accurate, 1);
  put_position(p, r.position, 28, fine);
  put_bearing(p, r.course, 3600, 3600, 12);
  put_bearing(p, r.heading, 360, 511, 9);
  put_second(p, r);
  p.put(r.special_manoeuvre, 2);
  p.put(0, 3);
  p.put(r.raim, 1);
  p.put(or_else(r.communication_state, 0), 19);
}

void put_aircraft(Payload& p, const VesselReport& r) {
  p.put(r.altitude ? whole(r.altitude->value(), 4094) : 4095, 12);
  put_speed(p, r, 1.0);
  p.put(r.accurate, 1);
  put_position(p, r.position, 28, fine);
  put_bearing(p, r.course, 3600, 3600, 12);
  put_second(p, r);
  p.put(r.altitude_barometric, 1);
  p.put(0, 7);
  p.put(!r.terminal_ready, 1);
  p.put(0, 3);
  p.put(r.assigned, 1);
  p.put(r.raim, 1);
  p.put(or_else(r.communication_state, 0), 20);
}

void put_class_b_start(Payload& p, const VesselReport& r) {
  p.put(0, 8);
  put_speed(p, r, 0.1);
  p.put(r.accurate, 1);
  put_position(p, r.position, 28, fine);
  put_bearing(p, r.course, 3600, 3600, 12);
  put_bearing(p, r.heading, 360, 511, 9);
  put_second(p, r);
}

// What carrier-sense units, which keep no slots, send as their state (M.1371-5 table 67).
constexpr std::uint32_t carrier_sense_state = 0xE0006;

void put_class_b(Payload& p, const VesselReport& r) {
  put_class_b_start(p, r);
  p.put(0, 2);
  const ClassBUnit unit = r.class_b.value_or(ClassBUnit{});
  for (const bool can : {unit.carrier_sense, unit.display, unit.dsc, unit.whole_band, unit.message_22}) p.put(can, 1);
  p.put(r.assigned, 1);
  p.put(r.raim, 1);
  p.put(or_else(r.communication_state, carrier_sense_state), 20);
}

void put_long_range(Payload& p, const VesselReport& r) {
  p.put(r.accurate, 1);
  p.put(r.raim, 1);
  p.put(or_else(r.navigation_status, 15), 4);
  put_position(p, r.position, 18, coarse);
  p.put(r.speed ? whole(to_knots(*r.speed), 62) : 63, 6);
  put_bearing(p, r.course, 360, 511, 9);
  p.put(r.late, 1);
  p.put(0, 1);
}

void put_voyage(Payload& p, const VesselParticulars& v) {
  p.put(v.ais_version, 2);
  p.put(or_else(v.imo, 0), 30);
  put_optional_text(p, v.callsign, 7);
  put_optional_text(p, v.name, 20);
  p.put(or_else(v.ship_type, 0), 8);
  put_dimensions(p, v);
  p.put(or_else(v.fix_type, 0), 4);
  p.put(or_else(v.eta_month, 0), 4);
  p.put(or_else(v.eta_day, 0), 5);
  p.put(or_else(v.eta_hour, 24), 5);
  p.put(or_else(v.eta_minute, 60), 6);
  p.put(v.draught_m ? whole(*v.draught_m * 10.0, 255) : 0, 8);
  put_optional_text(p, v.destination, 20);
  p.put(!v.terminal_ready, 1);
  p.put(0, 1);
}

void put_static_a(Payload& p, const VesselParticulars& v) {
  p.put(0, 2);
  put_optional_text(p, v.name, 20);
  p.put(0, 8);
}

void put_static_b(Payload& p, const VesselParticulars& v) {
  p.put(1, 2);
  p.put(or_else(v.ship_type, 0), 8);
  put_optional_text(p, v.vendor, 3);
  p.put(v.unit_model, 4);
  p.put(v.unit_serial, 20);
  put_optional_text(p, v.callsign, 7);
  if (v.mmsi.value() / 10'000'000 == 98) {
    p.put(v.mothership ? v.mothership->value() : 0, 30);
  } else {
    put_dimensions(p, v);
  }
  p.put(or_else(v.fix_type, 0), 4);
  p.put(0, 2);
}

}  // namespace

std::optional<Payload> encode(const VesselReport& report) {
  Payload p;
  header(p, report.message_type, report.repeat, report.mmsi);
  switch (report.message_type) {
    case 1:
    case 2:
    case 3:
      put_class_a(p, report);
      break;
    case 9:
      put_aircraft(p, report);
      break;
    case 18:
      put_class_b(p, report);
      break;
    case 27:
      put_long_range(p, report);
      break;
    default:
      return std::nullopt;
  }
  return p;
}

std::optional<Payload> encode(const VesselParticulars& particulars) {
  Payload p;
  header(p, particulars.message_type, particulars.repeat, particulars.mmsi);
  if (particulars.message_type == 5) {
    put_voyage(p, particulars);
  } else if (particulars.message_type == 24 && particulars.part == 'A') {
    put_static_a(p, particulars);
  } else if (particulars.message_type == 24 && particulars.part == 'B') {
    put_static_b(p, particulars);
  } else {
    return std::nullopt;
  }
  return p;
}

Payload encode_extended(const VesselReport& report, const VesselParticulars& particulars) {
  Payload p;
  header(p, 19, report.repeat, report.mmsi);
  put_class_b_start(p, report);
  p.put(0, 4);
  put_optional_text(p, particulars.name, 20);
  p.put(or_else(particulars.ship_type, 0), 8);
  put_dimensions(p, particulars);
  p.put(or_else(particulars.fix_type, 0), 4);
  p.put(report.raim, 1);
  p.put(!report.terminal_ready, 1);
  p.put(report.assigned, 1);
  p.put(0, 4);
  return p;
}

std::optional<Payload> encode(const BaseStationReport& report) {
  if (report.message_type != 4 && report.message_type != 11) return std::nullopt;
  Payload p;
  header(p, report.message_type, report.repeat, report.mmsi);
  p.put(or_else(report.year, 0), 14);
  p.put(or_else(report.month, 0), 4);
  p.put(or_else(report.day, 0), 5);
  p.put(or_else(report.hour, 24), 5);
  p.put(or_else(report.minute, 60), 6);
  p.put(or_else(report.second, 60), 6);
  p.put(report.accurate, 1);
  put_position(p, report.position, 28, fine);
  p.put(or_else(report.fix_type, 0), 4);
  p.put(report.long_range_control, 1);
  p.put(0, 9);
  p.put(report.raim, 1);
  p.put(or_else(report.communication_state, 0), 19);
  return p;
}

Payload encode(const AidToNavigation& aid) {
  Payload p;
  header(p, 21, aid.repeat, aid.mmsi);
  p.put(or_else(aid.aid_type, 0), 5);
  const std::string_view name = aid.name ? std::string_view(*aid.name) : std::string_view();
  p.put_text(name.substr(0, 20), 20);
  p.put(aid.accurate, 1);
  put_position(p, aid.position, 28, fine);
  put_dimensions(p, aid);
  p.put(or_else(aid.fix_type, 0), 4);
  put_second(p, aid);
  p.put(aid.off_position, 1);
  p.put(aid.status, 8);
  p.put(aid.raim, 1);
  p.put(aid.virtual_aid, 1);
  p.put(aid.assigned, 1);
  p.put(0, 1);
  if (name.size() > 20) {
    const std::string_view rest = name.substr(20, 14);
    p.put_text(rest, static_cast<unsigned>(rest.size()));
    if (p.size() % 8 != 0) p.put(0, 8 - p.size() % 8);  // whole bytes, M.1371-5 table 70
  }
  return p;
}

}  // namespace headland::ais
