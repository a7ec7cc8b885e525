// SPDX-License-Identifier: Apache-2.0
#include "core/rules/zone/drawn_zones.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <tuple>

#include "core/geo/tangent.hpp"

namespace headland::rules {
namespace {

constexpr std::array<std::string_view, zone_tell_count> tell_names = {
    "entry",      "exit",      "dwell",     "speed",    "crossing", "cross_right",
    "cross_left", "wrong_way", "slow_over", "approach", "shallow"};

constexpr std::size_t most_name_bytes = 60;
constexpr double most_reach_m = 1'000'000.0;  // from its middle
constexpr double most_across_m = 100'000.0;   // width, radius
constexpr double least_edge_m = 1.0;
constexpr double least_area_m2 = 1.0;

struct Point {
  double x, y;
};
double turn(Point a, Point b, Point c) { return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x); }

// Edges that share no corner have a point in common.
bool meet(Point a, Point b, Point c, Point d) {
  const auto within = [](Point p, Point q, Point r) {  // r on the line through p and q: between them
    return r.x >= std::min(p.x, q.x) && r.x <= std::max(p.x, q.x) && r.y >= std::min(p.y, q.y) &&
           r.y <= std::max(p.y, q.y);
  };
  const double abc = turn(a, b, c), abd = turn(a, b, d), cda = turn(c, d, a), cdb = turn(c, d, b);
  if (((abc > 0.0) != (abd > 0.0)) && ((cda > 0.0) != (cdb > 0.0)) && abc != 0.0 && abd != 0.0 && cda != 0.0 &&
      cdb != 0.0) {
    return true;
  }
  return (abc == 0.0 && within(a, b, c)) || (abd == 0.0 && within(a, b, d)) || (cda == 0.0 && within(c, d, a)) ||
         (cdb == 0.0 && within(c, d, b));
}

// In the plane in which edges, great circles, are straight. Empty where a part of it is out of that plane's sight.
std::vector<Point> flat(const std::vector<GeoPosition>& corners) {
  NormalVector sum{0.0, 0.0, 0.0};
  for (const GeoPosition p : corners) {
    const NormalVector n = normal_of(p);
    sum.x += n.x, sum.y += n.y, sum.z += n.z;
  }
  std::vector<Point> out;
  if (!(dot(sum, sum) > 0.0)) return out;
  const TangentPlane plane = tangent_at(position_of(sum));
  for (const GeoPosition p : corners) {
    const NormalVector n = normal_of(p);
    if (!plane.is_ahead(n)) return {};
    const EastNorth en = plane.straight(n);
    out.push_back({en.east.value(), en.north.value()});
  }
  return out;
}

std::string fault_of_ring(const std::vector<Point>& ring) {
  const std::size_t n = ring.size();
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = i + 1; k < n; ++k) {
      if (k == i + 1 || (i == 0 && k == n - 1)) continue;  // neighbours share a corner
      if (meet(ring[i], ring[(i + 1) % n], ring[k], ring[(k + 1) % n])) {
        return "its outline crosses itself between corners " + std::to_string(i + 1) + " and " +
               std::to_string((i + 1) % n + 1) + ", and " + std::to_string(k + 1) + " and " +
               std::to_string((k + 1) % n + 1) + ": move one of them";
      }
    }
  }
  double area2 = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    const Point &a = ring[i], &b = ring[(i + 1) % n];
    area2 += a.x * b.y - a.y * b.x;
  }
  return std::abs(area2) < 2.0 * least_area_m2 ? "its corners lie on one line: it encloses nothing" : "";
}

