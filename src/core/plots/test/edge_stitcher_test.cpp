// SPDX-License-Identifier: Apache-2.0
#include "core/plots/edge_stitcher.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace headland {
namespace {

constexpr double full = 2.0 * std::numbers::pi;
constexpr std::uint32_t parts = 32;
constexpr double turn_s = 2.5;

PlotSector part(std::uint32_t turn, std::uint32_t k) {
  PlotSector s;
  s.turn = turn;
  s.from = Bearing(Radians(full * k / parts));
  s.to = Bearing(Radians(full * ((k + 1) % parts) / parts));
  return s;
}

double begin_of(const PlotSector& s) { return full * s.turn + s.from.radians(); }

// Through many circles, so that the heading passes north and south and what is added up passes whole turns.
TEST(EdgeStitcher, sectors_of_a_ship_that_turns_follow_one_another) {
  for (const double rate_deg_s : {-20.0, -5.0, 0.0, 5.0, 20.0}) {
    EdgeStitcher edges;
    const auto heading = [&](double s) { return Angle::from_degrees(100.0 + rate_deg_s * s); };
    double end = 0.0;
    for (std::uint32_t n = 0; n < 100 * parts; ++n) {
      PlotSector s = part(n / parts, n % parts);
      const double began = turn_s * n / parts;
      edges.turn(s, heading(began), heading(began + turn_s / parts));
      if (n > 0) {
        ASSERT_NEAR(begin_of(s), end, 1e-6) << rate_deg_s << " deg/s, sector " << n;
      }
      end = begin_of(s) + clockwise_from(s.from, s.to);
      const double expected = full * n / parts + heading(began).radians();
      ASSERT_NEAR(std::remainder(begin_of(s) - expected, full), 0.0, 1e-6);
    }
  }
}

TEST(EdgeStitcher, an_angle_that_jumps_is_followed_over_some_sectors) {
  EdgeStitcher edges;
  double end = 0.0;
  for (std::uint32_t n = 0; n < 3 * parts; ++n) {
    PlotSector s = part(n / parts, n % parts);
    const Angle by = Angle::from_degrees(n < parts ? 0.0 : -40.0);
    edges.turn(s, by, by);
    if (n > 0) {
      ASSERT_NEAR(begin_of(s), end, 1e-6);
    }
    const double width = clockwise_from(s.from, s.to);
    ASSERT_GT(width, 0.0);
    ASSERT_LT(width, 2.0 * full / parts);
    end = begin_of(s) + width;
  }
  EXPECT_NEAR(std::remainder(end, full), -40.0 * std::numbers::pi / 180.0, 1e-6);
}

TEST(EdgeStitcher, what_is_blanked_goes_with_the_edges) {
  EdgeStitcher edges;
  PlotSector s = part(2, 0);
  const double width = full / parts;
  s.blanked = {{s.from, s.to, Metres(0.0), Metres(500.0)},
               {s.from + Angle(Radians(0.5 * width)), s.to, Metres(0.0), Metres(900.0)}};
  edges.turn(s, Angle::from_degrees(30.0), Angle::from_degrees(32.0));
  EXPECT_EQ(s.blanked[0].from, s.from);
  EXPECT_NEAR((s.blanked[0].to - s.to).radians(), 0.0, 1e-9);
  EXPECT_NEAR(s.blanked[1].from.degrees(), 31.0 + 0.5 * 360.0 / parts, 1e-6);
}

TEST(EdgeStitcher, whole_turns_keep_their_limits_and_lost_sectors_leave_a_gap) {
  EdgeStitcher whole;
  for (std::uint32_t turn = 0; turn < 40; ++turn) {
    PlotSector s;
    s.turn = turn;
    whole.turn(s, Angle::from_degrees(30.0 + 10.0 * turn), Angle::from_degrees(40.0 + 10.0 * turn));
    EXPECT_EQ(s.from, s.to);
    EXPECT_NEAR(begin_of(s), full * turn + 30.0 * std::numbers::pi / 180.0, 1e-6);
  }
  EdgeStitcher edges;
  PlotSector first = part(5, 3);
  PlotSector next = part(5, 6);
  edges.turn(first, Angle::from_degrees(10.0), Angle::from_degrees(10.0));
  edges.turn(next, Angle::from_degrees(12.0), Angle::from_degrees(12.0));
  EXPECT_NEAR(begin_of(next) - begin_of(first), 3.0 * full / parts + 2.0 * std::numbers::pi / 180.0, 1e-6);
}

}  // namespace
}  // namespace headland
