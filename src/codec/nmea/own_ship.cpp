// SPDX-License-Identifier: Apache-2.0
#include "codec/nmea/own_ship.hpp"

#include <algorithm>
#include <cmath>

#include "codec/nmea/fields.hpp"
#include "codec/nmea/sentence.hpp"

namespace headland::nmea {
namespace {

using Result = Expected<OwnShipReport, NmeaFault>;

std::optional<MetresPerSecond> knots(std::string_view field, bool& bad) {
  const auto value = number(field, bad);
  if (!value) return std::nullopt;
  if (*value < 0.0) {
    bad = true;
    return std::nullopt;
  }
  return from_knots(*value);
}

std::optional<Angle> side_angle(const Fields& f, std::size_t i, bool& bad) {
  const auto degrees = with_side(f[i], f[i + 1], 'E', 'W', bad);
  if (!degrees) return std::nullopt;
  return Angle::from_degrees(*degrees);
}

constexpr std::array<std::string_view, 8> formatters{"GGA", "GLL", "RMC", "HDT", "THS", "HDG", "HDM", "VTG"};

void read_heading(std::string_view formatter, const Fields& f, OwnShipReport& r, bool& bad) {
  if (formatter == "HDT" && f[2] == "T") r.heading_true = bearing(f[1], bad);
  if (formatter == "THS" && f[2] != "V") r.heading_true = bearing(f[1], bad);
  if (formatter == "HDM" && f[2] == "M") r.heading_magnetic = bearing(f[1], bad);
  if (formatter == "HDG") {
    r.heading_magnetic = bearing(f[1], bad);
    const auto deviation = side_angle(f, 2, bad);
    if (r.heading_magnetic && deviation) *r.heading_magnetic = *r.heading_magnetic + *deviation;
    r.variation = side_angle(f, 4, bad);
  }
}

}  // namespace

bool is_own_ship_sentence(std::string_view formatter) {
  return std::find(formatters.begin(), formatters.end(), formatter) != formatters.end();
}

bool has_content(const OwnShipReport& r) {
  return r.position || r.heading_true || r.heading_magnetic || r.variation || r.speed || r.course;
}

Result parse_own_ship(std::string_view body, Timestamp received) {
  const Fields f(body);
  OwnShipReport r;
  r.received = received;
  if (f[0].size() != 5) return unexpected(NmeaFault::bad_fields);
  std::copy(f[0].begin(), f[0].end(), r.source.begin());
  const std::string_view formatter = f[0].substr(2);

  bool bad = false, off_globe = false;
  if (formatter == "GGA") {
    if (f[6] != "0" && !f[6].empty()) r.position = position(f, 2, bad, off_globe);
  } else if (formatter == "GLL") {
    if (f[6] == "A" && f[7] != "N") r.position = position(f, 1, bad, off_globe);
  } else if (formatter == "RMC") {
    if (f[2] == "A" && f[12] != "N") {
      r.position = position(f, 3, bad, off_globe);
      r.speed = knots(f[7], bad);
      r.course = bearing(f[8], bad);
      r.variation = side_angle(f, 10, bad);
    }
  } else if (formatter == "VTG") {
    if (f[9] != "N") {
      r.course = bearing(f[1], bad);
      r.speed = knots(f[5], bad);
    }
  } else {
    read_heading(formatter, f, r, bad);
  }
  if (off_globe) return unexpected(NmeaFault::position_off_globe);
  if (bad) return unexpected(NmeaFault::bad_fields);
  return r;
}

std::optional<OwnShipReport> own_ship_of(const AisMessage& message) {
  OwnShipReport r;
  r.source = {'A', 'I', 'V', 'D', 'O', '\0'};
  if (const auto* report = std::get_if<VesselReport>(&message)) {
    r.received = report->received;
    r.position = report->position;
    r.heading_true = report->heading;
    r.speed = report->speed;
    r.course = report->course;
  } else if (const auto* station = std::get_if<BaseStationReport>(&message)) {
    r.received = station->received;
    r.position = station->position;
  }
  if (!has_content(r)) return std::nullopt;
  return r;
}

}  // namespace headland::nmea
