// SPDX-License-Identifier: Apache-2.0
#include "codec/share/texts.hpp"

#include <array>
#include <cmath>
#include <cstdio>

namespace headland::share {
namespace {

// Degrees and minutes; rounded as one number, so that 59.996' becomes the next degree.
std::string degrees_minutes(double degrees, int width, char positive, char negative) {
  const long hundredths = std::lround(std::fabs(degrees) * 6000.0);
  char text[48];
  std::snprintf(text, sizeof text, "%0*ld°%02ld.%02ld'%c", width, hundredths / 6000, hundredths % 6000 / 100,
                hundredths % 100, degrees < 0 ? negative : positive);
  return text;
}

}  // namespace

std::string_view ship_type_text(std::uint8_t type) {
  constexpr std::array<std::string_view, 10> thirties{
      "fishing",  "towing",  "towing, long or wide", "dredging", "diving",
      "military", "sailing", "pleasure craft",       "reserved", "reserved"};
  constexpr std::array<std::string_view, 10> fifties{
      "pilot vessel",    "search and rescue", "tug",          "port tender",       "anti-pollution",
      "law enforcement", "local vessel",      "local vessel", "medical transport", "non-combatant"};
  switch (type / 10) {
    case 2:
      return "wing in ground";
    case 3:
      return thirties[type % 10];
    case 4:
      return "high-speed craft";
    case 5:
      return fifties[type % 10];
    case 6:
      return "passenger";
    case 7:
      return "cargo";
    case 8:
      return "tanker";
    case 9:
      return "other";
    default:
      return "unknown";
  }
}

std::string_view navigation_status_text(std::uint8_t status) {
  constexpr std::array<std::string_view, 15> texts{"under way using engine",
                                                   "at anchor",
                                                   "not under command",
                                                   "restricted manoeuvrability",
                                                   "constrained by draught",
                                                   "moored",
                                                   "aground",
                                                   "engaged in fishing",
                                                   "under way sailing",
                                                   "reserved",
                                                   "reserved",
                                                   "towing astern",
                                                   "pushing ahead or towing alongside",
                                                   "reserved",
                                                   "AIS-SART, MOB or EPIRB"};
  return status < texts.size() ? texts[status] : "not defined";
}

std::string position_text(GeoPosition position) {
  return degrees_minutes(position.latitude_deg(), 2, 'N', 'S') + " " +
         degrees_minutes(position.longitude_deg(), 3, 'E', 'W');
}

std::string speed_text(MetresPerSecond speed) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f kn", to_knots(speed));
  return text;
}

std::string direction_text(Bearing bearing) {
  char text[32];
  const long tenths = std::lround(bearing.degrees() * 10.0) % 3600;
  std::snprintf(text, sizeof text, "%03ld.%ld°", tenths / 10, tenths % 10);
  return text;
}

}  // namespace headland::share
