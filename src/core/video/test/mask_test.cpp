// SPDX-License-Identifier: Apache-2.0
#include "core/video/mask.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "core/base/random.hpp"

namespace headland {
namespace {

using namespace literals;
using Ring = std::vector<EastNorth>;

EastNorth p(double east, double north) { return {Metres(east), Metres(north)}; }

Ring rectangle(double west, double south, double east, double north) {
  return {p(west, south), p(east, south), p(east, north), p(west, north)};
}

bool masked_at(const RangeAzimuthMask& mask, double east, double north) {
  return mask.is_masked(Bearing::of(east, north), Metres(std::hypot(east, north)));
}

double distance_to_segment(EastNorth q, EastNorth a, EastNorth b) {
  const double ex = (b.east - a.east).value();
  const double en = (b.north - a.north).value();
  const double dx = (q.east - a.east).value();
  const double dn = (q.north - a.north).value();
  const double t = std::clamp((dx * ex + dn * en) / (ex * ex + en * en), 0.0, 1.0);
  return std::hypot(dx - t * ex, dn - t * en);
}

double distance_to_ring(EastNorth q, const Ring& ring) {
  double nearest = 1e12;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    nearest = std::min(nearest, distance_to_segment(q, ring[i], ring[(i + 1) % ring.size()]));
  }
  return nearest;
}

TEST(Mask, is_empty_until_something_is_masked) {
  EXPECT_FALSE(RangeAzimuthMask().is_masked(Bearing(), 100_m));
  EXPECT_EQ(RangeAzimuthMask(360, 10_m, 100).masked_share(), 0.0);
}

TEST(Mask, covers_a_polygon_and_nothing_else) {
  const std::vector<Ring> rings{rectangle(1000, 1000, 2000, 3000)};
  const auto mask = mask_from_polygons(rings, 0_m, 4096, 5_m, 1000);
  EXPECT_TRUE(masked_at(mask, 1500, 2000));
  EXPECT_TRUE(masked_at(mask, 1010, 1010));
  EXPECT_FALSE(masked_at(mask, 950, 2000));
  EXPECT_FALSE(masked_at(mask, 1500, 950));
  EXPECT_FALSE(masked_at(mask, -1500, -2000));
}

TEST(Mask, of_land_around_the_antenna_starts_at_the_antenna) {
  const std::vector<Ring> rings{rectangle(-500, -500, 500, 500)};
  const auto mask = mask_from_polygons(rings, 0_m, 720, 10_m, 500);
  EXPECT_TRUE(masked_at(mask, 1, 5));
  EXPECT_TRUE(masked_at(mask, -480, 0));
  EXPECT_FALSE(masked_at(mask, 0, -520));
}

TEST(Mask, of_a_ring_inside_a_ring_has_a_hole) {
  const std::vector<Ring> rings{rectangle(1000, -1000, 3000, 1000), rectangle(1500, -500, 2500, 500)};
  const auto mask = mask_from_polygons(rings, 0_m, 2048, 10_m, 500);
  EXPECT_TRUE(masked_at(mask, 1200, 0));
  EXPECT_FALSE(masked_at(mask, 2000, 0));
  EXPECT_TRUE(masked_at(mask, 2800, 0));
}

TEST(Mask, buffer_widens_and_a_negative_one_narrows) {
  const std::vector<Ring> rings{rectangle(1000, -1000, 3000, 1000)};
  const auto wide = mask_from_polygons(rings, 200_m, 2048, 10_m, 500);
  EXPECT_TRUE(masked_at(wide, 850, 0));
  EXPECT_FALSE(masked_at(wide, 780, 0));
  const auto narrow = mask_from_polygons(rings, Metres(-200), 2048, 10_m, 500);
  EXPECT_FALSE(masked_at(narrow, 1100, 0));
  EXPECT_TRUE(masked_at(narrow, 1300, 0));
}

TEST(Mask, agrees_with_plane_geometry_for_random_polygons) {
  Random random(3);
  for (int trial = 0; trial < 20; ++trial) {
    // A star about some point: never crosses itself.
    const EastNorth middle = p(random.uniform(-1500, 1500), random.uniform(-1500, 1500));
    Ring ring;
    for (int i = 0; i < 12; ++i) {
      const double angle = 2.0 * std::numbers::pi * i / 12.0;
      ring.push_back(offset(middle, Metres(random.uniform(300, 1200)), Bearing(Radians(angle))));
    }
    const double buffer = trial % 2 == 0 ? 0.0 : random.uniform(20, 200);
    const std::vector<Ring> rings{ring};
    const auto bare = mask_from_polygons(rings, 0_m, 2048, 5_m, 600);
    const auto mask = mask_from_polygons(rings, Metres(buffer), 2048, 5_m, 600);
    for (int i = 0; i < 2000; ++i) {
      const EastNorth q = p(random.uniform(-2000, 2000), random.uniform(-2000, 2000));
      const double away = distance_to_ring(q, ring);
      if (std::abs(away - buffer) < 15.0 || away < 15.0) continue;  // the grid's own resolution
      if (distance(q, p(0, 0)).value() > 2990.0) continue;
      const bool inside = masked_at(bare, q.east.value(), q.north.value());
      EXPECT_EQ(masked_at(mask, q.east.value(), q.north.value()), inside || away < buffer);
    }
  }
}

TEST(Mask, blanks_a_sector_across_north) {
  RangeAzimuthMask mask(360, 10_m, 100);
  blank(mask, {Bearing::from_degrees(350), Bearing::from_degrees(10), 200_m, 500_m});
  EXPECT_TRUE(mask.is_masked(Bearing::from_degrees(355), 300_m));
  EXPECT_TRUE(mask.is_masked(Bearing::from_degrees(5), 300_m));
  EXPECT_FALSE(mask.is_masked(Bearing::from_degrees(15), 300_m));
  EXPECT_FALSE(mask.is_masked(Bearing::from_degrees(5), 100_m));
  EXPECT_FALSE(mask.is_masked(Bearing::from_degrees(5), 600_m));
  EXPECT_NEAR(mask.masked_share(), 20.0 * 30.0 / 36000.0, 1e-9);
}

TEST(Mask, takes_any_shape_without_harm) {
  const std::vector<Ring> rings{
      {}, {p(1, 1)}, {p(1, 1), p(2, 2)}, {p(0, 0), p(0, 0), p(0, 0)}, {p(0, 0), p(9, 0), p(0, 9)}};
  const auto mask = mask_from_polygons(rings, 3_m, 16, 1_m, 20);
  EXPECT_GT(mask.masked_share(), 0.0);
  EXPECT_EQ(RangeAzimuthMask(0, Metres(-1.0), 0).azimuths(), 1U);
}

}  // namespace
}  // namespace headland
