// SPDX-License-Identifier: Apache-2.0
// decode(encode(x)) = x for every value that the message can hold.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "codec/ais/decode.hpp"
#include "codec/ais/encode.hpp"

namespace headland::ais {
namespace {

using rc::gen::inRange;

const Timestamp noon{std::chrono::hours(12)};

template <class T, class Low, class High>
std::optional<T> maybe(Low low, High high) {
  if (*rc::gen::arbitrary<bool>()) return std::nullopt;
  return static_cast<T>(*inRange<std::int64_t>(low, static_cast<std::int64_t>(high) + 1));
}
bool coin() { return *rc::gen::arbitrary<bool>(); }
std::uint8_t below(unsigned n) { return static_cast<std::uint8_t>(*inRange(0U, n)); }
Mmsi any_mmsi() { return Mmsi(*inRange(1U, 1'000'000'000U)); }

// Text that has a six-bit code, without blanks at its end, not empty.
std::optional<std::string> any_text(unsigned longest, unsigned shortest = 1) {
  if (shortest == 1 && coin()) return std::nullopt;
  const auto length = *inRange(shortest, longest + 1);
  std::string text;
  for (unsigned i = 0; i < length; ++i) text += six_bit_character(*inRange(1U, 64U));
  if (text.back() == ' ') text.back() = 'X';
  return text;
}

std::optional<GeoPosition> any_position(int per_degree) {
  if (coin()) return std::nullopt;
  const double scale = per_degree;
  return GeoPosition::from_degrees(*inRange(-90 * per_degree, 90 * per_degree + 1) / scale,
                                   *inRange(-180 * per_degree, 180 * per_degree + 1) / scale);
}

void any_motion(VesselReport& r, double knots) {
  if (coin()) {
    const auto raw = *inRange(0, 1023);
    r.speed = from_knots(raw * knots);
    r.speed_at_least = raw == 1022;
  }
  if (coin()) r.course = Bearing::from_degrees(*inRange(0, 3600) / 10.0);
  r.position = any_position(600'000);
}

template <class Value>
void any_second(Value& v) {
  v.utc_second = maybe<std::uint8_t>(0, 59);
  v.fix_timing = v.utc_second ? FixTiming::at_second
                              : *rc::gen::element(FixTiming::not_available, FixTiming::manual, FixTiming::estimated,
                                                  FixTiming::inoperative);
}

template <class Value>
void any_dimensions(Value& v) {
  if (coin()) {
    v.to_bow_m = static_cast<std::uint16_t>(*inRange(0, 512));
    v.to_stern_m = static_cast<std::uint16_t>(*inRange(*v.to_bow_m == 0 ? 1 : 0, 512));
  }
  if (coin()) {
    v.to_port_m = static_cast<std::uint16_t>(*inRange(0, 64));
    v.to_starboard_m = static_cast<std::uint16_t>(*inRange(*v.to_port_m == 0 ? 1 : 0, 64));
  }
}

VesselReport any_report(std::uint8_t type, AisClass kind) {
  VesselReport r;
  r.mmsi = any_mmsi();
  r.message_type = type;
  r.kind = kind;
  r.received = noon;
  r.repeat = below(4);
  r.accurate = coin();
  r.raim = coin();
  return r;
}

std::vector<AisMessage> decoded(const std::optional<Payload>& payload) {
  RC_ASSERT(payload.has_value());
  std::vector<AisMessage> out;
  const auto result = decode(*payload, {noon, 0, false}, out);
  RC_ASSERT(bool(result));
  RC_ASSERT(!result->impossible_position);
  return out;
}

template <class Value>
void expect_back(const Value& value) {
  const auto out = decoded(encode(value));
  RC_ASSERT(out.size() == 1U);
  RC_ASSERT(std::get<Value>(out[0]) == value);
}

TEST(RoundTrip, ClassAReports) {
  EXPECT_TRUE(rc::check("types 1, 2, 3", [] {
    VesselReport r = any_report(static_cast<std::uint8_t>(*inRange(1, 4)), AisClass::class_a);
    r.navigation_status = maybe<std::uint8_t>(0, 14);
    r.turn_rate_raw = maybe<std::int8_t>(-127, 127);
    if (r.turn_rate_raw && std::abs(*r.turn_rate_raw) < 127) {
      const double root = *r.turn_rate_raw / 4.733;
      r.turn_rate_deg_per_min = std::copysign(root * root, root);
    }
    any_motion(r, 0.1);
    if (coin()) r.heading = Bearing::from_degrees(*inRange(0, 360));
    any_second(r);
    r.special_manoeuvre = below(4);
    r.communication_state = *inRange(0U, 1U << 19);
    expect_back(r);
  }));
}

TEST(RoundTrip, AircraftReports) {
  EXPECT_TRUE(rc::check("type 9", [] {
    VesselReport r = any_report(9, AisClass::sar_aircraft);
    if (coin()) r.altitude = Metres(*inRange(0, 4095));
    any_motion(r, 1.0);
    any_second(r);
    r.altitude_barometric = coin();
    r.terminal_ready = coin();
    r.assigned = coin();
    r.communication_state = *inRange(0U, 1U << 20);
    expect_back(r);
  }));
}

VesselReport any_class_b(std::uint8_t type) {
  VesselReport r = any_report(type, AisClass::class_b);
  any_motion(r, 0.1);
  if (coin()) r.heading = Bearing::from_degrees(*inRange(0, 360));
  any_second(r);
  r.assigned = coin();
  return r;
}

TEST(RoundTrip, ClassBReports) {
  EXPECT_TRUE(rc::check("type 18", [] {
    VesselReport r = any_class_b(18);
    r.class_b = ClassBUnit{coin(), coin(), coin(), coin(), coin()};
    r.communication_state = *inRange(0U, 1U << 20);
    expect_back(r);
  }));
}

TEST(RoundTrip, ExtendedClassBReportsGiveAReportAndParticulars) {
  EXPECT_TRUE(rc::check("type 19", [] {
    VesselReport r = any_class_b(19);
    r.terminal_ready = coin();
    VesselParticulars v;
    v.mmsi = r.mmsi;
    v.message_type = 19;
    v.received = noon;
    v.repeat = r.repeat;
    v.terminal_ready = r.terminal_ready;
    v.name = any_text(20);
    v.ship_type = maybe<std::uint8_t>(1, 255);
    any_dimensions(v);
    v.fix_type = maybe<std::uint8_t>(1, 15);
    const auto out = decoded(encode_extended(r, v));
    RC_ASSERT(out.size() == 2U);
    RC_ASSERT(std::get<VesselReport>(out[0]) == r);
    RC_ASSERT(std::get<VesselParticulars>(out[1]) == v);
  }));
}

TEST(RoundTrip, LongRangeReports) {
  EXPECT_TRUE(rc::check("type 27", [] {
    VesselReport r = any_report(27, AisClass::long_range);
    r.navigation_status = maybe<std::uint8_t>(0, 14);
    r.position = any_position(600);
    if (coin()) r.speed = from_knots(*inRange(0, 63));
    if (coin()) r.course = Bearing::from_degrees(*inRange(0, 360));
    r.late = coin();
    expect_back(r);
  }));
}

VesselParticulars any_particulars(std::uint8_t type) {
  VesselParticulars v;
  v.mmsi = any_mmsi();
  v.message_type = type;
  v.received = noon;
  v.repeat = below(4);
  return v;
}

TEST(RoundTrip, VoyageData) {
  EXPECT_TRUE(rc::check("type 5", [] {
    VesselParticulars v = any_particulars(5);
    v.ais_version = below(4);
    v.imo = maybe<std::uint32_t>(1, (1 << 30) - 1);
    v.callsign = any_text(7);
    v.name = any_text(20);
    v.ship_type = maybe<std::uint8_t>(1, 255);
    any_dimensions(v);
    v.fix_type = maybe<std::uint8_t>(1, 15);
    v.eta_month = maybe<std::uint8_t>(1, 12);
    v.eta_day = maybe<std::uint8_t>(1, 31);
    v.eta_hour = maybe<std::uint8_t>(0, 23);
    v.eta_minute = maybe<std::uint8_t>(0, 59);
    if (coin()) v.draught_m = *inRange(1, 256) / 10.0;
    v.destination = any_text(20);
    v.terminal_ready = coin();
    expect_back(v);
  }));
}

TEST(RoundTrip, StaticDataInTwoParts) {
  EXPECT_TRUE(rc::check("type 24 A", [] {
    VesselParticulars v = any_particulars(24);
    v.part = 'A';
    v.name = any_text(20);
    expect_back(v);
  }));
  EXPECT_TRUE(rc::check("type 24 B, vessels and auxiliary craft", [] {
    VesselParticulars v = any_particulars(24);
    v.part = 'B';
    v.ship_type = maybe<std::uint8_t>(1, 255);
    v.vendor = any_text(3);
    v.unit_model = below(16);
    v.unit_serial = *inRange(0U, 1U << 20);
    v.callsign = any_text(7);
    v.fix_type = maybe<std::uint8_t>(1, 15);
    if (coin()) {
      v.mmsi = Mmsi(980'000'000U + *inRange(0U, 10'000'000U));
      if (coin()) v.mothership = any_mmsi();
    } else if (v.mmsi.value() / 10'000'000 != 98) {
      any_dimensions(v);
    }
    expect_back(v);
  }));
}

TEST(RoundTrip, BaseStations) {
  EXPECT_TRUE(rc::check("types 4 and 11", [] {
    BaseStationReport b;
    b.mmsi = any_mmsi();
    b.message_type = coin() ? 4 : 11;
    b.received = noon;
    b.repeat = below(4);
    b.year = maybe<std::uint16_t>(1, 9999);
    b.month = maybe<std::uint8_t>(1, 12);
    b.day = maybe<std::uint8_t>(1, 31);
    b.hour = maybe<std::uint8_t>(0, 23);
    b.minute = maybe<std::uint8_t>(0, 59);
    b.second = maybe<std::uint8_t>(0, 59);
    b.position = any_position(600'000);
    b.accurate = coin();
    b.fix_type = maybe<std::uint8_t>(1, 15);
    b.long_range_control = coin();
    b.raim = coin();
    b.communication_state = *inRange(0U, 1U << 19);
    expect_back(b);
  }));
}

TEST(RoundTrip, AidsToNavigationWithNamesOfAnyLength) {
  EXPECT_TRUE(rc::check("type 21", [] {
    AidToNavigation a;
    a.mmsi = any_mmsi();
    a.received = noon;
    a.repeat = below(4);
    a.aid_type = maybe<std::uint8_t>(1, 31);
    a.name = coin() ? any_text(20) : any_text(34, 21);
    a.position = any_position(600'000);
    any_dimensions(a);
    any_second(a);
    a.fix_type = maybe<std::uint8_t>(1, 15);
    a.status = below(256);
    a.accurate = coin();
    a.off_position = coin();
    a.raim = coin();
    a.virtual_aid = coin();
    a.assigned = coin();
    const auto out = decoded(encode(a));
    RC_ASSERT(out.size() == 1U);
    RC_ASSERT(std::get<AidToNavigation>(out[0]) == a);
  }));
}

}  // namespace
}  // namespace headland::ais
