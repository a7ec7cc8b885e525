// SPDX-License-Identifier: Apache-2.0
#include "core/geo/tangent.hpp"

#include <algorithm>
#include <cmath>

namespace headland {
namespace {

// WGS 84.
constexpr double semi_major_m = 6378137.0;
constexpr double eccentricity_squared = 6.69437999014e-3;

}  // namespace

NormalVector normal_of(GeoPosition p) {
  const double cos_lat = std::cos(p.latitude.value());
  return {cos_lat * std::cos(p.longitude.value()), cos_lat * std::sin(p.longitude.value()),
          std::sin(p.latitude.value())};
}

GeoPosition position_of(const NormalVector& n) {
  return {Radians(std::atan2(n.z, std::hypot(n.x, n.y))), Radians(std::atan2(n.y, n.x))};
}

TangentPlane tangent_at(GeoPosition p) {
  const double sin_lat = std::sin(p.latitude.value());
  const double cos_lat = std::cos(p.latitude.value());
  const double sin_lon = std::sin(p.longitude.value());
  const double cos_lon = std::cos(p.longitude.value());
  TangentPlane t;
  t.up = {cos_lat * cos_lon, cos_lat * sin_lon, sin_lat};
  t.east = {-sin_lon, cos_lon, 0.0};
  t.north = {-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat};
  const double w2 = 1.0 - eccentricity_squared * sin_lat * sin_lat;
  t.east_radius_m = semi_major_m / std::sqrt(w2);
  t.north_radius_m = t.east_radius_m * (1.0 - eccentricity_squared) / w2;
  return t;
}

GeoPosition moved(const TangentPlane& from, EastNorth way) {
  const double e = way.east.value() / from.east_radius_m;
  const double n = way.north.value() / from.north_radius_m;
  const double u = std::sqrt(std::max(0.0, 1.0 - e * e - n * n));
  return position_of({u * from.up.x + e * from.east.x + n * from.north.x,
                      u * from.up.y + e * from.east.y + n * from.north.y,
                      u * from.up.z + e * from.east.z + n * from.north.z});
}

}  // namespace headland
