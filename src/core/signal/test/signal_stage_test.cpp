// SPDX-License-Identifier: Apache-2.0
#include "core/signal/signal_stage.hpp"

#include <bit>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "support/video_scene.hpp"

namespace headland::signal {
namespace {

using test::VideoScene;

constexpr std::int64_t turn = 720;

// Hits of spokes first .. first + count - 1, all in one block.
HitBlock run(SignalStage& stage, const VideoScene& scene, std::int64_t first, std::int64_t count) {
  HitBlock all;
  stage.process(scene.block(first, count), all);
  return all;
}

std::uint64_t hits_of(const HitBlock& block, const HitSpoke& spoke) {
  std::uint64_t hits = 0;
  for (const std::uint64_t word : block.bits_of(spoke)) hits += static_cast<std::uint64_t>(std::popcount(word));
  return hits;
}

bool hit(const HitBlock& block, const HitSpoke& spoke, std::uint32_t cell) {
  return (block.bits_of(spoke)[cell / 64] >> (cell % 64) & 1) != 0;
}

TEST(SignalStage, gives_every_spoke_once_the_next_has_come) {
  SignalStage stage({});
  const VideoScene scene;
  EXPECT_EQ(run(stage, scene, 0, 32).spokes.size(), 31U);
  EXPECT_EQ(run(stage, scene, 32, 32).spokes.size(), 32U);
  HitBlock rest;
  stage.finish(rest);
  EXPECT_EQ(rest.spokes.size(), 1U);
  EXPECT_EQ(stage.counters().spokes, 64U);
}

TEST(SignalStage, false_alarms_in_levels_rounded_to_the_nearest_are_about_as_many_as_configured) {
  Config config;
  config.false_alarm_probability = 1e-3;
  config.minimum_level = 0;
  config.rounding = Rounding::nearest;
  for (const bool with_map : {false, true}) {
    for (const bool censored : {false, true}) {
      config.clutter_turns_log2 = with_map ? 4 : 0;
      config.censor = censored;
      SignalStage stage(config);
      VideoScene scene;
      scene.noise_mean = 40.0;
      scene.spokes_per_turn = 360;
      scene.cells = 300;
      for (std::int64_t t = 0; t < 12; ++t) run(stage, scene, t * 360, 360);
      const Counters before = stage.counters();
      for (std::int64_t t = 12; t < 18; ++t) run(stage, scene, t * 360, 360);
      const Counters after = stage.counters();
      const double rate =
          static_cast<double>(after.hits - before.hits) / static_cast<double>(after.cells - before.cells);
      EXPECT_GT(rate, 0.8e-3) << "map " << with_map << " censored " << censored;
      EXPECT_LT(rate, 1.2e-3) << "map " << with_map << " censored " << censored;
    }
  }
}

TEST(SignalStage, measures_the_level_of_the_noise) {
  SignalStage stage({});
  VideoScene scene;
  scene.noise_mean = 30.0;
  run(stage, scene, 0, 2 * turn);
  EXPECT_FALSE(stage.counters().thresholded);
  EXPECT_NEAR(stage.counters().noise_level, 30, 2);
  EXPECT_LT(stage.counters().saturated_share, 0.001);
}

TEST(SignalStage, measures_how_much_of_the_video_is_at_the_end_of_its_scale) {
  SignalStage stage({});
  VideoScene scene;
  HitBlock hits;
  for (int i = 0; i < 4; ++i) {
    SpokeBlock block = scene.block(i * turn, turn);
    for (std::size_t k = 0; k < block.samples.size(); ++k) {
      if (k % scene.cells < scene.cells / 10) block.samples[k] = 255;
    }
    stage.process(block, hits);
  }
  EXPECT_NEAR(stage.counters().saturated_share, 0.1, 0.03);
}

TEST(SignalStage, cuts_pulses_that_stand_in_one_spoke_only) {
  SignalStage stage({});
  const VideoScene scene;
  SpokeBlock block = scene.block(0, 100);
  for (std::size_t i = 5; i < 95; i += 7) {
    for (std::size_t k = 100; k < 104; ++k) block.samples[i * scene.cells + k + i] = 250;
  }
  HitBlock hits;
  stage.process(block, hits);
  EXPECT_EQ(stage.counters().interference_cells, 13U * 4U);
  for (const HitSpoke& spoke : hits.spokes) {
    for (const std::uint8_t level : hits.levels_of(spoke)) EXPECT_LT(level, 150);
  }
}

TEST(SignalStage, keeps_an_echo_that_the_beam_saw_in_several_spokes) {
  SignalStage stage({});
  VideoScene scene;
  scene.echoes = {{3000.0, 90.25, 230.0}};
  const HitBlock hits = run(stage, scene, 0, 360);
  EXPECT_TRUE(hit(hits, hits.spokes[180], 300));
  EXPECT_TRUE(hit(hits, hits.spokes[182], 300));
}

TEST(SignalStage, sees_a_long_ship_whole_because_strong_cells_hardly_count_in_means) {
  Config config;
  SignalStage stage(config);
  VideoScene scene;
  for (int i = 0; i < 20; ++i) scene.echoes.push_back({3000.0 + 10.0 * i, 90.0, 240.0});
  const HitBlock hits = run(stage, scene, 0, 360);
  std::uint32_t found = 0;
  for (std::uint32_t k = 300; k < 320; ++k) found += hit(hits, hits.spokes[180], k) ? 1 : 0;
  EXPECT_GE(found, 18U);
}

double clutter_patch(double fraction, double range) {
  return fraction > 0.3 && fraction < 0.5 && range > 2000.0 && range < 2300.0 ? 90.0 : 20.0;
}

TEST(SignalStage, learns_clutter_that_the_local_mean_misses) {
  VideoScene scene;
  scene.cells = 300;
  scene.clutter = clutter_patch;
  std::array<std::uint64_t, 2> hits{};
  for (const bool with_map : {false, true}) {
    Config config;
    config.clutter_turns_log2 = with_map ? 3 : 0;
    config.estimate_shape = false;  // which would see to it, too
    SignalStage stage(config);
    run(stage, scene, 0, 10 * turn);
    const std::uint64_t before = stage.counters().hits;
    run(stage, scene, 10 * turn, 3 * turn);
    hits[with_map ? 1 : 0] = stage.counters().hits - before;
  }
  EXPECT_LT(hits[1] * 2, hits[0]);
}

TEST(SignalStage, does_not_learn_an_anchored_vessel_away) {
  Config config;
  config.clutter_turns_log2 = 3;
  SignalStage stage(config);
  VideoScene scene;
  scene.spokes_per_turn = 360;
  scene.cells = 100;
  scene.echoes = {{505.0, 90.5, 220.0}};
  const HitBlock early = run(stage, scene, 0, 360);
  for (std::int64_t t = 1; t < 100; ++t) run(stage, scene, t * 360, 360);
  const HitBlock late = run(stage, scene, std::int64_t{100} * 360, 360);
  // One spoke later: the one that waited from the turn before.
  EXPECT_TRUE(hit(early, early.spokes[90], 50));
  EXPECT_TRUE(hit(late, late.spokes[91], 50));
  EXPECT_LT(late.thresholds_of(late.spokes[91])[50], early.thresholds_of(early.spokes[90])[50] + 30);
}

TEST(SignalStage, a_gap_neither_makes_hits_nor_lowers_the_map) {
  VideoScene scene;
  scene.cells = 150;
  scene.clutter = [](double, double) { return 90.0; };
  SignalStage through({});
  SignalStage broken({});
  run(through, scene, 0, 10 * turn);
  run(broken, scene, 0, 10 * turn);
  // Two turns are lost; time and bearing go on.
  SpokeBlock next = scene.block(12 * turn, turn);
  next.gap_before = Gap{2 * 720, GapReason::lost_on_wire};
  HitBlock a;
  HitBlock b;
  broken.process(next, a);
  through.process(scene.block(12 * turn, turn), b);
  EXPECT_EQ(broken.counters().gaps, 1U);
  // The spoke that waited comes out without its successor; every threshold is as without a gap.
  ASSERT_EQ(a.spokes.size(), b.spokes.size());
  for (std::size_t i = 2; i < a.spokes.size(); ++i) {
    const auto x = a.thresholds_of(a.spokes[i]);
    const auto y = b.thresholds_of(b.spokes[i]);
    EXPECT_TRUE(std::equal(x.begin(), x.end(), y.begin()));
  }
}

TEST(SignalStage, starts_anew_when_the_range_changes) {
  SignalStage stage({});
  VideoScene near;
  near.clutter = [](double, double) { return 100.0; };
  VideoScene far = near;
  far.cell_m = 20.0;
  far.cells = 700;
  far.clutter = nullptr;
  run(stage, near, 0, 3 * turn);
  const HitBlock hits = run(stage, far, 3 * turn, turn);
  EXPECT_EQ(stage.counters().map_resets, 1U);
  ASSERT_EQ(hits.spokes.size(), 720U);  // the last of the old range and all but the last of the new
  EXPECT_EQ(hits.spokes[0].cell_count, 600U);
  EXPECT_EQ(hits.spokes[1].cell_count, 700U);
  // The map of the old range (100) would have raised thresholds beyond 255.
  EXPECT_LT(hits.thresholds_of(hits.spokes[400])[300], 150);
}

TEST(SignalStage, forgets_the_clutter_when_the_antenna_has_moved) {
  SignalStage stage({});
  const VideoScene scene;
  SpokeBlock block = scene.block(0, 32);
  block.site = Site{GeoPosition::from_degrees(50.0, -1.0), Metres(20.0)};
  HitBlock hits;
  stage.process(block, hits);
  block = scene.block(32, 32);
  block.site = Site{GeoPosition::from_degrees(50.0003, -1.0), Metres(20.0)};  // 33 m
  stage.process(block, hits);
  EXPECT_EQ(stage.counters().map_resets, 0U);
  block = scene.block(64, 32);
  block.site = Site{GeoPosition::from_degrees(50.0006, -1.0), Metres(20.0)};  // 67 m
  stage.process(block, hits);
  EXPECT_EQ(stage.counters().map_resets, 1U);
}

TEST(SignalStage, takes_video_without_noise_at_a_fixed_level) {
  SignalStage stage({});
  VideoScene scene;
  scene.noise_mean = 0.0;
  SpokeBlock block = scene.block(0, 100);
  block.bits = 2;
  for (std::size_t i = 20; i < 30; ++i) {
    for (std::size_t k = 100; k < 160; ++k) block.samples[i * scene.cells + k] = 255;  // 600 m long
    for (std::size_t k = 200; k < 260; ++k) block.samples[i * scene.cells + k] = 85;
  }
  HitBlock hits;
  stage.process(block, hits);
  EXPECT_TRUE(stage.counters().thresholded);
  EXPECT_EQ(hits_of(hits, hits.spokes[25]), 60U);
  EXPECT_EQ(hits_of(hits, hits.spokes[40]), 0U);
}

TEST(SignalStage, masks_hits_on_land) {
  SignalStage stage({});
  RangeAzimuthMask mask(360, Metres(10.0), 600);
  for (std::uint32_t a = 80; a < 100; ++a) mask.fill(a, Metres(2500), Metres(3500));
  stage.set_mask(mask);
  VideoScene scene;
  scene.echoes = {{3000.0, 90.0, 240.0}, {4000.0, 90.0, 240.0}};
  const HitBlock hits = run(stage, scene, 0, 360);
  EXPECT_FALSE(hit(hits, hits.spokes[180], 300));
  EXPECT_TRUE(hit(hits, hits.spokes[180], 400));
  EXPECT_GT(stage.counters().masked_hits, 0U);
}

TEST(SignalStage, sees_the_same_echo_in_16_bit_video) {
  VideoScene scene;
  scene.echoes = {{3000.0, 90.0, 230.0}};
  SpokeBlock block = scene.block(0, 360);
  for (const std::uint8_t level : block.samples) block.samples16.push_back(static_cast<std::uint16_t>(level * 200));
  block.samples.clear();
  block.format = SampleFormat::u16;
  block.bits = 16;
  SignalStage stage({});
  HitBlock hits;
  stage.process(block, hits);
  EXPECT_NEAR(hits.spokes.front().decibels_per_level, 0.376, 0.001);
  EXPECT_TRUE(hit(hits, hits.spokes[180], 300));
  EXPECT_LT(hits_of(hits, hits.spokes[100]), 5U);
}

// All that comes out, row by row.
struct Flat {
  std::vector<std::uint8_t> levels;
  std::vector<std::uint8_t> thresholds;
  std::vector<std::uint64_t> bits;
  std::vector<AntennaPosition> positions;
  void add(const HitBlock& block) {
    for (const HitSpoke& s : block.spokes) {
      const auto l = block.levels_of(s);
      const auto t = block.thresholds_of(s);
      const auto b = block.bits_of(s);
      levels.insert(levels.end(), l.begin(), l.end());
      thresholds.insert(thresholds.end(), t.begin(), t.end());
      bits.insert(bits.end(), b.begin(), b.end());
      positions.push_back(s.position);
    }
  }
  friend bool operator==(const Flat&, const Flat&) = default;
};

TEST(SignalStage, gives_the_same_however_spokes_come_in_blocks) {
  VideoScene scene;
  scene.echoes = {{3000.0, 90.0, 240.0}, {1500.0, 0.0, 150.0}};
  Random random(5);
  std::vector<Flat> results;
  for (int trial = 0; trial < 3; ++trial) {
    SignalStage stage({});
    Flat flat;
    HitBlock hits;
    for (std::int64_t i = 0; i < 2 * turn;) {
      const std::int64_t left = 2 * turn - i;
      const std::int64_t count = trial == 0 ? left : std::min<std::int64_t>(left, 1 + random.below(40));
      stage.process(scene.block(i, count), hits);
      flat.add(hits);
      i += count;
    }
    stage.finish(hits);
    flat.add(hits);
    results.push_back(flat);
  }
  EXPECT_EQ(results[0].positions.size(), 2U * 720U);
  EXPECT_TRUE(results[0] == results[1]);
  EXPECT_TRUE(results[0] == results[2]);
}

TEST(SignalStage, refuses_spokes_that_cannot_be) {
  SignalStage stage({});
  const VideoScene scene;
  SpokeBlock block = scene.block(0, 8);
  block.spokes[0].cell_count = 0;
  block.spokes[1].cell_size = Metres(0.0);
  block.spokes[2].first_sample = 0xFFFFFFFF;
  block.spokes[3].width = Angle(Radians(std::nan("")));
  block.spokes[4].cell_count = 1'000'000;
  block.spokes[5].bearing = Bearing(Radians(std::nan("")));
  HitBlock hits;
  stage.process(block, hits);
  EXPECT_EQ(stage.counters().refused_spokes, 5U);
  EXPECT_EQ(stage.counters().refused_bearings, 1U);
  EXPECT_EQ(hits.spokes.size(), 1U);
}

TEST(SignalStage, an_antenna_that_turns_anticlockwise_gives_nothing_and_is_counted) {
  SignalStage stage({});
  const VideoScene scene;
  HitBlock hits;
  for (std::int64_t first = 0; first < 2 * 720; first += 36) {
    SpokeBlock block = scene.block(first, 36);
    for (SpokeInfo& spoke : block.spokes) spoke.bearing = Bearing(Radians(-spoke.bearing.radians()));
    stage.process(block, hits);
  }
  EXPECT_GE(stage.counters().anticlockwise, 2U * 720U - 11U);
  EXPECT_EQ(stage.counters().refused_bearings, stage.counters().anticlockwise);
  EXPECT_LE(stage.counters().spokes, 11U);
}

TEST(SignalStage, doppler_marks_pass_through_to_their_own_spoke_across_blocks) {
  SignalStage stage({});
  const VideoScene scene;
  std::vector<std::vector<std::uint8_t>> marks;  // of the spokes that came out
  std::vector<bool> told;
  const auto take = [&](const HitBlock& out) {
    for (const auto& spoke : out.spokes) {
      const auto of = out.doppler_of(spoke);
      told.push_back(spoke.has_doppler);
      marks.emplace_back(of.begin(), of.end());
    }
  };
  HitBlock out;
  for (std::int64_t block = 0; block < 4; ++block) {
    auto in = scene.block(block * 8, 8);
    if (block == 1 || block == 2) {
      in.doppler.assign(in.samples.size(), 0);
      // Cell k of spoke k, so that a mark on the wrong spoke shows.
      for (std::size_t k = 0; k < in.spokes.size(); ++k) {
        in.doppler[in.spokes[k].first_sample + static_cast<std::size_t>(block) * 8 + k] = 1;
      }
    }
    stage.process(in, out);
    take(out);
  }
  stage.finish(out);
  take(out);
  ASSERT_EQ(marks.size(), 32U);
  for (std::size_t i = 0; i < 32; ++i) {
    EXPECT_EQ(told[i], i >= 8 && i < 24) << i;
    if (!told[i]) continue;
    for (std::size_t k = 0; k < marks[i].size(); ++k) EXPECT_EQ(marks[i][k], k == i ? 1 : 0) << i << ' ' << k;
  }
}

TEST(SignalStage, doppler_marks_that_are_fewer_than_the_cells_are_left_alone) {
  SignalStage stage({});
  const VideoScene scene;
  auto in = scene.block(0, 8);
  in.doppler.assign(10, 1);
  HitBlock out;
  stage.process(in, out);
  ASSERT_EQ(out.spokes.size(), 7U);
  for (const auto& spoke : out.spokes) EXPECT_FALSE(spoke.has_doppler);
}

}  // namespace
}  // namespace headland::signal
