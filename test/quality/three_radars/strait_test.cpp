// SPDX-License-Identifier: Apache-2.0
// The simulated strait in small: few vessels, few minutes. The whole is `three_radars 240 --strict`. Limits of what a
// fifth of the vessels must reach as well are those of the whole (0.02 degrees, 2 m); the others are what is measured,
// with a margin.
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "quality/three_radars/strait_run.hpp"

namespace headland::quality {
namespace {

constexpr double radian = std::numbers::pi / 180.0;

scenario::PlotSeaConfig small_strait() {
  auto config = scenario::three_radars();
  config.vessels = 60;
  config.with_ais = 48;
  config.spoofed = 6;
  return config;
}

TEST(Strait, biases_of_three_radars_are_found_between_liars) {
  StraitRun run(small_strait());
  run.run(601.0);
  const auto f = run.figures();
  ASSERT_EQ(f.biases.size(), 3U);
  for (const auto& b : f.biases) {
    EXPECT_LT(std::abs(b.error.bearing_rad), 0.02 * radian) << to_text(f);
    EXPECT_LT(std::abs(b.error.range_m), 2.0) << to_text(f);
    EXPECT_LT(std::abs(b.error.time_s), 0.4) << to_text(f);
    EXPECT_LT(std::abs(b.error.time_s - f.biases.front().error.time_s), 0.12) << to_text(f);
    EXPECT_GT(b.found.vessels, 20U) << to_text(f);
  }
  EXPECT_GE(f.handovers.share(), 0.98) << to_text(f);
}

TEST(Strait, an_antenna_that_is_bumped_is_told_and_followed) {
  auto config = small_strait();
  config.spoofed = 0;
  config.radars[1].jump_after_s = 420.0;
  config.radars[1].jump_deg = 1.2;
  StraitRun run(config);
  run.run(601.0);
  const auto f = run.figures();
  ASSERT_EQ(f.jumps.size(), 1U) << to_text(f);
  EXPECT_EQ(f.jumps[0].sensor, SensorId(2));
  EXPECT_NEAR(f.jumps[0].bearing_rad / radian, 1.2, 0.1) << to_text(f);
  EXPECT_LT(to_seconds(f.jumps[0].told - (config.start + std::chrono::seconds(420))).value(), 30.0) << to_text(f);
  EXPECT_LT(std::abs(f.biases[1].error.bearing_rad), 0.02 * radian) << to_text(f);
}

TEST(Strait, radars_tell_each_others_bias_without_any_ais) {
  auto config = small_strait();
  config.vessels = 100;
  config.with_ais = config.spoofed = 0;
  StraitRun run(config);
  run.run(601.0);
  const auto f = run.figures();
  ASSERT_EQ(f.biases.size(), 3U);
  // What all radars share stays unknown; what they differ by does not.
  const double first = f.biases[0].error.bearing_rad;
  for (const auto& b : f.biases) EXPECT_NEAR((b.error.bearing_rad - first) / radian, 0.0, 0.03) << to_text(f);
}

TEST(Strait, who_lies_and_who_is_dark_is_found_and_nobody_else) {
  StraitRun run(small_strait());
  run.run(960.0);
  const auto f = run.figures();
  for (const auto& [fault, found] : f.verdicts.faults) {
    // A false number that agrees with itself from the start leaves no evidence.
    if (fault == scenario::AisFault::wrong_identity) continue;
    EXPECT_EQ(found.after_s.size(), found.vessels) << to_text(f);
  }
  EXPECT_TRUE(f.verdicts.falsely_accused.empty()) << to_text(f);
  EXPECT_EQ(f.verdicts.falsely_dark + f.verdicts.falsely_silent, 0U) << to_text(f);
  EXPECT_EQ(f.verdicts.dark_found, f.verdicts.dark_vessels) << to_text(f);
  EXPECT_EQ(f.verdicts.wrong_spells, 0U) << to_text(f);
  EXPECT_GT(f.mmsi_right.share(), 0.99) << to_text(f);
}

TEST(Strait, a_radar_that_fails_and_comes_back_takes_no_number_with_it) {
  auto config = small_strait();
  config.spoofed = 0;
  config.radars[2].fails_after_s = 300.0;
  config.radars[2].back_after_s = 400.0;
  StraitRun run(config);
  run.run(540.0);
  const auto f = run.figures();
  EXPECT_GE(f.handovers.share(), 0.98) << to_text(f);
}

TEST(Strait, a_dark_track_is_of_whoever_left_the_reach_there_or_of_nobody) {
  scenario::SeaVessel dark, honest;
  dark.mmsi = 0;
  honest.mmsi = 244'000'001;
  const auto judged = [&](const scenario::SeaVessel& beside, double east_m) {
    StraitVerdicts verdicts{scenario::PlotSeaConfig{}};
    SystemTrack t;
    t.id = SystemTrackId(5);
    t.radar_track = TrackId(5);
    t.silence.hearing = AisHearing::dark;
    t.local = {Metres(east_m), Metres(0.0)};
    verdicts.judge(Picture{t.time, {t}}, {{.vessel = &beside}}, 100.0, 5.0);
    verdicts.judge(Picture{t.time, {t}}, {{.vessel = &beside}}, 105.0, 5.0);
    return verdicts.figures();
  };
  EXPECT_EQ(judged(dark, 100.0).dark_beyond, 1U);
  EXPECT_EQ(judged(dark, 100.0).dark_nobody, 0U);
  EXPECT_EQ(judged(honest, 100.0).falsely_dark_beyond, 1U);
  EXPECT_EQ(judged(dark, 500.0).dark_nobody, 1U);
  EXPECT_EQ(judged(honest, 500.0).falsely_dark_beyond, 0U);
}

}  // namespace
}  // namespace headland::quality
