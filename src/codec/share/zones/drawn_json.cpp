// SPDX-License-Identifier: Apache-2.0
#include "codec/share/zones/drawn_json.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "codec/share/json_detail.hpp"
#include "codec/share/zones/drawn_detail.hpp"

namespace headland::share {
namespace {

using rules::DrawnZone;
using rules::DrawnZones;
using rules::Zone;
using rules::ZoneKind;

constexpr std::size_t most_text_bytes = 200;

double rounded(double v, double scale) { return std::round(v * scale) / scale; }

// Closed for areas, as GeoJSON wants; neighbours less than half a turn apart.
Json coordinates_of(const std::vector<GeoPosition>& corners, bool close) {
  Json out = Json::array();
  double last = 0.0;
  for (const GeoPosition& p : corners) {
    double longitude = p.longitude_deg();
    if (!out.empty()) longitude += 360.0 * std::round((last - longitude) / 360.0);
    last = longitude;
    out.push_back({rounded(longitude, 1e7), rounded(p.latitude_deg(), 1e7)});
  }
  if (close && !out.empty()) out.push_back(Json(out.front()));
  return out;
}

Json geometry_of(const Zone& zone) {
  const std::vector<GeoPosition> none;
  const auto& corners = zone.parts.empty() ? none : zone.parts.front();
  if (zone.kind == ZoneKind::point) {
    const Json all = coordinates_of(corners, false);
    return {{"type", "Point"}, {"coordinates", all.empty() ? Json::array() : all.front()}};
  }
  if (zone.is_area() && zone.width_m <= 0.0) {
    return {{"type", "Polygon"}, {"coordinates", Json::array({coordinates_of(corners, true)})}};
  }
  return {{"type", "LineString"}, {"coordinates", coordinates_of(corners, false)}};
}

void add_validity(Json& out, const Zone& zone) {
  const auto& v = zone.validity;
  if (v.from) out["from_s"] = epoch_seconds(*v.from);
  if (v.until) out["until_s"] = epoch_seconds(*v.until);
  if (v.months != 0xFFF) {
    Json months = Json::array();
    for (unsigned m = 0; m < 12; ++m) {
      if ((v.months >> m & 1U) != 0) months.push_back(m + 1);
    }
    out["months"] = std::move(months);
  }
  if (v.from_hour_utc > 0.0 || v.until_hour_utc < 24.0) out["hours_utc"] = {v.from_hour_utc, v.until_hour_utc};
  if (zone.classes == rules::all_classes) return;
  Json only = Json::array();
  for (std::size_t i = 0; i < rules::ship_class_count; ++i) {
    const auto c = static_cast<rules::ShipClass>(i);
    if ((zone.classes & rules::bit_of(c)) != 0) only.push_back(rules::name_of(c));
  }
  out["only"] = std::move(only);
}

Json feature_of(const DrawnZone& d) {
  Json properties{{"name", d.zone.name}, {"kind", rules::name_of(d.zone.kind)}};
  if (d.zone.width_m > 0.0) properties["width_m"] = d.zone.width_m;
  if (d.zone.radius_m > 0.0) properties["radius_m"] = d.zone.radius_m;
  if (d.zone.direction_deg) properties["direction_deg"] = *d.zone.direction_deg;
  if (d.zone.kind == ZoneKind::depth) properties["depth_m"] = d.zone.depth_m;
  add_validity(properties, d.zone);
  Json tell = Json::array();
  for (const auto& w : d.watches) {
    Json one{{"what", rules::name_of(w.tell)}};
    if (w.limit > 0.0) one["limit"] = w.limit;
    tell.push_back(std::move(one));
  }
  properties["tell"] = std::move(tell);
  properties["priority"] = name_of(d.priority);
  properties["version"] = d.version;
  properties["who"] = d.who;
  properties["time_s"] = epoch_seconds(d.time);
  return {
      {"type", "Feature"}, {"id", d.number}, {"geometry", geometry_of(d.zone)}, {"properties", std::move(properties)}};
}

Json change_of(const DrawnZones& set) {
  return {{"version", set.version}, {"time_s", epoch_seconds(set.time)},
          {"what", set.what},       {"name", set.name},
          {"who", set.who},         {"why", set.why}};
}

Json collection_of(const DrawnZones& set) {
  Json features = Json::array();
  for (const DrawnZone& d : set.zones) features.push_back(feature_of(d));
  Json out = change_of(set);
  out["greatest"] = set.greatest;
  out["type"] = "FeatureCollection";
  out["features"] = std::move(features);
  return out;
}

std::uint32_t number_in(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_unsigned()) return 0;
  return static_cast<std::uint32_t>(
      std::min<std::uint64_t>(found->get<std::uint64_t>(), std::numeric_limits<std::uint32_t>::max()));
}

// Without control characters; nothing where it is none or too long. `otherwise` where it is absent or empty.
std::optional<std::string> text_in(const Json& object, const char* key, std::string otherwise) {
  const auto found = object.find(key);
  if (found == object.end()) return otherwise;
  if (!found->is_string()) return std::nullopt;
  auto text = found->get<std::string>();
  const bool has_control =
      std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  if (text.size() > most_text_bytes || has_control) return std::nullopt;
  return text.empty() ? std::move(otherwise) : std::optional(std::move(text));
}

}  // namespace

