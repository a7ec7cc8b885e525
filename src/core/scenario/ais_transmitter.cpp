// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/ais_transmitter.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/scenario/seeds.hpp"

namespace headland::scenario {
namespace {

constexpr Timestamp never = Timestamp(Duration(std::numeric_limits<std::int64_t>::max()));
constexpr double static_interval_s = 360.0;
constexpr double turn_limit_rad = 5.0 * radians_per_degree;  // M.1371-5 Annex 2, 4.3.1.2 (change of course)

// M.1371-5 table 53: type of ship.
std::uint8_t ship_type(VesselKind kind) {
  switch (kind) {
    case VesselKind::tanker:
      return 80;
    case VesselKind::container_ship:
      return 71;
    case VesselKind::cargo_ship:
      return 70;
    case VesselKind::ferry:
      return 60;
    case VesselKind::tug:
      return 52;
    case VesselKind::pilot_boat:
      return 50;
    case VesselKind::trawler:
    case VesselKind::fishing_boat:
      return 30;
    case VesselKind::yacht:
      return 36;
    case VesselKind::speedboat:
    case VesselKind::zodiac:
      return 37;
    case VesselKind::barge:
    case VesselKind::buoy:
    case VesselKind::reflector:
      break;
  }
  return 90;
}

std::uint8_t navigation_status(const VesselSpec& spec, const VesselState& state) {
  if (state.at_anchor) return 1;
  if (spec.behaviour == Behaviour::drifting) return 2;
  if (spec.kind == VesselKind::trawler || spec.kind == VesselKind::fishing_boat) return 7;
  return 0;
}

// ROT_AIS = 4.733 sqrt(deg/min), M.1371-5 table 48.
std::int8_t turn_code(double deg_per_min) {
  const double code = std::round(4.733 * std::sqrt(std::abs(deg_per_min)));
  return static_cast<std::int8_t>(std::copysign(std::min(code, 126.0), deg_per_min));
}

}  // namespace

double reporting_interval_s(AisEquipment equipment, double speed_mps, bool at_anchor, bool changing_course) {
  const double knots = speed_mps / mps_per_knot;
  switch (equipment) {
    case AisEquipment::class_a:
      if (at_anchor) return knots > 3.0 ? 10.0 : 180.0;
      if (knots <= 14.0) return changing_course ? 10.0 / 3.0 : 10.0;
      if (knots <= 23.0) return changing_course ? 2.0 : 6.0;
      return 2.0;
    case AisEquipment::class_b:
      return knots > 2.0 ? 30.0 : 180.0;
    case AisEquipment::aid:
      return 180.0;
    case AisEquipment::none:
      break;
  }
  return static_interval_s;
}

AisTransmitter::AisTransmitter(const VesselSpec& spec, std::uint64_t seed, Timestamp start)
    : spec_(spec),
      random_(seed),
      silent_from_(never),
      report_last_(start),
      report_due_(never),
      static_due_(never),
      course_steady_(start),
      error_sigma_m_(spec.ais == AisEquipment::class_a ? 2.5 : 5.0) {
  if (spec_.ais == AisEquipment::none) return;
  if (spec_.ais_silent_after_s) silent_from_ = start + to_duration(Seconds(*spec_.ais_silent_after_s));
  error_east_m_ = error_sigma_m_ * random_.normal();
  error_north_m_ = error_sigma_m_ * random_.normal();
  // Whoever joins hears everybody within seconds and all names within a minute.
  report_due_ = start + to_duration(Seconds(random_.uniform(0.2, 10.0)));
  if (spec_.ais != AisEquipment::aid) static_due_ = start + to_duration(Seconds(random_.uniform(2.0, 60.0)));
}

double AisTransmitter::interval_s(const VesselState& state) const {
  return reporting_interval_s(spec_.ais, state.velocity.speed().value(), state.at_anchor, changing_course_);
}

void AisTransmitter::at_tick(const VesselState& state, Timestamp now) {
  if (spec_.ais == AisEquipment::none) return;
  // First-order Gauss-Markov error with a time constant of two minutes.
  const double keep = std::exp(-tick_s / 120.0);
  const double fresh = error_sigma_m_ * std::sqrt(1.0 - keep * keep);
  error_east_m_ = keep * error_east_m_ + fresh * random_.normal();
  error_north_m_ = keep * error_north_m_ + fresh * random_.normal();

  const double heading = state.heading.radians();
  if (!heading_known_) mean_heading_rad_ = heading;
  heading_known_ = true;
  const double off = Angle(Radians(heading - mean_heading_rad_)).radians();
  mean_heading_rad_ += off * (tick_s / 30.0);
  if (std::abs(off) > turn_limit_rad) course_steady_ = now + std::chrono::seconds(20);
  changing_course_ = now < course_steady_;

  if (report_due_ == never) return;
  // A shorter interval holds at once; within the spread of the slots nothing changes.
  const double interval = interval_s(state);
  const Timestamp sooner = report_last_ + to_duration(Seconds(interval));
  if (sooner + to_duration(Seconds(0.11 * interval)) < report_due_) report_due_ = std::max(sooner, now);
}

VesselReport AisTransmitter::report(const VesselState& state, const LocalFrame& frame) {
  VesselReport r;
  const bool class_a = spec_.ais == AisEquipment::class_a;
  const EastNorth measured{state.position.east + Metres(error_east_m_), state.position.north + Metres(error_north_m_)};
  const Angle north = frame.north_at(state.position);  // the plane's axis and true north differ away from the radar
  const double speed = std::max(0.0, state.velocity.speed().value() + 0.05 * random_.normal());
  r.mmsi = Mmsi(spec_.mmsi);
  r.message_type = class_a ? std::uint8_t{1} : std::uint8_t{18};
  r.kind = class_a ? AisClass::class_a : AisClass::class_b;
  r.received = report_due_;
  r.utc_second =
      static_cast<std::uint8_t>(std::chrono::floor<std::chrono::seconds>(report_due_).time_since_epoch().count() % 60);
  r.position = frame.to_geo(measured);
  r.speed = MetresPerSecond(speed);
  r.course = state.velocity.course() - north +
             Angle::from_degrees(speed > 1.0 ? 0.5 * random_.normal() : 40.0 * random_.normal());
  r.accurate = class_a;
  r.fix_timing = FixTiming::at_second;
  r.channel = channel_;
  // M.1371-5 Annex 2, 3.3.7.2.1: synchronised to UTC, slot kept for three frames more; class B "CS": the fixed value
  // of Annex 7.
  r.communication_state = class_a ? 3U << 14 : 0xE0006U;
  if (!class_a) r.class_b = ClassBUnit{.carrier_sense = true, .dsc = true, .whole_band = true, .message_22 = true};
  if (class_a) {
    if (changing_course_) r.message_type = 3;
    r.heading = state.heading - north + Angle::from_degrees(0.4 * random_.normal());
    const double deg_per_min = state.turn_rate_rps / radians_per_degree * 60.0;
    r.turn_rate_raw = turn_code(deg_per_min);
    r.turn_rate_deg_per_min = deg_per_min;
    r.navigation_status = navigation_status(spec_, state);
  }
  return r;
}

VesselParticulars AisTransmitter::particulars() const {
  VesselParticulars p;
  p.mmsi = Mmsi(spec_.mmsi);
  p.received = static_due_;
  const auto text = [](const std::string& s) { return s.empty() ? std::optional<std::string>{} : std::optional(s); };
  const auto half = [](double metres) { return static_cast<std::uint16_t>(std::lround(metres / 2.0)); };
  p.name = text(spec_.name);
  p.callsign = text(spec_.callsign);
  p.ship_type = ship_type(spec_.kind);
  p.to_bow_m = p.to_stern_m = half(spec_.length_m);
  p.to_port_m = p.to_starboard_m = half(spec_.beam_m);
  return p;
}

void AisTransmitter::send_static(std::vector<AisTransmission>& out) {
  VesselParticulars p = particulars();
  if (spec_.ais == AisEquipment::class_a) {
    p.message_type = 5;
    if (spec_.imo != 0) p.imo = spec_.imo;
    if (spec_.draught_m > 0.0) p.draught_m = spec_.draught_m;
    if (!spec_.destination.empty()) p.destination = spec_.destination;
    p.fix_type = 1;
    out.push_back({static_due_, p});
    return;
  }
  // Class B tells its name (24A) and the rest (24B) in two messages.
  VesselParticulars a;
  a.mmsi = p.mmsi;
  a.received = p.received;
  a.message_type = 24;
  a.part = 'A';
  a.name = p.name;
  out.push_back({static_due_, a});
  p.message_type = 24;
  p.part = 'B';
  p.name.reset();
  out.push_back({static_due_, p});
}

AidToNavigation AisTransmitter::aid(const VesselState& state, const LocalFrame& frame) const {
  AidToNavigation a;
  a.mmsi = Mmsi(spec_.mmsi);
  a.received = report_due_;
  a.aid_type = std::uint8_t{29};  // safe water mark
  a.name = spec_.name;
  a.position = frame.to_geo(state.position);
  a.fix_type = 1;
  return a;
}

void AisTransmitter::transmit(const VesselState& state, const LocalFrame& frame, std::vector<AisTransmission>& out) {
  if (due() >= silent_from_) {
    report_due_ = static_due_ = never;
    return;
  }
  channel_ = channel_ == 'A' ? 'B' : 'A';
  if (report_due_ <= static_due_) {
    if (spec_.ais == AisEquipment::aid) {
      out.push_back({report_due_, aid(state, frame)});
    } else {
      out.push_back({report_due_, report(state, frame)});
    }
    report_last_ = report_due_;
    // Slots are reserved within a fifth of the interval around the nominal time.
    report_due_ += to_duration(Seconds(interval_s(state) * random_.uniform(0.9, 1.1)));
    return;
  }
  send_static(out);
  static_due_ += to_duration(Seconds(static_interval_s * random_.uniform(0.97, 1.03)));
}

}  // namespace headland::scenario
