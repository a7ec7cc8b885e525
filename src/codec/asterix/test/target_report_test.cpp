// SPDX-License-Identifier: Apache-2.0
#include "codec/asterix/target_report.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "codec/asterix/cat062.hpp"
#include "codec/asterix/system_status.hpp"
#include "codec/asterix/test/bytes_of.hpp"
#include "codec/asterix/test/sample_track.hpp"
#include "core/base/random.hpp"

namespace headland::asterix {
namespace {

using test::bytes_of;

Record record_of(const std::vector<std::uint8_t>& bytes) {
  BlockReader blocks(bytes);
  Record r;
  EXPECT_TRUE(RecordDecoder(*blocks.next()).next(r).has_value());
  return r;
}

TEST(TargetReport, OfATrackThatWeSentIsThatTrack) {
  Random random(3);
  for (int i = 0; i < 500; ++i) {
    SystemTrack t = test::sample_track();
    t.position = GeoPosition::from_degrees(random.uniform(-89.0, 89.0), random.uniform(-180.0, 179.0));
    t.local = {Metres(random.uniform(-1e5, 1e5)), Metres(random.uniform(-1e5, 1e5))};
    t.velocity = {MetresPerSecond(random.uniform(-40.0, 40.0)), MetresPerSecond(random.uniform(-40.0, 40.0))};
    t.var_ee_m2 = random.uniform(1.0, 1e6);
    t.var_nn_m2 = random.uniform(1.0, 1e6);
    t.cov_en_m2 = random.uniform(-0.9, 0.9) * std::sqrt(t.var_ee_m2 * t.var_nn_m2);
    t.stage = static_cast<TrackStage>(random.below(4));
    const auto datagrams = test::sent_tracks(std::vector{t}, {25, 100, 1400});
    const auto back = target_of(record_of(datagrams[0]));
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(back->track_number, 1234);
    EXPECT_DOUBLE_EQ(back->time_of_day->value(), 45845.5);
    EXPECT_NEAR(back->position->latitude_deg(), t.position.latitude_deg(), 3e-6);
    EXPECT_NEAR(back->position->longitude_deg(), t.position.longitude_deg(), 3e-6);
    EXPECT_NEAR(back->local->east.value(), t.local.east.value(), 0.26);
    EXPECT_NEAR(back->velocity->north.value(), t.velocity.north.value(), 0.126);
    EXPECT_NEAR(back->accuracy->east.value(), std::sqrt(t.var_ee_m2), 0.26);
    EXPECT_NEAR(back->accuracy->covariance_m2, t.cov_en_m2, 0.5 * std::sqrt(std::abs(t.cov_en_m2)) + 0.3);
    EXPECT_EQ(back->tentative, t.stage == TrackStage::tentative);
    EXPECT_EQ(back->coasting, t.stage == TrackStage::coasting);
    EXPECT_EQ(back->ended, t.stage == TrackStage::ended);
    EXPECT_EQ(back->callsign.text(), "MABC7");
    EXPECT_EQ(back->length->value(), 80.0);
    EXPECT_EQ(back->kind, TargetKind::unknown);
  }
}

TEST(TargetReport, OfASurfaceRadarHasSizeAndPlace) {
  const auto r =
      record_of(bytes_of("0A 00 1B  F7 31 08  19 64  01  60  59 8A C0  # 010 000 020 140\n"
                         "03 E8 40 00  03 E8 FF FE                      # 040 042\n"
                         "00 07  00  51 21 14                           # 161 170 270\n"));
  const auto target = target_of(r);
  ASSERT_TRUE(target.has_value());
  EXPECT_EQ(target->track_number, 7);
  EXPECT_DOUBLE_EQ(target->polar->range.value(), 1000.0);
  EXPECT_DOUBLE_EQ(target->polar->bearing.degrees(), 90.0);
  EXPECT_DOUBLE_EQ(target->local->east.value(), 1000.0);
  EXPECT_DOUBLE_EQ(target->local->north.value(), -2.0);
  EXPECT_DOUBLE_EQ(target->length->value(), 40.0);
  EXPECT_DOUBLE_EQ(target->orientation->degrees(), 45.0);
  EXPECT_DOUBLE_EQ(target->width->value(), 10.0);
  EXPECT_EQ(target->kind, TargetKind::unknown);
  EXPECT_FALSE(target->tentative);
}

TEST(TargetReport, TellsAircraftFromEchoes) {
  // 048: 010 140 020 040; a transponder (Mode S roll call), then a primary echo.
  const auto aircraft = target_of(record_of(bytes_of("30 00 0E  F0  19 64  59 8A C0  A0  0A 00 40 00")));
  ASSERT_TRUE(aircraft.has_value());
  EXPECT_EQ(aircraft->kind, TargetKind::aircraft);
  EXPECT_DOUBLE_EQ(aircraft->polar->range.value(), 10 * 1852.0);
  EXPECT_DOUBLE_EQ(aircraft->polar->bearing.degrees(), 90.0);
  EXPECT_FALSE(aircraft->track_number.has_value());
  const auto echo = target_of(record_of(bytes_of("30 00 0E  F0  19 64  59 8A C0  20  0A 00 40 00")));
  EXPECT_EQ(echo->kind, TargetKind::unknown);
  // 062: 010 340; the newest measurement is of a secondary radar, then of a primary one alone. 010: a flight level.
  const auto kind_in = [](const char* bytes) { return target_of(record_of(bytes_of(bytes)))->kind; };
  EXPECT_EQ(kind_in("3E 00 0B  81 01 01 02  19 64  04 40"), TargetKind::aircraft);
  EXPECT_EQ(kind_in("3E 00 0B  81 01 01 02  19 64  04 20"), TargetKind::unknown);
  EXPECT_EQ(kind_in("0A 00 0B  C1 01 20  19 64  01  00 64"), TargetKind::aircraft);
  // 021: whatever its emitter says, but for ground vehicles.
  EXPECT_EQ(target_of(record_of(bytes_of("15 00 06  80  19 64")))->kind, TargetKind::aircraft);
}

TEST(TargetReport, IsNotMadeOfAStatus) {
  EXPECT_FALSE(target_of(record_of(bytes_of("22 00 0A  E0  19 64  01  59 8A C0"))).has_value());
  EXPECT_FALSE(target_of(record_of(bytes_of("0A 00 07  C0  19 64  02"))).has_value());
}

TEST(SystemStatus, IsReadBackAsItWasWritten) {
  Random random(5);
  for (int i = 0; i < 500; ++i) {
    SystemStatus s;
    s.category = i % 2 == 0 ? 63 : 65;
    s.sac = 25, s.sic = 100;
    s.time_of_day = Seconds(std::floor(random.uniform(0.0, 86399.0) * 128.0) / 128.0);
    s.operation = static_cast<std::uint8_t>(random.below(4));
    s.overload = random.below(2) == 0;
    s.bad_time_source = random.below(2) == 0;
    if (random.below(2) == 0) s.service = static_cast<std::uint8_t>(random.below(256));
    if (s.category == 63) {
      s.sensor_sac = 25;
      s.sensor_sic = static_cast<std::uint8_t>(random.below(256));
      if (random.below(2) == 0) s.time_bias = Seconds(random.uniform(-5.0, 5.0));
      if (random.below(2) == 0) s.range_bias = Metres(random.uniform(-500.0, 500.0));
      if (random.below(2) == 0) s.azimuth_bias = Angle::from_degrees(random.uniform(-10.0, 10.0));
    }
    const auto back = status_of(record_of(encode_status(s)));
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(back->category, s.category);
    EXPECT_EQ(back->sic, 100);
    EXPECT_EQ(back->sensor_sic, s.sensor_sic);
    EXPECT_EQ(back->service, s.service);
    EXPECT_DOUBLE_EQ(back->time_of_day->value(), s.time_of_day->value());
    EXPECT_EQ(back->operation, s.operation);
    EXPECT_EQ(back->overload, s.overload);
    EXPECT_EQ(back->bad_time_source, s.bad_time_source);
    ASSERT_EQ(back->time_bias.has_value(), s.time_bias.has_value());
    ASSERT_EQ(back->range_bias.has_value(), s.range_bias.has_value());
    ASSERT_EQ(back->azimuth_bias.has_value(), s.azimuth_bias.has_value());
    if (s.time_bias) {
      EXPECT_NEAR(back->time_bias->value(), s.time_bias->value(), 0.00051);
    }
    if (s.range_bias) {
      EXPECT_NEAR(back->range_bias->value(), s.range_bias->value(), 7.3);
    }
    if (s.azimuth_bias) {
      EXPECT_NEAR(back->azimuth_bias->degrees(), s.azimuth_bias->degrees(), 0.003);
    }
  }
}

}  // namespace
}  // namespace headland::asterix
