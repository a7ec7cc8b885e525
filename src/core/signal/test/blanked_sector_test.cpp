// SPDX-License-Identifier: Apache-2.0
// Radars that are told to be silent over a sector send spokes of zeros there.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "core/signal/signal_stage.hpp"
#include "support/video_scene.hpp"

namespace headland::signal {
namespace {

using test::VideoScene;

constexpr std::int64_t turn = 720;

bool is_blanked(const SpokeInfo& spoke, double from_deg, double to_deg) {
  return spoke.bearing.degrees() >= from_deg && spoke.bearing.degrees() < to_deg;
}

SpokeBlock blanked(SpokeBlock block, double from_deg, double to_deg) {
  for (const SpokeInfo& spoke : block.spokes) {
    if (!is_blanked(spoke, from_deg, to_deg)) continue;
    std::fill_n(block.samples.begin() + spoke.first_sample, spoke.cell_count, std::uint8_t{0});
    if (!block.samples16.empty()) {
      std::fill_n(block.samples16.begin() + spoke.first_sample, spoke.cell_count, std::uint16_t{0});
    }
  }
  return block;
}

TEST(BlankedSector, is_not_seen_and_leaves_what_is_known_of_the_noise_as_it_is) {
  // Land all about but for a third.
  constexpr double from = 60.0;
  constexpr double to = 300.0;
  SignalStage stage({});
  VideoScene scene;
  scene.noise_mean = 30.0;
  HitBlock hits;
  for (std::int64_t t = 0; t < 24; ++t) {
    for (std::int64_t first = 0; first < turn; first += 36) {
      stage.process(blanked(scene.block(t * turn + first, 36), from, to), hits);
      for (const HitSpoke& spoke : hits.spokes) {
        const double bearing = spoke.bearing.degrees();
        ASSERT_FALSE(bearing >= from && bearing < to) << bearing << " in turn " << t;
      }
    }
  }
  EXPECT_FALSE(stage.counters().thresholded);
  EXPECT_NEAR(stage.counters().noise_level, 30, 2);
  EXPECT_EQ(stage.counters().blanked_spokes, 24U * 480U);
  EXPECT_EQ(stage.counters().spokes + 1, 24U * 240U);
  EXPECT_TRUE(stage.is_settled());
  // Nothing is known there: least of all that nothing answers.
  const RegionalClutter clutter = stage.clutter();
  for (std::size_t i = 0; i < clutter.regions.size(); ++i) {
    const double degrees = static_cast<double>(i / clutter.bands) * 360.0 / clutter.sectors;
    const bool inside = degrees >= from && degrees + 360.0 / clutter.sectors <= to;
    EXPECT_FALSE(inside && clutter.regions[i].known) << i;
    EXPECT_LT(clutter.regions[i].over_noise, 1.3) << i;
  }
}

TEST(BlankedSector, does_not_change_what_is_detected_beside_it) {
  VideoScene scene;
  scene.noise_mean = 30.0;
  SignalStage whole({});
  SignalStage part({});
  HitBlock hits;
  for (std::int64_t t = 0; t < 8; ++t) {
    whole.process(scene.block(t * turn, turn), hits);
    part.process(blanked(scene.block(t * turn, turn), 60.0, 300.0), hits);
  }
  const auto share = [](const Counters& c) { return static_cast<double>(c.hits) / static_cast<double>(c.cells); };
  EXPECT_NEAR(share(part.counters()) / share(whole.counters()), 1.0, 0.25);
}

TEST(BlankedSector, is_told_in_video_of_16_bits_too) {
  SignalStage stage({});
  const VideoScene scene;
  SpokeBlock block = scene.block(0, turn);
  block.format = SampleFormat::u16;
  block.bits = 16;
  block.samples16.assign(block.samples.begin(), block.samples.end());
  for (auto& s : block.samples16) s = static_cast<std::uint16_t>(100 + 40 * s);
  HitBlock hits;
  stage.process(blanked(block, 90.0, 180.0), hits);
  EXPECT_EQ(stage.counters().blanked_spokes, 180U);
}

TEST(BlankedSector, video_without_noise_is_dark_where_nothing_is) {
  SignalStage stage({});
  VideoScene scene;
  scene.noise_mean = 0.0;
  scene.echoes = {{2000.0, 40.0, 220.0}, {3000.0, 200.0, 220.0}};
  HitBlock hits;
  for (std::int64_t t = 0; t < 4; ++t) stage.process(scene.block(t * turn, turn), hits);
  const Counters before = stage.counters();
  stage.process(scene.block(4 * turn, turn), hits);
  EXPECT_TRUE(stage.counters().thresholded);
  EXPECT_EQ(stage.counters().spokes - before.spokes, static_cast<std::uint64_t>(turn));
  EXPECT_EQ(stage.counters().blanked_spokes, before.blanked_spokes);
}

}  // namespace
}  // namespace headland::signal
