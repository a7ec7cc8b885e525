// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/turn_timing.hpp"

#include <gtest/gtest.h>

#include "core/tracking/test/scene.hpp"

namespace headland::tracking::test {
namespace {

PlotSector turn_with_clutter() {
  Scene scene;
  scene.clutter = 40;
  return make_turn(scene, 8);
}

TEST(TurnTimingTest, KeepsTimesThatAgreeWithThePlots) {
  const PlotSector turn = turn_with_clutter();
  const TurnTiming t = time_turn(turn, 0.0, std::nullopt);
  EXPECT_EQ(t.began, turn.began);
  EXPECT_EQ(t.ended, turn.ended);
}

TEST(TurnTimingTest, FitsATurnToTheTimesOfItsPlots) {
  PlotSector turn = turn_with_clutter();
  const Timestamp began = turn.began;
  turn.began = turn.plots.front().time;  // as a file has it: first and last plot
  turn.ended = turn.plots.back().time;
  const TurnTiming t = time_turn(turn, 0.0, std::nullopt);
  EXPECT_NEAR(to_seconds(t.began - began).value(), 0.0, 1e-3);
  EXPECT_NEAR(to_seconds(t.ended - t.began).value(), 2.5, 1e-3);
}

TEST(TurnTimingTest, APlotThatACorrectionCarriedOverNorthStaysWhereItsTimeSays) {
  PlotSector turn = turn_with_clutter();
  turn.plots.front().bearing = Bearing::from_degrees(359.9);
  turn.plots.front().time = turn.began;
  turn.plots.back().bearing = Bearing::from_degrees(0.1);
  turn.plots.back().time = turn.ended;
  EXPECT_NEAR(share_of(turn, turn.plots.front()), -0.1 / 360.0, 1e-9);
  EXPECT_NEAR(share_of(turn, turn.plots.back()), 1.0 + 0.1 / 360.0, 1e-9);
  const TurnTiming t = time_turn(turn, 0.0, std::nullopt);
  EXPECT_EQ(t.began, turn.began);
  EXPECT_EQ(t.ended, turn.ended);
}

TEST(TurnTimingTest, APlotCarriedOverNorthHoldsUpNoOther) {
  PlotSector turn = turn_with_clutter();
  turn.plots.front().bearing = Bearing::from_degrees(0.1);  // by its time it is the last
  turn.plots.front().time = turn.ended;
  const auto plots = in_order_of_time(turn);
  ASSERT_EQ(plots.size(), turn.plots.size());
  EXPECT_EQ(plots.back(), &turn.plots.front());
  EXPECT_EQ(plots.front(), &turn.plots[1]);
}

TEST(TurnTimingTest, TakesPlotsOfOneTimeForOneInstant) {
  PlotSector turn = turn_with_clutter();
  turn.ended = turn.began;
  for (Plot& p : turn.plots) p.time = turn.began;
  const TurnTiming t = time_turn(turn, 0.0, std::nullopt);
  EXPECT_EQ(t.began, t.ended);
}

TEST(TurnTimingTest, TakesTimesThatNoBeamExplainsForOneInstant) {
  PlotSector turn = turn_with_clutter();
  std::swap(turn.plots.front().time, turn.plots.back().time);
  const TurnTiming t = time_turn(turn, 2.5, std::nullopt);
  EXPECT_EQ(t.began, t.ended);
}

TEST(TurnTimingTest, GoesByTheTurnsBeforeWhereThereIsOnePlotOrNone) {
  PlotSector turn = turn_with_clutter();
  const Timestamp began = turn.began;
  turn.plots.erase(turn.plots.begin() + 1, turn.plots.end());
  turn.began = turn.ended = turn.plots[0].time;
  EXPECT_NEAR(to_seconds(time_turn(turn, 2.5, began).began - began).value(), 0.0, 1e-3);
  turn.plots.clear();
  const TurnTiming t = time_turn(turn, 2.5, began);
  EXPECT_EQ(t.began, began);
  EXPECT_NEAR(to_seconds(t.ended - t.began).value(), 2.5, 1e-9);
}

}  // namespace
}  // namespace headland::tracking::test
