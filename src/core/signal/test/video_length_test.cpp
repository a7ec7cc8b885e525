// SPDX-License-Identifier: Apache-2.0
// Spokes of other lengths than before, of the same cells: another range, a spoke cut short, a stray one.
#include <gtest/gtest.h>

#include "core/signal/signal_stage.hpp"
#include "support/video_scene.hpp"

namespace headland::signal {
namespace {

using test::VideoScene;

constexpr std::int64_t turn = 180;
constexpr std::uint32_t far = 640;
constexpr std::uint32_t near = 300;

class Radar {
 public:
  Radar() {
    scene_.spokes_per_turn = turn;
    scene_.beam_deg = 4.0;
    scene_.noise_mean = 30.0;
  }
  void turns(std::int64_t count, std::uint32_t cells) {
    for (std::int64_t t = 0; t < count; ++t, ++turn_) spokes(0, turn, cells);
  }
  void turn_with_one_of(std::uint32_t cells, std::uint32_t other) {
    spokes(0, 50, cells), spokes(50, 51, other), spokes(51, turn, cells);
    ++turn_;
  }
  [[nodiscard]] const Counters& counters() const { return stage_.counters(); }
  // Cells of a row of the map; 0 where not all of its rows are settled.
  [[nodiscard]] std::uint32_t settled_map() const {
    const auto memory = stage_.memory(Timestamp{});
    if (!memory) return 0;
    for (const std::uint16_t looks : memory->looks) {
      if (looks < 16) return 0;
    }
    return memory->capacity;
  }

 private:
  void spokes(std::int64_t from, std::int64_t to, std::uint32_t cells) {
    scene_.cells = cells;
    SpokeBlock block = scene_.block(turn_ * turn + from, to - from);
    block.site = Site{GeoPosition::from_degrees(1.2, 103.7), Metres(20.0)};
    stage_.process(block, hits_);
  }
  VideoScene scene_;
  SignalStage stage_{Config{}};
  HitBlock hits_;
  std::int64_t turn_ = 0;
};

TEST(VideoLength, a_shorter_range_of_the_same_cells_has_a_clutter_map_too) {
  Radar radar;
  radar.turns(3, far);
  radar.turns(30, near);
  EXPECT_EQ(radar.counters().map_resets, 1U);
  EXPECT_EQ(radar.settled_map(), padded_cells(near));
  radar.turns(30, far);
  EXPECT_EQ(radar.counters().map_resets, 2U);
  EXPECT_EQ(radar.settled_map(), padded_cells(far));
}

TEST(VideoLength, one_long_spoke_does_not_take_the_map_away_for_good) {
  Radar radar;
  radar.turns(3, near);
  radar.turn_with_one_of(near, far);
  radar.turns(30, near);
  EXPECT_EQ(radar.counters().map_resets, 2U);
  EXPECT_EQ(radar.settled_map(), padded_cells(near));
}

TEST(VideoLength, a_spoke_cut_short_in_each_turn_is_no_other_range) {
  Radar radar;
  for (int t = 0; t < 30; ++t) radar.turn_with_one_of(far, near);
  EXPECT_EQ(radar.counters().map_resets, 0U);
  EXPECT_GT(radar.counters().spokes, 29U * turn);
}

TEST(VideoLength, two_ranges_turn_about_are_taken_as_the_longer) {
  Radar radar;
  for (int t = 0; t < 20; ++t) {
    radar.turns(1, far);
    radar.turns(1, near);
  }
  EXPECT_EQ(radar.counters().map_resets, 0U);
}

}  // namespace
}  // namespace headland::signal
