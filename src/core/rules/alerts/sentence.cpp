// SPDX-License-Identifier: Apache-2.0
#include "core/rules/alerts/sentence.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/rules/vessel/trust_text.hpp"

namespace headland {

std::string_view name_of(Priority priority) {
  switch (priority) {
    case Priority::caution:
      return "caution";
    case Priority::warning:
      return "warning";
    case Priority::alarm:
      return "alarm";
    case Priority::emergency:
      return "emergency";
  }
  return {};
}

}  // namespace headland

namespace headland::rules {
namespace {

std::string number(double value, int digits) {
  char text[48];
  const int n = std::snprintf(text, sizeof(text), "%.*f", digits, value);
  return {text, static_cast<std::size_t>(std::max(0, n))};
}
std::string knots(double mps) { return number(mps / mps_per_knot, 1) + " kn"; }
std::string degrees(double deg) {
  const long whole = std::lround(std::fmod(deg + 360.0, 360.0)) % 360;
  const std::string text = std::to_string(whole);
  return std::string(3 - std::min<std::size_t>(3, text.size()), '0') + text + "\u00b0";
}
std::string angle(double deg) { return number(deg, 0) + "\u00b0"; }
std::string length(double m) {
  return m < 1852.0 ? number(m, 0) + " m" : number(m / metres_per_nautical_mile, 1) + " NM";
}
std::string span(double s) {
  if (s < 100.0) return number(s, 0) + " s";
  if (s < 7200.0) return number(s / 60.0, s < 600.0 ? 1 : 0) + " min";
  return number(s / 3600.0, 1) + " h";
}
std::string place(GeoPosition p) {
  const double lat = p.latitude_deg(), lon = p.longitude_deg();
  return number(std::abs(lat), 3) + (lat < 0 ? "S " : "N ") + number(std::abs(lon), 3) + (lon < 0 ? "W" : "E");
}

struct Teller {
  const Alert& alert;
  const RuleSet& set;
  double lasted_s;

  [[nodiscard]] std::string zone(ZoneId id) const {
    return id.value() == 0 || id.value() > set.zones.size() ? "the area" : "'" + set.zones[id.value() - 1].name + "'";
  }
  [[nodiscard]] std::string other() const {
    return alert.subjects.size() > 1 ? name_of(alert.subjects[1]) : "another vessel";
  }

