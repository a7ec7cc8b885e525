// SPDX-License-Identifier: Apache-2.0
// Boats of 50 knots, along and across the sight of the radar: begun as soon as slow ones, followed under one number.
#include <optional>
#include <set>

#include <gtest/gtest.h>

#include "core/base/constants.hpp"
#include "core/tracking/test/scene.hpp"

namespace headland::tracking::test {
namespace {

constexpr double fifty_knots_mps = 50.0 * mps_per_knot;
constexpr std::uint32_t appears = 10;  // the turn; before it the tracker learns the clutter
constexpr std::uint32_t turns = 60;
constexpr std::uint32_t directions = 16;

struct Followed {
  std::uint32_t until_confirmed = 0;  // turns; 0: never
  std::size_t numbers = 0;
  bool lost = true;  // in the end,
  double off_m = 0.0, speed_error_mps = 0.0;
};

std::optional<Track> track_at(const Tracker& tracker, const Vessel& v, double s) {
  constexpr double within_m = 250.0;
  for (const Track& t : tracker.tracks()) {
    const double off = std::hypot(t.state.position.east.value() - v.east_m - v.ve_mps * s,
                                  t.state.position.north.value() - v.north_m - v.vn_mps * s);
    if (t.stage != TrackStage::tentative && off < within_m) return t;
  }
  return std::nullopt;
}

// It appears 6 km away, in clutter, and is seen in four turns of five.
Followed follow(double speed_mps, std::uint32_t direction) {
  Scene scene;
  scene.seed = 100 + direction;
  scene.clutter = 40.0;
  scene.detection = 0.8;
  const double course = full_turn * direction / directions;
  Vessel v{4000.0, 4500.0, speed_mps * std::sin(course), speed_mps * std::cos(course)};
  v.east_m -= v.ve_mps * scene.turn_s * appears;
  v.north_m -= v.vn_mps * scene.turn_s * appears;
  const Scene empty = scene;
  scene.vessels = {v};
  Tracker tracker{TrackerConfig{}};
  TrackUpdates updates;
  Followed out;
  std::set<TrackId> numbers;
  for (std::uint32_t turn = 0; turn < turns; ++turn) {
    tracker.process(make_turn(turn < appears ? empty : scene, turn), updates);
    if (turn < appears) continue;
    const double s = scene.turn_s * (turn + 1);
    const auto track = track_at(tracker, v, s);
    out.lost = !track;
    if (!track) continue;
    if (out.until_confirmed == 0) out.until_confirmed = turn - appears + 1;
    numbers.insert(track->id);
    const double t = to_seconds(track->time - start_of_day).value();
    out.off_m = std::hypot(track->state.position.east.value() - v.east_m - v.ve_mps * t,
                           track->state.position.north.value() - v.north_m - v.vn_mps * t);
    out.speed_error_mps = std::abs(track->state.velocity.speed().value() - speed_mps);
  }
  out.numbers = numbers.size();
  return out;
}

TEST(FastBoats, OfFiftyKnotsAreBegunAsSoonAsSlowOnesAndFollowedUnderOneNumber) {
  std::uint32_t slow_turns = 0, fast_turns = 0;
  double square_error = 0.0;  // of speed, (m/s)^2
  for (std::uint32_t direction = 0; direction < directions; ++direction) {
    slow_turns += follow(5.0, direction).until_confirmed;
    const Followed fast = follow(fifty_knots_mps, direction);
    EXPECT_GT(fast.until_confirmed, 0U) << direction;
    EXPECT_EQ(fast.numbers, 1U) << direction;
    EXPECT_FALSE(fast.lost) << direction;
    EXPECT_LT(fast.off_m, 40.0) << direction;
    square_error += square(fast.speed_error_mps);
    fast_turns += fast.until_confirmed;
  }
  // Measured: 5.19 turns in the mean, slow ones 5.25; 0.4 m/s.
  EXPECT_LT(std::sqrt(square_error / directions), 0.8);
  EXPECT_LT(fast_turns, slow_turns + directions / 2);
  RecordProperty("turns_until_confirmed", std::to_string(fast_turns / static_cast<double>(directions)));
}

}  // namespace
}  // namespace headland::tracking::test
