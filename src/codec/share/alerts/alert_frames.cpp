// SPDX-License-Identifier: Apache-2.0
#include "codec/share/alerts/alert_frames.hpp"

#include <array>
#include <cmath>
#include <cstdio>

#include "codec/share/alerts/clock_text.hpp"
#include "codec/share/json_detail.hpp"
#include "core/base/units.hpp"
#include "core/geo/tangent.hpp"

namespace headland::share {
namespace {

double rounded(double v, double scale) { return std::round(v * scale) / scale; }
double rounded_e7(double degrees) { return rounded(degrees, 1e7); }
Json time_or_null(const std::optional<Timestamp>& t) { return t ? Json(epoch_seconds(*t)) : Json(); }

Json json_of(const AlertRecord& a) {
  Json subjects = Json::array();
  for (const AlertSubject& s : a.subjects) {
    Json subject{{"track", s.track.value()}};
    if (s.mmsi.value() != 0) subject["mmsi"] = s.mmsi.value();
    if (!s.name.empty()) subject["name"] = s.name;
    subjects.push_back(std::move(subject));
  }
  Json way = Json::array();
  for (const GeoPosition& p : a.way) way.push_back({rounded_e7(p.longitude_deg()), rounded_e7(p.latitude_deg())});
  Json out{{"id", a.id.value()},
           {"rule", a.rule},
           {"priority", name_of(a.priority)},
           {"state", name_of(a.state)},
           {"since_s", epoch_seconds(a.since)},
           {"raised_s", epoch_seconds(a.raised)},
           {"changed_s", epoch_seconds(a.changed)},
           {"rectified_s", time_or_null(a.rectified)},
           {"subjects", std::move(subjects)},
           {"lat_deg", rounded_e7(a.position.latitude_deg())},
           {"lon_deg", rounded_e7(a.position.longitude_deg())},
           {"zones", a.zones},
           {"way", std::move(way)},
           {"level", a.level},
           {"text", a.text}};
  if (!a.by.empty()) out["by"] = a.by;
  if (!a.reason.empty()) out["reason"] = a.reason;
  if (a.shelved_until) out["shelved_until_s"] = epoch_seconds(*a.shelved_until);
  if (!a.handed_to.empty()) out["handed_to"] = a.handed_to;
  return out;
}

Json list_of(std::span<const AlertRecord> alerts) {
  Json list = Json::array();
  for (const AlertRecord& a : alerts) list.push_back(json_of(a));
  return list;
}

// Neighbours less than half a turn apart, as GeoJSON readers draw them.
Json coordinates(const std::vector<GeoPosition>& part, bool close) {
  Json out = Json::array();
  double last = 0.0;
  for (const GeoPosition& p : part) {
    double longitude = p.longitude_deg();
    if (!out.empty()) longitude += 360.0 * std::round((last - longitude) / 360.0);
    last = longitude;
    out.push_back({rounded_e7(longitude), rounded_e7(p.latitude_deg())});
  }
  if (close && !part.empty() && out.front() != out.back()) out.push_back(Json(out.front()));
  return out;
}

}  // namespace

Frame alerts_frame(std::span<const AlertRecord> alerts, bool whole, Timestamp time) {
  Frame frame = begin_frame(FrameType::alerts, 0, time);
  append(frame, {{"whole", whole}, {"alerts", list_of(alerts)}});
  return frame;
}

std::string alert_json(const AlertRecord& alert) { return to_text(json_of(alert)); }

std::string alerts_json(std::span<const AlertRecord> alerts) { return to_text({{"alerts", list_of(alerts)}}); }

std::string entries_json(std::span<const AlertEntry> entries) {
  Json list = Json::array();
  for (const AlertEntry& e : entries) {
    list.push_back({{"alert", e.alert.value()},
                    {"time_s", epoch_seconds(e.time)},
                    {"what", e.what},
                    {"who", e.who},
                    {"why", e.why}});
  }
  return to_text({{"entries", std::move(list)}});
}

std::string message_json(const std::string& station, const AlertEntry& entry, const AlertRecord& alert) {
  return to_text({{"station", station},
                  {"what", entry.what},
                  {"who", entry.who},
                  {"why", entry.why},
                  {"time_s", epoch_seconds(entry.time)},
                  {"alert", json_of(alert)}});
}

std::string message_text(const std::string& station, const AlertEntry& entry, const AlertRecord& alert) {
  std::array<char, 64> place{};
  std::snprintf(place.data(), place.size(), "%.5f, %.5f", alert.position.latitude_deg(),
                alert.position.longitude_deg());
  std::string out = alert.text + "\n\n";
  out += "What: " + entry.what + (entry.who == "station" ? "" : " by " + entry.who) + "\n";
  if (entry.why != alert.text && !entry.why.empty()) out += "Why: " + entry.why + "\n";
  out += "When: " + clock_text(entry.time) + ", the situation holds since " + clock_text(alert.since) + "\n";
  out += "Where: " + std::string(place.data()) + "\n";
  out += "Priority: " + std::string(name_of(alert.priority)) + ", rule: " + alert.rule + "\n";
  out += "Alert " + std::to_string(alert.id.value()) + " of " + station + "\n";
  return out;
}

std::string zones_geojson(std::span<const rules::Zone> zones) {
  Json features = Json::array();
  for (const rules::Zone& zone : zones) {
    Json parts = Json::array();
    for (const auto& part : zone.parts) parts.push_back(coordinates(part, zone.is_area() && zone.width_m <= 0.0));
    Json geometry;
    if (zone.kind == rules::ZoneKind::point) {
      if (zone.parts.empty() || zone.parts[0].empty()) continue;
      geometry = {{"type", "Point"}, {"coordinates", parts[0][0]}};
    } else {
      // Outlines as lines: areas with holes and even-odd rings need no rule of their own.
      geometry = {{"type", "MultiLineString"}, {"coordinates", std::move(parts)}};
    }
    Json properties{{"name", zone.name}, {"kind", rules::name_of(zone.kind)}};
    if (zone.radius_m > 0.0) properties["radius_m"] = zone.radius_m;
    if (zone.width_m > 0.0) properties["width_m"] = zone.width_m;
    features.push_back({{"type", "Feature"}, {"geometry", std::move(geometry)}, {"properties", std::move(properties)}});
  }
  return to_text({{"type", "FeatureCollection"}, {"features", std::move(features)}});
}

std::string routes_geojson(std::span<const rules::RouteModel::Drawn> cells) {
  constexpr double half_m = 380.0, barb_m = 180.0, clear_way = 0.5;
  Json features = Json::array();
  for (const auto& cell : cells) {
    const TangentPlane plane = tangent_at(middle_of(cell.cell));
    const double a = cell.course_deg * radians_per_degree;
    const auto at = [&](double ahead, double right) {
      const GeoPosition p = moved(plane, {Metres(ahead * std::sin(a) + right * std::cos(a)),
                                          Metres(ahead * std::cos(a) - right * std::sin(a))});
      return Json{rounded(p.longitude_deg(), 1e5), rounded(p.latitude_deg(), 1e5)};
    };
    Json lines = cell.one_way >= clear_way
                     ? Json{Json{at(-half_m, 0.0), at(half_m, 0.0)},
                            Json{at(half_m - barb_m, -barb_m), at(half_m, 0.0), at(half_m - barb_m, barb_m)}}
                     : Json{Json{at(-barb_m, 0.0), at(barb_m, 0.0)}, Json{at(0.0, -barb_m), at(0.0, barb_m)}};
    features.push_back({{"type", "Feature"},
                        {"properties",
                         {{"visits", rounded(cell.visits, 1.0)},
                          {"one_way", rounded(cell.one_way, 1e2)},
                          {"speed_mps", rounded(cell.mean_speed_mps, 1e1)}}},
                        {"geometry", {{"type", "MultiLineString"}, {"coordinates", std::move(lines)}}}});
  }
  return to_text({{"type", "FeatureCollection"}, {"features", std::move(features)}});
}

}  // namespace headland::share
