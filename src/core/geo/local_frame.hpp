// SPDX-License-Identifier: Apache-2.0
// A plane for tracking: azimuthal equidistant about an origin on WGS 84.
//
// Distance and azimuth from the origin are those of the geodesic, exactly (to 15 nm, Karney 2013).
// Between two other points at distance r from the origin lengths are wrong by less than
// r^2 / (6 R^2): 10 m in 1 km at r = 1560 km, 7 mm in 1 km at 40 km. Domain: r < 1000 km.
#pragma once

#include "core/geo/position.hpp"

namespace headland {

class LocalFrame {
 public:
  explicit LocalFrame(GeoPosition origin) : origin_(origin) {}

  [[nodiscard]] GeoPosition origin() const { return origin_; }
  [[nodiscard]] EastNorth to_local(GeoPosition position) const;
  [[nodiscard]] GeoPosition to_geo(EastNorth local) const;

  // Direction of true north at `local`, clockwise from the plane's north axis (meridian
  // convergence). bearing_in_plane = true_bearing + north_at(local).
  [[nodiscard]] Angle north_at(EastNorth local) const;

  friend bool operator==(const LocalFrame& a, const LocalFrame& b) { return a.origin_ == b.origin_; }

 private:
  GeoPosition origin_;
};

// Geodesic distance and initial true bearing from one position to another.
struct RangeBearing {
  Metres range;
  Bearing bearing;
};
[[nodiscard]] RangeBearing range_bearing(GeoPosition from, GeoPosition to);

// The position reached by `range` along the geodesic that leaves `from` at `bearing`.
[[nodiscard]] GeoPosition destination(GeoPosition from, Metres range, Bearing bearing);

}  // namespace headland
