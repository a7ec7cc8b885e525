// SPDX-License-Identifier: Apache-2.0
#include "codec/csv/track_csv.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "core/base/random.hpp"

namespace headland::csv {
namespace {

TEST(CsvNumbers, TimesAreExactToTheNanosecondAndRoundTripToTheMicrosecond) {
  EXPECT_EQ(time("1700000000.123456789"), Timestamp(Duration(1'700'000'000'123'456'789)));
  EXPECT_EQ(time("0.5"), Timestamp(Duration(500'000'000)));
  EXPECT_EQ(time("-1.25"), Timestamp(Duration(-1'250'000'000)));
  EXPECT_EQ(time("1e3"), Timestamp(std::chrono::seconds(1000)));
  EXPECT_EQ(time("45845"), Timestamp(std::chrono::seconds(45845)));
  EXPECT_EQ(time("7."), Timestamp(std::chrono::seconds(7)));
  EXPECT_EQ(time("-4599999999.5"), Timestamp(-std::chrono::milliseconds(4'599'999'999'500)));
  EXPECT_EQ(time(".5"), Timestamp(Duration(500'000'000)));
  EXPECT_EQ(time("2.1234567899"), Timestamp(Duration(2'123'456'789))) << "the tenth decimal is left out";
  for (const std::string_view bad : {"", "x", "1e10", "4600000000", "-4600000000", "9999999999", "12345678901", "4.7e9",
                                     "inf", "nan", "1.5s", "--1", "0x10"})
    EXPECT_FALSE(time(bad)) << bad;
  EXPECT_TRUE(rc::check("time(append_time(t)) = t", [] {
    const Timestamp t(
        std::chrono::microseconds(*rc::gen::inRange<std::int64_t>(-1'000'000'000, 4'000'000'000'000'000)));
    std::string text;
    append_time(t, text);
    RC_ASSERT(time(text) == t);
  }));
}

TEST(CsvNumbers, TimesAreRoundedToTheNearestMicrosecond) {
  const auto text = [](std::int64_t ns) {
    std::string s;
    append_time(Timestamp(Duration(ns)), s);
    return s;
  };
  EXPECT_EQ(text(1'499), "0.000001");
  EXPECT_EQ(text(1'500), "0.000002");
  EXPECT_EQ(text(999'999'500), "1.000000");
  EXPECT_EQ(text(-1'500), "-0.000002");
  EXPECT_EQ(text(-400), "0.000000");
}

TEST(CsvNumbers, WhatIsNotFiniteIsLeftEmpty) {
  std::string s;
  append_number(std::numeric_limits<double>::quiet_NaN(), 3, s);
  append_number(std::numeric_limits<double>::infinity(), 3, s);
  EXPECT_EQ(s, "");
  append_number(std::numeric_limits<double>::max(), 3, s);
  EXPECT_EQ(s.size(), 313U);
}

TEST(CsvNumbers, AreReadToTheLastBitAsTheLibraryDoes) {
  Random random(4);
  const auto check = [](const std::string& text) {
    double value = 0.0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool good = end.ec == std::errc() && end.ptr == text.data() + text.size() && std::isfinite(value);
    const auto read = number(text);
    ASSERT_EQ(read.has_value(), good) << text;
    ASSERT_EQ(std::bit_cast<std::uint64_t>(read.value_or(0.0)), std::bit_cast<std::uint64_t>(good ? value : 0.0))
        << text;
  };
  for (int round = 0; round < 200'000; ++round) {
    std::string text(random.below(3) == 0 ? "-" : "");
    const std::uint32_t length = random.below(19);
    const std::uint32_t point = random.below(19);
    for (std::uint32_t i = 0; i < length; ++i) {
      if (i == point) text += '.';
      text += static_cast<char>('0' + random.below(10));
    }
    check(text);
  }
  for (const char* text : {"",
                           "-",
                           ".",
                           "-.",
                           "1.",
                           ".5",
                           "-.5",
                           "-0",
                           "0.0",
                           "+1",
                           "1..2",
                           "1-",
                           "--1",
                           "1e5",
                           "1.5e-3",
                           "inf",
                           "nan",
                           "0x10",
                           "123456789012345",
                           "1234567890123456",
                           "0.000000000000001"}) {
    check(text);
  }
}

TEST(CsvNumbers, AreWrittenToTheLastDigitAsTheLibraryDoes) {
  Random random(3);
  std::string s;
  std::array<char, 400> buffer{};
  const auto check = [&](double value, int decimals) {
    s.clear();
    append_number(value, decimals, s);
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals);
    ASSERT_EQ(s, std::string(buffer.data(), end.ptr)) << decimals;
  };
  for (int round = 0; round < 200'000; ++round) {
    const int decimals = static_cast<int>(random.below(12));
    const double size = std::pow(10.0, 24.0 * random.uniform() - 12.0);
    check((random.uniform() - 0.5) * size, decimals);
    check((random.below(2'000'001) - 1e6) / 64.0, decimals);  // halfway between two decimals, often
  }
  for (const double value : {0.0, -0.0, 0.5, -0.5, 1.5, 0.0005, 999'999'999.9999999, 1e9, -1e-300, 5e-324}) {
    for (int decimals = 0; decimals < 12; ++decimals) check(value, decimals);
  }
}

TEST(TrackCsv, ARadarTrackHasNoPlaceOnTheGlobeAndNoName) {
  Track t;
  t.id = TrackId(12);
  t.time = from_epoch_seconds(1.5);
  t.state.position = {Metres(100.0004), Metres(-200.0)};
  t.state.velocity = {MetresPerSecond(1.0), MetresPerSecond(-2.5)};
  t.state.covariance[0] = 25.0;
  t.state.covariance[1] = t.state.covariance[4] = -3.0;
  t.state.covariance[5] = 36.0;
  t.stage = TrackStage::coasting;
  t.sensors = {{SensorId(1), 0.7}, {SensorId(3), 0.3}};
  std::string out;
  write_track_row(row_of(t), out);
  EXPECT_EQ(out, "1.500000,12,100.000,-200.000,1.0000,-2.5000,25.0000,36.0000,-3.0000,coasted,,,,radar1+radar3\n");
}

TEST(TrackCsv, ASystemTrackHasThem) {
  SystemTrack t;
  t.id = SystemTrackId(7);
  t.position = GeoPosition::from_degrees(53.25, -5.5);
  t.stage = TrackStage::confirmed;
  t.identity = Identity{Mmsi(244660000), 0.9};
  t.contributions = {{SourceKind::radar, SensorId(1), {}}, {SourceKind::ais, {}, {}}};
  std::string out;
  write_track_row(row_of(t), out);
  EXPECT_EQ(out,
            "0.000000,7,0.000,0.000,0.0000,0.0000,0.0000,0.0000,0.0000,confirmed,53.25000000,-5.50000000,244660000,"
            "radar1+ais\n");
}

TEST(TrackCsv, EachStageHasItsWordAndTheHeaderAFieldForEachValue) {
  EXPECT_EQ(status_text(TrackStage::tentative), "tentative");
  EXPECT_EQ(status_text(TrackStage::confirmed), "confirmed");
  EXPECT_EQ(status_text(TrackStage::coasting), "coasted");
  EXPECT_EQ(status_text(TrackStage::ended), "deleted");
  std::string row;
  write_track_row({}, row);
  const std::string_view header = track_csv_header();
  EXPECT_EQ(std::count(row.begin(), row.end(), ','), std::count(header.begin(), header.end(), ','));
}

}  // namespace
}  // namespace headland::csv
