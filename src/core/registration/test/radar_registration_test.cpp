// SPDX-License-Identifier: Apache-2.0
#include "core/registration/radar_registration.hpp"

#include <cmath>
#include <optional>

#include <gtest/gtest.h>

#include "core/registration/test/registration_scene.hpp"

namespace headland::registration {
namespace {

using test::radian;

constexpr double bias_range_m = 60.0;
constexpr double bias_bearing_rad = 1.5 * radian;

Timestamp at(double s) { return from_epoch_seconds(1'700'000'000.0 + s); }

BiasEstimate known(std::uint32_t vessels = 8) {
  return {{bias_range_m, bias_bearing_rad, 0.3, 0.0}, {5.0, 0.1 * radian, 0.05, 1e-4}, vessels, 0, 0};
}

void compare(RadarRegistration& radar, int seconds, const BiasEstimate& estimate = known(),
             std::optional<RadarRegistration::TimeReference> reference = RadarRegistration::TimeReference{}) {
  for (int s = 0; s < seconds; s += 2) {
    PlotSector sector;
    sector.sensor = SensorId(1);
    sector.from = Bearing();
    sector.to = Bearing(Radians(0.2));
    sector.turn = static_cast<std::uint32_t>(s);
    sector.ended = at(s);
    radar.process(sector);
    radar.set_estimate(estimate, reference);
  }
}

TEST(RadarRegistration, takes_off_at_once_what_is_well_known_while_the_radar_is_young) {
  RadarRegistration radar({});
  compare(radar, 6);
  EXPECT_NEAR(radar.taken_off().range_m, bias_range_m, 1e-9);
  EXPECT_NEAR(radar.taken_off().bearing_rad, bias_bearing_rad, 1e-9);
}

TEST(RadarRegistration, settles_on_what_is_known_no_faster_than_tracks_can_follow) {
  RegistrationConfig config;
  config.young_s = 0.0;
  RadarRegistration radar(config);
  compare(radar, 40);
  EXPECT_LE(radar.taken_off().range_m, 40 * RegistrationConfig{}.slew_range_mps);
  compare(radar, 400);
  EXPECT_NEAR(radar.taken_off().range_m, bias_range_m, 1e-9);
  EXPECT_NEAR(radar.taken_off().bearing_rad, bias_bearing_rad, 1e-9);
  EXPECT_NEAR(radar.taken_off().time_s, 0.3, 1e-9);
}

TEST(RadarRegistration, what_few_say_or_what_is_not_significant_is_not_taken_off) {
  RadarRegistration few({});
  compare(few, 200, known(2));
  EXPECT_EQ(few.taken_off().range_m, 0.0);
  BiasEstimate unsure = known();
  unsure.deviation.range_m = 40.0;
  RadarRegistration radar({});
  compare(radar, 200, unsure);
  EXPECT_EQ(radar.taken_off().range_m, 0.0);
  EXPECT_NE(radar.taken_off().bearing_rad, 0.0);
}

// The clock of `compare` begins anew with each call: this one goes on.
void go_on(RadarRegistration& radar, int from_s, int seconds, const BiasEstimate& estimate) {
  for (int s = from_s; s < from_s + seconds; s += 2) {
    PlotSector sector;
    sector.sensor = SensorId(1);
    sector.from = Bearing();
    sector.to = Bearing(Radians(0.2));
    sector.ended = at(s);
    const double before_m = radar.taken_off().range_m;
    radar.set_estimate(estimate, std::nullopt);
    radar.process(sector);
    ASSERT_LE(std::abs(radar.taken_off().range_m - before_m), 2.0 * RegistrationConfig{}.slew_range_mps + 1e-9);
  }
}

TEST(RadarRegistration, lets_go_slowly_of_what_is_less_than_its_deviation_for_minutes) {
  RadarRegistration radar({});
  compare(radar, 200);
  ASSERT_NEAR(radar.taken_off().range_m, bias_range_m, 1e-9);
  // That less is known of it than when it was found takes nothing away.
  BiasEstimate unsure = known();
  unsure.deviation.range_m = 1.1 * bias_range_m;
  go_on(radar, 200, 600, unsure);
  EXPECT_NEAR(radar.taken_off().range_m, bias_range_m, 1e-9);
  BiasEstimate small = known();
  small.bias.range_m = 0.9 * small.deviation.range_m;
  go_on(radar, 800, 290, small);
  EXPECT_GT(radar.taken_off().range_m, 0.0);
  // In between it was more than that: the minutes count anew.
  BiasEstimate more = small;
  more.bias.range_m = 1.1 * small.deviation.range_m;
  go_on(radar, 1090, 10, more);
  go_on(radar, 1100, 290, small);
  EXPECT_GT(radar.taken_off().range_m, 0.0);
  go_on(radar, 1390, 300, small);
  EXPECT_EQ(radar.taken_off().range_m, 0.0);
  EXPECT_NEAR(radar.taken_off().bearing_rad, bias_bearing_rad, 1e-9);
  // And it does not come back before it is significant.
  go_on(radar, 1690, 100, more);
  EXPECT_EQ(radar.taken_off().range_m, 0.0);
  go_on(radar, 1790, 200, known());
  EXPECT_NEAR(radar.taken_off().range_m, bias_range_m, 1e-9);
}

TEST(RadarRegistration, of_time_only_what_surely_differs_from_the_reference_is_taken_off) {
  RadarRegistration none({});
  compare(none, 200, known(), std::nullopt);  // no radar to compare with
  EXPECT_EQ(none.taken_off().time_s, 0.0);
  EXPECT_NE(none.taken_off().range_m, 0.0);
  RadarRegistration unsure({});
  compare(unsure, 200, known(), RadarRegistration::TimeReference{0.2, 0.08});  // 0.1 s +- 0.08
  EXPECT_EQ(unsure.taken_off().time_s, 0.0);
  RadarRegistration sure({});
  compare(sure, 200, known(), RadarRegistration::TimeReference{0.2, 0.02});
  EXPECT_NEAR(sure.taken_off().time_s, 0.1, 1e-9);
  RadarRegistration after({});
  after.restore(sure.snapshot());
  compare(after, 2, known(), std::nullopt);  // and stays while there is none
  EXPECT_NEAR(after.taken_off().time_s, 0.1, 1e-9);
}

TEST(RadarRegistration, is_a_reference_once_enough_agree_and_it_is_not_switched_off) {
  EXPECT_TRUE(RadarRegistration({}).knows_time(known(3)));
  EXPECT_FALSE(RadarRegistration({}).knows_time(known(2)));
  BiasEstimate shared = known(0);
  shared.shared = 100;  // with other radars: says nothing of time
  EXPECT_FALSE(RadarRegistration({}).knows_time(shared));
  RegistrationConfig off;
  off.unbias = false;
  EXPECT_FALSE(RadarRegistration(off).knows_time(known(8)));
}

TEST(RadarRegistration, an_antenna_turned_by_many_degrees_is_turned_back_at_once) {
  BiasEstimate turned = known();
  turned.bias.bearing_rad = -18.0 * radian;
  RadarRegistration radar({});
  compare(radar, 6, turned);
  EXPECT_NEAR(radar.taken_off().bearing_rad / radian, -18.0, 1e-9);
}

TEST(RadarRegistration, a_whole_turn_in_one_sector_keeps_its_limits_while_the_correction_changes) {
  RegistrationConfig config;
  config.young_s = 0.0;
  RadarRegistration radar(config);
  for (std::uint32_t k = 0; k < 100; ++k) {
    PlotSector sector;
    sector.sensor = SensorId(1);
    sector.turn = k;
    sector.began = at(3.0 * k);
    sector.ended = at(3.0 * k + 3.0);
    sector.plots.resize(1);
    sector.plots[0].range = Metres(5000.0);
    sector.plots[0].bearing = Bearing(Radians(1.0));
    radar.process(sector);
    radar.set_estimate(known(), RadarRegistration::TimeReference{});
    ASSERT_EQ(sector.from, Bearing());
    ASSERT_EQ(sector.to, Bearing());
    ASSERT_EQ(sector.turn, k);
    ASSERT_NEAR(sector.plots[0].bearing.radians(), 1.0 - radar.taken_off().bearing_rad, 1e-9);
  }
  EXPECT_NEAR(radar.taken_off().bearing_rad, bias_bearing_rad, 1e-9);
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

TEST(RadarRegistration, what_was_learned_of_another_mounting_is_not_taken_back) {
  RadarRegistration radar({});
  compare(radar, 200);
  ASSERT_NE(radar.taken_off().range_m, 0.0);
  RegistrationConfig turned;
  turned.mounting = 7;
  RadarRegistration other(turned);
  other.restore(radar.snapshot());
  EXPECT_EQ(other.taken_off().range_m, 0.0);
  RadarRegistration same({});
  same.restore(radar.snapshot());
  EXPECT_EQ(same.taken_off().range_m, radar.taken_off().range_m);
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
