// SPDX-License-Identifier: Apache-2.0
#include "codec/nmea/target.hpp"

#include <algorithm>
#include <cmath>

#include "codec/nmea/fields.hpp"
#include "codec/nmea/sentence.hpp"
#include "codec/nmea/vdm_writer.hpp"

namespace headland::nmea {
namespace {

constexpr double metres_per_statute_mile = 1609.344;

// Metres in the unit of length that a TTM is written in.
double length_of(std::string_view unit, bool& bad) {
  if (unit == "N") return metres_per_nautical_mile;
  if (unit == "K") return 1000.0;
  if (unit == "S") return metres_per_statute_mile;
  bad = true;
  return 0.0;
}

bool is_relative(std::string_view field, bool present, bool& bad) {
  if (field == "R") return true;
  if (present && field != "T") bad = true;
  return false;
}

// hhmmss.ss as seconds of the day.
std::optional<Seconds> time_of_day(std::string_view field, bool& bad) {
  const auto value = number(field, bad);
  if (!value) return std::nullopt;
  const double hours = std::floor(*value / 10'000.0);
  const double minutes = std::floor(*value / 100.0) - hours * 100.0;
  const double seconds = *value - hours * 10'000.0 - minutes * 100.0;
  if (!(*value >= 0.0) || hours >= 24.0 || minutes >= 60.0 || seconds >= 61.0) {
    bad = true;
    return std::nullopt;
  }
  return Seconds(std::min(hours * 3600.0 + minutes * 60.0 + seconds, 86399.999));
}

TargetStatus status_of(std::string_view field, bool& bad) {
  if (field == "L") return TargetStatus::lost;
  if (field == "Q") return TargetStatus::acquiring;
  if (field != "T" && !field.empty()) bad = true;
  return TargetStatus::tracking;
}

std::optional<Metres> metres(std::string_view field, double unit_m, bool& bad) {
  const auto value = number(field, bad);
  if (!value) return std::nullopt;
  if (*value < 0.0) bad = true;
  return Metres(*value * unit_m);
}

void read_ttm(const Fields& f, RadarTarget& t, bool& bad) {
  const double unit_m = length_of(f[10], bad);
  t.distance = metres(f[2], unit_m, bad);
  t.bearing = bearing(f[3], bad);
  t.bearing_relative = is_relative(f[4], t.bearing.has_value(), bad);
  if (const auto per_hour = metres(f[5], unit_m, bad)) t.speed = MetresPerSecond(per_hour->value() / 3600.0);
  t.course = bearing(f[6], bad);
  t.course_relative = is_relative(f[7], t.course.has_value(), bad);
  t.name = f[11];
  t.status = status_of(f[12], bad);
  t.time_of_day = time_of_day(f[14], bad);
  if (!t.distance || !t.bearing) bad = true;
}

std::string fixed(double value, int digits, int width) {
  const double scale = std::pow(10.0, digits);
  const auto whole = static_cast<long long>(std::llround(std::abs(value) * scale));
  std::string text = std::to_string(whole);
  const auto least = static_cast<std::size_t>(width > 0 ? width + digits : digits + 1);
  if (text.size() < least) text.insert(0, least - text.size(), '0');
  if (digits > 0) text.insert(text.size() - static_cast<std::size_t>(digits), ".");
  if (value < 0.0 && whole != 0) text.insert(0, "-");
  return text;
}

std::string time_text(const RadarTarget& t) {
  if (!t.time_of_day) return {};
  const auto hundredths = static_cast<long long>(std::floor(t.time_of_day->value() * 100.0)) % 8'640'000;
  return fixed(static_cast<double>(hundredths / 360'000 * 10'000 + hundredths / 6000 % 60 * 100) +
                   static_cast<double>(hundredths % 6000) / 100.0,
               2, 6);
}
char status_letter(TargetStatus s) { return s == TargetStatus::lost ? 'L' : s == TargetStatus::acquiring ? 'Q' : 'T'; }
// Letters that mean something in a sentence are left out of names.
std::string name_text(const RadarTarget& t) {
  std::string text;
  for (const char c : t.name) {
    if (c >= ' ' && c < 127 && std::string_view("$*,!\\^~").find(c) == std::string_view::npos) text += c;
  }
  return text;
}
// 0.0 to 359.9.
std::string angle_text(Bearing b) {
  return fixed(static_cast<double>(std::llround(b.degrees() * 10.0) % 3600) / 10.0, 1, 0);
}
std::string number_text(const RadarTarget& t) { return fixed(t.number % 1000, 0, 2); }

std::string minutes_text(double degrees, int width) {
  // Rounded as a whole, so that 59.99999 becomes the next degree and not 60 minutes.
  const auto units = static_cast<long long>(std::llround(std::abs(degrees) * 600'000.0));
  return fixed(static_cast<double>(units / 600'000), 0, width) +
         fixed(static_cast<double>(units % 600'000) / 10'000.0, 4, 2);
}

}  // namespace

bool is_target_sentence(std::string_view formatter) { return formatter == "TTM" || formatter == "TLL"; }

Expected<RadarTarget, NmeaFault> parse_target(std::string_view body, Timestamp received) {
  const Fields f(body);
  if (f[0].size() != 5) return unexpected(NmeaFault::bad_fields);
  RadarTarget t;
  t.received = received;
  const auto own = digits(f[1]);
  if (!own || *own > 999'999) return unexpected(NmeaFault::bad_fields);
  t.number = static_cast<std::uint32_t>(*own);
  bool bad = false, off_globe = false;
  if (f[0].substr(2) == "TTM") {
    read_ttm(f, t, bad);
  } else {
    t.position = position(f, 2, bad, off_globe);
    t.name = f[6];
    t.time_of_day = time_of_day(f[7], bad);
    t.status = status_of(f[8], bad);
    if (off_globe) return unexpected(NmeaFault::position_off_globe);
    if (!t.position) bad = true;
  }
  if (bad) return unexpected(NmeaFault::bad_fields);
  return t;
}

void write_ttm(const RadarTarget& t, std::string& out) {
  if (!t.distance || !t.bearing) return;
  std::string body = "RATTM," + number_text(t) + ',' + fixed(t.distance->value() / metres_per_nautical_mile, 3, 0) +
                     ',' + angle_text(*t.bearing) + ',' + (t.bearing_relative ? 'R' : 'T') + ',';
  if (t.speed) body += fixed(t.speed->value() / mps_per_knot, 1, 0);
  body += ',';
  if (t.course)
    body += angle_text(*t.course) + ',' + (t.course_relative ? 'R' : 'T');
  else
    body += ',';
  body += ",,,N," + name_text(t) + ',' + status_letter(t.status) + ",," + time_text(t) + ",A";
  write_sentence('$', body, out);
}

void write_tll(const RadarTarget& t, std::string& out) {
  if (!t.position) return;
  const double lat = t.position->latitude_deg(), lon = t.position->longitude_deg();
  const std::string body = "RATLL," + number_text(t) + ',' + minutes_text(lat, 2) + ',' + (lat < 0.0 ? 'S' : 'N') +
                           ',' + minutes_text(lon, 3) + ',' + (lon < 0.0 ? 'W' : 'E') + ',' + name_text(t) + ',' +
                           time_text(t) + ',' + status_letter(t.status) + ',';
  write_sentence('$', body, out);
}

}  // namespace headland::nmea
