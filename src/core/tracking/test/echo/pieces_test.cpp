// SPDX-License-Identifier: Apache-2.0
// A hull in several plots is one vessel; two vessels side by side are two.
#include "core/tracking/echo/pieces.hpp"

#include <numbers>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "core/tracking/test/scene.hpp"

namespace headland::tracking {
namespace {

constexpr double turn_s = 2.5;
constexpr double beam_rad = 0.0122;  // 0.7 degrees

struct Echo {
  double east_m, north_m;
  double strength_db = 25.0;
  double along_m = 40.0;
};

PlotSector turn_of(const std::vector<Echo>& echoes, std::uint32_t turn) {
  PlotSector s;
  s.sensor = SensorId(1);
  s.turn = turn;
  s.began = test::at(turn_s * turn);
  s.ended = test::at(turn_s * (turn + 1));
  s.range_max = Metres(20'000.0);
  for (const Echo& e : echoes) {
    Plot p;
    p.range = Metres(std::hypot(e.east_m, e.north_m));
    p.bearing = Bearing(Radians(std::atan2(e.east_m, e.north_m)));
    p.range_deviation = Metres(8.0);
    p.bearing_deviation = Radians(0.15 * beam_rad);
    p.range_extent = Metres(e.along_m);
    p.bearing_extent = Radians(beam_rad);
    p.time = s.began + (s.ended - s.began) / 2;
    p.strength = Decibels(e.strength_db);
    p.cell_count = static_cast<std::uint32_t>(e.strength_db);
    s.plots.push_back(p);
  }
  std::sort(s.plots.begin(), s.plots.end(), [](const Plot& a, const Plot& b) { return a.bearing < b.bearing; });
  return s;
}

// Numbers that were confirmed at some time, and those that are at the end.
struct Numbers {
  std::set<std::uint32_t> ever, last;
};

template <typename Echoes>
Numbers follow(std::uint32_t turns, const Echoes& echoes) {
  Tracker tracker{TrackerConfig{}};
  Numbers numbers;
  TrackUpdates out;
  for (std::uint32_t k = 0; k < turns; ++k) {
    out.tracks.clear();
    tracker.process(turn_of(echoes(k), k), out);
    for (const Track& t : out.tracks) {
      if (t.stage == TrackStage::confirmed) numbers.ever.insert(t.id.value());
    }
  }
  for (const Track& t : tracker.tracks()) {
    if (t.stage == TrackStage::confirmed) numbers.last.insert(t.id.value());
  }
  return numbers;
}

PlacedPlot placed(double range_m, double direction) {
  PlacedPlot p;
  p.range_m = range_m;
  p.direction = direction;
  p.range_extent_m = 40.0;
  p.cross_extent_m = beam_rad * range_m;
  return p;
}

TEST(Pieces, OutlinesThatTouchAreBeside) {
  const PieceGap gap = piece_gap(30.0, 0.026, beam_rad);
  EXPECT_DOUBLE_EQ(gap.range_m, 30.0);
  EXPECT_DOUBLE_EQ(gap.bearing_rad, 0.3 * beam_rad);
  EXPECT_TRUE(is_beside(placed(8000.0, 1.0), placed(8069.0, 1.0), gap));
  EXPECT_FALSE(is_beside(placed(8000.0, 1.0), placed(8071.0, 1.0), gap));
  EXPECT_TRUE(is_beside(placed(8000.0, 1.0), placed(8000.0, 1.0 + 1.29 * beam_rad), gap));
  EXPECT_FALSE(is_beside(placed(8000.0, 1.0), placed(8000.0, 1.0 + 1.31 * beam_rad), gap));
  PlacedPlot point = placed(8000.0, 1.0);
  point.cross_extent_m = 0.0;
  EXPECT_FALSE(is_beside(point, placed(8000.0, 1.0), gap)) << "a plot of a file that tells no extents";
}

TEST(Pieces, OutlineCoversThePlacesInIt) {
  const PieceGap gap = piece_gap(30.0, 0.026, beam_rad);
  const PlacedPlot plot = placed(8000.0, 7.0);
  EXPECT_TRUE(covers(plot, 8049.0, 7.0, gap));
  EXPECT_FALSE(covers(plot, 8051.0, 7.0, gap));
  EXPECT_TRUE(covers(plot, 8000.0, 7.0 - 2.0 * std::numbers::pi, gap)) << "a turn before";
  EXPECT_FALSE(covers(plot, 8000.0, 7.0 + 0.81 * beam_rad, gap));
}

TEST(Pieces, HullThatBreaksIsOneVessel) {
  // 180 m, nearly bow on: bow, bridge and stern answer together, by twos, or one alone, as chance has it.
  Random random(3);
  const auto echoes = [&](std::uint32_t k) {
    const double east = 8000.0 - 5.0 * turn_s * k;
    const double north = -3500.0;
    std::vector<Echo> out{{east, north, 30.0, 90.0}};
    if (random.uniform() < 0.5) out.push_back({east + 75.0, north + 12.0, 18.0, 30.0});
    if (random.uniform() < 0.5) out.push_back({east - 75.0, north - 12.0, 16.0, 30.0});
    return out;
  };
  const Numbers numbers = follow(80, echoes);
  EXPECT_EQ(numbers.ever.size(), 1U);
  EXPECT_EQ(numbers.last.size(), 1U);
}

TEST(Pieces, ShipsThatMeetStayTwo) {
  // They pass each other 80 m apart: for some turns their outlines touch.
  const auto echoes = [&](std::uint32_t k) {
    const double along = 6.0 * turn_s * (static_cast<double>(k) - 40.0);
    return std::vector<Echo>{{6000.0, along, 26.0, 40.0}, {6080.0, -along, 26.0, 40.0}};
  };
  const Numbers numbers = follow(80, echoes);
  EXPECT_EQ(numbers.ever.size(), 2U);
  EXPECT_EQ(numbers.last.size(), 2U);
}

TEST(Pieces, BoatThatLeavesAShipGetsItsOwnNumber) {
  const auto echoes = [&](std::uint32_t k) {
    const double away = k < 40 ? 60.0 : 60.0 + 4.0 * turn_s * (k - 40.0);
    return std::vector<Echo>{{6000.0, 100.0, 30.0, 80.0}, {6000.0, 100.0 + away, 16.0, 25.0}};
  };
  EXPECT_EQ(follow(40, echoes).last.size(), 1U) << "alongside";
  EXPECT_EQ(follow(100, echoes).last.size(), 2U) << "after it left";
}

TEST(Pieces, WavesSideBySideAreNotAHull) {
  const PlotSector one = turn_of({{3000.0, 0.0, 4.0, 20.0}, {3045.0, 0.0, 5.0, 20.0}}, 0);
  const PlotSector hull = turn_of({{3000.0, 0.0, 24.0, 20.0}, {3045.0, 0.0, 5.0, 20.0}}, 0);
  for (const auto& [sector, united] : {std::pair{one, 0U}, std::pair{hull, 1U}}) {
    Tracker tracker{TrackerConfig{}};
    TrackUpdates out;
    tracker.process(sector, out);
    EXPECT_EQ(tracker.counters().plots_of_pieces, united);
  }
}

TEST(Pieces, TracksOfOneHullBecomeOne) {
  // For half a minute bow and stern answer far apart, each with nothing between; then the whole hull does, too.
  const auto echoes = [&](std::uint32_t k) {
    const double east = 9000.0 + 3.0 * turn_s * k;
    std::vector<Echo> out{{east - 60.0, 0.0, 20.0, 30.0}, {east + 60.0, 0.0, 18.0, 30.0}};
    if (k >= 12) out[0] = {east - 20.0, 0.0, 24.0, 90.0};
    return out;
  };
  EXPECT_EQ(follow(12, echoes).last.size(), 2U);
  EXPECT_EQ(follow(60, echoes).last.size(), 1U);
}

}  // namespace
}  // namespace headland::tracking
