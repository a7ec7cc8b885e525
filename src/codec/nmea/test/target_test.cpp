// SPDX-License-Identifier: Apache-2.0
#include "codec/nmea/target.hpp"

#include <gtest/gtest.h>

#include "codec/nmea/nmea_decoder.hpp"
#include "codec/nmea/vdm_writer.hpp"
#include "core/base/random.hpp"

namespace headland::nmea {
namespace {

std::vector<RadarTarget> targets_in(const std::string& text, NmeaCounters* counters = nullptr) {
  NmeaDecoder decoder;
  NmeaOutput out;
  decoder.process({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, {}, 3, out);
  if (counters != nullptr) *counters = decoder.counters();
  return out.targets;
}

TEST(RadarTarget, OfARealRadarIsReadFromTtmAndTll) {
  const auto targets = targets_in(
      "$RATLL,02,5813.7469,N,01134.3674,E,2 (Broadband 4G - 2782 B),134652,T,*50\r\n"
      "$RATTM,02,1.28,38.4,T,10.9,228.4,T,0.21,6.9,N,2 (Broadband 4G - 2782 B),T,,134652,M*7F\r\n");
  ASSERT_EQ(targets.size(), 2U);
  EXPECT_EQ(targets[0].number, 2U);
  EXPECT_EQ(targets[0].source, 3U);
  EXPECT_NEAR(targets[0].position->latitude_deg(), 58.0 + 13.7469 / 60, 1e-9);
  EXPECT_NEAR(targets[0].position->longitude_deg(), 11.0 + 34.3674 / 60, 1e-9);
  EXPECT_DOUBLE_EQ(targets[0].time_of_day->value(), 13 * 3600 + 46 * 60 + 52.0);
  EXPECT_NEAR(targets[1].distance->value(), 1.28 * 1852, 1e-6);
  EXPECT_NEAR(targets[1].bearing->degrees(), 38.4, 1e-9);
  EXPECT_NEAR(targets[1].speed->value(), 10.9 * 1852 / 3600, 1e-9);
  EXPECT_NEAR(targets[1].course->degrees(), 228.4, 1e-9);
  EXPECT_FALSE(targets[1].course_relative);
  EXPECT_EQ(targets[1].status, TargetStatus::tracking);
  EXPECT_EQ(targets[1].name, "2 (Broadband 4G - 2782 B)");
}

TEST(RadarTarget, InKilometresAndRelativeIsReadAsSuch) {
  std::string text;
  write_sentence('$', "RATTM,11,2.0,13.6,R,36.0,20.0,R,0.0,0.0,K,,Q,,154125.82,A", text);
  const auto targets = targets_in(text);
  ASSERT_EQ(targets.size(), 1U);
  EXPECT_DOUBLE_EQ(targets[0].distance->value(), 2000.0);
  EXPECT_TRUE(targets[0].bearing_relative);
  EXPECT_DOUBLE_EQ(targets[0].speed->value(), 10.0);
  EXPECT_TRUE(targets[0].course_relative);
  EXPECT_EQ(targets[0].status, TargetStatus::acquiring);
}

TEST(RadarTarget, ThatLacksWhatItMustHaveIsCountedAndLeftOut) {
  for (const char* body : {"RATTM,1,,13.6,T,,,T,,,N,,T,,,A", "RATTM,x,1,13.6,T,,,T,,,N,,T,,,A",
                           "RATTM,1,1,13.6,T,,,T,,,Q,,T,,,A", "RATTM,1,1,400,T,,,T,,,N,,T,,,A", "RATLL,1,,N,,E,,,T,",
                           "RATLL,1,5860.0,N,01100.0,E,,,T,", "RATLL,1,5800.0,N,01100.0,E,,256000,T,"}) {
    EXPECT_FALSE(parse_target(body, {}).has_value()) << body;
  }
  EXPECT_EQ(parse_target("RATLL,1,9900.0,N,01100.0,E,,,T,", {}).error(), NmeaFault::position_off_globe);
}

TEST(RadarTarget, IsReadBackAsItWasWritten) {
  Random random(9);
  for (int i = 0; i < 2000; ++i) {
    RadarTarget t;
    t.number = random.below(1000);
    t.distance = Metres(random.uniform(0.0, 90'000.0));
    t.bearing = Bearing::from_degrees(random.uniform(0.0, 360.0));
    if (i % 3 != 0) {
      t.speed = MetresPerSecond(random.uniform(0.0, 40.0));
      t.course = Bearing::from_degrees(random.uniform(0.0, 360.0));
    }
    t.position = GeoPosition::from_degrees(random.uniform(-90.0, 90.0), random.uniform(-180.0, 180.0));
    t.time_of_day = Seconds(random.uniform(0.0, 86399.9));
    t.status = static_cast<TargetStatus>(random.below(3));
    t.name = i % 2 == 0 ? "ANNA, *1" : "";
    std::string text;
    write_ttm(t, text);
    write_tll(t, text);
    NmeaCounters counters;
    const auto back = targets_in(text, &counters);
    ASSERT_EQ(back.size(), 2U) << text;
    EXPECT_EQ(counters.faults.total(), 0U);
    EXPECT_EQ(counters.target_sentences, 2U);
    EXPECT_EQ(back[0].number, t.number);
    EXPECT_EQ(back[0].status, t.status);
    EXPECT_EQ(back[1].status, t.status);
    EXPECT_EQ(back[0].name, i % 2 == 0 ? "ANNA 1" : "");
    EXPECT_NEAR(back[0].distance->value(), t.distance->value(), 0.93);
    EXPECT_NEAR(std::abs((*back[0].bearing - *t.bearing).degrees()), 0.0, 0.061);
    ASSERT_EQ(back[0].speed.has_value(), t.speed.has_value());
    if (t.speed) {
      EXPECT_NEAR(back[0].speed->value(), t.speed->value(), 0.026);
      EXPECT_NEAR(std::abs((*back[0].course - *t.course).degrees()), 0.0, 0.061);
    }
    EXPECT_NEAR(back[1].position->latitude_deg(), t.position->latitude_deg(), 9e-7);
    EXPECT_NEAR(back[1].position->longitude_deg(), t.position->longitude_deg(), 9e-7);
    EXPECT_NEAR(back[0].time_of_day->value(), t.time_of_day->value(), 0.011);
  }
}

}  // namespace
}  // namespace headland::nmea
