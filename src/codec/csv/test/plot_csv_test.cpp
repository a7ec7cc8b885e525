// SPDX-License-Identifier: Apache-2.0
#include "codec/csv/plot_csv.hpp"

#include <initializer_list>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace headland::csv {
namespace {

Timestamp seconds(double s) { return from_epoch_seconds(s); }

struct Bench {
  PlotCsvReader reader;
  std::vector<PlotSector> scans;
  std::vector<CsvFault> faults;

  explicit Bench(std::initializer_list<std::string_view> lines, PlotCsvConfig config = {}) : reader(config) {
    for (const std::string_view line : lines) feed(line);
    reader.finish(scans);
  }
  void feed(std::string_view line) {
    if (const auto result = reader.line(line, scans); !result) faults.push_back(result.error());
  }
};

TEST(PlotCsvReader, RowsOfOneScanBecomeOneSectorOfTheWholeTurn) {
  const Bench b({"time_s,range_m,azimuth_deg,east_m,north_m,scan_id", "10.25000,1000.50,90.0000,1000.50,0.00,3",
                 "10.50000,500.00,10.0000,86.82,492.40,3", "12.75000,700.00,45.0000,494.97,494.97,4"});
  ASSERT_EQ(b.scans.size(), 2U);
  const PlotSector& s = b.scans[0];
  EXPECT_EQ(s.turn, 3U);
  EXPECT_EQ(s.sector, 0U);
  EXPECT_EQ(s.sectors_per_turn, 1U);
  EXPECT_EQ(s.from, s.to);
  EXPECT_EQ(s.began, seconds(10.25));
  EXPECT_EQ(s.ended, seconds(10.5));
  ASSERT_EQ(s.plots.size(), 2U);
  EXPECT_NEAR(s.plots[0].bearing.degrees(), 10.0, 1e-9);  // in order of bearing
  EXPECT_EQ(s.plots[1].range, Metres(1000.5));
  EXPECT_EQ(s.plots[1].time, seconds(10.25));
  EXPECT_EQ(s.range_max, Metres(1000.5));
  EXPECT_EQ(b.scans[1].turn, 4U);
  EXPECT_TRUE(b.faults.empty());
}

TEST(PlotCsvReader, ARowWithoutRangeIsAnEmptyScan) {
  const Bench b(
      {"time_s,range_m,azimuth_deg,east_m,north_m,scan_id", "1.5,,,,,0", "4.0,10,20,3.42,9.397,1", "6.5,,,,,2\r\n"});
  ASSERT_EQ(b.scans.size(), 3U);
  EXPECT_TRUE(b.scans[0].plots.empty());
  EXPECT_EQ(b.scans[0].began, seconds(1.5));
  EXPECT_EQ(b.scans[1].plots.size(), 1U);
  EXPECT_TRUE(b.scans[2].plots.empty());
  EXPECT_EQ(b.reader.counters().empty_scans, 2U);
}

TEST(PlotCsvReader, EastAndNorthAreMeasuredFromTheSensorThatMoves) {
  const Bench b({"time_s,scan_id,east_m,north_m,sensor_east_m,sensor_north_m", "0.0,0,103.000,-4.000,100.000,0.000",
                 "1.68,1,,,101.000,0.000", "3.36,2,102.000,10.000,102.000,0.000"});
  ASSERT_EQ(b.scans.size(), 3U);
  EXPECT_NEAR(b.scans[0].plots[0].range.value(), 5.0, 1e-9);
  EXPECT_NEAR(b.scans[0].plots[0].bearing.degrees(), 143.130102, 1e-5);
  EXPECT_EQ(b.scans[0].site_east_m, 100.0);
  EXPECT_TRUE(b.scans[1].plots.empty());
  EXPECT_EQ(b.scans[1].site_east_m, 101.0);
  EXPECT_NEAR(b.scans[2].plots[0].bearing.degrees(), 0.0, 1e-9);
}

TEST(PlotCsvReader, WhereBothFormsStandRangeAndAzimuthAreTaken) {
  const Bench b({"time_s,scan_id,range_m,azimuth_deg,east_m,north_m", "0,0,5,90,999,999", "0,0,,,3,4"});
  ASSERT_EQ(b.scans.size(), 1U);
  ASSERT_EQ(b.scans[0].plots.size(), 2U);
  EXPECT_NEAR(b.scans[0].plots[1].bearing.degrees(), 90.0, 1e-9);
  EXPECT_NEAR(b.scans[0].plots[0].range.value(), 5.0, 1e-9);
}

TEST(PlotCsvReader, WhereBothFormsStandTheyTellTheNorthOfTheAntenna) {
  // 60 km east of the origin at 50 N: its meridian leans by 0.64 degrees; a plot of 20 km due true north of it.
  const Bench b({"time_s,sensor,scan_id,range_m,azimuth_deg,east_m,north_m,sensor_east_m,sensor_north_m",
                 "1,a,0,20000,0.000000,60223.398,19998.752,60000,0", "4,a,1,,,,,60000,0",
                 "7,a,2,20000,0.000000,60000.000,20000.000,60000,0"});
  ASSERT_EQ(b.scans.size(), 3U);
  EXPECT_NEAR(b.scans[0].site_north.degrees(), 0.64, 1e-4);
  EXPECT_EQ(b.scans[1].site_north, b.scans[0].site_north);  // an empty one tells nothing new
  EXPECT_EQ(b.scans[2].site_north, Angle());
  // What differs by more than meridians do, or from plot to plot, is something else.
  const Bench other({"time_s,scan_id,range_m,azimuth_deg,east_m,north_m", "1,0,20000,30,0,20000", "4,1,20000,0,0,20000",
                     "5,1,20000,90,20000,300", "6,1,20000,180,300,-20000", "7,1,20000,270,-20000,-300"});
  for (const PlotSector& s : other.scans) EXPECT_EQ(s.site_north, Angle());
}

TEST(PlotCsvReader, DeviationsComeFromTheFileOrTheConfiguration) {
  PlotCsvConfig config;
  config.range_deviation = Metres(7.0);
  config.bearing_deviation = from_degrees(0.3);
  config.range_max = Metres(9000.0);
  const Bench b(
      {"time_s,scan_id,range_m,azimuth_deg,range_deviation_m,azimuth_deviation_deg", "0,0,5,90,,", "0,0,6,91,2.5,0.1"},
      config);
  ASSERT_EQ(b.scans.at(0).plots.size(), 2U);
  EXPECT_EQ(b.scans[0].plots[0].range_deviation, Metres(7.0));
  EXPECT_NEAR(to_degrees(b.scans[0].plots[0].bearing_deviation), 0.3, 1e-12);
  EXPECT_EQ(b.scans[0].plots[1].range_deviation, Metres(2.5));
  EXPECT_NEAR(to_degrees(b.scans[0].plots[1].bearing_deviation), 0.1, 1e-12);
  EXPECT_EQ(b.scans[0].range_max, Metres(9000.0));
}

TEST(PlotCsvReader, SensorsHaveTheirOwnScans) {
  const Bench b({"time_s,sensor,scan_id,range_m,azimuth_deg", "0.0,north,7,5,90", "0.1,south,1,6,91",
                 "0.2,north,7,7,92", "2.5,north,8,5,90", "2.6,south,1,6,93"});
  ASSERT_EQ(b.scans.size(), 3U);
  EXPECT_EQ(b.scans[0].sensor, SensorId(1));
  EXPECT_EQ(b.scans[0].plots.size(), 2U);
  EXPECT_EQ(b.scans[1].turn, 8U);
  EXPECT_EQ(b.scans[2].sensor, SensorId(2));
  EXPECT_EQ(b.scans[2].plots.size(), 2U);
  EXPECT_EQ(b.reader.sensor_name(SensorId(2)), "south");
  EXPECT_EQ(b.reader.sensor_name(SensorId(9)), "");
}

TEST(PlotCsvReader, FaultsNameLineAndColumnAndTheRestIsRead) {
  const Bench b({"time_s,scan_id,range_m,azimuth_deg,strength_db", "x,0,5,90,1", "0,0.5,5,90,1", "0,0,five,90,1",
                 "0,0,-5,90,1", "0,0,5,,1", "0,0,5,90,nan", "0,0,5,90", "1e300,0,5,90,1", "0,0,5,90,3"});
  const std::array<std::pair<CsvFaultKind, std::string_view>, 8> expected{{
      {CsvFaultKind::not_a_number, "time_s"},
      {CsvFaultKind::not_a_number, "scan_id"},
      {CsvFaultKind::not_a_number, "range_m"},
      {CsvFaultKind::out_of_range, "range_m"},
      {CsvFaultKind::missing_value, "azimuth_deg"},
      {CsvFaultKind::not_a_number, "strength_db"},
      {CsvFaultKind::wrong_size, ""},
      {CsvFaultKind::out_of_range, "time_s"},
  }};
  ASSERT_EQ(b.faults.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(to_text(b.faults[i].kind), to_text(expected[i].first)) << i;
    EXPECT_EQ(b.faults[i].column, expected[i].second) << i;
    EXPECT_EQ(b.faults[i].line, i + 2);
  }
  EXPECT_EQ(b.reader.counters().plots, 1U);
  EXPECT_EQ(b.reader.counters().rejected, 8U);
}

TEST(PlotCsvReader, AHeaderWithoutWhatIsNeededNamesTheColumn) {
  const auto missing = [](std::string_view header) {
    const Bench b({header});
    return b.faults.empty() ? std::string_view("none") : b.faults[0].column;
  };
  EXPECT_EQ(missing("scan_id,range_m,azimuth_deg"), "time_s");
  EXPECT_EQ(missing("time_s,range_m,azimuth_deg"), "scan_id");
  EXPECT_EQ(missing("time_s,scan_id"), "range_m");
  EXPECT_EQ(missing("time_s,scan_id,range_m"), "azimuth_deg");
  EXPECT_EQ(missing("time_s,scan_id,east_m"), "north_m");
  EXPECT_EQ(missing("\xEF\xBB\xBFtime_s, scan_id ,east_m,north_m\r\n"), "none");
}

TEST(PlotCsvReader, TimeMayNotGoBackBeforeTheScanThatWas) {
  const Bench b(
      {"time_s,scan_id,range_m,azimuth_deg", "10,1,5,90", "10.2,1,5,91", "10.1,1,5,92", "9,2,5,90", "12.5,2,5,90"});
  ASSERT_EQ(b.faults.size(), 1U);
  EXPECT_EQ(b.faults[0].kind, CsvFaultKind::time_backwards);
  EXPECT_EQ(b.scans.size(), 2U);
}

TEST(PlotCsvReader, SensorsAreBounded) {
  Bench b({"time_s,sensor,scan_id,range_m,azimuth_deg"});
  for (int i = 0; i < 100; ++i) b.feed("0,radar" + std::to_string(i) + ",0,5,90");
  EXPECT_EQ(b.faults.size(), 100U - PlotCsvReader::max_sensors);
  EXPECT_EQ(b.faults[0].kind, CsvFaultKind::too_many_sensors);
}

TEST(PlotCsv, WhatIsWrittenIsReadBack) {
  EXPECT_TRUE(rc::check("read(write(sector)) = sector to the digits written", [] {
    PlotSector sector;
    sector.sensor = SensorId(1);
    sector.turn = *rc::gen::inRange(0U, 100'000U);
    sector.site_east_m = *rc::gen::inRange(-5'000'000, 5'000'000) / 1000.0;
    sector.site_north_m = *rc::gen::inRange(-5'000'000, 5'000'000) / 1000.0;
    const std::int64_t began = *rc::gen::inRange<std::int64_t>(0, 2'000'000'000'000'000) * 1000;
    sector.began = sector.ended = Timestamp(Duration(began));
    const int count = *rc::gen::inRange(0, 20);
    for (int i = 0; i < count; ++i) {
      Plot p;
      p.time = sector.began + std::chrono::microseconds(*rc::gen::inRange(0, 2'000'000));
      p.range = Metres(*rc::gen::inRange(0, 100'000'000) / 1000.0);
      p.bearing = Bearing::from_degrees(*rc::gen::inRange(0, 360'000'000) / 1e6);
      p.strength = Decibels(*rc::gen::inRange(-1000, 10'000) / 100.0);
      p.cell_count = *rc::gen::inRange(0U, 1'000'000U);
      sector.plots.push_back(p);
    }
    std::string text(plot_csv_header());
    write_plots(sector, "radar1", text);

    PlotCsvReader reader;
    std::vector<PlotSector> scans;
    for (std::string_view rest = text; !rest.empty();) {
      const std::size_t end = rest.find('\n') + 1;
      RC_ASSERT(bool(reader.line(rest.substr(0, end), scans)));
      rest.remove_prefix(end);
    }
    reader.finish(scans);
    RC_ASSERT(scans.size() == 1U);
    RC_ASSERT(scans[0].turn == sector.turn);
    RC_ASSERT(scans[0].site_east_m == sector.site_east_m);
    RC_ASSERT(scans[0].plots.size() == sector.plots.size());
    std::stable_sort(sector.plots.begin(), sector.plots.end(), [](const Plot& a, const Plot& b) {
      return a.bearing != b.bearing ? a.bearing < b.bearing : a.range < b.range;
    });
    for (std::size_t i = 0; i < sector.plots.size(); ++i) {
      RC_ASSERT(scans[0].plots[i].time == sector.plots[i].time);
      RC_ASSERT(scans[0].plots[i].range == sector.plots[i].range);
      RC_ASSERT(std::abs((scans[0].plots[i].bearing - sector.plots[i].bearing).radians()) < 1e-9);
      RC_ASSERT(scans[0].plots[i].strength == sector.plots[i].strength);
      RC_ASSERT(scans[0].plots[i].cell_count == sector.plots[i].cell_count);
    }
  }));
}

TEST(PlotCsv, EastAndNorthAllowForTheConvergenceOfMeridians) {
  PlotSector sector;
  sector.site_north = Angle::from_degrees(10.0);
  Plot p;
  p.range = Metres(1000.0);
  p.bearing = Bearing::from_degrees(80.0);
  std::string text;
  write_plot(sector, p, "r", text);
  EXPECT_EQ(text, "0.000000,r,0,1000.000,80.000000,1000.000,0.000,0.000,0.000,0.00,0\n");
  text.clear();
  p.cause = PlotCause::side_lobe;
  p.cause_odds = 2.5;
  write_plot(sector, p, "r", text, PlotColumns::with_causes);
  EXPECT_EQ(text, "0.000000,r,0,1000.000,80.000000,1000.000,0.000,0.000,0.000,0.00,0,side_lobe,2.50,,,,,\n");
  text.clear();
  p.shape = {Metres(40.5), Metres(12.0), Angle::from_degrees(-30.0), 0.75, Radians(0.5 * radians_per_degree)};
  write_plot(sector, p, "r", text, PlotColumns::with_causes);
  EXPECT_TRUE(text.ends_with(",side_lobe,2.50,40.5,12.0,-30.0,0.750,0.500\n")) << text;
  std::string_view header = plot_csv_header(PlotColumns::with_causes);
  header.remove_suffix(1);
  text.pop_back();
  const Bench b({header, text});
  ASSERT_EQ(b.scans.size(), 1U);
  const Plot back = b.scans[0].plots.at(0);
  EXPECT_EQ(back.shape.length, p.shape.length);
  EXPECT_NEAR(back.shape.orientation.degrees(), -30.0, 1e-9);
  EXPECT_EQ(back.shape.fill, 0.75);
}

}  // namespace
}  // namespace headland::csv
