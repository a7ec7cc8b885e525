// SPDX-License-Identifier: Apache-2.0
// What a record of category 010, 021, 048 or 062 says of a target, in our own units: what other systems see, however
// they write it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "codec/asterix/record_decoder.hpp"
#include "core/base/angle.hpp"
#include "core/base/units.hpp"
#include "core/geo/position.hpp"

namespace headland::asterix {

enum class TargetKind : std::uint8_t {
  unknown,         // a primary echo, or nothing said
  aircraft,        // a transponder answers, or the sender says so
  ground_vehicle,  // on an airport
  obstacle,
};

struct PolarPosition {
  Metres range;     // slant for 048
  Bearing bearing;  // from the north of the radar
};

struct PositionAccuracy {
  Metres east, north;          // standard deviations
  double covariance_m2 = 0.0;  // of east and north
};

// Letters of a call sign, without blanks behind.
struct Callsign {
  std::array<char, 8> letters{};
  std::uint8_t length = 0;
  [[nodiscard]] std::string_view text() const { return {letters.data(), length}; }
};

struct TargetReport {
  std::uint8_t category = 0;
  std::uint8_t sac = 0, sic = 0;
  std::optional<Seconds> time_of_day;  // since midnight UTC, below 24 h
  std::optional<GeoPosition> position;
  std::optional<PolarPosition> polar;
  std::optional<EastNorth> local;  // in the sender's plane, whose origin the record does not tell
  std::optional<EastNorthVelocity> velocity;
  std::optional<PositionAccuracy> accuracy;
  std::optional<EastNorthVelocity> velocity_deviation;
  std::optional<std::uint16_t> track_number;  // none: a plot
  bool tentative = false;
  bool coasting = false;
  bool ended = false;  // last message of this track
  bool simulated = false;
  bool test = false;
  TargetKind kind = TargetKind::unknown;
  std::optional<std::uint32_t> address;  // ICAO, 24 bits
  std::optional<std::uint16_t> mode_3a;  // 12 bits, four octal digits
  Callsign callsign;                     // empty: not sent
  std::optional<Metres> height;          // geometric, else of the pressure altitude
  std::optional<Metres> length, width;
  std::optional<Bearing> orientation;
};

// Nothing: the record is no report of a target (a status, another category).
[[nodiscard]] std::optional<TargetReport> target_of(const Record& record);

}  // namespace headland::asterix
