// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "codec/share/zones/drawn_detail.hpp"

namespace headland::share {
namespace {

using rules::DrawnZone;
using rules::Zone;
using Fault = std::optional<std::string>;

constexpr double latest_s = 7'258'118'400.0;  // 2200
constexpr std::size_t most_points = 1000;     // read at all; fewer can be drawn

std::optional<double> number(const Json& value) {
  if (!value.is_number() || !std::isfinite(value.get<double>())) return std::nullopt;
  return value.get<double>();
}

std::optional<GeoPosition> position(const Json& pair) {
  if (!pair.is_array() || pair.size() != 2) return std::nullopt;
  const auto longitude = number(pair[0]), latitude = number(pair[1]);
  if (!longitude || !latitude || std::abs(*latitude) > 90.0 || std::abs(*longitude) > 540.0) return std::nullopt;
  return GeoPosition::from_degrees(*latitude, std::remainder(*longitude, 360.0));
}

Fault take_geometry(const Json& feature, Zone& zone) {
  const auto geometry = feature.find("geometry");
  if (geometry == feature.end() || !geometry->is_object() || !geometry->contains("type") ||
      !geometry->contains("coordinates") || !(*geometry)["coordinates"].is_array()) {
    return "it has no geometry";
  }
  const Json& type = (*geometry)["type"];
  const Json& coordinates = (*geometry)["coordinates"];
  const bool is_point = type == "Point", is_ring = type == "Polygon";
  if (!is_point && !is_ring && type != "LineString") return "its geometry is a Polygon, a LineString or a Point";
  if (is_ring && (coordinates.size() != 1 || !coordinates[0].is_array())) return "a Polygon has one ring here";
  if (is_ring != (zone.is_area() && zone.kind != rules::ZoneKind::point && zone.width_m <= 0.0) ||
      is_point != (zone.kind == rules::ZoneKind::point)) {
    return "a zone of kind " + std::string(rules::name_of(zone.kind)) + " has another geometry";
  }
  const Json list = is_point ? Json::array({coordinates}) : is_ring ? coordinates[0] : coordinates;
  if (list.size() > most_points) return "it has too many points";
  auto& part = zone.parts.emplace_back();
  for (const Json& pair : list) {
    const auto p = position(pair);
    if (!p) return "a point is [longitude, latitude] in degrees";
    part.push_back(*p);
  }
  if (is_ring && part.size() > 1 && list.front() == list.back()) part.pop_back();
  return std::nullopt;
}

Fault take_measure(const Json& p, const char* key, double& out) {
  if (!p.contains(key)) return std::nullopt;
  const auto value = number(p[key]);
  if (!value || std::abs(*value) > 1e6) return std::string(key) + " is a number";
  out = *value;
  return std::nullopt;
}

Fault take_validity(const Json& p, rules::Validity& v) {
  for (const auto& [key, out] : {std::pair{"from_s", &v.from}, std::pair{"until_s", &v.until}}) {
    if (!p.contains(key)) continue;
    *out = time_in(p, key);
    if (!*out) return std::string(key) + " is seconds since 1970 UTC, up to the year 2200";
  }
  if (p.contains("months")) {
    v.months = 0;
    if (!p["months"].is_array()) return "months are numbers from 1 to 12";
    for (const Json& month : p["months"]) {
      if (!month.is_number_unsigned() || month < 1U || month > 12U) return "months are numbers from 1 to 12";
      v.months = static_cast<std::uint16_t>(v.months | 1U << (month.get<unsigned>() - 1U));
    }
  }
  if (!p.contains("hours_utc")) return std::nullopt;
  const Json& hours = p["hours_utc"];
  const auto from = hours.is_array() && hours.size() == 2 ? number(hours[0]) : std::nullopt;
  const auto until = hours.is_array() && hours.size() == 2 ? number(hours[1]) : std::nullopt;
  if (!from || !until) return "hours_utc are two hours, from and until";
  v.from_hour_utc = *from;
  v.until_hour_utc = *until;
  return std::nullopt;
}

Fault take_classes(const Json& p, rules::ShipClasses& out) {
  if (!p.contains("only")) return std::nullopt;
  if (!p["only"].is_array()) return "only is a list of classes of vessels";
  out = 0;
  for (const Json& name : p["only"]) {
    const auto c = name.is_string() ? rules::ship_class_named(name.get<std::string>()) : std::nullopt;
    if (!c) return "there is no class of vessels " + to_text(name);
    out |= rules::bit_of(*c);
  }
  return std::nullopt;
}

Fault take_watches(const Json& p, DrawnZone& drawn) {
  if (p.contains("priority")) {
    const auto named = [&](Priority each) { return p["priority"] == name_of(each); };
    constexpr Priority all[] = {Priority::caution, Priority::warning, Priority::alarm, Priority::emergency};
    const auto* const at = std::ranges::find_if(all, named);
    if (at == std::end(all)) return "its priority is caution, warning, alarm or emergency";
    drawn.priority = *at;
  }
  if (!p.contains("tell")) return std::nullopt;
  if (!p["tell"].is_array() || p["tell"].size() > rules::zone_tell_count) return "tell is a list of what to tell";
  for (const Json& one : p["tell"]) {
    if (!one.is_object() || !one.contains("what") || !one["what"].is_string()) return "tell is a list of what to tell";
    const auto tell = rules::zone_tell_named(one["what"].get<std::string>());
    if (!tell) return "there is nothing to tell named " + to_text(one["what"]);
    rules::ZoneWatch& watch = drawn.watches.emplace_back();
    watch.tell = *tell;
    if (auto fault = take_measure(one, "limit", watch.limit)) return fault;
  }
  return std::nullopt;
}

Fault take_kind(const Json& p, Zone& zone) {
  if (!p.contains("name") || !p["name"].is_string()) return "it needs a name";
  zone.name = p["name"].get<std::string>();
  for (const char c : zone.name) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return "its name has a control character";
  }
  const auto kind =
      p.contains("kind") && p["kind"].is_string() ? rules::zone_kind_named(p["kind"].get<std::string>()) : std::nullopt;
  if (!kind)
    return "there is no kind of zone " + (p.contains("kind") ? to_text(p["kind"]) : std::string("without name"));
  zone.kind = *kind;
  return std::nullopt;
}

std::uint32_t count_in(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_unsigned()) return 0;
  const auto value = found->get<std::uint64_t>();
  return value > std::numeric_limits<std::uint32_t>::max() ? 0 : static_cast<std::uint32_t>(value);
}

