// SPDX-License-Identifier: Apache-2.0
#include "codec/garmin/report.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace headland::garmin {
namespace {

using Datagram = std::vector<std::uint8_t>;

Datagram report(std::uint32_t type, std::uint32_t value, std::size_t bytes) {
  Datagram d(8 + bytes, 0);
  for (std::size_t i = 0; i < 4; ++i) d[i] = static_cast<std::uint8_t>(type >> (8 * i));
  d[4] = static_cast<std::uint8_t>(bytes);
  for (std::size_t i = 0; i < std::min<std::size_t>(bytes, 4); ++i)
    d[8 + i] = static_cast<std::uint8_t>(value >> (8 * i));
  return d;
}

std::pair<Setting, double> read(std::uint32_t type, std::uint32_t value, std::size_t bytes) {
  const auto r = read_report(report(type, value, bytes));
  EXPECT_TRUE(r.has_value());
  return r ? std::pair(r->setting, r->value) : std::pair(Setting::other, -1.0);
}

TEST(GarminReport, GivesEachSettingInItsUnit) {
  EXPECT_EQ(read(0x0916, 2, 1), std::pair(Setting::scan_speed, 2.0));
  EXPECT_EQ(read(0x0918, 1, 1), std::pair(Setting::transmit, 1.0));
  EXPECT_EQ(read(0x0919, 0, 1), std::pair(Setting::transmit, 0.0));
  EXPECT_EQ(read(0x091D, 1, 1), std::pair(Setting::automatic_gain, 1.0));
  EXPECT_EQ(read(0x091E, 3704, 4), std::pair(Setting::range_m, 3704.0));
  EXPECT_EQ(read(0x0924, 2, 1), std::pair(Setting::gain_mode, 2.0));
  EXPECT_EQ(read(0x0925, 3900, 2), std::pair(Setting::gain_percent, 39.0));
  EXPECT_EQ(read(0x0930, 192, 4), std::pair(Setting::bearing_alignment_deg, 6.0));
  EXPECT_EQ(read(0x0930, 0xFFFFFFE0, 4), std::pair(Setting::bearing_alignment_deg, -1.0));
  EXPECT_EQ(read(0x0933, 1, 1), std::pair(Setting::rain_mode, 1.0));
  EXPECT_EQ(read(0x0934, 3200, 2), std::pair(Setting::rain_percent, 32.0));
  EXPECT_EQ(read(0x0939, 2, 1), std::pair(Setting::sea_mode, 2.0));
  EXPECT_EQ(read(0x093A, 8700, 2), std::pair(Setting::sea_percent, 87.0));
  EXPECT_EQ(read(0x0992, 5, 1), std::pair(Setting::scanner_state, 5.0));
  EXPECT_EQ(read(0x0993, 2500, 4), std::pair(Setting::next_state_s, 2.5));
  EXPECT_EQ(read(0x09A0, 6000, 4), std::pair(Setting::cell_m, 6.0));
  EXPECT_EQ(read(0x09A1, 1440, 4), std::pair(Setting::spokes_per_turn, 1440.0));
  EXPECT_EQ(read(0x038E, 0, 26).first, Setting::heartbeat);
  EXPECT_EQ(read(0x0994, 2484, 4), std::pair(Setting::other, 2484.0));
  EXPECT_EQ(read(0x09B1, 1, 48), std::pair(Setting::other, 0.0));  // a table
}

TEST(GarminReport, IsRefusedWithTheReason) {
  const auto reason = [](const Datagram& d) {
    const auto r = read_report(d);
    EXPECT_FALSE(r.has_value());
    return r ? FaultReason::bad_angle : r.error().reason;
  };
  EXPECT_EQ(reason({}), FaultReason::truncated);
  EXPECT_EQ(reason(report(0x091E, 3704, 2)), FaultReason::truncated);
  EXPECT_EQ(reason(report(0x0998, 0, 4)), FaultReason::wrong_type);
  EXPECT_EQ(reason(report(0x0A00, 0, 4)), FaultReason::wrong_type);
  auto lying = report(0x0925, 3900, 2);
  lying[4] = 4;
  EXPECT_EQ(reason(lying), FaultReason::lying_length);
  auto heartbeat = report(0x038E, 0, 26);
  heartbeat.pop_back();
  EXPECT_EQ(reason(heartbeat), FaultReason::lying_length);
}

TEST(GarminReport, IsToldByItsTypeAndLength) {
  EXPECT_TRUE(is_report(report(0x091E, 1852, 4)));
  EXPECT_TRUE(is_report(report(0x038E, 0, 26)));
  EXPECT_FALSE(is_report(report(0x0998, 0, 4)));
  EXPECT_FALSE(is_report(report(0x1000, 0, 4)));
  EXPECT_FALSE(is_report(Datagram(8, 0)));
}

TEST(GarminReport, EverySettingHasANameOfItsOwn) {
  EXPECT_EQ(name_of(Setting::gain_percent), "gain");
  EXPECT_EQ(name_of(Setting::heartbeat), "heartbeat");
  EXPECT_EQ(name_of(Setting::other), "other");
}

}  // namespace
}  // namespace headland::garmin
