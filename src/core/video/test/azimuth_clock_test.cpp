// SPDX-License-Identifier: Apache-2.0
#include "core/video/azimuth_clock.hpp"

#include <algorithm>
#include <limits>

#include <gtest/gtest.h>

#include "core/base/random.hpp"

namespace headland {
namespace {

constexpr double spokes_per_turn = 720;

Timestamp at(double seconds) { return from_epoch_seconds(1000.0 + seconds); }
Bearing degrees(double d) { return Bearing::from_degrees(d); }
double turns(AntennaPosition p) { return static_cast<double>(p) / static_cast<double>(positions_per_turn); }

// Turns a clock by `count` spokes of half a degree, 2.5 s a turn, from spoke `first` on.
void turn(AzimuthClock& clock, int first, int count) {
  for (int i = first; i < first + count; ++i) {
    ASSERT_TRUE(clock.advance(degrees(i * 360.0 / spokes_per_turn), at(i * 2.5 / spokes_per_turn)));
  }
}

TEST(AzimuthClock, counts_turns_across_north) {
  AzimuthClock clock;
  turn(clock, 700, 60);
  const auto position = clock.advance(degrees(20), at(760 * 2.5 / spokes_per_turn));
  ASSERT_TRUE(position);
  EXPECT_NEAR(turns(*position), 1.0 + 20.0 / 360.0, 1e-6);
  EXPECT_NEAR(bearing_of(*position).degrees(), 20.0, 1e-6);
}

TEST(AzimuthClock, knows_the_time_of_a_turn_after_an_eighth_of_one) {
  AzimuthClock clock;
  turn(clock, 0, 80);
  EXPECT_FALSE(clock.turn_time());
  turn(clock, 80, 20);
  ASSERT_TRUE(clock.turn_time());
  EXPECT_NEAR(clock.turn_time()->value(), 2.5, 1e-6);
}

TEST(AzimuthClock, believes_small_steps_back_and_repeats) {
  AzimuthClock clock;
  turn(clock, 0, 10);
  const auto before = clock.advance(degrees(5), at(0.035));
  const auto back = clock.advance(degrees(4), at(0.036));
  const auto again = clock.advance(degrees(4), at(0.036));
  ASSERT_TRUE(before && back && again);
  EXPECT_LT(*back, *before);
  EXPECT_EQ(*back, *again);
}

TEST(AzimuthClock, adds_the_whole_turns_that_passed_in_a_gap) {
  AzimuthClock clock;
  turn(clock, 0, 720);
  // 3.25 turns later by the time, a quarter turn by the bearing.
  const auto position = clock.advance(degrees(90), at(2.5 * 4.25));
  ASSERT_TRUE(position);
  EXPECT_NEAR(turns(*position), 4.25, 1e-6);
}

// The antenna stood still, or the network did and hands on what it held back.
TEST(AzimuthClock, a_stall_of_less_than_a_turn_is_no_turn) {
  for (const double stall : {0.45, 0.5, 0.55, 0.7, 0.85}) {  // turns
    AzimuthClock clock;
    turn(clock, 0, 720);
    std::optional<AntennaPosition> last;
    for (int i = 720; i < 1440; ++i)
      last = clock.advance(degrees(i * 0.5), at(i * 2.5 / spokes_per_turn + 2.5 * stall));
    ASSERT_TRUE(last);
    EXPECT_NEAR(turns(*last), 1439.0 / 720.0, 1e-6) << "stall of " << stall;
  }
}

TEST(AzimuthClock, half_a_turn_that_was_lost_is_half_a_turn) {
  AzimuthClock clock;
  turn(clock, 0, 720);
  const auto position = clock.advance(degrees(180), at(2.5 * 1.5));
  ASSERT_TRUE(position);
  EXPECT_NEAR(turns(*position), 1.5, 1e-6);
}

TEST(AzimuthClock, a_stall_is_not_part_of_the_pace) {
  AzimuthClock clock;
  turn(clock, 0, 720);
  for (int i = 720; i < 820; ++i) {
    (void)clock.advance(degrees(i * 0.5), at(i * 2.5 / spokes_per_turn + 1.25));
    ASSERT_TRUE(clock.turn_time());
    EXPECT_NEAR(clock.turn_time()->value(), 2.5, 1e-6) << i;
  }
}

TEST(AzimuthClock, refuses_a_bearing_that_the_antenna_cannot_have_reached) {
  AzimuthClock clock;
  turn(clock, 0, 200);
  EXPECT_FALSE(clock.advance(degrees(300), at(200 * 2.5 / spokes_per_turn)));
  EXPECT_EQ(clock.refused(), 1U);
  EXPECT_TRUE(clock.advance(degrees(100.5), at(201 * 2.5 / spokes_per_turn)));
}

TEST(AzimuthClock, gives_in_when_eight_spokes_in_a_row_agree) {
  AzimuthClock clock;
  turn(clock, 0, 200);
  int refused = 0;
  for (int i = 0; i < 20; ++i) {
    refused += clock.advance(degrees(300 + 0.5 * i), at((200 + i) * 2.5 / spokes_per_turn)) ? 0 : 1;
  }
  EXPECT_EQ(refused, 7);
}

TEST(AzimuthClock, refuses_an_antenna_that_turns_anticlockwise) {
  AzimuthClock clock;
  int accepted = 0;
  AntennaPosition furthest = 0;
  for (int i = 0; i < 3 * 720; ++i) {
    if (const auto position = clock.advance(degrees(200 - i * 0.5), at(i * 2.5 / spokes_per_turn))) {
      ++accepted;
      furthest = std::max(furthest, *position);
    }
  }
  EXPECT_LE(accepted, 11);  // the first five degrees may be jitter
  EXPECT_LT(turns(furthest), 1.0) << "no turn is counted";
  EXPECT_EQ(clock.anticlockwise(), 3U * 720U - static_cast<unsigned>(accepted));
  EXPECT_EQ(clock.refused(), clock.anticlockwise());
}

TEST(AzimuthClock, a_stray_bearing_does_not_make_it_believe_an_anticlockwise_antenna) {
  AzimuthClock clock;
  int accepted = 0;
  for (int i = 0; i < 720; ++i) {
    const double bearing = i % 100 == 99 ? 77.0 + i : 200 - i * 0.5;
    accepted += clock.advance(degrees(bearing), at(i * 2.5 / spokes_per_turn)) ? 1 : 0;
  }
  EXPECT_LE(accepted, 11);
}

TEST(AzimuthClock, goes_on_when_the_antenna_turns_clockwise_again) {
  AzimuthClock clock;
  turn(clock, 0, 720);
  for (int i = 0; i < 200; ++i) (void)clock.advance(degrees(-i * 0.5), at(2.5 + i * 2.5 / spokes_per_turn));
  int refused = 0;
  std::optional<AntennaPosition> last;
  for (int i = 0; i < 720; ++i) {
    last = clock.advance(degrees(-100 + i * 0.5), at(3.2 + i * 2.5 / spokes_per_turn));
    refused += last ? 0 : 1;
  }
  EXPECT_EQ(refused, 90) << "an eighth of a turn";
  ASSERT_TRUE(last);
  EXPECT_LT(turns(*last), 3.0);
}

TEST(AzimuthClock, jitter_and_losses_are_no_anticlockwise_antenna) {
  AzimuthClock clock;
  Random random(5);
  for (int i = 0; i < 20'000; ++i) {  // nine of ten spokes are lost, and each is up to two degrees off
    if (random.uniform(0.0, 1.0) < 0.9) continue;
    (void)clock.advance(degrees(i * 0.5 + random.uniform(-2.0, 2.0)), at(i * 2.5 / spokes_per_turn));
  }
  EXPECT_EQ(clock.anticlockwise(), 0U);
}

TEST(AzimuthClock, survives_any_bearing_and_time) {
  AzimuthClock clock;
  Random random(7);
  for (int i = 0; i < 100'000; ++i) {
    const Bearing bearing(Radians(random.uniform(0.0, 6.283)));
    const Timestamp time{Duration(static_cast<std::int64_t>(random.bits() >> 2))};
    if (const auto position = clock.advance(bearing, time)) {
      ASSERT_GE(*position, -positions_per_turn);
      ASSERT_LT(*position, AntennaPosition{1} << 61);
    }
  }
  EXPECT_FALSE(clock.advance(Bearing(Radians(std::numeric_limits<double>::quiet_NaN())), at(0)));
}

}  // namespace
}  // namespace headland
