// SPDX-License-Identifier: Apache-2.0
#include "core/geo/polygon.hpp"

#include <numbers>

#include <gtest/gtest.h>

#include "core/base/random.hpp"
#include "core/geo/local_frame.hpp"

namespace headland {
namespace {

std::vector<GeoPosition> box(double south, double west, double north, double east) {
  return {GeoPosition::from_degrees(south, west), GeoPosition::from_degrees(south, east),
          GeoPosition::from_degrees(north, east), GeoPosition::from_degrees(north, west)};
}

// A star of 64 points about a centre.
std::vector<GeoPosition> star(GeoPosition centre, double size_m) {
  std::vector<GeoPosition> ring;
  for (int i = 0; i < 64; ++i) {
    const double r = size_m * (i % 2 == 0 ? 1.0 : 0.4);
    ring.push_back(destination(centre, Metres(r), Bearing(Radians(2 * std::numbers::pi * i / 64))));
  }
  return ring;
}

TEST(Polygon, holds_what_is_inside) {
  const auto ring = box(50, -2, 51, -1);
  EXPECT_TRUE(is_inside(ring, GeoPosition::from_degrees(50.5, -1.5)));
  EXPECT_FALSE(is_inside(ring, GeoPosition::from_degrees(50.5, -2.5)));
  EXPECT_FALSE(is_inside(ring, GeoPosition::from_degrees(50.5, -0.5)));
  EXPECT_FALSE(is_inside(ring, GeoPosition::from_degrees(51.5, -1.5)));
  EXPECT_FALSE(is_inside({}, GeoPosition::from_degrees(51.5, -1.5)));
}

TEST(CoastIndex, knows_lakes_and_islands_in_them) {
  const CoastIndex coast(
      {{1, box(50, 0, 52, 2), {}}, {2, box(50.5, 0.5, 51.5, 1.5), {}}, {3, box(50.9, 0.9, 51.1, 1.1), {}}});
  EXPECT_TRUE(coast.is_land(GeoPosition::from_degrees(50.2, 0.2)));
  EXPECT_FALSE(coast.is_land(GeoPosition::from_degrees(50.7, 0.7)));
  EXPECT_TRUE(coast.is_land(GeoPosition::from_degrees(51.0, 1.0)));
  EXPECT_FALSE(coast.is_land(GeoPosition::from_degrees(53.0, 1.0)));
}

TEST(CoastIndex, is_dry_across_the_line_along_which_the_data_were_cut) {
  // Two halves of one island, cut at 1 degree east.
  const CoastIndex coast(
      {{1, box(50, 0.5, 51, 1), {false, true, false, false}}, {1, box(50, 1, 51, 1.5), {false, false, false, true}}});
  for (const double lon : {0.999999, 1.0, 1.000001}) EXPECT_TRUE(coast.is_land(GeoPosition::from_degrees(50.5, lon)));
  // From the middle of the cut the coast is half a degree away, not here.
  const auto distance = coast.distance_to_coast(GeoPosition::from_degrees(50.5, 1.0), Metres(60'000));
  ASSERT_TRUE(distance);
  EXPECT_NEAR(distance->value(), 35'460, 200);
}

TEST(CoastIndex, agrees_with_each_ring_at_random_positions) {
  const auto ring = star(GeoPosition::from_degrees(63.4, 10.4), 20'000);
  const CoastIndex coast({{1, ring, {}}});
  Random random(5);
  int land = 0;
  for (int i = 0; i < 3000; ++i) {
    const auto p = GeoPosition::from_degrees(random.uniform(63.2, 63.6), random.uniform(9.9, 10.9));
    EXPECT_EQ(coast.is_land(p), is_inside(ring, p));
    land += coast.is_land(p) ? 1 : 0;
  }
  EXPECT_GT(land, 100);
}

TEST(CoastIndex, distance_is_that_of_the_plane_within_a_percent) {
  for (const double latitude : {0.0, 50.7, 74.0, -60.0}) {
    const auto centre = GeoPosition::from_degrees(latitude, 5.0);
    const auto ring = star(centre, 10'000);
    const CoastIndex coast({{1, ring, {}}});
    Random random(9);
    for (int i = 0; i < 200; ++i) {
      const auto p = destination(centre, Metres(random.uniform(0, 50'000)), Bearing(Radians(random.uniform(0, 6.28))));
      const LocalFrame frame(p);
      double expected = 1e9;
      for (std::size_t k = 0; k < ring.size(); ++k) {
        const EastNorth a = frame.to_local(ring[k]);
        const EastNorth b = frame.to_local(ring[(k + 1) % ring.size()]);
        for (int step = 0; step <= 100; ++step) {
          const EastNorth on_edge{a.east + (b.east - a.east) * (step / 100.0),
                                  a.north + (b.north - a.north) * (step / 100.0)};
          expected = std::min(expected, distance({}, on_edge).value());
        }
      }
      const auto found = coast.distance_to_coast(p, Metres(100'000));
      ASSERT_TRUE(found);
      EXPECT_NEAR(found->value(), expected, 0.01 * expected + 60) << latitude;
    }
  }
}

TEST(CoastIndex, finds_no_coast_beyond_the_limit_or_where_there_is_none) {
  const CoastIndex coast({{1, box(50, 0, 51, 1), {}}});
  EXPECT_FALSE(coast.distance_to_coast(GeoPosition::from_degrees(49.5, 0.5), Metres(50'000)));
  EXPECT_NEAR(coast.distance_to_coast(GeoPosition::from_degrees(49.5, 0.5), Metres(60'000))->value(), 55'610, 100);
  EXPECT_FALSE(CoastIndex().distance_to_coast(GeoPosition::from_degrees(0, 0), Metres(1e6)));
  EXPECT_FALSE(CoastIndex(CoastPolygons{}).is_land(GeoPosition::from_degrees(0, 0)));
}

}  // namespace
}  // namespace headland
