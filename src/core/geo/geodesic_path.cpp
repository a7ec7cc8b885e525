// SPDX-License-Identifier: Apache-2.0
#include "core/geo/geodesic_path.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/GeodesicLine.hpp>

namespace headland {
namespace {

using GeographicLib::Geodesic;

// The foot of the perpendicular is approached along the edge: from X, with azimuth a of the edge and distance r and
// azimuth b to the point, by r cos(b - a), as in a plane. What the plane gets wrong is of the order r^2 / R^2, so each
// step leaves a thousandth or so of the last.
double distance_to_edge(GeoPosition from, GeoPosition a, GeoPosition b) {
  constexpr int most_steps = 12;
  constexpr double enough_m = 1e-4;
  const Geodesic& earth = Geodesic::WGS84();
  const auto edge = earth.InverseLine(a.latitude_deg(), a.longitude_deg(), b.latitude_deg(), b.longitude_deg(),
                                      Geodesic::STANDARD | Geodesic::DISTANCE_IN);
  const double length = edge.Distance();
  double along = 0.5 * length;
  double best = std::numeric_limits<double>::infinity();
  for (int step = 0; step < most_steps; ++step) {
    double lat = 0.0, lon = 0.0, course = 0.0, distance = 0.0, azimuth = 0.0, back = 0.0;
    edge.Position(along, lat, lon, course);
    earth.Inverse(lat, lon, from.latitude_deg(), from.longitude_deg(), distance, azimuth, back);
    best = std::min(best, distance);
    const double next = std::clamp(along + distance * std::cos((azimuth - course) * radians_per_degree), 0.0, length);
    if (std::abs(next - along) < enough_m) break;
    along = next;
  }
  return best;
}

}  // namespace

Metres distance_to_path(GeoPosition from, std::span<const GeoPosition> path) {
  double best = std::numeric_limits<double>::infinity();
  if (path.size() == 1) return Metres(distance_to_edge(from, path[0], path[0]));
  for (std::size_t i = 0; i + 1 < path.size(); ++i) best = std::min(best, distance_to_edge(from, path[i], path[i + 1]));
  return Metres(best);
}

}  // namespace headland
