// SPDX-License-Identifier: Apache-2.0
#include "io/maps/coast.hpp"

#include <algorithm>
#include <fstream>
#include <numeric>

#include <gtest/gtest.h>
#include <unistd.h>

#include "io/maps/shore_bin.hpp"

namespace headland::maps {
namespace {

GeoPosition at(double lat, double lon) { return GeoPosition::from_degrees(lat, lon); }

bool is_land(const CoastPolygons& polygons, double lat, double lon) {
  return CoastIndex(polygons).is_land(at(lat, lon));
}

ShoreBin bin_with(std::array<std::uint8_t, 4> corners, std::vector<ShoreSegment> segments) {
  ShoreBin bin;
  bin.corner_levels = corners;
  bin.segments = std::move(segments);
  return bin;
}

TEST(ShoreBin, without_segments_is_what_its_corners_are) {
  CoastPolygons sea, land, lake;
  assemble(bin_with({0, 0, 0, 0}, {}), sea);
  assemble(bin_with({1, 1, 1, 1}, {}), land);
  assemble(bin_with({2, 2, 2, 2}, {}), lake);
  EXPECT_TRUE(sea.empty());
  EXPECT_TRUE(is_land(land, 0.5, 0.5));
  EXPECT_FALSE(is_land(lake, 0.5, 0.5));
  EXPECT_EQ(std::ranges::count(land.at(0).cut, true), 4);
}

TEST(ShoreBin, a_coast_through_the_bin_has_land_on_its_left) {
  // In through the south at the middle, out through the north: land to the west of it, as levels 1
  // are closed counter-clockwise.
  CoastPolygons rings;
  assemble(bin_with({1, 0, 0, 1}, {{1, 0, 2, {{32768, 0}, {30000, 32768}, {32768, 65535}}}}), rings);
  ASSERT_EQ(rings.size(), 1U);
  EXPECT_TRUE(is_land(rings, 0.5, 0.2));
  EXPECT_FALSE(is_land(rings, 0.5, 0.8));
  EXPECT_EQ(rings[0].ring.size(), 5U);                   // three points, two corners
  EXPECT_EQ(std::ranges::count(rings[0].cut, true), 3);  // north, west, south edges
  EXPECT_FALSE(rings[0].cut[0] || rings[0].cut[1]);      // the coast
}

TEST(ShoreBin, two_coasts_make_a_strait) {
  CoastPolygons rings;
  assemble(bin_with({1, 1, 1, 1}, {{1, 0, 2, {{20000, 0}, {20000, 65535}}}, {1, 2, 0, {{45000, 65535}, {45000, 0}}}}),
           rings);
  ASSERT_EQ(rings.size(), 2U);
  EXPECT_TRUE(is_land(rings, 0.5, 0.1));
  EXPECT_FALSE(is_land(rings, 0.5, 0.5));
  EXPECT_TRUE(is_land(rings, 0.5, 0.9));
}

TEST(ShoreBin, a_lake_that_leaves_the_bin_is_closed_the_other_way_round) {
  CoastPolygons rings;
  assemble(bin_with({1, 1, 1, 1}, {{2, 1, 1, {{65535, 20000}, {40000, 32768}, {65535, 45000}}}}), rings);
  EXPECT_TRUE(is_land(rings, 0.5, 0.2));
  EXPECT_FALSE(is_land(rings, 0.5, 0.9));
}

TEST(ShoreBin, an_island_closes_in_itself) {
  CoastPolygons rings;
  assemble(bin_with({0, 0, 0, 0}, {{1, 4, 4, {{10000, 10000}, {20000, 10000}, {15000, 20000}, {10000, 10000}}}}),
           rings);
  ASSERT_EQ(rings.size(), 1U);
  EXPECT_EQ(rings[0].ring.size(), 3U);
  EXPECT_TRUE(is_land(rings, 0.2, 0.22));
  EXPECT_FALSE(is_land(rings, 0.5, 0.5));
}

TEST(ShoreBin, nonsense_ends) {
  CoastPolygons rings;
  assemble(bin_with({9, 0, 3, 1}, {{1, 4, 2, {{1, 1}}},
                                   {7, 0, 0, {{1, 1}, {2, 2}}},
                                   {1, 2, 7, {}},
                                   {1, 5, 1, {{0, 0}, {1, 1}}},
                                   {1, 0, 0, {{5, 0}, {5, 0}}},
                                   {1, 0, 0, {{5, 0}, {5, 0}}},
                                   {3, 6, 6, {}}}),
           rings);
  EXPECT_LT(rings.size(), 5U);
}

TEST(Coast, an_absent_file_is_not_found_and_says_what_to_install) {
  const auto coast = load_coast("/nowhere/coast.nc", at(50, 0));
  ASSERT_FALSE(coast);
  EXPECT_EQ(coast.error().code, ErrorCode::not_found);
  EXPECT_NE(coast.error().detail.find("gmt-gshhg-full"), std::string::npos);
}

TEST(Coast, a_file_that_is_something_else_is_an_error) {
  const auto path = std::filesystem::temp_directory_path() / ("headland-coast-" + std::to_string(::getpid()));
  std::ofstream(path) << "this is no netCDF file";
  const auto coast = load_coast(path, at(50, 0));
  std::filesystem::remove(path);
  ASSERT_FALSE(coast);
  EXPECT_EQ(coast.error().code, ErrorCode::io);
  EXPECT_FALSE(load_coast(default_coast_file, at(50, 0), -1.0));
}

// Places that any chart shows.
struct Place {
  double lat, lon;
  bool land;
  const char* name;
};
class CoastPlaces : public ::testing::TestWithParam<Place> {};

TEST_P(CoastPlaces, are_wet_or_dry_as_on_the_chart) {
  if (!std::filesystem::exists(default_coast_file)) GTEST_SKIP() << "no " << default_coast_file;
  const Place p = GetParam();
  const auto coast = load_coast(default_coast_file, at(p.lat, p.lon), 0.3);
  ASSERT_TRUE(coast) << coast.error().detail;
  EXPECT_EQ(is_land(*coast, p.lat, p.lon), p.land) << p.name;
}

INSTANTIATE_TEST_SUITE_P(
    World, CoastPlaces,
    ::testing::Values(Place{63.47, 10.35, false, "Trondheimsfjord"}, Place{63.40, 10.40, true, "Trondheim, south"},
                      Place{63.55, 10.20, true, "north of the fjord"}, Place{50.78, -1.25, false, "Solent"},
                      Place{50.68, -1.30, true, "Isle of Wight"}, Place{50.92, -1.40, true, "Southampton"},
                      Place{50.50, -1.30, false, "Channel"}, Place{53.30, 5.25, false, "Waddenzee"},
                      Place{53.40, 5.35, true, "Terschelling"}, Place{53.10, 5.70, true, "Friesland"},
                      Place{52.70, 5.45, false, "IJsselmeer"}, Place{46.45, 6.60, false, "Lake Geneva"},
                      Place{46.80, 7.45, true, "Swiss midlands"}, Place{48.80, 2.40, true, "Paris, far from any coast"},
                      Place{45.72, -82.20, true, "Manitoulin, island in Lake Huron"},
                      Place{45.30, -82.30, false, "Lake Huron"},
                      Place{-16.85, -179.97, true, "Taveuni, at 180 degrees"},
                      Place{1.20, 103.80, false, "Singapore Strait"}, Place{1.36, 103.80, true, "Singapore"},
                      Place{0.05, 0.05, false, "Gulf of Guinea, first bin"}, Place{-33.95, 18.60, true, "Cape Town"}));

TEST(Coast, of_a_strait_comes_whole) {
  if (!std::filesystem::exists(default_coast_file)) GTEST_SKIP() << "no " << default_coast_file;
  const auto coast = load_coast(default_coast_file, at(63.4, 10.4));
  ASSERT_TRUE(coast);
  const std::size_t points = std::accumulate(coast->begin(), coast->end(), std::size_t{0},
                                             [](std::size_t n, const CoastPolygon& p) { return n + p.ring.size(); });
  EXPECT_GT(coast->size(), 1000U);
  EXPECT_GT(points, 30'000U);
  const CoastIndex index(*coast);
  // The middle of the fjord is 2 to 5 km from either shore.
  const auto distance = index.distance_to_coast(at(63.47, 10.35), Metres(10'000));
  ASSERT_TRUE(distance);
  EXPECT_GT(distance->value(), 1000);
  EXPECT_LT(distance->value(), 5000);
}

TEST(Coast, at_the_poles_and_the_date_line_ends) {
  if (!std::filesystem::exists(default_coast_file)) GTEST_SKIP() << "no " << default_coast_file;
  for (const auto& [lat, lon] : {std::pair{90.0, 0.0}, {-90.0, 0.0}, {0.0, 180.0}, {0.0, -180.0}, {60.0, 179.9}}) {
    EXPECT_TRUE(load_coast(default_coast_file, at(lat, lon), 0.5)) << lat << " " << lon;
  }
}

}  // namespace
}  // namespace headland::maps
