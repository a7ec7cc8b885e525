// SPDX-License-Identifier: Apache-2.0
#include "core/geo/local_frame.hpp"

#include <GeographicLib/Geodesic.hpp>

namespace headland {
namespace {

// Constant ellipsoid, built on first use; not mutable state.
const GeographicLib::Geodesic& wgs84() { return GeographicLib::Geodesic::WGS84(); }

}  // namespace

RangeBearing range_bearing(GeoPosition from, GeoPosition to) {
  double s12 = 0.0;
  double azi1 = 0.0;
  double azi2 = 0.0;
  wgs84().Inverse(from.latitude_deg(), from.longitude_deg(), to.latitude_deg(), to.longitude_deg(), s12, azi1, azi2);
  return {Metres(s12), Bearing::from_degrees(azi1)};
}

GeoPosition destination(GeoPosition from, Metres range, Bearing bearing) {
  double lat = 0.0;
  double lon = 0.0;
  wgs84().Direct(from.latitude_deg(), from.longitude_deg(), bearing.degrees(), range.value(), lat, lon);
  return GeoPosition::from_degrees(lat, lon);
}

EastNorth LocalFrame::to_local(GeoPosition position) const {
  const auto [range, bearing] = range_bearing(origin_, position);
  return offset({}, range, bearing);
}

GeoPosition LocalFrame::to_geo(EastNorth local) const {
  return destination(origin_, distance({}, local), Bearing::of(local.east.value(), local.north.value()));
}

Angle LocalFrame::north_at(EastNorth local) const {
  if (local == EastNorth{}) return {};
  const GeoPosition here = to_geo(local);
  double s12 = 0.0;
  double azi1 = 0.0;
  double azi2 = 0.0;  // azimuth of the outgoing geodesic at `here`
  wgs84().Inverse(origin_.latitude_deg(), origin_.longitude_deg(), here.latitude_deg(), here.longitude_deg(), s12, azi1,
                  azi2);
  // The radial direction is azi1 in the plane and azi2 on the ground.
  return Angle::from_degrees(azi1 - azi2);
}

}  // namespace headland
