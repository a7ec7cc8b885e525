// SPDX-License-Identifier: Apache-2.0
// What an alert rests on, by kind of rule: the figures that were found and the limits that they broke. SI units.
#pragma once

#include <array>
#include <cstdint>
#include <variant>

#include "core/base/ids.hpp"
#include "core/fusion/trust.hpp"
#include "core/geo/position.hpp"

namespace headland {

using ZoneId = StrongId<struct ZoneTag>;  // counted from 1 in order of the rules file; 0 = none
using ShortText = std::array<char, 24>;   // ended by 0

struct ZoneEvidence {
  enum class What : std::uint8_t { entered, left, stays, crossed } what = What::entered;
  ZoneId zone;
  double stayed_s = 0.0;
  double limit_s = 0.0;
  double speed_mps = 0.0;
  double course_deg = 0.0;
};
struct SpeedEvidence {
  double speed_mps = 0.0;
  double limit_mps = 0.0;
  bool is_above = true;
  ZoneId zone;
};
struct CourseEvidence {
  double course_deg = 0.0;
  double from_deg = 0.0;
  double to_deg = 0.0;
  ZoneId zone;
};
struct StopEvidence {
  double speed_mps = 0.0;
  double limit_mps = 0.0;
  double limit_s = 0.0;
  ZoneId zone;
};
struct DriftEvidence {
  double speed_mps = 0.0;
  double course_deg = 0.0;
  double heading_deg = 0.0;
  double angle_deg = 0.0;
  double limit_deg = 0.0;
  double limit_s = 0.0;
};
struct AnchorDragEvidence {
  double moved_m = 0.0;
  double limit_m = 0.0;
  double speed_mps = 0.0;
};
enum class Encounter : std::uint8_t { head_on, crossing, overtaking, at_rest };
struct ClosestApproachEvidence {
  Encounter encounter = Encounter::crossing;
  double distance_m = 0.0;
  double limit_m = 0.0;
  double in_s = 0.0;
  double limit_s = 0.0;
  double range_m = 0.0;
  double oldest_s = 0.0;  // age of the older of the two positions
};
struct LaneEvidence {
  enum class What : std::uint8_t { wrong_way, poor_crossing, stopped, side_entry } what = What::wrong_way;
  ZoneId lane;
  double course_deg = 0.0;
  double direction_deg = 0.0;
  double angle_deg = 0.0;  // between the two
  double limit_deg = 0.0;
  double speed_mps = 0.0;
};
struct SilenceEvidence {
  double silent_s = 0.0;
  double limit_s = 0.0;
  bool radar_sees = false;
  std::uint32_t heard_near = 0;  // others about there that are heard
  double near_m = 0.0;
};
struct JumpEvidence {
  GeoPosition from;
  GeoPosition to;
  double distance_m = 0.0;
  double in_s = 0.0;
  double limit_mps = 0.0;
  bool two_places = false;  // it is heard from both by turns
};
struct IdentityEvidence {
  enum class What : std::uint8_t { name, callsign, imo, mmsi } what = What::name;
  ShortText before{};
  ShortText after{};
};
struct DarkEvidence {
  double length_m = 0.0;
  double limit_m = 0.0;
  double seen_s = 0.0;
  double speed_mps = 0.0;
  ZoneId zone;
};
struct MeetingEvidence {
  double distance_m = 0.0;
  double limit_m = 0.0;
  double speed_mps = 0.0;  // of the faster
  double limit_mps = 0.0;
  double limit_s = 0.0;
};
struct LoiterEvidence {
  double mean_speed_mps = 0.0;
  double limit_mps = 0.0;
  double lasted_s = 0.0;
  double radius_m = 0.0;
  ZoneId zone;
};
struct CableEvidence {
  enum class What : std::uint8_t { slow, anchored, zigzag } what = What::slow;
  ZoneId cable;
  double distance_m = 0.0;
  double limit_m = 0.0;
  double speed_mps = 0.0;
  std::uint32_t crossings = 0;
};
struct ApproachEvidence {
  ZoneId point;
  double range_m = 0.0;
  double passes_m = 0.0;
  double limit_m = 0.0;
  double in_s = 0.0;
  double limit_s = 0.0;
};
struct WatchEvidence {
  ShortText entry{};
};
struct GroundingEvidence {
  ZoneId shoal;
  double depth_m = 0.0;
  double draught_m = 0.0;
  double margin_m = 0.0;
  double in_s = 0.0;
  double distance_m = 0.0;
};
struct ConvoyEvidence {
  std::uint32_t vessels = 0;
  double speed_mps = 0.0;
  double course_deg = 0.0;
  double limit_s = 0.0;
};
struct SequenceEvidence {
  std::uint32_t first_alert = 0;
  std::uint32_t second_alert = 0;
  double apart_s = 0.0;
  double limit_s = 0.0;
};
struct DistressEvidence {
  std::uint32_t mmsi = 0;
  enum class What : std::uint8_t { transmitter, not_under_command, status_of_transmitter } what = What::transmitter;
};
// A search-and-rescue transponder on a radar.
struct CallEvidence {
  std::uint16_t radar = 0;
  std::uint32_t dots = 0;
  std::uint32_t turns = 0;
  double bearing_deg = 0.0;
  bool bearing_is_true = true;
  double range_m = 0.0;  // of the nearest dot
  GeoPosition from, to;  // where it lies
};
// What speaks against what AIS says: the weightiest reasons first.
struct TrustFinding {
  double score = 1.0;
  double limit = 0.0;
  std::array<TrustReason, 3> reasons{};
  std::uint32_t reason_count = 0;  // of `reasons`; 0 where no echo is all there is
  double missing_echo_scans = 0.0;
  double visible_probability = 0.0;
  GeoPosition from, to;  // from its echo to where AIS says it is; the same where there is no echo
};
struct SpeedMismatchEvidence {
  double sent_mps = 0.0;  // means over the time
  double made_mps = 0.0;
  double limit_mps = 0.0;  // of the difference
  double over_s = 0.0;
  GeoPosition from, to;  // the way that was measured
};

// What is seldom done there by vessels of its class at that time of day.
struct RouteEvidence {
  enum class What : std::uint8_t { place, direction, speed, stop } what = What::place;
  double share = 0.0;  // of those that were counted; of places: of the density about it
  double limit = 0.0;
  double visits = 0.0;      // counted
  double course_deg = 0.0;  // its own
  double usual_deg = 0.0;
  double speed_mps = 0.0;
  double usual_mps = 0.0;
  ZoneId zone;
};

// A radar whose bearings are suddenly all others.
struct RadarJumpEvidence {
  std::uint16_t radar = 0;
  double bearing_deg = 0.0;  // new minus old
  double limit_deg = 0.0;
};

using Evidence =
    std::variant<std::monostate, ZoneEvidence, SpeedEvidence, CourseEvidence, StopEvidence, DriftEvidence,
                 AnchorDragEvidence, ClosestApproachEvidence, LaneEvidence, SilenceEvidence, JumpEvidence,
                 IdentityEvidence, DarkEvidence, MeetingEvidence, LoiterEvidence, CableEvidence, ApproachEvidence,
                 WatchEvidence, GroundingEvidence, ConvoyEvidence, SequenceEvidence, DistressEvidence, TrustFinding,
                 SpeedMismatchEvidence, RouteEvidence, CallEvidence, RadarJumpEvidence>;

}  // namespace headland
