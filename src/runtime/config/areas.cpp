// SPDX-License-Identifier: Apache-2.0
#include "runtime/config/areas.hpp"

#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace headland::config {
namespace {

// Whether the straight ways a to b and c to d cross, ends apart. Longitudes as they are: an area that crosses itself is
// a slip of the hand, and none lies both sides of 180 degrees by one.
bool cross(const LatLon& a, const LatLon& b, const LatLon& c, const LatLon& d) {
  const auto side = [](const LatLon& p, const LatLon& q, const LatLon& r) {
    return (q.longitude_deg - p.longitude_deg) * (r.latitude_deg - p.latitude_deg) -
           (q.latitude_deg - p.latitude_deg) * (r.longitude_deg - p.longitude_deg);
  };
  return side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0;
}

bool crosses_itself(const std::vector<LatLon>& points) {
  const std::size_t n = points.size();
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = i + 2; k < n; ++k) {
      if (cross(points[i], points[(i + 1) % n], points[k], points[(k + 1) % n])) return true;
    }
  }
  return false;
}

template <class Says>
void check_corners(const std::vector<LatLon>& points, Says says) {
  constexpr std::size_t most_corners = 1000;
  if (points.size() < 3) says("give points = [[latitude, longitude], ...], three or more");
  if (points.size() > most_corners) {
    says("more than 1000 corners");
  } else if (crosses_itself(points)) {
    says("its sides cross one another: give the corners in order around it");
  }
}

template <class Says>
void check_zone(const DetectionZoneSection& zone, const std::vector<RadarSection>& radars, Says says) {
  const bool is_sector =
      zone.bearing_from_deg != zone.bearing_to_deg || zone.range_min_m > 0.0 || zone.range_max_m > 0.0;
  if (zone.false_alarm_probability > 0.0 && zone.false_alarm_probability < 1e-9) {
    says("false_alarm_probability must be 0 or from 1e-9 to 0.1");
  }
  if (zone.range_max_m > 0.0 && zone.range_max_m <= zone.range_min_m) says("range_max_m must be more than range_min_m");
  if (zone.points.empty() == !is_sector) says("give points, or bearings and ranges of a sector, one of the two");
  if (!zone.points.empty()) check_corners(zone.points, says);
  bool known = zone.radar.empty();
  for (const auto& r : radars) {
    const bool own = r.name == zone.radar;
    known = known || own;
    if (zone.points.empty() || !(own || zone.radar.empty())) continue;
    if (!r.has_position())
      says(fmt::format("points need a radar with latitude and longitude, which '{}' has not", r.name));
    if (r.bearing_reference == "magnetic" || r.bearing_reference == "head-up") {
      says(fmt::format("points need true bearings, those of radar '{}' are {}", r.name, r.bearing_reference));
    }
  }
  if (!known) says(fmt::format("there is no radar '{}'", zone.radar));
}

}  // namespace

std::vector<std::string> faults_of_areas(const StationConfig& config) {
  std::vector<std::string> faults;
  const auto add = [&](std::string what) { faults.push_back(std::move(what)); };
  constexpr std::size_t most_zones = 16;
  std::set<std::string> names;
  for (const auto& area : config.no_initiation) {
    if (!names.insert(area.name).second) add(fmt::format("two no_initiation areas are named '{}'", area.name));
    check_corners(area.points,
                  [&](std::string_view what) { add(fmt::format("no_initiation '{}': {}", area.name, what)); });
  }
  names.clear();
  for (const auto& zone : config.detection_zones) {
    if (!names.insert(zone.name).second) add(fmt::format("two detection_zones are named '{}'", zone.name));
    check_zone(zone, config.radars,
               [&](std::string_view what) { add(fmt::format("detection_zone '{}': {}", zone.name, what)); });
  }
  for (const auto& r : config.radars) {
    if (r.zones.size() > most_zones) add(fmt::format("radar '{}' has more than 16 detection_zones", r.name));
  }
  return faults;
}

}  // namespace headland::config
