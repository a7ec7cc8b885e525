// SPDX-License-Identifier: Apache-2.0
#include "runtime/config/rules/rules_fields.hpp"

namespace headland::config {
namespace {

namespace r = headland::rules;

constexpr Field<RuleRow> rule_fields[] = {
    {"name", &RuleRow::name, 0, 0, "Name of the rule, shown with each alert; each once."},
    {"kind", &RuleRow::kind, 0, 0, "What it looks for: one of the kinds below."},
    {"priority", &RuleRow::priority, 0, 0, "Of its alerts (IMO MSC.302(87)); one that grows worse goes up by one.",
     "caution|warning|alarm|emergency"},
    {"source", &RuleRow::source, 0, 0, "Only vessels that this sees.", "any|ais|radar"},
    {"length_min_m", &RuleRow::length_min_m, 0, 1000, "Only vessels at least so long, as AIS says; 0 = all."},
    {"length_max_m", &RuleRow::length_max_m, 0, 1000, "Only vessels at most so long; 0 = all."},
    {"speed_min_kn", &RuleRow::speed_min_kn, 0, 200, "Only vessels at least so fast."},
    {"speed_max_kn", &RuleRow::speed_max_kn, 0, 200, "Only vessels at most so fast; 0 = all."},
    {"hold_s", &RuleRow::hold_s, 0, 86400, "The situation must hold so long before it is told."},
    {"release_s", &RuleRow::release_s, 0, 86400, "And be gone so long before it is over."},
};
constexpr Field<ZoneRow> zone_fields[] = {
    {"name", &ZoneRow::name, 0, 0, "Name of the zone; rules name it."},
    {"kind", &ZoneRow::kind, 0, 0, "What it is.",
     "area|line|lane|cable|point|depth|port|anchorage|fishing_ground|limit|chart"},
    {"geojson", &ZoneRow::geojson, 0, 0,
     "File with its geometry instead of points, relative to this file; several features make several zones under one "
     "name."},
    {"from", &ZoneRow::from, 0, 0, "It holds from then on, as 2026-03-01T06:00:00Z; empty = always."},
    {"until", &ZoneRow::until, 0, 0, "It holds until then; empty = always."},
    {"direction_deg", &ZoneRow::direction_deg, -1, 360,
     "Lanes: where the traffic goes; -1 = along the points, which are the lane's middle line (with width_m)."},
    {"width_m", &ZoneRow::width_m, 0, 100000,
     "Lanes, and areas that are corridors: width about the middle line (their points)."},
    {"radius_m", &ZoneRow::radius_m, 0, 100000, "Points: radius of the circle about it."},
    {"depth_m", &ZoneRow::depth_m, -20, 12000, "Depth areas: the least depth in it."},
    {"limit_nmi", &ZoneRow::limit_nmi, 0, 400,
     "Limits: all within this of the baseline (its points), to either side; geodesic on WGS 84."},
    {"beyond_nmi", &ZoneRow::beyond_nmi, 0, 400, "Limits: and no nearer than this, as of a contiguous zone."},
    {"claimant", &ZoneRow::claimant, 0, 0,
     "Limits: whose claim it is. Claims may overlap: a vessel is in all of them then, and alerts name each."},
};
constexpr Field<r::EntryRule> entry_fields[] = {
    {"found_inside", &r::EntryRule::found_inside, 0, 1, "Also who is first seen inside."},
};
constexpr Field<r::DwellRule> dwell_fields[] = {
    {"longest_min", &r::DwellRule::longest_min, 0, 10000, "How long one may stay, minutes."},
};
constexpr Field<r::CrossingRule> crossing_fields[] = {
    {"direction", &r::CrossingRule::direction, 0, 0,
     "Which way, seen along the line from its first point: to its right, to its left, or both.", "right|left|both"},
};
constexpr Field<r::SpeedRule> speed_fields[] = {
    {"above_kn", &r::SpeedRule::above_kn, 0, 200, "Faster than this; 0 = no limit."},
    {"below_kn", &r::SpeedRule::below_kn, 0, 200, "Slower than this; 0 = no limit."},
};
constexpr Field<r::CourseRule> course_fields[] = {
    {"from_deg", &r::CourseRule::from_deg, 0, 360, "Courses are allowed from here, clockwise."},
    {"to_deg", &r::CourseRule::to_deg, 0, 360, "Up to here."},
};
constexpr Field<r::StoppedRule> stopped_fields[] = {
    {"speed_kn", &r::StoppedRule::speed_kn, 0.1, 10, "Slower is stopped."},
    {"for_min", &r::StoppedRule::for_min, 0, 10000, "For so long."},
};
constexpr Field<r::DriftRule> drift_fields[] = {
    {"speed_min_kn", &r::DriftRule::speed_min_kn, 0.3, 20, "Slower is lying still."},
    {"speed_max_kn", &r::DriftRule::speed_max_kn, 0.5, 20, "Faster is under way."},
    {"angle_deg", &r::DriftRule::angle_deg, 10, 180, "Between course and heading."},
    {"for_min", &r::DriftRule::for_min, 0, 600, "For so long."},
};
constexpr Field<r::AnchorDragRule> anchor_drag_fields[] = {
    {"radius_m", &r::AnchorDragRule::radius_m, 50, 5000, "Of that circle; the vessel's length is added."},
};
constexpr Field<r::CpaRule> cpa_fields[] = {
    {"distance_nmi", &r::CpaRule::distance_nmi, 0.01, 10, "Nearest distance of two ships."},
    {"passing_distance_nmi", &r::CpaRule::passing_distance_nmi, 0, 10,
     "The same head-on and overtaking: in channels ships pass close on purpose."},
    {"passing_time_min", &r::CpaRule::passing_time_min, 0.5, 60, "And up to so long ahead."},
    {"small_distance_nmi", &r::CpaRule::small_distance_nmi, 0, 10, "The same where one of the two is small."},
    {"both_small_distance_nmi", &r::CpaRule::both_small_distance_nmi, 0, 10,
     "The same where both are; 0 = they are left to themselves."},
    {"small_length_m", &r::CpaRule::small_length_m, 0, 500,
     "Shorter vessels are small; so is who says no length and is no class A."},
    {"rest_distance_nmi", &r::CpaRule::rest_distance_nmi, 0, 10,
     "The same of a ship that lies at anchor or is not under command; who lies still otherwise is left out."},
    {"time_min", &r::CpaRule::time_min, 0.5, 60, "Up to so long ahead."},
    {"speed_min_kn", &r::CpaRule::speed_min_kn, 0.5, 30, "Slower is lying still; two such are no encounter."},
    {"steady_s", &r::CpaRule::steady_s, 0, 600, "It must be foreseen for so long before it is told."},
    {"alarm_distance_nmi", &r::CpaRule::alarm_distance_nmi, 0, 10, "Nearer than this"},
    {"alarm_time_min", &r::CpaRule::alarm_time_min, 0, 60, "and within this it is told again, one priority up."},
    {"service", &r::CpaRule::service, 0, 1, "Also tugs, pilots, rescue, authority and work boats."},
};
constexpr Field<r::LaneRule> lane_fields[] = {
    {"breach", &r::LaneRule::breach, 0, 0, "Which one.", "wrong_way|poor_crossing|stopped|side_entry"},
    {"angle_deg", &r::LaneRule::angle_deg, 5, 180,
     "wrong_way: from here on between course and lane; poor_crossing: most off the right angle; side_entry: most "
     "between course and lane when joining."},
    {"speed_min_kn", &r::LaneRule::speed_min_kn, 0.1, 30, "Slower is lying still."},
    {"for_min", &r::LaneRule::for_min, 0, 600, "For so long."},
};
constexpr Field<r::AisLostRule> ais_lost_fields[] = {
    {"silent_min", &r::AisLostRule::silent_min, 1, 10,
     "For so long (a vessel leaves the picture about eleven minutes after its last report)."},
    {"near_nmi", &r::AisLostRule::near_nmi, 0.1, 100, "Others within this"},
    {"near_vessels", &r::AisLostRule::near_vessels, 0, 100, "and so many of them must still be heard."},
    {"reports_min", &r::AisLostRule::reports_min, 2, 10000, "So many reports must have been heard before."},
    {"speed_min_kn", &r::AisLostRule::speed_min_kn, 0, 50, "Its speed when last heard."},
};
constexpr Field<r::SwitchedOffRule> ais_switched_off_fields[] = {
    {"silent_min", &r::SwitchedOffRule::silent_min, 0.5, 10, "For so long."},
    {"ais_min", &r::SwitchedOffRule::ais_min, 0, 1000,
     "So many others must have been heard within the last minute, or it is the receiver that fell silent."},
};
constexpr Field<r::JumpRule> jump_fields[] = {
    {"speed_kn", &r::JumpRule::speed_kn, 30, 2000, "Nobody is faster."},
    {"distance_min_nmi", &r::JumpRule::distance_min_nmi, 0.1, 1000, "Shorter jumps are errors of the receiver."},
    {"two_places_nmi", &r::JumpRule::two_places_nmi, 0, 1000,
     "Two places by turns that are nearer may be one vessel whose reports come late, by satellite."},
};
constexpr Field<r::DarkVesselRule> dark_vessel_fields[] = {
    {"length_min_m", &r::DarkVesselRule::length_min_m, 0, 1000,
     "Length of the hull as radar tells it; where it does not, of the echo."},
    {"seen_min", &r::DarkVesselRule::seen_min, 0, 600, "For so long."},
    {"speed_min_kn", &r::DarkVesselRule::speed_min_kn, 0, 50, "Slower ones are left out."},
    {"ais_min", &r::DarkVesselRule::ais_min, 0, 1000,
     "So many vessels must be seen by radar and AIS both, or AIS may just not be received."},
};
constexpr Field<r::RendezvousRule> rendezvous_fields[] = {
    {"distance_m", &r::RendezvousRule::distance_m, 10, 5000, "Within this."},
    {"speed_kn", &r::RendezvousRule::speed_kn, 0.1, 10, "Both slower than this."},
    {"for_min", &r::RendezvousRule::for_min, 1, 10000, "For so long."},
    {"crowd", &r::RendezvousRule::crowd, 1, 1000, "Where so many others lie"},
    {"crowd_nmi", &r::RendezvousRule::crowd_nmi, 0.1, 20, "within this it is a port or an anchorage."},
    {"service", &r::RendezvousRule::service, 0, 1, "Also tugs, pilots, rescue, authority and work boats."},
};
constexpr Field<r::LoiteringRule> loitering_fields[] = {
    {"speed_kn", &r::LoiteringRule::speed_kn, 0.1, 20, "Mean speed below this."},
    {"for_min", &r::LoiteringRule::for_min, 10, 200, "Over so long."},
    {"radius_nmi", &r::LoiteringRule::radius_nmi, 0.2, 50, "Within this of where it is."},
    {"crowd", &r::LoiteringRule::crowd, 1, 1000, "Where so many others lie"},
    {"crowd_nmi", &r::LoiteringRule::crowd_nmi, 0.1, 20, "within this it is a port or an anchorage."},
};
constexpr Field<r::CableRule> cable_fields[] = {
    {"distance_nmi", &r::CableRule::distance_nmi, 0.01, 10, "Within this of it."},
    {"speed_kn", &r::CableRule::speed_kn, 0.1, 20, "Slower than this."},
    {"for_min", &r::CableRule::for_min, 0, 600, "For so long."},
    {"crossings", &r::CableRule::crossings, 2, 16, "Or across it so often within the hour."},
};
constexpr Field<r::ApproachRule> approach_fields[] = {
    {"time_min", &r::ApproachRule::time_min, 1, 600, "Within this."},
    {"speed_min_kn", &r::ApproachRule::speed_min_kn, 0.5, 50, "Slower ones are left out."},
};
constexpr Field<r::GroundingRule> grounding_fields[] = {
    {"time_min", &r::GroundingRule::time_min, 0.5, 120, "Within this, straight on."},
    {"margin_m", &r::GroundingRule::margin_m, 0, 50, "Wanted under the keel."},
    {"draught_unknown_m", &r::GroundingRule::draught_unknown_m, 0, 30,
     "Draught of those that do not say it; 0 = they are left out."},
    {"speed_min_kn", &r::GroundingRule::speed_min_kn, 0.5, 30, "Slower ones are left out."},
};
constexpr Field<r::ConvoyRule> convoy_fields[] = {
    {"vessels", &r::ConvoyRule::vessels, 2, 100, "So many."},
    {"spacing_nmi", &r::ConvoyRule::spacing_nmi, 0.05, 10, "Each within this of another."},
    {"course_deg", &r::ConvoyRule::course_deg, 1, 90, "Courses differ by less."},
    {"speed_kn", &r::ConvoyRule::speed_kn, 0.1, 20, "Speeds differ by less."},
    {"speed_min_kn", &r::ConvoyRule::speed_min_kn, 0.5, 50, "Slower ones are left out."},
    {"for_min", &r::ConvoyRule::for_min, 0, 600, "For so long."},
};
constexpr Field<r::SequenceRule> sequence_fields[] = {
    {"first", &r::SequenceRule::first, 0, 0, "Name of a rule that was broken first."},
    {"then", &r::SequenceRule::then, 0, 0, "And of the one that was broken after it."},
    {"within_min", &r::SequenceRule::within_min, 0.1, 1440, "Within this."},
};
constexpr Field<r::SpoofedRule> spoofed_fields[] = {
    {"trust_below", &r::SpoofedRule::trust_below, 0.01, 1, "Told where the trust in its AIS is below this."},
    {"missing_echo", &r::SpoofedRule::missing_echo, 0, 1,
     "Also who says to be where radar would see it, and radar does not."},
    {"for_min", &r::SpoofedRule::for_min, 0, 600, "For so long."},
};
constexpr Field<r::SpeedMismatchRule> speed_mismatch_fields[] = {
    {"difference_kn", &r::SpeedMismatchRule::difference_kn, 0.5, 100, "Between the speed sent and that of the way."},
    {"over_min", &r::SpeedMismatchRule::over_min, 2, 60, "In the mean over so long."},
};
constexpr Field<r::UnusualRule> unusual_fields[] = {
    {"what", &r::UnusualRule::what, 0, 0, "What is looked at.", "any|place|direction|speed|stop"},
    {"rare_pct", &r::UnusualRule::rare_pct, 0.01, 20, "Told where fewer than this, of its class at that time of day."},
    {"visits_min", &r::UnusualRule::visits_min, 10, 100000, "So many must have been counted there before."},
    {"for_min", &r::UnusualRule::for_min, 0, 600, "For so long."},
};
constexpr Field<r::DistressRule> distress_fields[] = {
    {"by_status", &r::DistressRule::by_status, 0, 1,
     "Also ships that say so by the status of navigation: 2, not under command, or 14."},
    {"by_radar", &r::DistressRule::by_radar, 0, 1,
     "Also search-and-rescue transponders (SART) that a radar of the station sees, whatever vessels the rule looks "
     "at."},
};
constexpr Field<r::RadarJumpRule> radar_jump_fields[] = {
    {"at_least_deg", &r::RadarJumpRule::at_least_deg, 0.1, 180, "By so much all its bearings are others."},
};

}  // namespace

const Table<RuleRow>& rule_table() {
  static constexpr Table<RuleRow> t{"rule", "One `[[rule]]` for each rule.", rule_fields};
  return t;
}
const Table<ZoneRow>& zone_table() {
  static constexpr Table<ZoneRow> t{"zone", "One `[[zone]]` for each zone.", zone_fields};
  return t;
}
template <>
const Table<r::EntryRule>& kind_table() {
  static constexpr Table<r::EntryRule> t{"entry", "Comes into an area, or is first seen in one.", entry_fields};
  return t;
}
template <>
const Table<r::ExitRule>& kind_table() {
  static constexpr Table<r::ExitRule> t{"exit", "Leaves an area.", {}};
  return t;
}
template <>
const Table<r::DwellRule>& kind_table() {
  static constexpr Table<r::DwellRule> t{"dwell", "Stays in an area for too long.", dwell_fields};
  return t;
}
template <>
const Table<r::CrossingRule>& kind_table() {
  static constexpr Table<r::CrossingRule> t{"crossing", "Crosses a line.", crossing_fields};
  return t;
}
template <>
const Table<r::SpeedRule>& kind_table() {
  static constexpr Table<r::SpeedRule> t{"speed", "Is faster or slower than allowed.", speed_fields};
  return t;
}
template <>
const Table<r::CourseRule>& kind_table() {
  static constexpr Table<r::CourseRule> t{"course", "Goes another course than allowed.", course_fields};
  return t;
}
template <>
const Table<r::StoppedRule>& kind_table() {
  static constexpr Table<r::StoppedRule> t{"stopped", "Lies still and is neither anchored nor moored.", stopped_fields};
  return t;
}
template <>
const Table<r::DriftRule>& kind_table() {
  static constexpr Table<r::DriftRule> t{
      "drift", "Is carried by wind and stream: slow, and its course is not its heading.", drift_fields};
  return t;
}
template <>
const Table<r::AnchorDragRule>& kind_table() {
  static constexpr Table<r::AnchorDragRule> t{
      "anchor_drag", "Says it lies at anchor and leaves the circle about its anchor.", anchor_drag_fields};
  return t;
}
template <>
const Table<r::CpaRule>& kind_table() {
  static constexpr Table<r::CpaRule> t{"cpa", "Two vessels will come too near one another.", cpa_fields};
  return t;
}
template <>
const Table<r::LaneRule>& kind_table() {
  static constexpr Table<r::LaneRule> t{"lane", "Breaks COLREG rule 10 in a traffic lane.", lane_fields};
  return t;
}
template <>
const Table<r::AisLostRule>& kind_table() {
  static constexpr Table<r::AisLostRule> t{
      "ais_lost", "Was under way, well heard, and falls silent while others there are still heard.", ais_lost_fields};
  return t;
}
template <>
const Table<r::SwitchedOffRule>& kind_table() {
  static constexpr Table<r::SwitchedOffRule> t{"ais_switched_off", "Sends no AIS any more while radar still sees it.",
                                               ais_switched_off_fields};
  return t;
}
template <>
const Table<r::JumpRule>& kind_table() {
  static constexpr Table<r::JumpRule> t{
      "jump", "Positions that cannot follow one another, or one number heard from two places.", jump_fields};
  return t;
}
template <>
const Table<r::IdentityRule>& kind_table() {
  static constexpr Table<r::IdentityRule> t{
      "identity_change", "Another name, call sign or IMO number under the same MMSI.", {}};
  return t;
}
template <>
const Table<r::DarkVesselRule>& kind_table() {
  static constexpr Table<r::DarkVesselRule> t{
      "dark_vessel", "Radar sees it, AIS does not, and it is of a size that should send.", dark_vessel_fields};
  return t;
}
template <>
const Table<r::RendezvousRule>& kind_table() {
  static constexpr Table<r::RendezvousRule> t{"rendezvous", "Two lie or drift side by side at sea.", rendezvous_fields};
  return t;
}
template <>
const Table<r::LoiteringRule>& kind_table() {
  static constexpr Table<r::LoiteringRule> t{"loitering", "Stays about a place under way.", loitering_fields};
  return t;
}
template <>
const Table<r::CableRule>& kind_table() {
  static constexpr Table<r::CableRule> t{
      "cable", "Slow over a cable or pipeline, anchored by it, or to and fro across it.", cable_fields};
  return t;
}
template <>
const Table<r::ApproachRule>& kind_table() {
  static constexpr Table<r::ApproachRule> t{"approach", "Will be within the radius of a point before long.",
                                            approach_fields};
  return t;
}
template <>
const Table<r::WatchListRule>& kind_table() {
  static constexpr Table<r::WatchListRule> t{
      "watch_list", "A vessel that somebody wants to hear of: see mmsi and names.", {}};
  return t;
}
template <>
const Table<r::GroundingRule>& kind_table() {
  static constexpr Table<r::GroundingRule> t{"grounding", "Will run into water that is too shallow for it.",
                                             grounding_fields};
  return t;
}
template <>
const Table<r::ConvoyRule>& kind_table() {
  static constexpr Table<r::ConvoyRule> t{"convoy", "Vessels that go together.", convoy_fields};
  return t;
}
template <>
const Table<r::SequenceRule>& kind_table() {
  static constexpr Table<r::SequenceRule> t{"sequence", "The same vessel did one thing and then another.",
                                            sequence_fields};
  return t;
}
template <>
const Table<r::SpoofedRule>& kind_table() {
  static constexpr Table<r::SpoofedRule> t{
      "spoofed", "Sends AIS that is not to be believed: all that the picture holds against it, weighed.",
      spoofed_fields};
  return t;
}
template <>
const Table<r::SpeedMismatchRule>& kind_table() {
  static constexpr Table<r::SpeedMismatchRule> t{
      "speed_mismatch", "Sends a speed that the way between its positions denies.", speed_mismatch_fields};
  return t;
}
template <>
const Table<r::UnusualRule>& kind_table() {
  static constexpr Table<r::UnusualRule> t{
      "unusual", "Does what vessels of its class hardly ever do there, by what the station has learned of its traffic.",
      unusual_fields};
  return t;
}
template <>
const Table<r::DistressRule>& kind_table() {
  static constexpr Table<r::DistressRule> t{
      "distress", "A transmitter of distress, by AIS or by radar (always an emergency), or a vessel not under command.",
      distress_fields};
  return t;
}
template <>
const Table<r::RadarJumpRule>& kind_table() {
  static constexpr Table<r::RadarJumpRule> t{
      "radar_jump", "A radar of the station suddenly measures all bearings otherwise: somebody bumped its antenna.",
      radar_jump_fields};
  return t;
}

}  // namespace headland::config
