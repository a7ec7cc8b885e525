// SPDX-License-Identifier: Apache-2.0
#include "core/registration/rotation_search.hpp"

#include <numbers>

#include <gtest/gtest.h>

#include "core/base/random.hpp"

namespace headland::registration {
namespace {

constexpr double radian = std::numbers::pi / 180.0;

// Vessels between clutter; all of the first `there` show at `off_deg` from where they say they are.
void vote(RotationSearch& search, std::uint32_t vessels, std::uint32_t there, double off_deg) {
  Random random(5);
  for (int turn = 0; turn < 20; ++turn) {
    for (std::uint32_t v = 0; v < vessels; ++v) {
      std::vector<double> off;
      for (int k = 0; k < 8; ++k) off.push_back(random.uniform(-std::numbers::pi, std::numbers::pi));
      if (v < there && random.uniform() < 0.8) off.push_back((off_deg + 0.2 * random.normal()) * radian);
      search.observe(Mmsi(200'000'000 + v), static_cast<std::int64_t>(turn) * 5'000'000'000, off);
    }
  }
}

TEST(RotationSearch, finds_any_rotation) {
  for (const double off : {0.0, 17.3, -162.0, 179.9}) {
    RotationSearch search({});
    vote(search, 8, 6, off);
    const auto found = search.find();
    ASSERT_TRUE(found) << off;
    EXPECT_NEAR(std::remainder(found->bearing_rad / radian - off, 360.0), 0.0, 0.5);
    EXPECT_GE(found->vessels, 6U);
  }
}

TEST(RotationSearch, chance_alone_is_no_rotation) {
  RotationSearch search({});
  vote(search, 12, 0, 0.0);
  EXPECT_FALSE(search.find());
}

TEST(RotationSearch, two_vessels_are_too_few) {
  RotationSearch search({});
  vote(search, 2, 2, 10.0);
  EXPECT_FALSE(search.find());
}

// Each ship at a quay among echoes that stand all about it.
void moor(RotationSearch& search, std::uint32_t vessels) {
  Random random(7);
  for (std::uint32_t v = 0; v < vessels; ++v) {
    std::vector<double> standing;
    for (int k = 0; k < 60; ++k) standing.push_back(random.uniform(-std::numbers::pi, std::numbers::pi));
    for (int turn = 0; turn < 20; ++turn) {
      search.observe(Mmsi(300'000'000 + v), static_cast<std::int64_t>(turn) * 5'000'000'000, standing, false);
    }
  }
}

TEST(RotationSearch, ships_at_quays_tell_little_and_doubt_stays) {
  RotationSearch moored({});
  moor(moored, 12);
  EXPECT_FALSE(moored.find());
  EXPECT_GT(moored.doubt(0.0).rad, 1.5 * radian);
  RotationSearch sailing({});
  vote(sailing, 8, 7, 1.0);
  moor(sailing, 12);
  const auto found = sailing.find();
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->bearing_rad / radian, 1.0, 0.5);
  EXPECT_LT(sailing.doubt(1.0 * radian).rad, 0.3 * radian);
  EXPECT_GT(sailing.doubt(6.0 * radian).rad, 3.0 * radian);
  EXPECT_TRUE(sailing.doubt(6.0 * radian).contradicted);
}

TEST(RotationSearch, one_look_at_each_of_many_is_enough) {
  RotationSearch search({});
  Random random(9);
  for (std::uint32_t v = 0; v < 12; ++v) {
    std::vector<double> off{(3.0 + 0.2 * random.normal()) * radian};
    for (int k = 0; k < 4; ++k) off.push_back(random.uniform(-std::numbers::pi, std::numbers::pi));
    search.observe(Mmsi(200'000'000 + v), 0, off);
  }
  const auto found = search.find();
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->bearing_rad / radian, 3.0, 0.5);
}

TEST(RotationSearch, votes_turn_with_the_radar_and_are_forgotten) {
  RotationSearch search({});
  vote(search, 8, 7, 1.0);
  search.turn(30.0 * radian);
  ASSERT_TRUE(search.find());
  EXPECT_NEAR(search.find()->bearing_rad / radian, 31.0, 0.6);
  search.forget(1'000'000'000'000);
  EXPECT_FALSE(search.find());
}

}  // namespace
}  // namespace headland::registration
