// SPDX-License-Identifier: Apache-2.0
// Quick planes about any point of the earth, also across 180 degrees and at the poles.
//
// A position is the unit vector of its ellipsoid normal ("n-vector"). In the plane that touches WGS 84 at a point,
// east is scaled with the radius of curvature of the prime vertical there, north with that of the meridian.
// Against the geodesic a length is wrong by less than 1 part in 5000 up to 100 km below 80 degrees of latitude.
#pragma once

#include "core/geo/position.hpp"

namespace headland {

struct NormalVector {
  double x = 1.0;
  double y = 0.0;
  double z = 0.0;
};
inline double dot(const NormalVector& a, const NormalVector& b) { return a.x * b.x + a.y * b.y + a.z * b.z; }

[[nodiscard]] NormalVector normal_of(GeoPosition position);
[[nodiscard]] GeoPosition position_of(const NormalVector& normal);

struct TangentPlane {
  NormalVector up, east, north;
  double east_radius_m = 6378137.0;
  double north_radius_m = 6335439.0;

  // Orthographic: lengths about the point, for what is near (100 km).
  [[nodiscard]] EastNorth near(const NormalVector& p) const {
    return {Metres(east_radius_m * dot(east, p)), Metres(north_radius_m * dot(north, p))};
  }
  // Gnomonic: great circles are straight lines. Only for what is `is_ahead`.
  [[nodiscard]] bool is_ahead(const NormalVector& p) const { return dot(up, p) > 0.5; }
  [[nodiscard]] EastNorth straight(const NormalVector& p) const {
    const double scale = 1.0 / dot(up, p);
    return {Metres(east_radius_m * scale * dot(east, p)), Metres(north_radius_m * scale * dot(north, p))};
  }
};
[[nodiscard]] TangentPlane tangent_at(GeoPosition position);

// Where one gets from the plane's point by a short way (100 km) in it.
[[nodiscard]] GeoPosition moved(const TangentPlane& from, EastNorth way);

}  // namespace headland
