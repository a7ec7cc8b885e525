// SPDX-License-Identifier: Apache-2.0
// A restart that goes on from the clutter that was learned before it.
#include "core/signal/memory/clutter_memory.hpp"

#include <bit>
#include <cstdlib>
#include <utility>

#include <gtest/gtest.h>

#include "core/signal/signal_stage.hpp"
#include "support/video_scene.hpp"

namespace headland::signal {
namespace {

using test::VideoScene;

constexpr std::int64_t turn = 360;
constexpr std::int64_t learning_turns = 40;

// A sea that decays outwards, and a coast beyond it.
VideoScene coast() {
  VideoScene scene;
  scene.spokes_per_turn = turn;
  scene.cells = 384;
  scene.clutter = [](double fraction, double range_m) {
    if (fraction > 0.5 && range_m > 2500.0 && range_m < 3200.0) return 110.0;
    return 70.0 * std::exp(-range_m / 700.0);
  };
  return scene;
}

Site site(double latitude_deg = 54.0) { return {GeoPosition::from_degrees(latitude_deg, 10.0), Metres(15.0)}; }

HitBlock run(SignalStage& stage, const VideoScene& scene, std::int64_t from_turn, std::int64_t turns,
             const Site& at = site()) {
  HitBlock out;
  HitBlock last;
  for (std::int64_t t = from_turn; t < from_turn + turns; ++t) {
    SpokeBlock block = scene.block(t * turn, turn);
    block.site = at;
    stage.process(block, last);
  }
  return last;
}

Timestamp end_of(const VideoScene& scene, std::int64_t turns) { return scene.info(turns * turn).time; }

ClutterMemory learned(const VideoScene& scene) {
  SignalStage stage({});
  run(stage, scene, 0, learning_turns);
  auto memory = stage.memory(end_of(scene, learning_turns));
  EXPECT_TRUE(memory.has_value());
  return memory ? *memory : ClutterMemory();
}

// Of the coast: the same for all tests.
const ClutterMemory& learned_coast() {
  static const ClutterMemory memory = learned(coast());
  return memory;
}

std::uint64_t hits_in(const SignalStage& stage) { return stage.counters().hits; }

TEST(ClutterMemory, comes_back_from_its_bytes_as_it_was) {
  ClutterMemory memory = learned_coast();
  memory.name = "north";
  memory.settings.gain_percent = 45.0;
  memory.settings.gain_automatic = false;
  const auto bytes = encode(memory);
  const auto back = decode_clutter_memory(bytes);
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(*back, memory);
}

TEST(ClutterMemory, refuses_bytes_that_were_cut_or_changed) {
  const auto bytes = encode(learned_coast());
  for (std::size_t n = 0; n < bytes.size(); n += 1 + bytes.size() / 199) {
    EXPECT_FALSE(decode_clutter_memory(std::span(bytes).first(n)).has_value()) << n;
  }
  EXPECT_EQ(decode_clutter_memory(std::span(bytes).first(bytes.size() - 1)).error(), MemoryFault::truncated);
  auto longer = bytes;
  longer.push_back(0);
  EXPECT_EQ(decode_clutter_memory(longer).error(), MemoryFault::trailing_bytes);
  auto newer = bytes;
  newer[0] = 99;
  EXPECT_EQ(decode_clutter_memory(newer).error(), MemoryFault::version);
  // The last float: not a number.
  auto strange = bytes;
  for (std::size_t i = strange.size() - 4; i < strange.size(); ++i) strange[i] = 0xFF;
  EXPECT_EQ(decode_clutter_memory(strange).error(), MemoryFault::out_of_range);
}

TEST(ClutterMemory, a_restart_has_the_thresholds_of_a_station_that_never_stopped) {
  for (const bool estimated : {false, true}) {
    Config config;
    config.estimate_shape = estimated;
    const VideoScene scene = coast();
    SignalStage went_on(config);
    run(went_on, scene, 0, learning_turns);
    SignalStage restarted(config);
    restarted.resume(*went_on.memory(end_of(scene, learning_turns)), end_of(scene, learning_turns));
    const HitBlock a = run(went_on, scene, learning_turns, 1);
    const HitBlock b = run(restarted, scene, learning_turns, 1);
    EXPECT_EQ(restarted.resumption().fate, MemoryFate::resumed);
    EXPECT_TRUE(went_on.is_settled());
    // The first spoke of the restart does not know its neighbour.
    ASSERT_EQ(a.spokes.size(), b.spokes.size() + 1);
    std::uint64_t differ = 0;
    for (std::size_t i = 4; i < b.spokes.size(); ++i) {
      const HitSpoke& one = a.spokes[i + 1];
      const HitSpoke& other = b.spokes[i];
      ASSERT_EQ(one.bearing.radians(), other.bearing.radians());
      for (std::uint32_t k = 0; k < other.cell_count; ++k) {
        const auto x = a.thresholds[std::size_t{one.row} * a.stride + k];
        const auto y = b.thresholds[std::size_t{other.row} * b.stride + k];
        differ += x != y ? 1U : 0U;
      }
    }
    // What stands alone in the map is looked for in one turn of 16: some cells are compared with what lies about them
    // a few turns sooner or later.
    EXPECT_LT(differ, 1e-3 * 384.0 * static_cast<double>(b.spokes.size())) << "shape estimated: " << estimated;
  }
}

TEST(ClutterMemory, is_not_given_before_it_is_worth_it) {
  const VideoScene scene = coast();
  SignalStage young({});
  run(young, scene, 0, 10);
  EXPECT_FALSE(young.memory(end_of(scene, 10)).has_value());
  Config no_map;
  no_map.clutter_turns_log2 = 0;
  SignalStage without(no_map);
  run(without, scene, 0, learning_turns);
  EXPECT_FALSE(without.memory(end_of(scene, learning_turns)).has_value());
  SignalStage nowhere({});
  HitBlock out;
  for (std::int64_t t = 0; t < learning_turns; ++t) nowhere.process(scene.block(t * turn, turn), out);
  EXPECT_FALSE(nowhere.memory(end_of(scene, learning_turns)).has_value());
}

// What a stage says that was given a memory and saw two turns of a scene.
MemoryRefusal refusal(const ClutterMemory& memory, const VideoScene& scene, const Config& config, const Site& at,
                      std::int64_t turns = 1) {
  SignalStage stage(config);
  stage.resume(memory, memory.time);
  run(stage, scene, learning_turns, turns, at);
  EXPECT_EQ(stage.resumption().fate, MemoryFate::refused);
  return stage.resumption().why;
}

TEST(ClutterMemory, is_refused_where_the_radar_is_another_and_the_reason_told) {
  const VideoScene scene = coast();
  const ClutterMemory& memory = learned_coast();
  VideoScene longer = scene;
  longer.cell_m = 20.0;
  EXPECT_EQ(refusal(memory, longer, {}, site()), MemoryRefusal::other_geometry);
  VideoScene more = scene;
  more.cells = 512;
  EXPECT_EQ(refusal(memory, more, {}, site()), MemoryRefusal::other_geometry);
  EXPECT_EQ(refusal(memory, scene, {}, site(54.01)), MemoryRefusal::other_place);
  Config os;
  os.averaging = Averaging::ordered;
  EXPECT_EQ(refusal(memory, scene, os, site()), MemoryRefusal::other_settings);
  // Somebody turned the gain up in the meantime: told after a whole turn.
  VideoScene gain = scene;
  gain.noise_mean = 32.0;
  EXPECT_EQ(refusal(memory, gain, {}, site(), 4), MemoryRefusal::noise_changed);
}

// A station that begins in the middle of a spoke, or with one that was cut short.
TEST(ClutterMemory, waits_for_the_spokes_that_it_is_of) {
  const VideoScene scene = coast();
  for (const bool is_short : {true, false}) {
    SignalStage stage({});
    stage.resume(learned_coast(), learned_coast().time);
    HitBlock out;
    SpokeBlock first = scene.block(learning_turns * turn - 2, 2);
    first.site = site();
    for (SpokeInfo& spoke : first.spokes) {
      spoke.cell_count = 120;
      if (!is_short) spoke.range_start = Metres(1200.0);
    }
    stage.process(first, out);
    EXPECT_EQ(stage.resumption().fate, MemoryFate::waiting);
    run(stage, scene, learning_turns, 1);
    EXPECT_EQ(stage.resumption().fate, MemoryFate::resumed) << is_short;
  }
}

TEST(ClutterMemory, refused_it_changes_nothing) {
  const VideoScene scene = coast();
  const ClutterMemory& memory = learned_coast();
  VideoScene longer = scene;
  longer.cell_m = 20.0;
  SignalStage fresh({});
  SignalStage refused({});
  refused.resume(memory, memory.time);
  const HitBlock a = run(fresh, longer, 0, 3);
  const HitBlock b = run(refused, longer, 0, 3);
  EXPECT_EQ(a.thresholds, b.thresholds);
  EXPECT_EQ(a.bits, b.bits);
}

// As if it had lain there all day: its level stands in the map.
void put_into(ClutterMemory& m, double bearing_deg, std::size_t from, std::size_t to, std::uint16_t level) {
  const std::size_t rows = m.looks.size();
  for (std::size_t r = 0; r < rows; ++r) {
    const double bearing = (static_cast<double>(r) + 0.5) * 360.0 / static_cast<double>(rows);
    if (std::abs(bearing - bearing_deg) > 2.0) continue;
    for (std::size_t k = from; k < to; ++k) {
      m.levels[r * m.capacity + (k & 1U) * (m.capacity / 2) + k / 2] = static_cast<std::uint16_t>(level * 256U);
    }
  }
}

TEST(ClutterMemory, a_buoy_that_was_learned_stays_learned_over_a_night) {
  VideoScene scene = coast();
  scene.echoes = {{1800.0, 40.0, 90.0}};
  ClutterMemory memory = learned(scene);
  put_into(memory, 40.0, 177, 184, 60);
  const Timestamp next_day = memory.time + std::chrono::hours(14);
  SignalStage knows({});
  knows.resume(memory, next_day);
  SignalStage anew({});
  run(knows, scene, learning_turns, 24);
  run(anew, scene, learning_turns, 24);
  EXPECT_EQ(knows.resumption().fate, MemoryFate::resumed);
  EXPECT_LT(hits_in(knows) + 40, hits_in(anew));
  const auto after = knows.memory(next_day);
  ASSERT_TRUE(after.has_value());
  // Still in the map.
  const auto row = static_cast<std::size_t>(40.25 / 360.0 * static_cast<double>(after->looks.size()));
  EXPECT_GT(after->levels[row * after->capacity + 180 / 2], 45 * 256);
}

TEST(ClutterMemory, of_an_old_sea_little_is_believed) {
  EXPECT_EQ(looks_worth(Seconds(60.0), 16), 256);
  EXPECT_EQ(looks_worth(Seconds(1800.0), 16), 8);
  EXPECT_EQ(looks_worth(Seconds(86400.0), 16), 4);
  EXPECT_EQ(looks_worth(Seconds(-86400.0), 16), 4);
  const VideoScene calm = coast();
  VideoScene rough = calm;
  rough.clutter = [](double, double range_m) { return 130.0 * std::exp(-range_m / 900.0); };
  const ClutterMemory& memory = learned_coast();
  SignalStage soon({});
  soon.resume(memory, memory.time);
  SignalStage late({});
  late.resume(memory, memory.time + std::chrono::hours(12));
  run(soon, rough, learning_turns, 8);
  run(late, rough, learning_turns, 8);
  // The rough sea is learned sooner where the calm one is old.
  EXPECT_LT(hits_in(late), hits_in(soon));
}

}  // namespace
}  // namespace headland::signal