std::string fault_of_shape(const Zone& zone) {
  const bool is_point = zone.kind == ZoneKind::point;
  const bool is_path = !is_point && (!zone.is_area() || zone.width_m > 0.0);
  if (zone.parts.size() != 1) return "it must be one outline, line or point";
  const auto& corners = zone.parts.front();
  const std::size_t least = is_point ? 1 : is_path ? 2 : 3;
  if (corners.size() < least) {
    return "it needs at least " + std::to_string(least) + (least == 1 ? " point" : " points") + ", and has " +
           std::to_string(corners.size());
  }
  if (is_point && corners.size() > 1) return "a point is one place";
  if (corners.size() > most_drawn_corners) {
    return "it has more than " + std::to_string(most_drawn_corners) +
           " points: use a GeoJSON file (geojson = ... in the rules)";
  }
  const auto points = flat(corners);
  const auto far = std::ranges::find_if(points, [](Point p) { return std::hypot(p.x, p.y) > most_reach_m; });
  if (points.empty() || far != points.end()) return "it reaches farther than 1000 km: draw several";
  for (std::size_t i = 0; i + (is_path ? 1 : 0) < points.size() && points.size() > 1; ++i) {
    const Point &a = points[i], &b = points[(i + 1) % points.size()];
    if (std::hypot(b.x - a.x, b.y - a.y) < least_edge_m) {
      return "points " + std::to_string(i + 1) + " and " + std::to_string((i + 1) % points.size() + 1) +
             " lie on one another: delete one";
    }
  }
  return is_point || is_path ? "" : fault_of_ring(points);
}

std::string fault_of_measures(const Zone& zone) {
  if (zone.kind == ZoneKind::limit) return "limits of the sea are written in the rules file, with their baselines";
  if (zone.kind == ZoneKind::point && !(zone.radius_m > 0.0 && zone.radius_m <= most_across_m)) {
    return "a point needs its radius, from 1 m to 100 km";
  }
  if (zone.kind != ZoneKind::point && zone.radius_m != 0.0) return "points alone have a radius";
  if (!(zone.width_m >= 0.0 && zone.width_m <= most_across_m)) return "a width is at most 100 km";
  if (zone.width_m > 0.0 && zone.kind != ZoneKind::lane && zone.kind != ZoneKind::area) {
    return "lanes and corridors alone have a width";
  }
  if (zone.kind == ZoneKind::lane && !zone.direction_deg && !(zone.width_m > 0.0)) {
    return "a lane needs its direction, or a width about its middle line";
  }
  if (zone.kind != ZoneKind::lane && zone.direction_deg) return "lanes alone have a direction";
  if (zone.direction_deg && !(*zone.direction_deg >= 0.0 && *zone.direction_deg <= 360.0)) {
    return "a direction is from 0 to 360 degrees";
  }
  if (zone.kind == ZoneKind::depth && !(zone.depth_m >= -20.0 && zone.depth_m <= 12'000.0)) {
    return "a depth is from -20 to 12000 m";
  }
  return "";
}

std::string fault_of_validity(const Zone& zone) {
  const Validity& v = zone.validity;
  if (v.from && v.until && *v.from >= *v.until) return "it ends before it begins to hold";
  if ((v.months & 0xFFFU) == 0) return "it holds in no month";
  const auto is_hour = [](double h) { return h >= 0.0 && h <= 24.0; };
  if (!is_hour(v.from_hour_utc) || !is_hour(v.until_hour_utc)) return "hours are from 0 to 24";
  if (v.from_hour_utc == v.until_hour_utc) return "it holds at no hour";
  return (zone.classes & all_classes) == 0 ? "it holds for no class of vessels" : "";
}

std::string fault_of_watches(const DrawnZone& drawn) {
  for (const ZoneWatch& w : drawn.watches) {
    const std::string name(name_of(w.tell));
    if (!can_tell(drawn.zone.kind, w.tell)) {
      return "'" + name + "' cannot be told of a zone of kind " + std::string(name_of(drawn.zone.kind));
    }
    if (std::ranges::count(drawn.watches, w.tell, &ZoneWatch::tell) > 1) return "'" + name + "' is there twice";
    const bool has_limit = w.tell == ZoneTell::dwell || w.tell == ZoneTell::speed || w.tell == ZoneTell::approach;
    const double most = w.tell == ZoneTell::dwell ? 10'000.0 : w.tell == ZoneTell::speed ? 200.0 : 600.0;
    if (has_limit ? !(w.limit > 0.0 && w.limit <= most) : w.limit != 0.0) {
      return has_limit ? "'" + name + "' needs its limit, above 0 and at most " + std::to_string(std::lround(most))
                       : "'" + name + "' has no limit";
    }
  }
  return "";
}

DrawnZone* find(DrawnZones& set, std::uint32_t number) {
  const auto at = std::ranges::find(set.zones, number, &DrawnZone::number);
  return at == set.zones.end() ? nullptr : &*at;
}

std::string figure(double v) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), v).ptr;
  return {text.data(), end};
}

