// SPDX-License-Identifier: Apache-2.0
// What vessels say of themselves by AIS (ITU-R M.1371-5), as typed values.
// "Not available" on the wire is an absent optional here, never a number.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "core/base/angle.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/geo/position.hpp"

namespace headland {

enum class AisClass : std::uint8_t { class_a, class_b, sar_aircraft, long_range };

// Types 1, 2, 3 (class A), 9 (SAR aircraft), 18, 19 (class B), 27 (long range).
struct VesselReport {
  Mmsi mmsi;
  std::uint8_t message_type = 0;
  AisClass kind = AisClass::class_a;
  Timestamp received;                      // when the receiver heard it, as the data say
  std::optional<std::uint8_t> utc_second;  // second of the fix, 0..59
  std::optional<GeoPosition> position;
  std::optional<MetresPerSecond> speed;           // over ground
  bool speed_at_least = false;                    // 102.2 kn (A, B), 1022 kn (aircraft): "this or more"
  std::optional<Bearing> course;                  // over ground, true
  std::optional<Bearing> heading;                 // true
  std::optional<double> turn_rate_deg_per_min;    // positive = to starboard; +-708 = "more than 5 deg per 30 s" unknown
  std::optional<std::int8_t> turn_rate_raw;       // ROT_AIS as sent (-127..127)
  std::optional<std::uint8_t> navigation_status;  // 0..14, table of M.1371 3.1; absent = 15
  std::optional<Metres> altitude;                 // type 9
  bool accurate = false;                          // DGPS quality (< 10 m)
  bool raim = false;
  bool assigned = false;  // class B assigned mode
  std::uint8_t repeat = 0;
  std::uint8_t special_manoeuvre = 0;  // types 1-3: 0 not available, 1 not engaged, 2 engaged
  char channel = 0;                    // 'A', 'B', 0 unknown
  bool own_ship = false;               // came as VDO
};

// Types 5, 19, 24A, 24B.
struct VesselParticulars {
  Mmsi mmsi;
  std::uint8_t message_type = 0;
  Timestamp received;
  std::optional<std::string> name;  // trailing blanks and '@' removed; absent when empty
  std::optional<std::string> callsign;
  std::optional<std::uint8_t> ship_type;  // M.1371 table 53; absent = 0
  std::optional<std::uint32_t> imo;
  // Distances from the reference point of the reported position, metres (A bow, B stern, C port, D starboard).
  std::optional<std::uint16_t> to_bow_m, to_stern_m, to_port_m, to_starboard_m;
  std::optional<double> draught_m;
  std::optional<std::string> destination;
  std::optional<std::uint8_t> eta_month, eta_day, eta_hour, eta_minute;
  std::optional<std::uint8_t> fix_type;  // type of position fixing device, absent = 0
  std::optional<std::string> vendor;     // 24B
  std::optional<Mmsi> mothership;        // 24B of an auxiliary craft
  std::uint8_t repeat = 0;
  bool own_ship = false;
};

// Types 4 and 11.
struct BaseStationReport {
  Mmsi mmsi;
  std::uint8_t message_type = 0;
  Timestamp received;
  std::optional<std::uint16_t> year;
  std::optional<std::uint8_t> month, day, hour, minute, second;
  std::optional<GeoPosition> position;
  bool accurate = false;
  std::optional<std::uint8_t> fix_type;
  bool raim = false;
  std::uint8_t repeat = 0;
};

// Type 21.
struct AidToNavigation {
  Mmsi mmsi;
  Timestamp received;
  std::optional<std::uint8_t> aid_type;  // absent = 0
  std::optional<std::string> name;
  std::optional<GeoPosition> position;
  std::optional<std::uint16_t> to_bow_m, to_stern_m, to_port_m, to_starboard_m;
  std::optional<std::uint8_t> utc_second;
  std::optional<std::uint8_t> fix_type;
  bool accurate = false;
  bool off_position = false;
  bool raim = false;
  bool virtual_aid = false;
  bool assigned = false;
  std::uint8_t repeat = 0;
};

using AisMessage = std::variant<VesselReport, VesselParticulars, BaseStationReport, AidToNavigation>;

// Own position, heading and motion from NMEA 0183 or AIVDO, for radars that move.
struct OwnShipReport {
  Timestamp received;
  std::array<char, 6> source{};  // talker and sentence, e.g. "GPGGA", "AIVDO"
  std::optional<GeoPosition> position;
  std::optional<Bearing> heading_true;
  std::optional<Bearing> heading_magnetic;
  std::optional<Angle> variation;  // magnetic variation, east positive
  std::optional<MetresPerSecond> speed;
  std::optional<Bearing> course;
};

}  // namespace headland
