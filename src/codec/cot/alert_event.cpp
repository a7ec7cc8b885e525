// SPDX-License-Identifier: Apache-2.0
#include "codec/cot/alert_event.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string_view>

namespace headland::cot {
namespace {

constexpr Duration fresh_for = std::chrono::minutes(30);  // nobody told anything new of it since

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&apos;";
        break;
      default:  // other controls are no XML
        if (static_cast<unsigned char>(c) >= 0x20) out += c;
    }
  }
  return out;
}

std::string instant(Timestamp t) {
  const auto day = std::chrono::floor<std::chrono::days>(t);
  const std::chrono::year_month_day ymd(day);
  const std::chrono::hh_mm_ss<std::chrono::milliseconds> time(std::chrono::floor<std::chrono::milliseconds>(t - day));
  char text[40];
  const int n = std::snprintf(text, sizeof(text), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(ymd.year()),
                              static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()),
                              static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                              static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
  return {text, static_cast<std::size_t>(std::max(0, n))};
}

std::string number(double v) {
  char text[32];
  const int n = std::snprintf(text, sizeof(text), "%.6f", v);
  return {text, static_cast<std::size_t>(std::max(0, n))};
}

}  // namespace

std::string alert_event(const AlertRecord& a, const std::string& station) {
  const bool is_over = a.state == AlertState::rectified_unacknowledged || a.state == AlertState::ended;
  std::string who = a.rule;
  if (!a.subjects.empty()) {
    const AlertSubject& s = a.subjects.front();
    who = !s.name.empty()       ? s.name
          : s.mmsi.value() != 0 ? "MMSI " + std::to_string(s.mmsi.value())
                                : "Track " + std::to_string(s.track.value());
  }
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><event version=\"2.0\" uid=\"headland." +
                    escaped(station) + ".alert." + std::to_string(a.id.value()) +
                    "\" type=\"a-u-S\" how=\"m-f\" time=\"" + instant(a.changed) + "\" start=\"" + instant(a.raised) +
                    "\" stale=\"" + instant(is_over ? a.changed : a.changed + fresh_for) + "\">";
  out += "<point lat=\"" + number(a.position.latitude_deg()) + "\" lon=\"" + number(a.position.longitude_deg()) +
         "\" hae=\"9999999.0\" ce=\"9999999.0\" le=\"9999999.0\"/>";
  out += "<detail><contact callsign=\"" + escaped(who) + "\"/><remarks source=\"" + escaped(station) + "\">" +
         std::string(name_of(a.priority)) + ", " + escaped(a.rule) + ": " + escaped(a.text) + " (" +
         std::string(name_of(a.state)) + ")</remarks></detail></event>";
  return out;
}

}  // namespace headland::cot
