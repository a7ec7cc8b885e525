// SPDX-License-Identifier: Apache-2.0
#include "core/registration/radar_registration.hpp"

#include <gtest/gtest.h>

#include "core/registration/test/registration_scene.hpp"

namespace headland::registration {
namespace {

using test::radian;

constexpr double bias_range_m = 60.0;
constexpr double bias_bearing_rad = 1.5 * radian;

Timestamp at(double s) { return from_epoch_seconds(1'700'000'000.0 + s); }

// What the tracker would hold of a vessel, were it measured by the corrected radar.
Track seen(EastNorth truth, const Bias& applied, Timestamp time) {
  const double range = std::hypot(truth.east.value(), truth.north.value()) + bias_range_m - applied.range_m;
  const double bearing = std::atan2(truth.east.value(), truth.north.value()) + bias_bearing_rad - applied.bearing_rad;
  Track track;
  track.id = TrackId(1);
  track.time = track.last_plot = time;
  track.state.position = {Metres(range * std::sin(bearing)), Metres(range * std::cos(bearing))};
  track.stage = TrackStage::confirmed;
  track.sensors = {SensorId(1)};
  return track;
}

void compare(RadarRegistration& radar, int seconds) {
  for (int s = 0; s < seconds; s += 2) {
    PlotSector sector;
    sector.sensor = SensorId(1);
    sector.from = Bearing();
    sector.to = Bearing(Radians(0.2));
    sector.turn = static_cast<std::uint32_t>(s);
    sector.ended = at(s);
    radar.process(sector);
    for (std::uint32_t v = 0; v < 8; ++v) {
      const double bearing = 0.7 * v;
      const EastNorth truth{Metres((2000.0 + 500.0 * v) * std::sin(bearing)),
                            Metres((2000.0 + 500.0 * v) * std::cos(bearing))};
      VesselReport report;
      report.mmsi = Mmsi(200'000'000 + v);
      report.received = at(s + 0.5);
      radar.observe(seen(truth, radar.bias().applied(), at(s)), 0.95, report, truth);
    }
  }
}

TEST(RadarRegistration, settles_on_the_whole_bias_while_taking_it_off) {
  RadarRegistration radar({});
  compare(radar, 400);
  EXPECT_NEAR(radar.bias().applied().range_m, bias_range_m, 5.0);
  EXPECT_NEAR(radar.bias().applied().bearing_rad / radian, bias_bearing_rad / radian, 0.15);
}

TEST(RadarRegistration, sectors_follow_one_another_without_gap_while_the_correction_changes) {
  RadarRegistration radar({});
  compare(radar, 60);
  Random random(2);
  const auto echoes = test::coast(50, 7);
  std::optional<PlotSector> before;
  for (std::uint32_t n = 100; n < 110; ++n) {
    for (PlotSector sector : test::turn(echoes, n, random, [](double) { return 0.0; })) {
      radar.process(sector);
      if (before) {
        const double end =
            2.0 * std::numbers::pi * before->turn + before->from.radians() + clockwise_from(before->from, before->to);
        const double begin = 2.0 * std::numbers::pi * sector.turn + sector.from.radians();
        EXPECT_NEAR(begin, end, 1e-9) << "turn " << n << " sector " << sector.sector;
      }
      before = sector;
    }
  }
}

TEST(RadarRegistration, tracks_that_tell_nothing_of_this_radar_are_left_out) {
  RadarRegistration radar({});
  const EastNorth truth{Metres(3000.0), Metres(0.0)};
  VesselReport report;
  report.mmsi = Mmsi(200'000'000);
  report.received = at(0.5);
  Track track = seen(truth, {}, at(0.0));
  track.stage = TrackStage::tentative;
  radar.observe(track, 0.95, report, truth);
  track = seen(truth, {}, at(0.0));
  track.scans_missed = 1;
  radar.observe(track, 0.95, report, truth);
  track = seen(truth, {}, at(0.0));
  track.sensors = {SensorId(1), SensorId(2)};
  radar.observe(track, 0.95, report, truth);
  track = seen(truth, {}, at(-20.0));
  radar.observe(track, 0.95, report, truth);
  radar.observe(seen(truth, {}, at(0.0)), 0.5, report, truth);
  EXPECT_TRUE(radar.snapshot().bias.vessels.empty());
  radar.observe(seen(truth, {}, at(0.0)), 0.95, report, truth);
  EXPECT_EQ(radar.snapshot().bias.vessels.size(), 1U);
}

TEST(RadarRegistration, what_was_learned_of_another_mounting_is_not_taken_back) {
  RadarRegistration radar({});
  compare(radar, 200);
  ASSERT_NE(radar.bias().applied().range_m, 0.0);
  RegistrationConfig turned;
  turned.mounting = 7;
  RadarRegistration other(turned);
  other.restore(radar.snapshot());
  EXPECT_EQ(other.bias().applied().range_m, 0.0);
  RadarRegistration same({});
  same.restore(radar.snapshot());
  EXPECT_EQ(same.bias().applied().range_m, radar.bias().applied().range_m);
}

TEST(RadarRegistration, reports_to_a_tenth_of_a_minute_say_nothing) {
  RadarRegistration radar({});
  const EastNorth truth{Metres(3000.0), Metres(0.0)};
  VesselReport report;
  report.mmsi = Mmsi(200'000'000);
  report.received = at(0.5);
  report.kind = AisClass::long_range;
  radar.observe(seen(truth, {}, at(0.0)), 0.95, report, truth);
  EXPECT_TRUE(radar.snapshot().bias.vessels.empty());
}

TEST(RadarRegistration, switched_off_it_changes_nothing) {
  RegistrationConfig config;
  config.stabilize = config.unbias = false;
  RadarRegistration radar(config);
  compare(radar, 200);
  Random random(2);
  for (PlotSector sector : test::turn(test::coast(50, 7), 3, random, [](double) { return 0.0; })) {
    const PlotSector raw = sector;
    radar.process(sector);
    ASSERT_EQ(raw.from, sector.from);
    for (std::size_t k = 0; k < raw.plots.size(); ++k) EXPECT_EQ(raw.plots[k].bearing, sector.plots[k].bearing);
  }
}

}  // namespace
}  // namespace headland::registration
