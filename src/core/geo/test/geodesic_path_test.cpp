// SPDX-License-Identifier: Apache-2.0
#include "core/geo/geodesic_path.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "core/geo/local_frame.hpp"
#include "core/geo/tangent.hpp"

namespace headland {
namespace {

// The nearest of very many points of the edge.
double by_search(GeoPosition from, GeoPosition a, GeoPosition b) {
  const RangeBearing whole = range_bearing(a, b);
  double best = 1e12;
  for (int i = 0; i <= 20'000; ++i) {
    best =
        std::min(best, range_bearing(from, destination(a, whole.range * (i / 20'000.0), whole.bearing)).range.value());
  }
  return best;
}

TEST(GeodesicPath, TwelveTwentyFourAndTwoHundredMilesAreRightToAMetre) {
  const struct {
    double lat, lon, lat2, lon2;
  } baselines[] = {
      {50.0, -1.0, 50.3, 0.2}, {10.0, 179.8, 10.4, -179.6}, {-75.0, 20.0, -75.5, 24.0}, {84.0, 0.0, 84.2, 9.0}};
  for (const auto& line : baselines) {
    const auto a = GeoPosition::from_degrees(line.lat, line.lon), b = GeoPosition::from_degrees(line.lat2, line.lon2);
    const auto whole = range_bearing(a, b);
    const auto foot = destination(a, whole.range * 0.37, whole.bearing);
    const auto onward = range_bearing(foot, b).bearing;
    for (const double miles : {12.0, 24.0, 200.0}) {
      // A geodesic that leaves the edge squarely ends at just that distance from it.
      const auto off = destination(foot, from_nautical_miles(miles), onward + Angle::from_degrees(90.0));
      const std::vector<GeoPosition> path = {a, b};
      EXPECT_NEAR(distance_to_path(off, path).value(), miles * 1852.0, 1.0) << line.lat << " " << miles;
      EXPECT_NEAR(distance_to_path(off, path).value(), by_search(off, a, b), 1.0);
    }
  }
}

TEST(GeodesicPath, BeyondItsEndTheEndIsNearest) {
  const auto a = GeoPosition::from_degrees(50.0, -1.0), b = GeoPosition::from_degrees(50.0, 0.0);
  const auto off = GeoPosition::from_degrees(50.1, 1.0);
  const std::vector<GeoPosition> path = {a, b}, point = {b};
  EXPECT_NEAR(distance_to_path(off, path).value(), range_bearing(off, b).range.value(), 0.001);
  EXPECT_NEAR(distance_to_path(off, point).value(), range_bearing(off, b).range.value(), 0.001);
}

TEST(TangentPlane, LengthsAgreeWithTheGeodesicAlsoAcross180DegreesAndNearThePole) {
  for (const auto origin : {GeoPosition::from_degrees(50.0, -1.0), GeoPosition::from_degrees(0.0, 180.0),
                            GeoPosition::from_degrees(79.0, 10.0), GeoPosition::from_degrees(-89.5, -170.0)}) {
    for (double bearing = 10.0; bearing < 360.0; bearing += 70.0) {
      const auto there = destination(origin, Metres(20'000.0), Bearing::from_degrees(bearing));
      const EastNorth d = tangent_at(origin).near(normal_of(there));
      EXPECT_NEAR(std::hypot(d.east.value(), d.north.value()), 20'000.0, 8.0);
      EXPECT_NEAR((Bearing::of(d.east.value(), d.north.value()) - Bearing::from_degrees(bearing)).degrees(), 0.0, 0.05);
      const auto back = moved(tangent_at(origin), d);
      EXPECT_LT(range_bearing(back, there).range.value(), 0.01);
    }
  }
}

}  // namespace
}  // namespace headland
