// SPDX-License-Identifier: Apache-2.0
// Video whose noise the radar has cut off, and video of 16 bits, through the whole stage.
#include <bit>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/random.hpp"
#include "core/signal/signal_stage.hpp"
#include "support/video_scene.hpp"

namespace headland::signal {
namespace {

using test::VideoScene;

constexpr std::int64_t turn = 360;

VideoScene calm() {
  VideoScene scene;
  scene.noise_mean = 0.0;
  scene.spokes_per_turn = turn;
  return scene;
}

// A vessel that saturates the scale, a weak boat, and specks of noise of up to level 60 from 4 km on.
SpokeBlock picture(const VideoScene& scene, std::int64_t t, Random& random) {
  SpokeBlock block = scene.block(t * turn, turn);
  block.bits = 4;
  const auto box = [&](std::int64_t spoke, std::size_t cell, std::uint8_t level) {
    for (std::int64_t s = spoke; s < spoke + 3; ++s) {
      for (std::size_t k = cell; k < cell + 4; ++k) {
        block.samples[static_cast<std::size_t>(s % turn) * scene.cells + k] = level;
      }
    }
  };
  for (int i = 0; i < 400; ++i) {
    box(static_cast<std::int64_t>(random.below(turn)), 400 + random.below(190),
        static_cast<std::uint8_t>(1 + random.below(60)));
  }
  box(100, 200, 255);
  box(50, 150, 51);
  return block;
}

bool is_set(std::span<const std::uint64_t> bits, std::uint32_t cell) {
  return (bits[cell / 64] >> (cell % 64) & 1) != 0;
}
std::uint64_t count(std::span<const std::uint64_t> bits, std::uint32_t from_word) {
  std::uint64_t n = 0;
  for (std::size_t w = from_word; w < bits.size(); ++w) n += static_cast<std::uint64_t>(std::popcount(bits[w]));
  return n;
}

struct Seen {
  bool vessel = false;
  bool boat = false;
  bool boat_is_hit = false;
  std::uint64_t specks = 0;
};
Seen look(const Config& config, int turns) {
  SignalStage stage(sanitized(config));
  const VideoScene scene = calm();
  Random random(3);
  HitBlock hits;
  Seen seen;
  for (int t = 0; t < turns; ++t) {
    stage.process(picture(scene, t, random), hits);
    seen = {};
    for (const HitSpoke& spoke : hits.spokes) {
      const auto at = static_cast<std::int64_t>(std::floor(spoke.bearing.degrees()));
      const auto weak = hits.weak_bits_of(spoke);
      if (at == 101) seen.vessel = is_set(hits.bits_of(spoke), 201);
      if (at == 51) {
        seen.boat = !weak.empty() && is_set(weak, 151);
        seen.boat_is_hit = is_set(hits.bits_of(spoke), 151);
      }
      if (!weak.empty()) seen.specks += count(weak, 6);
    }
  }
  EXPECT_TRUE(stage.counters().thresholded);
  return seen;
}

TEST(ThresholdedVideo, first_turns_show_what_is_strong) {
  const Seen seen = look({}, 2);
  EXPECT_TRUE(seen.vessel);
  EXPECT_FALSE(seen.boat);
  EXPECT_EQ(seen.specks, 0U);
}

TEST(ThresholdedVideo, then_weak_boats_where_the_sea_is_quiet_and_no_noise) {
  const Seen seen = look({}, 30);
  EXPECT_TRUE(seen.vessel);
  EXPECT_TRUE(seen.boat);
  EXPECT_FALSE(seen.boat_is_hit);
  // Of some 5000 lit cells a turn.
  EXPECT_LT(seen.specks, 300U);
}

TEST(ThresholdedVideo, a_boat_that_stands_stays_for_hundreds_of_turns) { EXPECT_TRUE(look({}, 300).boat); }

TEST(ThresholdedVideo, the_false_alarm_probability_says_how_much_may_come_through) {
  Config config;
  config.false_alarm_probability = 1e-2;
  EXPECT_GT(look(config, 30).specks, 3U * look({}, 30).specks + 100U);
}

TEST(ThresholdedVideo, nothing_below_the_lowest_level_counts) {
  Config config;
  config.thresholded_lowest_level = 60;
  EXPECT_FALSE(look(config, 30).boat);
  EXPECT_TRUE(look(config, 30).vessel);
  config.thresholded_lowest_level = 254;
  EXPECT_TRUE(look(config, 30).vessel);
}

TEST(ThresholdedVideo, without_clutter_map_the_level_is_fixed) {
  Config config;
  config.clutter_turns_log2 = 0;
  const Seen seen = look(config, 30);
  EXPECT_TRUE(seen.vessel);
  EXPECT_FALSE(seen.boat);
}

// 16-bit values that are hundredths of a decibel.
TEST(SixteenBitVideo, keeps_the_law_of_logarithmic_video) {
  VideoScene scene;
  scene.echoes = {{3000.0, 90.0, 200.0}};
  SpokeBlock block = scene.block(0, 720);
  for (const std::uint8_t level : block.samples) {
    const double decibels = 20.0 * std::log10(level + 0.5) + 6.03;
    block.samples16.push_back(static_cast<std::uint16_t>(std::max(std::round(100.0 * decibels), 1.0)));
  }
  block.samples.clear();
  block.format = SampleFormat::u16;
  block.bits = 16;
  Config config;
  config.law = LevelLaw::logarithmic;
  config.decibels_per_level = 0.01;
  SignalStage stage(sanitized(config));
  HitBlock hits;
  stage.process(block, hits);
  EXPECT_NEAR(hits.spokes.front().decibels_per_level, 0.376, 0.001);
  EXPECT_FALSE(hits.spokes.front().is_square_law);
  const HitSpoke& spoke = hits.spokes[180];
  EXPECT_TRUE(is_set(hits.bits_of(spoke), 300));
  // 200 is 20 dB over the mean noise of 20: as many steps of 0.376 dB.
  EXPECT_NEAR(hits.levels_of(spoke)[300] - stage.counters().noise_level, 20.0 / 0.376, 8.0);
  EXPECT_LT(count(hits.bits_of(hits.spokes[100]), 0), 5U);
}

}  // namespace
}  // namespace headland::signal
