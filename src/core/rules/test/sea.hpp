// SPDX-License-Identifier: Apache-2.0
// Ships for tests of rules: where each is at any second, as a picture.
#pragma once

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "core/rules/rule_engine.hpp"

namespace headland::rules::testing {

inline const GeoPosition middle = GeoPosition::from_degrees(50.0, -1.0);
inline Timestamp at(double s) { return from_epoch_seconds(1'700'000'000.0 + s); }

struct Ship {
  std::uint32_t mmsi = 0;
  double east_m = 0.0, north_m = 0.0;  // from the middle, at second 0
  double course_deg = 0.0, speed_kn = 0.0;
  std::optional<double> heading_deg;
  std::uint8_t status = 0;
  std::uint8_t type = 70;
  std::uint16_t length_m = 150;
  std::optional<double> draught_m;
  std::string name;
  bool radar = false;
  double echo_m = 0.0;
  double hull_m = 0.0;  // 0: radar cannot tell
  bool is_improbable = false;
  double silent_from_s = 1e9;  // no AIS report from then on
  double shown_from_s = 0.0;
  GeoPosition origin = middle;
  std::function<void(Ship&, double)> when;  // changes itself before second s is shown
};

inline SystemTrack track_of(const Ship& ship, std::uint32_t id, double s) {
  SystemTrack t;
  t.id = SystemTrackId(id);
  const double heard = std::min(s, ship.silent_from_s);
  t.time = at(ship.radar ? s : heard);
  t.began = at(ship.shown_from_s);
  const double v = from_knots(ship.speed_kn).value(), c = ship.course_deg * radians_per_degree;
  const double moved_s = to_seconds(t.time - at(0)).value();
  t.position = moved(tangent_at(ship.origin), {Metres(ship.east_m + v * std::sin(c) * moved_s),
                                               Metres(ship.north_m + v * std::cos(c) * moved_s)});
  t.velocity = {MetresPerSecond(v * std::sin(c)), MetresPerSecond(v * std::cos(c))};
  t.stage = TrackStage::confirmed;
  t.existence = 1.0;
  if (ship.radar) {
    t.radar_track = TrackId(id);
    t.contributions.push_back({SourceKind::radar, SensorId(1), at(s)});
    t.length = Metres(ship.echo_m);
    t.size.known = ship.hull_m > 0.0;
    t.size.length = Metres(ship.hull_m);
    t.size.length_deviation = Metres(5.0);
    if (ship.is_improbable) t.radar_kind.likely = TrackClass::improbable;
  }
  if (ship.mmsi == 0) return t;
  t.identity = Identity{Mmsi(ship.mmsi), 1.0};
  t.contributions.push_back({SourceKind::ais, SensorId(0), at(heard)});
  t.ais_lost = s - heard > 60.0;
  VesselReport r;
  r.mmsi = Mmsi(ship.mmsi);
  r.received = at(heard);
  r.position = t.position;
  r.speed = MetresPerSecond(v);
  r.course = Bearing::from_degrees(ship.course_deg);
  if (ship.heading_deg) r.heading = Bearing::from_degrees(*ship.heading_deg);
  r.navigation_status = ship.status;
  t.report = r;
  VesselParticulars p;
  p.mmsi = r.mmsi;
  p.ship_type = ship.type;
  p.to_bow_m = static_cast<std::uint16_t>(ship.length_m / 2);
  p.to_stern_m = static_cast<std::uint16_t>(ship.length_m - ship.length_m / 2);
  p.draught_m = ship.draught_m;
  if (!ship.name.empty()) p.name = ship.name;
  t.particulars = p;
  t.particulars_received = at(std::floor(heard / 60.0) * 60.0);
  return t;
}

inline Picture picture_of(std::vector<Ship>& ships, double s) {
  Picture picture;
  picture.time = at(s);
  std::uint32_t id = 0;
  for (Ship& ship : ships) {
    ++id;
    if (ship.when) ship.when(ship, s);
    if (s >= ship.shown_from_s) picture.tracks.push_back(track_of(ship, id, s));
  }
  return picture;
}

struct Told {
  double s = 0.0;
  AlertNews news = AlertNews::raised;
  Alert alert;
};

// Every second from 0 to `until_s`, that included.
inline std::vector<Told> watch(RuleSet set, std::vector<Ship> ships, double until_s, double step_s = 1.0) {
  RuleEngine engine(std::move(set));
  std::vector<Told> told;
  std::vector<AlertChange> changes;
  for (double s = 0.0; s <= until_s; s += step_s) {
    engine.process(picture_of(ships, s), nullptr, changes);
    for (const AlertChange& c : changes) told.push_back({s, c.news, c.alert});
    changes.clear();
  }
  return told;
}

// Rules alone with calls for help, every second.
inline std::vector<Told> watch_calls(RuleSet set, const std::function<std::vector<CallForHelp>(double)>& calls,
                                     double until_s) {
  RuleEngine engine(std::move(set));
  std::vector<Told> told;
  std::vector<AlertChange> changes;
  for (double s = 0.0; s <= until_s; s += 1.0) {
    Picture picture;
    picture.time = at(s);
    engine.process(picture, nullptr, changes, calls(s));
    for (const AlertChange& c : changes) told.push_back({s, c.news, c.alert});
    changes.clear();
  }
  return told;
}

inline std::vector<double> raised(const std::vector<Told>& told) {
  std::vector<double> out;
  for (const Told& t : told) {
    if (t.news == AlertNews::raised) out.push_back(t.s);
  }
  return out;
}

template <class Kind>
RuleSet one_rule(Kind kind, std::vector<Zone> zones = {}) {
  RuleSet set;
  for (Zone& zone : zones) {
    zone.id = ZoneId(static_cast<std::uint32_t>(set.zones.size() + 1));
    set.zones.push_back(std::move(zone));
  }
  Rule rule;
  rule.id = RuleId(1);
  rule.name = "rule";
  rule.kind = std::move(kind);
  set.rules.push_back(std::move(rule));
  return set;
}

inline GeoPosition place(double east_m, double north_m, GeoPosition origin = middle) {
  return moved(tangent_at(origin), {Metres(east_m), Metres(north_m)});
}
// A square or rectangle about a place.
inline Zone box(ZoneKind kind, double west, double south, double east, double north, GeoPosition origin = middle) {
  Zone z;
  z.name = "box";
  z.kind = kind;
  z.parts = {
      {place(west, south, origin), place(east, south, origin), place(east, north, origin), place(west, north, origin)}};
  return z;
}
inline Zone path(ZoneKind kind, std::vector<GeoPosition> points) {
  Zone z;
  z.name = "path";
  z.kind = kind;
  z.parts = {std::move(points)};
  return z;
}

}  // namespace headland::rules::testing
