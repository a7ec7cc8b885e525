// SPDX-License-Identifier: Apache-2.0
// Land and coast as GeoJSON. They have tens of thousands of points, so they are written directly.
#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <vector>

#include "codec/share/bodies.hpp"

namespace headland::share {
namespace {

// 6 decimals: 0.1 m.
void append_position(std::string& out, GeoPosition p) {
  std::array<char, 48> text{};
  const int n = std::snprintf(text.data(), text.size(), "[%.6f,%.6f]", p.longitude_deg(), p.latitude_deg());
  out.append(text.data(), static_cast<std::size_t>(n));
}

void append_ring(std::string& out, const std::vector<GeoPosition>& ring) {
  out += '[';
  for (const GeoPosition position : ring) {
    append_position(out, position);
    out += ',';
  }
  append_position(out, ring.front());
  out += ']';
}

struct Box {
  GeoPosition low{Radians(10), Radians(10)};
  GeoPosition high{Radians(-10), Radians(-10)};
  explicit Box(const std::vector<GeoPosition>& ring) {
    for (const GeoPosition p : ring) {
      low = {std::min(low.latitude, p.latitude), std::min(low.longitude, p.longitude)};
      high = {std::max(high.latitude, p.latitude), std::max(high.longitude, p.longitude)};
    }
  }
  [[nodiscard]] bool holds(GeoPosition p) const {
    return p.latitude >= low.latitude && p.latitude <= high.latitude && p.longitude >= low.longitude &&
           p.longitude <= high.longitude;
  }
};

// A point of the ring's shore that does not lie on a cut, where the ring around it may have its own
// edge; the middle of the box when the whole ring is cuts.
GeoPosition probe_of(const CoastPolygon& polygon) {
  const std::size_t n = polygon.ring.size();
  for (std::size_t i = 0; i < n; ++i) {
    if (polygon.cut.empty() || (!polygon.cut[i] && !polygon.cut[(i + n - 1) % n])) return polygon.ring[i];
  }
  const Box box(polygon.ring);
  return {(box.low.latitude + box.high.latitude) / 2.0, (box.low.longitude + box.high.longitude) / 2.0};
}

// Which water ring (lake, pond) is a hole of which land ring: the land's level is one less.
std::map<std::size_t, std::vector<std::size_t>> holes_of(const CoastPolygons& polygons) {
  std::vector<Box> boxes;
  for (const CoastPolygon& polygon : polygons) boxes.emplace_back(polygon.ring);
  std::map<std::size_t, std::vector<std::size_t>> holes;
  for (std::size_t water = 0; water < polygons.size(); ++water) {
    if (polygons[water].level % 2 != 0 || polygons[water].ring.size() < 3) continue;
    const GeoPosition probe = probe_of(polygons[water]);
    for (std::size_t land = 0; land < polygons.size(); ++land) {
      if (polygons[land].level + 1 == polygons[water].level && boxes[land].holds(probe) &&
          is_inside(polygons[land].ring, probe)) {
        holes[land].push_back(water);
        break;
      }
    }
  }
  return holes;
}

// Appends the lines of one ring between its cuts; a ring without any is one closed line.
void append_lines(std::string& out, const CoastPolygon& polygon) {
  const std::size_t n = polygon.ring.size();
  const auto is_cut = [&](std::size_t edge) { return !polygon.cut.empty() && polygon.cut[edge % n]; };
  const auto separate = [&out] { out += out.ends_with('[') ? "" : ","; };
  std::size_t start = 0;
  while (start < n && !is_cut(start)) ++start;
  if (start == n) {
    separate();
    return append_ring(out, polygon.ring);
  }
  // Edge `start` is a cut; walk once around behind it.
  for (std::size_t edge = start + 1; edge < start + n; ++edge) {
    if (is_cut(edge)) continue;
    separate();
    out += '[';
    append_position(out, polygon.ring[edge % n]);
    for (; edge < start + n && !is_cut(edge); ++edge) {
      out += ',';
      append_position(out, polygon.ring[(edge + 1) % n]);
    }
    out += ']';
  }
}

}  // namespace

std::string land_geojson(const CoastPolygons& polygons) {
  const auto holes = holes_of(polygons);
  std::string out = R"({"type":"FeatureCollection","features":[)";
  for (std::size_t i = 0; i < polygons.size(); ++i) {
    const CoastPolygon& land = polygons[i];
    if (land.level % 2 == 0 || land.ring.size() < 3) continue;
    out += out.ends_with('[') ? "" : ",";
    out += R"({"type":"Feature","properties":{"level":)" + std::to_string(land.level) +
           R"(},"geometry":{"type":"Polygon","coordinates":[)";
    append_ring(out, land.ring);
    if (const auto found = holes.find(i); found != holes.end()) {
      for (const std::size_t hole : found->second) {
        out += ',';
        append_ring(out, polygons[hole].ring);
      }
    }
    out += "]}}";
  }
  return out + "]}";
}

std::string coast_geojson(const CoastPolygons& polygons) {
  std::string out =
      R"({"type":"Feature","properties":{"kind":"coast"},"geometry":{"type":"MultiLineString","coordinates":[)";
  for (const CoastPolygon& polygon : polygons) {
    if (polygon.ring.size() >= 3) append_lines(out, polygon);
  }
  return out + "]}}";
}

}  // namespace headland::share
