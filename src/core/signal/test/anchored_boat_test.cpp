// SPDX-License-Identifier: Apache-2.0
// What lies at anchor gives its echo in the same cells turn after turn: the clutter map must not learn it away, least
// of all where it is weak, as wooden boats are.
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "core/base/random.hpp"
#include "core/signal/signal_stage.hpp"
#include "support/video_scene.hpp"

namespace headland::signal {
namespace {

using test::VideoScene;

constexpr std::int64_t empty_turns = 40;
constexpr std::int64_t learning_turns = 200;
constexpr std::int64_t counted_turns = 400;
constexpr std::uint32_t boat_cell = 60;

bool is_hit(const HitBlock& hits, double bearing_deg) {
  for (const HitSpoke& spoke : hits.spokes) {
    if (std::abs(spoke.bearing.degrees() - bearing_deg) > 0.01) continue;
    if ((hits.bits_of(spoke)[boat_cell / 64] >> (boat_cell % 64) & 1) != 0) return true;
  }
  return false;
}

// Share of turns in which a Swerling 1 boat, so many decibels over the noise, is over the threshold in its cell,
// minutes after it anchored.
double detected(double snr_db, bool with_map, std::int64_t spokes = 200, Averaging averaging = Averaging::cell) {
  Config config;
  config.averaging = averaging;
  config.clutter_turns_log2 = with_map ? 4 : 0;
  config.beam_width = Angle::from_degrees(3.0);  // less than two spokes: nothing is taken for interference
  SignalStage stage(config);
  VideoScene scene;
  scene.spokes_per_turn = static_cast<std::uint32_t>(spokes);
  scene.cells = 128;
  scene.beam_deg = 3.0 / std::numbers::sqrt2;                              // two ways
  const double bearing_deg = 180.0 + 180.0 / static_cast<double>(spokes);  // the middle of a spoke
  Random random(7);
  const double root_power = scene.noise_mean * std::sqrt(4.0 / std::numbers::pi) * std::pow(10.0, snr_db / 20.0);
  const auto amplitude = [&] { return root_power * std::sqrt(random.exponential()); };
  std::int64_t hit = 0;
  HitBlock hits;
  for (std::int64_t t = 0; t < empty_turns + learning_turns + counted_turns; ++t) {
    scene.echoes.clear();
    if (t >= empty_turns) scene.echoes = {{(boat_cell + 0.5) * scene.cell_m, bearing_deg, amplitude()}};
    stage.process(scene.block(t * spokes, spokes), hits);
    if (t >= empty_turns + learning_turns && is_hit(hits, bearing_deg)) ++hit;
  }
  return static_cast<double>(hit) / counted_turns;
}

TEST(AnchoredBoat, is_seen_in_most_of_the_turns_in_which_it_would_be_without_a_map) {
  for (const double snr_db : {13.0, 16.0, 20.0}) {
    const double without = detected(snr_db, false);
    const double with = detected(snr_db, true);
    RecordProperty(std::to_string(snr_db), std::to_string(without) + " " + std::to_string(with));
    EXPECT_GT(with, 0.9 * without) << snr_db << " dB: " << with << " of " << without;
  }
}

TEST(AnchoredBoat, is_seen_where_spokes_share_a_row_of_the_map_too) {
  const double without = detected(16.0, false, 960);
  const double with = detected(16.0, true, 960);
  EXPECT_GT(with, 0.9 * without) << with << " of " << without;
}

TEST(AnchoredBoat, is_seen_with_an_order_statistic_too) {
  const double without = detected(16.0, false, 200, Averaging::ordered);
  const double with = detected(16.0, true, 200, Averaging::ordered);
  EXPECT_GT(with, 0.9 * without) << with << " of " << without;
}

}  // namespace
}  // namespace headland::signal