RuleKind kind_of(const ZoneWatch& w) {
  switch (w.tell) {
    case ZoneTell::entry:
      return EntryRule{};
    case ZoneTell::exit:
      return ExitRule{};
    case ZoneTell::dwell:
      return DwellRule{w.limit};
    case ZoneTell::speed:
      return SpeedRule{.above_kn = w.limit};
    case ZoneTell::crossing:
      return CrossingRule{};
    case ZoneTell::cross_right:
      return CrossingRule{"right"};
    case ZoneTell::cross_left:
      return CrossingRule{"left"};
    case ZoneTell::wrong_way:
      return LaneRule{};
    case ZoneTell::slow_over:
      return CableRule{};
    case ZoneTell::approach: {
      ApproachRule approach;
      approach.time_min = w.limit;
      return approach;
    }
    case ZoneTell::shallow:
      return GroundingRule{};
  }
  return EntryRule{};
}

std::string rule_name(const ZoneWatch& w, Priority priority) {
  static constexpr std::array<std::string_view, zone_tell_count> words = {"entry",
                                                                          "exit",
                                                                          "stays over ",
                                                                          "faster than ",
                                                                          "crossing",
                                                                          "crossing to the right",
                                                                          "crossing to the left",
                                                                          "wrong way",
                                                                          "cable",
                                                                          "approach within ",
                                                                          "grounding"};
  std::string out(words[static_cast<std::size_t>(w.tell)]);
  if (w.tell == ZoneTell::dwell || w.tell == ZoneTell::approach) out += figure(w.limit) + " min";
  if (w.tell == ZoneTell::speed) out += figure(w.limit) + " kn";
  out += " (drawn";
  if (priority != Priority::warning) out += ", " + std::string(headland::name_of(priority));
  return out + ")";
}

bool looks_at_all_of(const Rule& rule, ZoneKind kind) {
  if (!rule.zones.empty()) return false;
  return (kind == ZoneKind::lane && std::holds_alternative<LaneRule>(rule.kind)) ||
         (kind == ZoneKind::cable && std::holds_alternative<CableRule>(rule.kind)) ||
         (kind == ZoneKind::point && std::holds_alternative<ApproachRule>(rule.kind)) ||
         (kind == ZoneKind::depth && std::holds_alternative<GroundingRule>(rule.kind));
}

// `changed` without what must be looked up first.
std::string save(DrawnZones& set, DrawnZone zone, DrawnZone* known, Timestamp now, const std::string& who) {
  if (auto fault = fault_of(zone); !fault.empty()) return fault;
  const auto same = std::ranges::find_if(set.zones, [&](const DrawnZone& z) { return z.zone.name == zone.zone.name; });
  if (same != set.zones.end() && (known == nullptr || same->number != known->number)) {
    return "there is a drawn zone '" + zone.zone.name + "' already: give it another name";
  }
  if (known == nullptr && set.zones.size() >= most_drawn_zones) {
    return "there are " + std::to_string(most_drawn_zones) + " drawn zones already: delete some";
  }
  zone.version = set.version;
  zone.who = who;
  zone.time = now;
  set.what = known == nullptr ? "drawn" : "changed";
  set.name = zone.zone.name;
  if (known != nullptr) {
    *known = std::move(zone);
    return "";
  }
  zone.number = ++set.greatest;
  set.zones.push_back(std::move(zone));
  return "";
}

}  // namespace

std::string_view name_of(ZoneTell tell) { return tell_names[static_cast<std::size_t>(tell)]; }
std::string_view name_of(ZoneAction action) { return action == ZoneAction::save ? "save" : "delete"; }

std::optional<ZoneTell> zone_tell_named(std::string_view name) {
  const auto at = std::ranges::find(tell_names, name);
  if (at == tell_names.end()) return std::nullopt;
  return static_cast<ZoneTell>(at - tell_names.begin());
}

