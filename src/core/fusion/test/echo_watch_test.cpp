// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/trust/echo_watch.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace headland::fusion {
namespace {

Timestamp at(double s) { return from_epoch_seconds(1'700'000'000.0 + s); }
constexpr double quarter_s = 0.625;  // of a turn

PlotSector quarter(SensorId sensor, int k) {
  PlotSector s;
  s.sensor = sensor;
  s.from = Bearing::from_degrees(90.0 * (k % 4));
  s.to = Bearing::from_degrees(90.0 * (k % 4 + 1));
  s.began = at(k * quarter_s);
  s.ended = at((k + 1) * quarter_s);
  s.range_max = Metres(20'000.0);
  s.seen = 1.0;
  return s;
}

// An AIS vessel without an echo.
AisPlace vessel_at(double bearing_deg) {
  const double b = bearing_deg * radians_per_degree;
  AisPlace v;
  v.mmsi = Mmsi(244'000'001);
  v.where = {Metres(5000.0 * std::sin(b)), Metres(5000.0 * std::cos(b))};
  v.speed_mps = 5.0;
  return v;
}

void look(EchoWatch& watch, const AisPlace& vessel, Timestamp now) {
  TrustLedger ledger;
  watch.begin({}, now);
  watch.judge(std::array{vessel}, now, [&](Mmsi) -> TrustLedger& { return ledger; });
}

TEST(EchoWatch, counts_a_turn_once_however_a_vessel_crosses_the_edge_of_a_direction) {
  EchoWatch watch;
  constexpr int turns = 10;
  for (int k = 0; k < 4 * turns; ++k) {
    watch.process(quarter(SensorId(1), k));
    // To and fro over 90 degrees, where the beam has passed one side and not the other.
    look(watch, vessel_at(k % 2 == 0 ? 89.9 : 90.1), at((k + 1) * quarter_s));
    look(watch, vessel_at(k % 2 == 0 ? 90.1 : 89.9), at((k + 1) * quarter_s));
  }
  ASSERT_TRUE(watch.missing(Mmsi(244'000'001)).has_value());
  EXPECT_LE(watch.missing(Mmsi(244'000'001))->scans, static_cast<std::uint32_t>(turns));
  EXPECT_GE(watch.missing(Mmsi(244'000'001))->scans, static_cast<std::uint32_t>(turns - 2));
}

TEST(EchoWatch, counts_the_turns_of_a_vessel_that_moves_through_all_directions) {
  EchoWatch watch;
  constexpr int turns = 100;
  for (int k = 0; k < 4 * turns; ++k) {
    watch.process(quarter(SensorId(1), k));
    look(watch, vessel_at(0.7 * k), at((k + 1) * quarter_s));
  }
  EXPECT_NEAR(watch.missing(Mmsi(244'000'001))->scans, turns, 5);
}

TEST(EchoWatch, a_radar_that_is_switched_off_leaves_the_watch_to_the_next) {
  EchoWatch watch;
  for (int k = 0; k < 8; ++k) watch.process(quarter(SensorId(1), k));  // and no more
  for (int k = 0; k < 200; ++k) {
    watch.process(quarter(SensorId(2), k));
    look(watch, vessel_at(45.0), at((k + 1) * quarter_s));
  }
  ASSERT_TRUE(watch.missing(Mmsi(244'000'001)).has_value());
  EXPECT_GT(watch.missing(Mmsi(244'000'001))->scans, 30U);
}

}  // namespace
}  // namespace headland::fusion