Fault take_properties(const Json& p, DrawnZone& drawn) {
  Zone& zone = drawn.zone;
  if (auto fault = take_kind(p, zone)) return fault;
  if (auto fault = take_measure(p, "width_m", zone.width_m)) return fault;
  if (auto fault = take_measure(p, "radius_m", zone.radius_m)) return fault;
  if (auto fault = take_measure(p, "depth_m", zone.depth_m)) return fault;
  if (p.contains("direction_deg")) {
    zone.direction_deg = number(p["direction_deg"]);
    if (!zone.direction_deg) return "direction_deg is a number";
  }
  if (auto fault = take_validity(p, zone.validity)) return fault;
  if (auto fault = take_classes(p, zone.classes)) return fault;
  return take_watches(p, drawn);
}

}  // namespace

std::optional<Timestamp> time_in(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) return std::nullopt;
  const auto seconds = number(*found);
  if (!seconds || *seconds < 0.0 || *seconds > latest_s) return std::nullopt;
  return from_epoch_seconds(*seconds);
}

Expected<DrawnZone> drawn_zone_of(const Json& feature) {
  const auto wrong = [](std::string what) { return fail(ErrorCode::bad_input, std::move(what)); };
  if (!feature.is_object() || !feature.contains("properties") || !feature["properties"].is_object()) {
    return wrong("it is no Feature with properties");
  }
  DrawnZone drawn;
  const Json& p = feature["properties"];
  if (auto fault = take_properties(p, drawn)) return wrong(std::move(*fault));
  if (auto fault = take_geometry(feature, drawn.zone)) return wrong(std::move(*fault));
  drawn.number = count_in(feature, "id");
  drawn.version = count_in(p, "version");
  if (p.contains("who") && p["who"].is_string()) drawn.who = p["who"].get<std::string>();
  drawn.time = time_in(p, "time_s").value_or(Timestamp());
  return drawn;
}

}  // namespace headland::share