bool can_tell(ZoneKind kind, ZoneTell tell) {
  switch (tell) {
    case ZoneTell::entry:
    case ZoneTell::exit:
    case ZoneTell::dwell:
    case ZoneTell::speed:
      return kind != ZoneKind::line && kind != ZoneKind::cable;
    case ZoneTell::crossing:
    case ZoneTell::cross_right:
    case ZoneTell::cross_left:
      return kind == ZoneKind::line;
    case ZoneTell::wrong_way:
      return kind == ZoneKind::lane;
    case ZoneTell::slow_over:
      return kind == ZoneKind::cable;
    case ZoneTell::approach:
      return kind == ZoneKind::point;
    case ZoneTell::shallow:
      return kind == ZoneKind::depth;
  }
  return false;
}

std::string fault_of(const DrawnZone& drawn) {
  const std::string& name = drawn.zone.name;
  if (name.empty() || name.find_first_not_of(' ') == std::string::npos) return "it needs a name";
  if (name.size() > most_name_bytes) return "its name is longer than " + std::to_string(most_name_bytes) + " bytes";
  if (name.front() == ' ' || name.back() == ' ') return "its name begins or ends with a blank";
  for (const auto& fault : {fault_of_measures(drawn.zone), fault_of_shape(drawn.zone), fault_of_validity(drawn.zone),
                            fault_of_watches(drawn)}) {
    if (!fault.empty()) return fault;
  }
  return "";
}

Expected<DrawnZones, std::string> changed(const DrawnZones& before, const ZoneOrder& order, Timestamp now) {
  DrawnZones set = before;
  ++set.version;
  set.who = order.who;
  set.why = order.why;
  set.time = now;
  DrawnZone* known = order.zone.number == 0 ? nullptr : find(set, order.zone.number);
  if (known == nullptr && (order.zone.number != 0 || order.action == ZoneAction::remove)) {
    return unexpected(std::string("that zone is no more: somebody has deleted it"));
  }
  if (known != nullptr && known->version != order.zone.version) {
    return unexpected("'" + known->zone.name + "' was changed by " + known->who + " meanwhile: open it again");
  }
  if (order.action == ZoneAction::remove) {
    if (order.why.find_first_not_of(' ') == std::string::npos) {
      return unexpected(std::string("say why it is deleted"));
    }
    set.what = "deleted";
    set.name = known->zone.name;
    std::erase_if(set.zones, [&](const DrawnZone& z) { return z.number == order.zone.number; });
    return set;
  }
  if (auto fault = save(set, order.zone, known, now, order.who); !fault.empty()) return unexpected(std::move(fault));
  return set;
}

std::vector<Rule> watch_rules(const DrawnZones& drawn, ZoneId first_zone, RuleId first_rule) {
  std::map<std::tuple<ZoneTell, double, Priority>, std::vector<ZoneId>> watched;
  for (std::size_t i = 0; i < drawn.zones.size(); ++i) {
    const ZoneId id(first_zone.value() + static_cast<std::uint32_t>(i));
    for (const ZoneWatch& w : drawn.zones[i].watches) watched[{w.tell, w.limit, drawn.zones[i].priority}].push_back(id);
  }
  std::vector<Rule> out;
  for (auto& [what, zones] : watched) {
    const auto& [tell, limit, priority] = what;
    Rule& rule = out.emplace_back();
    rule.id = RuleId(first_rule.value() + static_cast<std::uint32_t>(out.size() - 1));
    rule.name = rule_name({tell, limit}, priority);
    rule.priority = priority;
    rule.kind = kind_of({tell, limit});
    rule.zones = std::move(zones);
    if (tell == ZoneTell::speed) rule.hold_s = 20.0;  // one report, or one jump of a track, is no speed
  }
  return out;
}

std::vector<std::string> watchers_of(const RuleSet& set, ZoneId zone) {
  std::vector<std::string> out;
  for (const Rule& rule : set.rules) {
    const bool names_it = !rule.zones.empty() && rule.covers(zone);
    if (names_it || looks_at_all_of(rule, set.zones[zone.value() - 1].kind)) out.push_back(rule.name);
  }
  return out;
}

std::vector<std::string> watchers_of(const RuleSet& set, ZoneKind kind) {
  std::vector<std::string> out;
  for (const Rule& rule : set.rules) {
    if (looks_at_all_of(rule, kind)) out.push_back(rule.name);
  }
  return out;
}

}  // namespace headland::rules
