// SPDX-License-Identifier: Apache-2.0
#include "core/signal/clutter_map.hpp"

#include <gtest/gtest.h>

namespace headland::signal {
namespace {

TEST(ClutterMap, is_taught_by_the_last_spoke_of_a_row_once_a_turn) {
  ClutterMap map;
  map.configure(4096, 4, 64);
  EXPECT_EQ(map.rows(), 1024U);
  EXPECT_EQ(map.visit(7, false), MapUse::first_seen);
  EXPECT_EQ(map.visit(7, false), MapUse::first_seen);
  EXPECT_EQ(map.visit(7, true), MapUse::first_seen);
  EXPECT_EQ(map.visit(7, false), MapUse::known);
  EXPECT_EQ(map.visit(7, true), MapUse::learned);
  map.forget();
  EXPECT_EQ(map.visit(7, false), MapUse::first_seen);
}

TEST(ClutterMap, is_taught_by_every_spoke_where_each_has_its_row) {
  ClutterMap map;
  map.configure(720, 1, 64);
  EXPECT_EQ(map.visit(7, false), MapUse::first_seen);
  EXPECT_EQ(map.visit(7, false), MapUse::learned);
}

TEST(ClutterMap, learns_the_mean_of_as_many_looks_as_there_were) {
  ClutterMap map;
  map.configure(720, 1, 64);
  std::vector<std::uint32_t> shifts;
  for (int look = 1; look <= 33; ++look) {
    (void)map.visit(7, true);
    shifts.push_back(map.shift_of(7, 4));
  }
  EXPECT_EQ(shifts[1], 2U);
  EXPECT_EQ(shifts[6], 2U);
  EXPECT_EQ(shifts[7], 3U);
  EXPECT_EQ(shifts[14], 3U);
  EXPECT_EQ(shifts[15], 4U);
  EXPECT_EQ(shifts[32], 4U) << "the memory is full";
}

}  // namespace
}  // namespace headland::signal
