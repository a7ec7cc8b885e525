// SPDX-License-Identifier: Apache-2.0
#include "core/picture/contact.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "core/picture/ais_overdue.hpp"

namespace headland::picture {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

template <class T>
void take(const std::optional<T>& news, std::optional<T>& known) {
  if (news) known = news;
}

void put(const std::optional<std::string>& text, std::array<char, 24>& out) {
  if (text) std::copy_n(text->begin(), std::min(text->size(), out.size() - 1), out.begin());
}
std::optional<std::string> get(const std::array<char, 24>& text) {
  const auto end = std::find(text.begin(), text.end(), '\0');
  if (end == text.begin()) return std::nullopt;
  return std::string(text.begin(), end);
}
std::int32_t put(const std::optional<std::uint16_t>& metres) { return metres ? *metres : -1; }
std::optional<std::uint16_t> get(std::int32_t metres) {
  if (metres < 0 || metres > 0xFFFF) return std::nullopt;
  return static_cast<std::uint16_t>(metres);
}

std::uint8_t put(const std::optional<ClassBUnit>& unit) {
  if (!unit) return 0;
  const bool is[] = {true, unit->carrier_sense, unit->display, unit->dsc, unit->whole_band, unit->message_22};
  unsigned bits = 0;
  for (unsigned k = 0; k < std::size(is); ++k) bits |= is[k] ? 1U << k : 0U;
  return static_cast<std::uint8_t>(bits);
}
std::optional<ClassBUnit> unit_from(std::uint8_t bits) {
  const auto is = [&](unsigned k) { return (bits >> k & 1U) != 0; };
  if (!is(0)) return std::nullopt;
  return ClassBUnit{.carrier_sense = is(1), .display = is(2), .dsc = is(3), .whole_band = is(4), .message_22 = is(5)};
}

VesselReport report_from(const ContactSnapshot& s) {
  VesselReport r;
  r.mmsi = Mmsi(s.mmsi);
  r.message_type = s.message_type;
  r.kind = static_cast<AisClass>(std::min<std::uint8_t>(s.ais_class, 3));
  r.received = Timestamp(Duration(s.last_ns));
  r.position = GeoPosition{Radians(s.latitude_rad), Radians(s.longitude_rad)};
  if (!std::isnan(s.speed_mps)) r.speed = MetresPerSecond(s.speed_mps);
  if (!std::isnan(s.course_rad)) r.course = Bearing(Radians(s.course_rad));
  if (!std::isnan(s.heading_rad)) r.heading = Bearing(Radians(s.heading_rad));
  if (!std::isnan(s.turn_rate_deg_per_min)) r.turn_rate_deg_per_min = s.turn_rate_deg_per_min;
  if (s.turn_rate_raw != -128) r.turn_rate_raw = static_cast<std::int8_t>(s.turn_rate_raw);
  if (s.navigation_status < 15) r.navigation_status = s.navigation_status;
  r.accurate = s.accurate != 0;
  r.own_ship = s.own_ship != 0;
  r.speed_at_least = s.speed_at_least != 0;
  if (s.utc_second < 60) r.utc_second = s.utc_second;
  r.fix_timing = static_cast<FixTiming>(std::min<std::uint8_t>(s.fix_timing, 4));
  r.class_b = unit_from(s.class_b);
  return r;
}

VesselParticulars particulars_from(const ContactSnapshot& s) {
  VesselParticulars p;
  p.mmsi = Mmsi(s.mmsi);
  p.received = Timestamp(Duration(s.particulars_ns));
  p.name = get(s.name);
  p.callsign = get(s.callsign);
  p.destination = get(s.destination);
  if (s.ship_type >= 0) p.ship_type = static_cast<std::uint8_t>(s.ship_type);
  if (s.imo >= 0) p.imo = static_cast<std::uint32_t>(s.imo);
  if (!std::isnan(s.draught_m)) p.draught_m = s.draught_m;
  p.to_bow_m = get(s.dimensions_m[0]);
  p.to_stern_m = get(s.dimensions_m[1]);
  p.to_port_m = get(s.dimensions_m[2]);
  p.to_starboard_m = get(s.dimensions_m[3]);
  return p;
}

}  // namespace

Duration Contact::overdue() const {
  if (kind == SystemTrackKind::base_station) return base_station_overdue_after;
  if (kind == SystemTrackKind::aid_to_navigation) return aid_overdue_after;
  return report ? overdue_after(*report) : aid_overdue_after;
}

