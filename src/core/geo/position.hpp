// SPDX-License-Identifier: Apache-2.0
// Positions on the WGS 84 ellipsoid and in local planes.
#pragma once

#include <cmath>

#include "core/base/angle.hpp"
#include "core/base/units.hpp"

namespace headland {

// Geodetic latitude (north positive) and longitude (east positive, [-pi, pi]), WGS 84.
struct GeoPosition {
  Radians latitude;
  Radians longitude;

  static constexpr GeoPosition from_degrees(double latitude_deg, double longitude_deg) {
    return {headland::from_degrees(latitude_deg), headland::from_degrees(longitude_deg)};
  }
  [[nodiscard]] constexpr double latitude_deg() const { return to_degrees(latitude); }
  [[nodiscard]] constexpr double longitude_deg() const { return to_degrees(longitude); }
  friend constexpr auto operator<=>(const GeoPosition&, const GeoPosition&) = default;
};

// Coordinates in a local plane (see LocalFrame), metres.
struct EastNorth {
  Metres east;
  Metres north;
  friend constexpr EastNorth operator+(EastNorth a, EastNorth b) { return {a.east + b.east, a.north + b.north}; }
  friend constexpr EastNorth operator-(EastNorth a, EastNorth b) { return {a.east - b.east, a.north - b.north}; }
  friend constexpr auto operator<=>(const EastNorth&, const EastNorth&) = default;
};

// Velocity over ground in a local plane, metres per second.
struct EastNorthVelocity {
  MetresPerSecond east;
  MetresPerSecond north;
  [[nodiscard]] MetresPerSecond speed() const { return MetresPerSecond(std::hypot(east.value(), north.value())); }
  [[nodiscard]] Bearing course() const { return Bearing::of(east.value(), north.value()); }
  friend constexpr auto operator<=>(const EastNorthVelocity&, const EastNorthVelocity&) = default;
};

inline Metres distance(EastNorth a, EastNorth b) {
  return Metres(std::hypot(a.east.value() - b.east.value(), a.north.value() - b.north.value()));
}
// The point at `range` and `bearing` from `from`, bearing counted from the plane's north axis.
inline EastNorth offset(EastNorth from, Metres range, Bearing bearing) {
  return {from.east + range * std::sin(bearing.radians()), from.north + range * std::cos(bearing.radians())};
}

}  // namespace headland
