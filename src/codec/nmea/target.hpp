// SPDX-License-Identifier: Apache-2.0
// Tracked targets of a radar as TTM and TLL sentences (IEC 61162-1, 8.3.93 and 8.3.91), both ways.
//
//   $--TTM,nn,distance,bearing,T|R,speed,course,T|R,cpa,tcpa,K|N|S,name,L|Q|T,R|,hhmmss.ss,A|M*hh
//   $--TLL,nn,ddmm.mmmm,N|S,dddmm.mmmm,E|W,name,hhmmss.ss,L|Q|T,R|*hh
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "codec/nmea/faults.hpp"
#include "core/base/angle.hpp"
#include "core/base/expected.hpp"
#include "core/base/time.hpp"
#include "core/base/units.hpp"
#include "core/geo/position.hpp"

namespace headland::nmea {

enum class TargetStatus : std::uint8_t { lost, acquiring, tracking };

struct RadarTarget {
  std::uint32_t number = 0;
  Timestamp received;
  std::uint32_t source = 0;            // the stream it came by
  std::optional<Seconds> time_of_day;  // UTC; of the position
  TargetStatus status = TargetStatus::tracking;
  std::string name;
  // TTM. A bearing or course is from true north unless it is relative: to the bow, and to own ship's motion.
  std::optional<Metres> distance;
  std::optional<Bearing> bearing;
  bool bearing_relative = false;
  std::optional<MetresPerSecond> speed;
  std::optional<Bearing> course;
  bool course_relative = false;
  // TLL.
  std::optional<GeoPosition> position;
};

[[nodiscard]] bool is_target_sentence(std::string_view formatter);
// A sentence without its start and checksum. Faults: bad_fields, position_off_globe.
[[nodiscard]] Expected<RadarTarget, NmeaFault> parse_target(std::string_view body, Timestamp received);

// Appends a sentence with checksum and CR LF, of talker RA. TTM needs distance and bearing, TLL a position: without
// them nothing is written. Distances in nautical miles, speeds in knots; the number modulo 1000.
void write_ttm(const RadarTarget& target, std::string& out);
void write_tll(const RadarTarget& target, std::string& out);

}  // namespace headland::nmea