  std::string operator()(const std::monostate&) const { return "no evidence"; }
  std::string operator()(const ZoneEvidence& e) const {
    const std::string way = ", " + knots(e.speed_mps) + " on course " + degrees(e.course_deg);
    switch (e.what) {
      case ZoneEvidence::What::entered:
        return "is in " + zone(e.zone) + way;
      case ZoneEvidence::What::left:
        return "left " + zone(e.zone) + " after " + span(e.stayed_s) + way;
      case ZoneEvidence::What::stays:
        return "stays in " + zone(e.zone) + " for " + span(e.stayed_s) + " (limit " + span(e.limit_s) + ")" + way;
      case ZoneEvidence::What::crossed:
        return "crossed " + zone(e.zone) + way;
    }
    return {};
  }
  std::string operator()(const SpeedEvidence& e) const {
    return "makes " + knots(e.speed_mps) + (e.is_above ? " (at most " : " (at least ") + knots(e.limit_mps) + ")" +
           (e.zone.value() != 0 ? " in " + zone(e.zone) : "");
  }
  std::string operator()(const CourseEvidence& e) const {
    return "is on course " + degrees(e.course_deg) + " (allowed " + degrees(e.from_deg) + " to " + degrees(e.to_deg) +
           ")" + (e.zone.value() != 0 ? " in " + zone(e.zone) : "");
  }
  std::string operator()(const StopEvidence& e) const {
    return "has stopped for " + span(lasted_s) + " (limit " + span(e.limit_s) + "): " + knots(e.speed_mps) +
           ", stopped is below " + knots(e.limit_mps) + (e.zone.value() != 0 ? ", in " + zone(e.zone) : "");
  }
  std::string operator()(const DriftEvidence& e) const {
    return "drifts for " + span(lasted_s) + " (limit " + span(e.limit_s) + "): " + knots(e.speed_mps) + " on course " +
           degrees(e.course_deg) + " with heading " + degrees(e.heading_deg) + ", " + angle(e.angle_deg) +
           " apart (limit " + angle(e.limit_deg) + ")";
  }
  std::string operator()(const AnchorDragEvidence& e) const {
    return "says it is at anchor and is " + length(e.moved_m) + " from where it anchored (limit " + length(e.limit_m) +
           "), " + knots(e.speed_mps);
  }
  std::string operator()(const ClosestApproachEvidence& e) const {
    static constexpr const char* how[] = {" head-on", " crossing", " overtaking", ", one of them at rest"};
    return "and " + other() + how[static_cast<std::size_t>(e.encounter)] + ": will pass at " + length(e.distance_m) +
           " (limit " + length(e.limit_m) + ") in " + span(e.in_s) + " (limit " + span(e.limit_s) + "), now " +
           length(e.range_m) + " apart";
  }
  std::string operator()(const LaneEvidence& e) const {
    const std::string lane = zone(e.lane);
    const std::string to = " to the lane's " + degrees(e.direction_deg);
    switch (e.what) {
      case LaneEvidence::What::wrong_way:
        return "goes the wrong way in " + lane + ": " + degrees(e.course_deg) + ", " + angle(e.angle_deg) + to +
               " (limit " + angle(e.limit_deg) + "), " + knots(e.speed_mps);
      case LaneEvidence::What::poor_crossing:
        return "crosses " + lane + " at a poor angle: " + degrees(e.course_deg) + ", " + angle(e.angle_deg) + to +
               " (within " + angle(e.limit_deg) + " of square is allowed), " + knots(e.speed_mps);
      case LaneEvidence::What::stopped:
        return "has stopped in " + lane + " for " + span(lasted_s) + ": " + knots(e.speed_mps);
      case LaneEvidence::What::side_entry:
        return "joined " + lane + " from the side at " + angle(e.angle_deg) + to + " (limit " + angle(e.limit_deg) +
               ")";
    }
    return {};
  }
  std::string operator()(const SilenceEvidence& e) const {
    if (e.radar_sees) {
      return "has sent no AIS for " + span(e.silent_s) + " (limit " + span(e.limit_s) + ") while radar still sees it";
    }
    return "was under way and has sent no AIS for " + span(e.silent_s) + " (limit " + span(e.limit_s) + "), while " +
           std::to_string(e.heard_near) + " others within " + length(e.near_m) + " are heard";
  }
  std::string operator()(const JumpEvidence& e) const {
    if (e.two_places) {
      return "is heard by turns from " + place(e.from) + " and " + place(e.to) + ", " + length(e.distance_m) +
             " apart: two senders with one number, or false positions";
    }
    return "jumped " + length(e.distance_m) + " in " + span(e.in_s) + ", from " + place(e.from) + " to " + place(e.to) +
           " (limit " + knots(e.limit_mps) + ")";
  }
  std::string operator()(const IdentityEvidence& e) const {
    static constexpr const char* what[] = {"name", "call sign", "IMO number", "MMSI"};
    return std::string("changed its ") + what[static_cast<std::size_t>(e.what)] + " from '" + e.before.data() +
           "' to '" + e.after.data() + "'";
  }
  std::string operator()(const TrustFinding& e) const { return trust_text(e); }
  std::string operator()(const SpeedMismatchEvidence& e) const {
    return "sends a speed of " + knots(e.sent_mps) + " and makes " + knots(e.made_mps) + " by its positions, over " +
           span(e.over_s) + " (limit " + knots(e.limit_mps) + " apart)";
  }
  std::string operator()(const RouteEvidence& e) const {
    const std::string of = number(e.visits, 0) + " vessels of its kind";
    const std::string rare = number(100.0 * e.share, 2) + " % (limit " + number(100.0 * e.limit, 1) + " %)";
    switch (e.what) {
      case RouteEvidence::What::place:
        return "goes where its kind hardly ever does: of " + of + " within some 4 km, here " + rare +
               " of what is usual about it, " + knots(e.speed_mps) + " on course " + degrees(e.course_deg);
      case RouteEvidence::What::direction:
        return "goes " + degrees(e.course_deg) + " where of " + of + " " + rare + " did, most about " +
               degrees(e.usual_deg) + ", " + knots(e.speed_mps);
      case RouteEvidence::What::speed:
        return "makes " + knots(e.speed_mps) + " where " + of + " made " + knots(e.usual_mps) + " in the mean, " +
               rare + " so far off it";
      case RouteEvidence::What::stop:
        return "lies still where of " + of + " " + rare + " did";
    }
    return {};
  }
  std::string operator()(const DarkEvidence& e) const {
    return "is seen by radar and sends no AIS: " + length(e.length_m) + " long (limit " + length(e.limit_m) + "), " +
           knots(e.speed_mps) + ", seen for " + span(e.seen_s);
  }
  std::string operator()(const MeetingEvidence& e) const {
    return "and " + other() + " lie together for " + span(lasted_s) + " (limit " + span(e.limit_s) +
           "): " + length(e.distance_m) + " apart (limit " + length(e.limit_m) + "), at most " + knots(e.speed_mps) +
           " (limit " + knots(e.limit_mps) + ")";
  }
  std::string operator()(const LoiterEvidence& e) const {
    return "loiters: " + knots(e.mean_speed_mps) + " in the mean over " + span(e.lasted_s) + " (limit " +
           knots(e.limit_mps) + "), within " + length(e.radius_m);
  }
  std::string operator()(const CableEvidence& e) const {
    const std::string cable = zone(e.cable);
    if (e.what == CableEvidence::What::zigzag) {
      return "crossed " + cable + " " + std::to_string(e.crossings) + " times within the hour, " + knots(e.speed_mps);
    }
    return (e.what == CableEvidence::What::anchored ? "is anchored " : "is slow, ") + length(e.distance_m) + " from " +
           cable + " (limit " + length(e.limit_m) + "), " + knots(e.speed_mps);
  }
  std::string operator()(const ApproachEvidence& e) const {
    if (e.in_s <= 0.0) return "is within " + length(e.limit_m) + " of " + zone(e.point) + ": " + length(e.range_m);
    return "will be within " + length(e.limit_m) + " of " + zone(e.point) + " in " + span(e.in_s) + " (limit " +
           span(e.limit_s) + "), passing at " + length(e.passes_m) + ", now " + length(e.range_m) + " off";
  }
  std::string operator()(const WatchEvidence&) const { return "is on the watch list"; }
  std::string operator()(const GroundingEvidence& e) const {
    return "draws " + number(e.draught_m, 1) + " m and will run into " + zone(e.shoal) + ", " + number(e.depth_m, 1) +
           " m deep (margin " + number(e.margin_m, 1) + " m), in " + span(e.in_s) + ", " + length(e.distance_m) +
           " ahead";
  }
  std::string operator()(const ConvoyEvidence& e) const {
    return "leads " + std::to_string(e.vessels) + " vessels that go together for " + span(lasted_s) + " (limit " +
           span(e.limit_s) + "): " + knots(e.speed_mps) + " on course " + degrees(e.course_deg);
  }
  std::string operator()(const SequenceEvidence& e) const {
    return "did one after the other within " + span(e.apart_s) + " (limit " + span(e.limit_s) + "): alerts " +
           std::to_string(e.first_alert) + " and " + std::to_string(e.second_alert);
  }
  std::string operator()(const DistressEvidence& e) const {
    if (e.what == DistressEvidence::What::transmitter) return "is a transmitter of distress, and active";
    return e.what == DistressEvidence::What::not_under_command ? "says it is not under command (status 2)"
                                                               : "sends the status of a distress transmitter (14)";
  }
  std::string operator()(const CallEvidence& e) const {
    std::string out = "calls for help: radar " + std::to_string(e.radar) + " sees " + std::to_string(e.dots) +
                      " dots of a search-and-rescue transponder on bearing " + degrees(e.bearing_deg) +
                      (e.bearing_is_true ? "" : " off the bow") + ", the nearest at " + length(e.range_m);
    return out + " (it lies up to 0.64 NM before that), in " + std::to_string(e.turns) + " turns";
  }
  std::string operator()(const RadarJumpEvidence& e) const {
    return std::string("suddenly measures all bearings ") + (e.bearing_deg < 0.0 ? "less by " : "more by ") +
           number(std::abs(e.bearing_deg), 1) + " degrees (limit " + number(e.limit_deg, 1) +
           "): its antenna or heading was turned; they are corrected anew";
  }
};

// Every claim by its name; which of them holds is not for software to say.
std::string claims_text(const Alert& alert, const RuleSet& set) {
  std::string out;
  for (const ZoneId id : alert.claims) {
    if (id.value() == 0 || id.value() > set.zones.size()) continue;
    const Zone& zone = set.zones[id.value() - 1];
    out += (out.empty() ? "; within '" : ", and '") + zone.name + "' as claimed by " + zone.claimant;
  }
  return out;
}

}  // namespace

std::string name_of(const AlertSubject& s) {
  if (!s.name.empty() && s.mmsi.value() == 0) return s.name;
  if (!s.name.empty()) return s.name + " (" + std::to_string(s.mmsi.value()) + ")";
  if (s.mmsi.value() != 0) return "MMSI " + std::to_string(s.mmsi.value());
  return "Track " + std::to_string(s.track.value());
}

std::string sentence(const Alert& alert, const RuleSet& set) {
  const Teller teller{alert, set, std::max(0.0, to_seconds(alert.changed - alert.since).value())};
  const std::string who = alert.subjects.empty() ? "Somebody" : name_of(alert.subjects[0]);
  return who + " " + std::visit(teller, alert.evidence) + claims_text(alert, set) + ".";
}

}  // namespace headland::rules
