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

// What the time stamp of a fix says when it is not a second (M.1371-5 table 48: values 60 to 63).
enum class FixTiming : std::uint8_t { at_second, not_available, manual, estimated, inoperative };

// What a class B unit can do (types 18).
struct ClassBUnit {
  bool carrier_sense = false;  // CS unit; otherwise SOTDMA
  bool display = false;        // can show text of types 12 and 14
  bool dsc = false;            // has a DSC function
  bool whole_band = false;     // whole marine band
  bool message_22 = false;     // obeys channel management
  friend bool operator==(const ClassBUnit&, const ClassBUnit&) = default;
};

// Types 1, 2, 3 (class A), 9 (SAR aircraft), 18, 19 (class B), 27 (long range).
struct VesselReport {
  Mmsi mmsi;
  std::uint8_t message_type = 0;
  AisClass kind = AisClass::class_a;
  Timestamp received;                      // when the receiver heard it, as the data say
  std::optional<std::uint8_t> utc_second;  // second of the fix, 0..59
  FixTiming fix_timing = FixTiming::not_available;
  std::optional<GeoPosition> position;
  std::optional<MetresPerSecond> speed;  // over ground
  bool speed_at_least = false;           // 102.2 kn (A, B), 1022 kn (aircraft): "this or more"
  std::optional<Bearing> course;         // over ground, true
  std::optional<Bearing> heading;        // true
  // Positive = to starboard, from a turn indicator: (ROT_AIS / 4.733)^2 with the sign of ROT_AIS; +-708.7 means that
  // or more. Absent when ROT_AIS is +-127, which says only "more than 5 degrees in 30 s, no turn indicator".
  std::optional<double> turn_rate_deg_per_min;
  std::optional<std::int8_t> turn_rate_raw;       // ROT_AIS as sent (-127..127)
  std::optional<std::uint8_t> navigation_status;  // 0..14, table of M.1371 3.1; absent = 15
  std::optional<Metres> altitude;                 // type 9; 4094 m = that or higher
  bool altitude_barometric = false;               // type 9: from a barometer, not from GNSS
  bool accurate = false;                          // DGPS quality (< 10 m)
  bool raim = false;
  bool assigned = false;                             // types 9, 18, 19: assigned mode
  bool terminal_ready = true;                        // types 9, 19: data terminal equipment
  bool late = false;                                 // type 27: position is older than 5 s
  std::optional<ClassBUnit> class_b;                 // type 18
  std::optional<std::uint32_t> communication_state;  // as sent: 19 bits (types 1-3), 20 bits (types 9, 18)
  std::uint8_t repeat = 0;
  std::uint8_t special_manoeuvre = 0;  // types 1-3: 0 not available, 1 not engaged, 2 engaged
  char channel = 0;                    // 'A', 'B', 0 unknown
  bool own_ship = false;               // came as VDO
  friend bool operator==(const VesselReport&, const VesselReport&) = default;
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
  // Both of a pair are absent when both are 0. Bow 0 with stern not 0: length known, reference point not.
  std::optional<std::uint16_t> to_bow_m, to_stern_m, to_port_m, to_starboard_m;
  std::optional<double> draught_m;
  std::optional<std::string> destination;
  std::optional<std::uint8_t> eta_month, eta_day, eta_hour, eta_minute;
  std::optional<std::uint8_t> fix_type;  // type of position fixing device, absent = 0
  std::optional<std::string> vendor;     // 24B, three letters
  std::uint8_t unit_model = 0;           // 24B, the vendor's code
  std::uint32_t unit_serial = 0;         // 24B
  std::optional<Mmsi> mothership;        // 24B of an auxiliary craft
  std::optional<char> part;              // 24: 'A' or 'B'
  std::uint8_t ais_version = 0;          // 5: 0 = M.1371-1, 1 = -3, 2 = -5, 3 = later
  bool terminal_ready = true;            // 5, 19: data terminal equipment
  std::uint8_t repeat = 0;
  bool own_ship = false;
  friend bool operator==(const VesselParticulars&, const VesselParticulars&) = default;
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
  bool long_range_control = false;  // asks class A stations for type 27
  std::optional<std::uint32_t> communication_state;
  std::uint8_t repeat = 0;
  bool own_ship = false;
  friend bool operator==(const BaseStationReport&, const BaseStationReport&) = default;
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
  FixTiming fix_timing = FixTiming::not_available;
  std::optional<std::uint8_t> fix_type;
  std::uint8_t status = 0;  // 8 bits of the aid's own status (IALA), 0 = not used
  bool accurate = false;
  bool off_position = false;
  bool raim = false;
  bool virtual_aid = false;
  bool assigned = false;
  std::uint8_t repeat = 0;
  bool own_ship = false;
  friend bool operator==(const AidToNavigation&, const AidToNavigation&) = default;
};

using AisMessage = std::variant<VesselReport, VesselParticulars, BaseStationReport, AidToNavigation>;

// Own position, heading and motion from NMEA 0183 or AIVDO, for radars that move.
struct OwnShipReport {
  Timestamp received;
  std::array<char, 6> source{};  // talker and sentence, e.g. "GPGGA", "AIVDO"
  std::uint32_t origin = 0;      // number of the input it came by, as given to the decoder
  std::optional<GeoPosition> position;
  std::optional<Bearing> heading_true;
  std::optional<Bearing> heading_magnetic;
  std::optional<Angle> variation;  // magnetic variation, east positive
  std::optional<MetresPerSecond> speed;
  std::optional<Bearing> course;
  friend bool operator==(const OwnShipReport&, const OwnShipReport&) = default;
};

}  // namespace headland
