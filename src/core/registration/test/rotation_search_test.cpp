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

}  // namespace
}  // namespace headland::registration
