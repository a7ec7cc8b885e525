// SPDX-License-Identifier: Apache-2.0
// What each kind of rule can be told. Members are named as in the rules file, with their units, and hold its defaults.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"

namespace headland::rules {

struct EntryRule {
  bool found_inside = true;  // also who is first seen inside
};
struct ExitRule {};
struct DwellRule {
  double longest_min = 30.0;
};
struct CrossingRule {
  std::string direction = "both";  // "right": from the left of the line to its right, seen along it; "left"; "both"
};
struct SpeedRule {
  double above_kn = 0.0;  // 0: no limit
  double below_kn = 0.0;
};
struct CourseRule {
  double from_deg = 0.0;  // allowed clockwise from here
  double to_deg = 360.0;  // to here
};
struct StoppedRule {
  double speed_kn = 0.5;
  double for_min = 30.0;
};
struct DriftRule {
  double speed_min_kn = 1.0;
  double speed_max_kn = 5.0;
  double angle_deg = 45.0;  // between course and heading
  double for_min = 10.0;
};
struct AnchorDragRule {
  double radius_m = 300.0;  // from where it anchored; its own length is added
};
struct CpaRule {
  double distance_nmi = 0.2;
  double passing_distance_nmi = 0.1;  // head-on and overtaking: in channels ships pass close on purpose
  double passing_time_min = 4.0;
  double small_distance_nmi = 0.03;      // where one of the two is small
  double both_small_distance_nmi = 0.0;  // where both are; 0: not told
  double small_length_m = 50.0;          // shorter is small; so is who says no length and is no AIS class A
  double rest_distance_nmi = 0.05;       // where one of the two lies at anchor or is not under command
  double time_min = 6.0;
  double speed_min_kn = 3.0;  // slower is still
  double steady_s = 30.0;     // the prediction must hold so long before it is told
  double alarm_distance_nmi = 0.05;
  double alarm_time_min = 3.0;
  bool service = false;  // also tugs, pilots, rescue, authority and work boats
};
struct LaneRule {
  std::string breach = "wrong_way";  // "poor_crossing", "stopped", "side_entry"
  double angle_deg = 135.0;          // wrong_way: from here on; poor_crossing: most that it may be off the right angle;
                                     // side_entry: most between course and lane when coming in
  double speed_min_kn = 2.0;         // stopped: slower is stopped
  double for_min = 3.0;
};
struct AisLostRule {
  double silent_min = 8.0;
  double near_nmi = 5.0;          // others that are heard within this prove that reception is good there
  std::int64_t near_vessels = 2;  // so many of them
  std::int64_t reports_min = 20;  // that many must have been heard, and in good order
  double speed_min_kn = 3.0;      // when last heard
};
struct SwitchedOffRule {
  double silent_min = 3.0;
  std::int64_t ais_min = 2;  // so many others must have been heard within the last minute
};
struct JumpRule {
  double speed_kn = 100.0;        // faster than this nobody moves
  double distance_min_nmi = 1.0;  // shorter ones are errors of the receiver
  double two_places_nmi = 5.0;    // nearer ones may be one vessel whose reports come late, by satellite
};
struct IdentityRule {};
struct DarkVesselRule {
  double length_min_m = 30.0;  // of the hull as radar tells; where it does not, of the echo
  double seen_min = 5.0;
  double speed_min_kn = 3.0;
  std::int64_t ais_min = 3;  // so many vessels must be seen by both, or AIS may just not be received
};
struct RendezvousRule {
  double distance_m = 500.0;
  double speed_kn = 2.0;
  double for_min = 120.0;
  std::int64_t crowd = 3;  // so many others lying within crowd_nmi: a port or an anchorage
  double crowd_nmi = 1.0;
  bool service = false;
};
struct LoiteringRule {
  double speed_kn = 2.0;
  double for_min = 120.0;
  double radius_nmi = 3.0;
  std::int64_t crowd = 3;
  double crowd_nmi = 2.0;
};
struct CableRule {
  double distance_nmi = 0.25;
  double speed_kn = 3.0;
  double for_min = 5.0;
  std::int64_t crossings = 3;  // within the hour: zig-zag
};
struct ApproachRule {
  double time_min = 15.0;
  double speed_min_kn = 2.0;
};
struct WatchListRule {};  // the rule's own list of MMSI and names
struct GroundingRule {
  double time_min = 10.0;
  double margin_m = 1.0;           // under the keel
  double draught_unknown_m = 0.0;  // taken where none is said; 0: such vessels are left out
  double speed_min_kn = 1.0;
};
struct ConvoyRule {
  std::int64_t vessels = 3;
  double spacing_nmi = 1.0;
  double course_deg = 10.0;
  double speed_kn = 1.5;  // by which they may differ
  double speed_min_kn = 4.0;
  double for_min = 15.0;
};
struct SequenceRule {
  std::string first;  // name of a rule
  std::string then;
  double within_min = 60.0;
};
struct DistressRule {
  bool by_status = true;  // also ships that say 2 (not under command) or 14 by the status of navigation
  bool by_radar = true;   // also search-and-rescue transponders that a radar sees
};
struct SpoofedRule {
  double trust_below = 0.5;  // of what its AIS says, 0 to 1
  bool missing_echo = true;  // also who is where radar should see it, and does not
  double for_min = 1.0;
};
struct SpeedMismatchRule {
  double difference_kn = 4.0;  // between the speed sent and that of the way
  double over_min = 5.0;       // in the mean over so long
};

struct UnusualRule {
  std::string what = "any";   // "place", "direction", "speed", "stop"
  double rare_pct = 1.0;      // of the traffic
  double visits_min = 100.0;  // known before anything is said
  double for_min = 3.0;
};

// Of a radar of the station, not of a vessel.
struct RadarJumpRule {
  double at_least_deg = 0.3;  // by which all its bearings are suddenly others
};

using RuleKind =
    std::variant<EntryRule, ExitRule, DwellRule, CrossingRule, SpeedRule, CourseRule, StoppedRule, DriftRule,
                 AnchorDragRule, CpaRule, LaneRule, AisLostRule, SwitchedOffRule, JumpRule, IdentityRule,
                 DarkVesselRule, RendezvousRule, LoiteringRule, CableRule, ApproachRule, WatchListRule, GroundingRule,
                 ConvoyRule, SequenceRule, DistressRule, SpoofedRule, SpeedMismatchRule, UnusualRule, RadarJumpRule>;

}  // namespace headland::rules