std::string drawn_geojson(const DrawnZones& set) {
  return collection_of(set).dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string drawn_for_page(const DrawnZones& drawn, const rules::RuleSet& set) {
  Json out = collection_of(drawn);
  const std::size_t others = set.zones.size() - std::min(set.zones.size(), drawn.zones.size());
  for (std::size_t i = 0; i < drawn.zones.size(); ++i) {
    const ZoneId id(static_cast<std::uint32_t>(others + i + 1));
    if (id.value() <= set.zones.size()) out["features"][i]["properties"]["watched_by"] = rules::watchers_of(set, id);
  }
  Json of_kind = Json::object(), tells = Json::object();
  for (std::size_t k = 0; k < rules::zone_kind_count; ++k) {
    const auto kind = static_cast<ZoneKind>(k);
    if (kind == ZoneKind::limit) continue;
    const std::string name(rules::name_of(kind));
    of_kind[name] = rules::watchers_of(set, kind);
    tells[name] = Json::array();
    for (std::size_t t = 0; t < rules::zone_tell_count; ++t) {
      const auto tell = static_cast<rules::ZoneTell>(t);
      if (rules::can_tell(kind, tell)) tells[name].push_back(rules::name_of(tell));
    }
  }
  out["rules_of_kind"] = std::move(of_kind);
  out["can_tell"] = std::move(tells);
  Json classes = Json::array();
  for (std::size_t i = 0; i < rules::ship_class_count; ++i) {
    classes.push_back(rules::name_of(static_cast<rules::ShipClass>(i)));
  }
  out["classes"] = std::move(classes);
  return to_text(out);
}

std::string versions_json(std::span<const DrawnZones> versions) {
  Json list = Json::array();
  for (const DrawnZones& set : versions) {
    Json one = change_of(set);
    one["zones"] = set.zones.size();
    list.push_back(std::move(one));
  }
  return to_text({{"versions", std::move(list)}});
}

Expected<DrawnZones> parse_drawn_geojson(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  const auto wrong = [](const std::string& what) { return fail(ErrorCode::bad_input, what); };
  if (!json.is_object() || !json.contains("features") || !json["features"].is_array()) {
    return wrong("not a FeatureCollection");
  }
  DrawnZones out;
  out.version = number_in(json, "version");
  out.greatest = number_in(json, "greatest");
  out.who = text_in(json, "who", "").value_or("");
  out.why = text_in(json, "why", "").value_or("");
  out.what = text_in(json, "what", "").value_or("");
  out.name = text_in(json, "name", "").value_or("");
  out.time = time_in(json, "time_s").value_or(Timestamp());
  if (json["features"].size() > rules::most_drawn_zones) return wrong("more zones than can be drawn");
  for (const Json& feature : json["features"]) {
    auto drawn = drawn_zone_of(feature);
    if (!drawn) {
      return wrong("feature " + std::to_string(out.zones.size() + 1) + ": " + drawn.error().detail);
    }
    out.greatest = std::max(out.greatest, drawn->number);
    out.zones.push_back(std::move(*drawn));
  }
  return out;
}

Expected<rules::ZoneOrder> zone_order_of(const Json& json) {
  const auto wrong = [](const char* what) { return fail(ErrorCode::bad_input, std::string("a zone order: ") + what); };
  if (!json.is_object() || !json.contains("do") || !json["do"].is_string()) return wrong("say what to do");
  rules::ZoneOrder order;
  const auto who = text_in(json, "who", "operator");
  const auto why = text_in(json, "why", "");
  if (!who || !why) return wrong("who and why are texts of at most 200 bytes");
  order.who = *who;
  order.why = *why;
  const auto action = json["do"].get<std::string>();
  if (action == rules::name_of(rules::ZoneAction::remove)) {
    order.action = rules::ZoneAction::remove;
    order.zone.number = number_in(json, "id");
    order.zone.version = number_in(json, "version");
    if (order.zone.number == 0) return wrong("say which zone by its id");
    return order;
  }
  if (action != rules::name_of(rules::ZoneAction::save)) return wrong("do is save or delete");
  if (!json.contains("feature")) return wrong("give its feature");
  auto drawn = drawn_zone_of(json["feature"]);
  if (!drawn) return fail(ErrorCode::bad_input, "the zone: " + drawn.error().detail);
  order.zone = std::move(*drawn);
  return order;
}

std::string zone_order_note(const rules::ZoneOrder& order, const DrawnZones& made) {
  Json out{{"action", "zone"},        {"do", rules::name_of(order.action)},
           {"who", order.who},        {"why", order.why},
           {"version", made.version}, {"name", made.name}};
  const auto at = std::ranges::find(made.zones, made.version, &DrawnZone::version);
  if (order.action == rules::ZoneAction::save && at != made.zones.end()) out["feature"] = feature_of(*at);
  if (order.action == rules::ZoneAction::remove) out["id"] = order.zone.number;
  return to_text(out);
}

}  // namespace headland::share
