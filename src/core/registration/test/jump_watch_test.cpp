// SPDX-License-Identifier: Apache-2.0
#include "core/registration/jump_watch.hpp"

#include <numbers>

#include <gtest/gtest.h>

#include "core/base/random.hpp"

namespace headland::registration {
namespace {

constexpr double radian = std::numbers::pi / 180.0;
constexpr double noise_rad = 0.25 * radian;

std::optional<double> turns(JumpWatch& watch, Random& random, int from, int to, std::uint32_t vessels, double jump_rad,
                            std::uint32_t only_first = 1000) {
  for (int turn = from; turn < to; ++turn) {
    for (std::uint32_t v = 0; v < vessels; ++v) {
      const double error = 0.01 * v + (v < only_first ? jump_rad : 0.0) + noise_rad * random.normal();
      const auto told = watch.observe(Mmsi(200 + v), static_cast<std::int64_t>(turn) * 2'500'000'000, error, noise_rad);
      if (told) return told;
    }
  }
  return std::nullopt;
}

TEST(JumpWatch, a_bumped_antenna_is_told_within_some_turns_and_how_far) {
  JumpWatch watch({});
  Random random(1);
  EXPECT_FALSE(turns(watch, random, 0, 60, 6, 0.0));
  const auto told = turns(watch, random, 60, 75, 6, 1.2 * radian);
  ASSERT_TRUE(told);
  EXPECT_NEAR(*told / radian, 1.2, 0.25);
  EXPECT_EQ(watch.since_ns() / 2'500'000'000, 60);
}

TEST(JumpWatch, hours_of_noise_tell_nothing) {
  JumpWatch watch({});
  Random random(2);
  EXPECT_FALSE(turns(watch, random, 0, 6000, 8, 0.0));
}

TEST(JumpWatch, one_vessel_that_turns_is_no_bump) {
  JumpWatch watch({});
  Random random(3);
  EXPECT_FALSE(turns(watch, random, 0, 60, 6, 0.0));
  EXPECT_FALSE(turns(watch, random, 60, 200, 6, 1.5 * radian, 1));
}

}  // namespace
}  // namespace headland::registration
