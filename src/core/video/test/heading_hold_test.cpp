// SPDX-License-Identifier: Apache-2.0
#include "core/video/heading_hold.hpp"

#include <gtest/gtest.h>

namespace headland {
namespace {

constexpr SpokeHeading none{BearingReference::head_up, 0};
constexpr SpokeHeading north{BearingReference::true_north, 100};
constexpr SpokeHeading magnetic{BearingReference::magnetic_north, 90};

Timestamp at(double seconds) { return from_epoch_seconds(1000.0 + seconds); }

// Spokes every 10 ms from second `from` to `to`, each saying what `told` says of its number; how often the reference
// changes.
template <class Told>
int changes(HeadingHold& hold, double from, double to, Told told) {
  int changed = 0;
  std::optional<BearingReference> before;
  for (int i = 0; from + 0.01 * i < to; ++i) {
    const SpokeHeading settled = hold.settle(told(i), at(from + 0.01 * i));
    changed += before && *before != settled.reference ? 1 : 0;
    before = settled.reference;
  }
  return changed;
}

TEST(HeadingHold, keeps_what_is_told_without_a_change) {
  for (const SpokeHeading& told : {none, north, magnetic}) {
    HeadingHold hold;
    EXPECT_EQ(hold.settle(told, at(0)), told);
    EXPECT_EQ(hold.settle(told, at(100)), told);
  }
}

TEST(HeadingHold, holds_the_last_heading_where_one_is_missing) {
  HeadingHold hold;
  hold.settle(north, at(0));
  hold.settle({BearingReference::true_north, 105}, at(0.5));
  EXPECT_EQ(hold.settle(none, at(1)), (SpokeHeading{BearingReference::true_north, 105}));
  EXPECT_EQ(hold.settle({BearingReference::true_north, 110}, at(1.5)).heading, 110);
}

TEST(HeadingHold, does_not_follow_a_flicker) {
  for (const int period : {2, 3, 7, 50, 200}) {  // spokes; of each period the first alone has a heading
    HeadingHold hold;
    EXPECT_EQ(changes(hold, 0, 100, [&](int i) { return i % period == 0 ? north : none; }), 0) << period;
  }
}

TEST(HeadingHold, does_not_follow_a_flicker_between_two_norths) {
  HeadingHold hold;
  EXPECT_EQ(changes(hold, 0, 100, [&](int i) { return i % 3 == 0 ? north : magnetic; }), 0);
}

TEST(HeadingHold, gives_up_a_heading_that_is_gone_once) {
  HeadingHold hold;
  EXPECT_EQ(changes(hold, 0, 20, [](int i) { return i < 500 ? north : none; }), 1);
  EXPECT_EQ(hold.settle(none, at(20)), none);
}

TEST(HeadingHold, believes_a_heading_after_half_a_minute_of_it) {
  HeadingHold hold;
  EXPECT_EQ(changes(hold, 0, 10, [](int) { return none; }), 0);
  EXPECT_EQ(changes(hold, 10, 39, [](int i) { return i % 3 == 0 ? north : none; }), 0);
  EXPECT_EQ(hold.settle(north, at(39)), none);
  EXPECT_EQ(changes(hold, 39, 60, [](int i) { return i % 3 == 0 ? north : none; }), 1);
  EXPECT_EQ(hold.settle(none, at(60)), north);
}

// Ten seconds of heading, ten without: each change would cost all that was learned.
TEST(HeadingHold, does_not_go_to_and_fro_with_headings_that_come_for_seconds) {
  HeadingHold hold;
  EXPECT_LE(changes(hold, 0, 600, [](int i) { return i / 1000 % 2 == 0 ? north : none; }), 1);
}

TEST(HeadingHold, begins_anew_after_a_pause_of_the_video) {
  HeadingHold hold;
  hold.settle(north, at(0));
  hold.settle(north, at(60));
  EXPECT_EQ(hold.settle(none, at(3600)).reference, BearingReference::head_up);
  EXPECT_EQ(hold.settle(north, at(3601)), north);
}

TEST(HeadingHold, takes_the_first_heading_at_the_start_at_once) {
  HeadingHold hold;
  hold.settle(none, at(0));
  EXPECT_EQ(hold.settle(north, at(1)), north);
}

TEST(HeadingHold, a_clock_that_is_set_back_does_not_hold_a_heading_for_long) {
  HeadingHold hold;
  hold.settle(north, at(3600));
  EXPECT_EQ(hold.settle(none, at(0)), none);
}

}  // namespace
}  // namespace headland
