// SPDX-License-Identifier: Apache-2.0
#include "core/geo/local_frame.hpp"

#include <gtest/gtest.h>

namespace headland {
namespace {

using namespace literals;

TEST(LocalFrame, goes_there_and_back_within_a_micrometre) {
  const LocalFrame frame(GeoPosition::from_degrees(53.1790, 5.2677));
  for (const double range_m : {0.0, 1.0, 1000.0, 60'000.0, 500'000.0}) {
    for (double bearing = 0; bearing < 360; bearing += 37) {
      const EastNorth local = offset({}, Metres(range_m), Bearing::from_degrees(bearing));
      EXPECT_LT(distance(frame.to_local(frame.to_geo(local)), local).value(), 1e-6);
    }
  }
}

TEST(LocalFrame, distance_from_the_origin_is_the_geodesic) {
  const GeoPosition origin = GeoPosition::from_degrees(1.2, 103.8);
  const GeoPosition other = GeoPosition::from_degrees(1.4, 104.1);
  const EastNorth local = LocalFrame(origin).to_local(other);
  const auto [range, bearing] = range_bearing(origin, other);
  EXPECT_NEAR(distance({}, local).value(), range.value(), 1e-6);
  EXPECT_NEAR(Bearing::of(local.east.value(), local.north.value()).degrees(), bearing.degrees(), 1e-9);
}

TEST(LocalFrame, north_converges_by_the_sine_of_latitude) {
  const LocalFrame frame(GeoPosition::from_degrees(63.4, 10.4));
  const EastNorth east_of_origin{Metres(60'000.0), Metres(0.0)};
  const GeoPosition there = frame.to_geo(east_of_origin);
  const double convergence = frame.north_at(east_of_origin).degrees();
  EXPECT_NEAR(convergence, -(there.longitude_deg() - 10.4) * 0.894, 0.02);
  // A short step to true north at that place leads along the direction that north_at names.
  const EastNorth step = frame.to_local(destination(there, 100_m, Bearing())) - east_of_origin;
  EXPECT_NEAR((Bearing::of(step.east.value(), step.north.value()) - Bearing()).degrees(), convergence, 0.01);
}

}  // namespace
}  // namespace headland