void merge(const VesselParticulars& news, VesselParticulars& known) {
  known.mmsi = news.mmsi;
  known.message_type = news.message_type;
  known.received = news.received;
  take(news.name, known.name);
  take(news.callsign, known.callsign);
  take(news.ship_type, known.ship_type);
  take(news.imo, known.imo);
  take(news.to_bow_m, known.to_bow_m);
  take(news.to_stern_m, known.to_stern_m);
  take(news.to_port_m, known.to_port_m);
  take(news.to_starboard_m, known.to_starboard_m);
  take(news.draught_m, known.draught_m);
  take(news.destination, known.destination);
  take(news.eta_month, known.eta_month);
  take(news.eta_day, known.eta_day);
  take(news.eta_hour, known.eta_hour);
  take(news.eta_minute, known.eta_minute);
  take(news.fix_type, known.fix_type);
  take(news.vendor, known.vendor);
  take(news.mothership, known.mothership);
  known.own_ship = news.own_ship;
}

ContactSnapshot to_snapshot(const Contact& c) {
  ContactSnapshot s;
  s.mmsi = c.mmsi.value();
  s.number = c.number.value();
  s.own_number = c.own_number.value();
  s.number_since_ns = c.number_since.time_since_epoch().count();
  s.number_taken_ns = c.number_taken.time_since_epoch().count();
  s.number_settled = static_cast<std::uint8_t>(c.number_settled);
  s.kind = static_cast<std::uint8_t>(c.kind);
  s.fields = static_cast<std::uint8_t>((c.report ? 1U : 0U) | (c.particulars ? 2U : 0U) | (c.position ? 4U : 0U));
  s.accurate = static_cast<std::uint8_t>(c.accurate);
  s.stands_there = static_cast<std::uint8_t>(c.stands_there);
  s.attribute_version = c.attribute_version;
  s.began_ns = c.began.time_since_epoch().count();
  s.last_ns = c.last.time_since_epoch().count();
  s.heard_ns = c.heard.time_since_epoch().count();
  s.held_ns = c.held.time_since_epoch().count();
  s.particulars_ns = c.particulars_received.time_since_epoch().count();
  if (c.position) {
    s.latitude_rad = c.position->latitude.value();
    s.longitude_rad = c.position->longitude.value();
  }
  s.speed_mps = s.course_rad = s.heading_rad = s.turn_rate_deg_per_min = s.draught_m = none;
  if (c.report) {
    const VesselReport& r = *c.report;
    s.message_type = r.message_type;
    s.ais_class = static_cast<std::uint8_t>(r.kind);
    if (r.speed) s.speed_mps = r.speed->value();
    if (r.course) s.course_rad = r.course->radians();
    if (r.heading) s.heading_rad = r.heading->radians();
    if (r.turn_rate_deg_per_min) s.turn_rate_deg_per_min = *r.turn_rate_deg_per_min;
    if (r.turn_rate_raw) s.turn_rate_raw = *r.turn_rate_raw;
    if (r.navigation_status) s.navigation_status = *r.navigation_status;
    s.own_ship = static_cast<std::uint8_t>(r.own_ship);
    s.speed_at_least = static_cast<std::uint8_t>(r.speed_at_least);
    if (r.utc_second) s.utc_second = *r.utc_second;
    s.fix_timing = static_cast<std::uint8_t>(r.fix_timing);
    s.class_b = put(r.class_b);
  }
  if (c.particulars) {
    const VesselParticulars& p = *c.particulars;
    put(p.name, s.name);
    put(p.callsign, s.callsign);
    put(p.destination, s.destination);
    if (p.ship_type) s.ship_type = *p.ship_type;
    if (p.imo) s.imo = *p.imo;
    if (p.draught_m) s.draught_m = *p.draught_m;
    s.dimensions_m = {put(p.to_bow_m), put(p.to_stern_m), put(p.to_port_m), put(p.to_starboard_m)};
  }
  return s;
}

Contact from_snapshot(const ContactSnapshot& s) {
  Contact c;
  c.mmsi = Mmsi(s.mmsi);
  c.number = SystemTrackId(s.number);
  c.own_number = SystemTrackId(s.own_number);
  c.number_since = Timestamp(Duration(s.number_since_ns));
  c.number_taken = Timestamp(Duration(s.number_taken_ns));
  c.number_settled = s.number_settled != 0;
  c.kind = static_cast<SystemTrackKind>(std::min<std::uint8_t>(s.kind, 3));
  c.began = Timestamp(Duration(s.began_ns));
  c.last = Timestamp(Duration(s.last_ns));
  c.heard = Timestamp(Duration(s.heard_ns));
  c.held = Timestamp(Duration(s.held_ns));
  c.accurate = s.accurate != 0;
  c.stands_there = s.stands_there != 0;
  c.attribute_version = s.attribute_version;
  c.particulars_received = Timestamp(Duration(s.particulars_ns));
  if ((s.fields & 1U) != 0) c.report = report_from(s);
  if ((s.fields & 2U) != 0) c.particulars = particulars_from(s);
  if ((s.fields & 4U) != 0) c.position = GeoPosition{Radians(s.latitude_rad), Radians(s.longitude_rad)};
  return c;
}

}  // namespace headland::picture
