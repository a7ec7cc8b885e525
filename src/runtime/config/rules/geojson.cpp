// SPDX-License-Identifier: Apache-2.0
#include "runtime/config/rules/geojson.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace headland::config {
namespace {

using Json = nlohmann::json;
using Path = std::vector<GeoPosition>;
using Shape = GeoFeature::Shape;

bool read_point(const Json& j, Path& out) {
  if (!j.is_array() || j.size() < 2 || !j[0].is_number() || !j[1].is_number()) return false;
  const double lon = j[0].get<double>(), lat = j[1].get<double>();
  if (!(std::abs(lat) <= 90.0) || !(std::abs(lon) <= 540.0)) return false;
  out.push_back(GeoPosition::from_degrees(lat, std::remainder(lon, 360.0)));
  return true;
}

bool read_path(const Json& j, std::vector<Path>& out, bool is_ring) {
  if (!j.is_array()) return false;
  Path path;
  for (const Json& p : j) {
    if (!read_point(p, path)) return false;
  }
  if (is_ring && path.size() > 1 && path.front() == path.back()) path.pop_back();
  if (path.size() < (is_ring ? 3U : 2U)) return false;
  out.push_back(std::move(path));
  return true;
}

bool read_paths(const Json& j, std::vector<Path>& out, bool are_rings) {
  if (!j.is_array()) return false;
  for (const Json& path : j) {
    if (!read_path(path, out, are_rings)) return false;
  }
  return !out.empty();
}

bool read_coordinates(const std::string& type, const Json& j, GeoFeature& out) {
  if (type == "Point") {
    out.shape = Shape::point;
    return read_point(j, out.parts.emplace_back());
  }
  if (type == "LineString" || type == "MultiLineString") {
    out.shape = Shape::path;
    return type == "LineString" ? read_path(j, out.parts, false) : read_paths(j, out.parts, false);
  }
  out.shape = Shape::area;
  if (type == "Polygon") return read_paths(j, out.parts, true);
  if (type != "MultiPolygon" || !j.is_array()) return false;
  for (const Json& polygon : j) {
    if (!read_paths(polygon, out.parts, true)) return false;
  }
  return true;
}

bool read_feature(const Json& j, GeoFeature& out) {
  const bool is_feature = j.is_object() && j.value("type", Json()) == "Feature";
  if (is_feature && j.contains("properties") && j["properties"].is_object()) {
    const Json& properties = j["properties"];
    for (const char* key : {"name", "OBJNAM"}) {
      const Json name = properties.value(key, Json());
      if (out.name.empty() && name.is_string()) out.name = name.get<std::string>();
    }
    const auto number = [&](const char* key) -> std::optional<double> {
      const Json value = properties.value(key, Json());
      return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
    };
    if (const auto object = number("OBJL"); object && *object > 0.0 && *object < 1000.0) {
      out.object_class = static_cast<int>(*object);
    }
    out.orientation_deg = number("ORIENT");
    out.depth_m = number("DRVAL1");
  }
  const Json geometry = is_feature ? j.value("geometry", Json()) : j;
  if (!geometry.is_object()) return false;
  const Json type = geometry.value("type", Json());
  return type.is_string() && read_coordinates(type.get<std::string>(), geometry.value("coordinates", Json()), out);
}

}  // namespace

Expected<std::vector<GeoFeature>> parse_geojson(std::string_view text) {
  const Json root = Json::parse(text, nullptr, false);
  if (root.is_discarded() || !root.is_object()) return fail(ErrorCode::bad_input, "is no JSON object");
  std::vector<Json> features;
  if (root.value("type", Json()) == "FeatureCollection") {
    const Json list = root.value("features", Json());
    if (!list.is_array()) return fail(ErrorCode::bad_input, "its features are no list");
    features.assign(list.begin(), list.end());
  } else {
    features.push_back(root);
  }
  std::vector<GeoFeature> out;
  for (std::size_t i = 0; i < features.size(); ++i) {
    if (!read_feature(features[i], out.emplace_back())) {
      return fail(
          ErrorCode::bad_input,
          fmt::format("feature {} must be a Point, (Multi)LineString or (Multi)Polygon of [longitude, latitude] "
                      "in degrees",
                      i + 1));
    }
  }
  if (out.empty()) return fail(ErrorCode::bad_input, "holds no features");
  return out;
}

Expected<std::vector<GeoFeature>> GeoJsonFiles::load(const std::string& rules_file, const std::string& named) {
  const std::filesystem::path file(named);
  const bool is_beside = file.is_relative() && std::ranges::find(file, std::filesystem::path("..")) == file.end();
  if (allowed_ == Allowed::beside && !is_beside) {
    return fail(ErrorCode::configuration, "only files beside the rules may be named here");
  }
  const auto path = (std::filesystem::path(rules_file).parent_path() / file).lexically_normal().string();
  if (const auto known = loaded_.find(path); known != loaded_.end()) return known->second;
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  if (in) text << in.rdbuf();
  if (!in) return fail(ErrorCode::io, "cannot read " + path);
  auto features = parse_geojson(text.str());
  if (features) loaded_[path] = *features;
  return features;
}

}  // namespace headland::config
