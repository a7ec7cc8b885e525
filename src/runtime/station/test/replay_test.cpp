// SPDX-License-Identifier: Apache-2.0
// A small recorded sea, made here, through the whole replay.
#include "runtime/station/replay.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "codec/asterix/cat240.hpp"
#include "io/net/capture_writer.hpp"
#include "runtime/station/output/csv_sink.hpp"

namespace headland::station {
namespace {

using testing::HasSubstr;

constexpr double turn_s = 2.5;
constexpr std::uint32_t azimuths = 512;
constexpr std::uint32_t cells = 300;
constexpr double cell_m = 10.0;

class ReplayTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("headland-replay-" + std::to_string(testing::UnitTest::GetInstance()->random_seed()) + "-" +
               std::to_string(::getpid()) + "-" + testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }

  // A vessel of 8 m/s eastwards, 1500 m north of the radar when half of the time is over.
  void write_capture(int turns) const {
    auto writer = net::CaptureWriter::create(path("sea.pcap"));
    ASSERT_TRUE(writer);
    std::uint32_t sequence = 0;
    for (int turn = 0; turn < turns; ++turn) {
      for (std::uint32_t a = 0; a < azimuths; ++a) {
        const double t = turn * turn_s + turn_s * a / azimuths;
        std::vector<std::uint8_t> video(cells, 5);
        const double east = 8.0 * (t - turns * turn_s / 2);
        const double range = std::hypot(east, 1500.0);
        const double off = std::abs(std::remainder(
            2 * std::numbers::pi * (a + 0.5) / azimuths - std::atan2(east, 1500.0), 2 * std::numbers::pi));
        if (off < 0.02) std::fill_n(video.begin() + static_cast<int>(range / cell_m) - 2, 5, std::uint8_t{220});
        asterix::Cat240Video v;
        v.sequence = sequence++;
        v.start_azimuth = static_cast<std::uint16_t>(a * 128);
        v.end_azimuth = static_cast<std::uint16_t>((a + 1) * 128);
        v.cell_duration_fs = static_cast<std::uint64_t>(cell_m * 2 / speed_of_light_mps * 1e15);
        v.cell_count = cells;
        v.cells = video;
        std::vector<std::uint8_t> bytes;
        ASSERT_TRUE(asterix::encode_video(v, asterix::CellDurationItem::femto, bytes));
        ASSERT_TRUE(writer->write(from_epoch_seconds(1.6e9 + t), {0x7F000001, 4000}, {0xEFF00001, 24000}, bytes));
      }
    }
    ASSERT_TRUE(writer->close());
  }

  ReplaySummary run(unsigned threads, const std::string& name, std::optional<GeoPosition> origin = std::nullopt,
                    bool placed = true) const {
    ReplayOptions options;
    options.files = {path("sea.pcap")};
    options.threads = threads;
    options.config.chart.coastline.clear();
    options.config.radars.resize(1);
    if (placed) {
      options.config.radars[0].latitude_deg = 50.0;
      options.config.radars[0].longitude_deg = -1.0;
    }
    options.origin = origin;
    auto sink = CsvSink::create(path(name + "-plots.csv"), path(name + "-tracks.csv"), origin);
    EXPECT_TRUE(sink);
    auto summary = replay(options, **sink);
    EXPECT_TRUE(summary);
    EXPECT_TRUE((*sink)->close());
    return *summary;
  }
  [[nodiscard]] std::string text(const std::string& name) const {
    std::ifstream in(path(name));
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
  }

  std::filesystem::path folder_;
};

TEST_F(ReplayTest, a_vessel_in_a_capture_becomes_one_confirmed_track) {
  write_capture(24);
  const auto summary = run(1, "a");
  ASSERT_EQ(summary.radars.size(), 1U);
  EXPECT_EQ(summary.radars[0].protocol, "asterix-240");
  EXPECT_EQ(summary.radars[0].spokes, 24U * azimuths);
  EXPECT_EQ(summary.radars[0].gaps, 0U);
  EXPECT_NEAR(summary.duration_s, 24 * turn_s, 0.1);
  EXPECT_EQ(summary.tracks.tracks_confirmed, 1U);
  // The last confirmed row: where the vessel was, and its speed.
  std::istringstream lines(text("a-tracks.csv"));
  std::string line;
  std::string last;
  while (std::getline(lines, line)) {
    if (line.find(",confirmed,") != std::string::npos) last = line;
  }
  std::vector<std::string> fields;
  std::istringstream row(last);
  while (std::getline(row, line, ',')) fields.push_back(line);
  ASSERT_GE(fields.size(), 14U);
  const double t = std::stod(fields[0]) - 1.6e9;
  EXPECT_NEAR(std::stod(fields[2]), 8.0 * (t - 12 * turn_s), 25.0);
  EXPECT_NEAR(std::stod(fields[3]), 1500.0, 15.0);
  EXPECT_NEAR(std::stod(fields[4]), 8.0, 1.0);
  EXPECT_NEAR(std::stod(fields[10]), 50.0 + 1500.0 / 111'200.0, 2e-4);  // latitude
  EXPECT_EQ(fields[13], "radar1");
}

TEST_F(ReplayTest, threads_and_repetition_change_no_byte) {
  write_capture(12);
  run(1, "one");
  run(2, "two");
  run(2, "again");
  EXPECT_GT(text("one-tracks.csv").size(), 300U);
  EXPECT_EQ(text("one-tracks.csv"), text("two-tracks.csv"));
  EXPECT_EQ(text("one-plots.csv"), text("two-plots.csv"));
  EXPECT_EQ(text("two-tracks.csv"), text("again-tracks.csv"));
}

TEST_F(ReplayTest, a_capture_cut_anywhere_is_read_as_far_as_it_goes) {
  write_capture(2);
  const auto whole = std::filesystem::file_size(path("sea.pcap"));
  for (const double share : {0.0, 0.00001, 0.3, 0.77}) {
    std::filesystem::resize_file(path("sea.pcap"), static_cast<std::uintmax_t>(static_cast<double>(whole) * share));
    ReplayOptions options;
    options.files = {path("sea.pcap")};
    auto sink = CsvSink::create("", "");
    const auto summary = replay(options, **sink);
    if (share > 0.1) {
      ASSERT_TRUE(summary) << share;
      EXPECT_EQ(summary->rejected.count("capture: cut short"), 1U);
    } else {
      EXPECT_FALSE(summary) << share;
      EXPECT_THAT(summary.error().detail, HasSubstr("sea.pcap"));
    }
    write_capture(2);
  }
}

using Row = std::vector<std::string>;
std::vector<Row> rows_of(const std::string& text) {
  std::vector<Row> rows;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    Row row;
    std::istringstream fields(line);
    for (std::string field; std::getline(fields, field, ',');) row.push_back(field);
    rows.push_back(std::move(row));
  }
  return rows;
}
double number(const Row& row, std::size_t field) { return std::stod(row.at(field)); }

TEST_F(ReplayTest, an_origin_moves_the_frame_of_the_csv_and_nothing_else) {
  write_capture(12);
  const auto origin = GeoPosition::from_degrees(50.1, -1.2);
  run(1, "about-radar");
  run(1, "about-origin", origin);
  const auto a = rows_of(text("about-radar-tracks.csv"));
  const auto b = rows_of(text("about-origin-tracks.csv"));
  ASSERT_EQ(a.size(), b.size());
  ASSERT_GT(a.size(), 5U);
  for (std::size_t i = 1; i < a.size(); ++i) {
    for (const std::size_t same : {0U, 1U, 9U, 10U, 11U, 13U}) EXPECT_EQ(a[i].at(same), b[i].at(same)) << i;
    const auto expected = LocalFrame(origin).to_local(GeoPosition::from_degrees(number(b[i], 10), number(b[i], 11)));
    EXPECT_NEAR(number(b[i], 2), expected.east.value(), 0.01);
    EXPECT_NEAR(number(b[i], 3), expected.north.value(), 0.01);
    EXPECT_NEAR(std::hypot(number(a[i], 4), number(a[i], 5)), std::hypot(number(b[i], 4), number(b[i], 5)), 2e-4);
    EXPECT_NEAR(number(a[i], 6) + number(a[i], 7), number(b[i], 6) + number(b[i], 7), 1e-3);
  }
  const auto plots = rows_of(text("about-origin-plots.csv"));
  const auto site = LocalFrame(origin).to_local(GeoPosition::from_degrees(50.0, -1.0));
  ASSERT_GT(plots.size(), 3U);
  EXPECT_NEAR(number(plots[1], 7), site.east.value(), 0.01);
  EXPECT_NEAR(number(plots[1], 8), site.north.value(), 0.01);
}

TEST_F(ReplayTest, an_origin_does_not_place_a_radar_without_a_position_and_the_summary_says_so) {
  write_capture(12);
  const auto summary = run(1, "unplaced", GeoPosition::from_degrees(50.1, -1.2), false);
  ASSERT_EQ(summary.radars_without_position.size(), 1U);
  EXPECT_THAT(to_text(summary), HasSubstr("its position is not in the recording"));
  EXPECT_THAT(to_text(summary), HasSubstr("latitude_deg"));
  EXPECT_GT(summary.tracks.tracks_confirmed, 0U);
  for (const auto& row : rows_of(text("unplaced-tracks.csv"))) {
    if (row[0] == "time_s") continue;
    EXPECT_EQ(row.at(10), "");
    EXPECT_NEAR(number(row, 3), 1500.0, 60.0);  // about the radar
  }
  EXPECT_TRUE(run(1, "placed").radars_without_position.empty());
}

TEST_F(ReplayTest, lone_vessels_in_plots_csv_are_confirmed_whether_they_stand_come_or_go) {
  for (const int step_m : {-20, 0, 20}) {
    std::ofstream csv(path("plots.csv"));
    csv << "time_s,sensor,scan_id,range_m,azimuth_deg\n";
    for (int i = 0; i < 12; ++i) {
      csv << 100 + 3 * i << ",radar1," << i << "," << 3000 + step_m * i << ",90\n";
      csv << 101 + 3 * i << ",radar1," << i << "," << 3000 + step_m * i << ",210\n";
    }
    csv.close();
    ReplayOptions options;
    options.files = {path("plots.csv")};
    auto sink = CsvSink::create("", "");
    const auto summary = replay(options, **sink);
    ASSERT_TRUE(summary);
    EXPECT_EQ(summary->tracks.tracks_confirmed, 2U) << step_m;
    EXPECT_EQ(summary->tracks.tracks_begun, 2U) << step_m;
  }
}

TEST_F(ReplayTest, a_radar_has_one_name_in_the_summary_and_in_the_plots) {
  write_capture(2);
  ReplayOptions options;
  options.files = {path("sea.pcap")};
  options.config.chart.coastline.clear();
  options.config.radars.resize(1);
  options.config.radars[0].name = "Cape, north";
  auto sink = CsvSink::create(path("plots.csv"), "");
  const auto summary = replay(options, **sink);
  ASSERT_TRUE(summary && (*sink)->close());
  EXPECT_EQ(summary->radars.at(0).sensor, "Cape, north");
  EXPECT_EQ(summary->radars.at(0).id, SensorId(1));
  EXPECT_EQ(summary->errors.at(0).sensor, "Cape, north");
  EXPECT_EQ(summary->errors.at(0).id, SensorId(1));
  const auto rows = rows_of(text("plots.csv"));
  ASSERT_GT(rows.size(), 1U);
  EXPECT_EQ(rows[1].at(1), "Cape_ north") << "a comma would part fields";
}

TEST_F(ReplayTest, an_origin_says_where_the_plane_of_plots_csv_lies) {
  std::ofstream csv(path("plots.csv"));
  csv << "time_s,sensor,scan_id,range_m,azimuth_deg,east_m,north_m,sensor_east_m,sensor_north_m,strength_db,cells\n";
  for (int i = 0; i < 12; ++i) {
    for (int azimuth = 0; azimuth < 360; azimuth += 5) {
      const int range_m = azimuth % 90 == 0 ? 1000 : 2000 + (azimuth * 97 + i * 1237) % 5000;  // vessels, and clutter
      csv << 100 + 3 * i + azimuth / 120.0 << ",radar1," << i << "," << range_m << "," << azimuth << ",,,0,0,20,12\n";
    }
  }
  csv.close();
  ReplayOptions options;
  options.files = {path("plots.csv")};
  options.origin = GeoPosition::from_degrees(50.0, -1.0);
  auto sink = CsvSink::create("", path("tracks.csv"), options.origin);
  ASSERT_TRUE(replay(options, **sink));
  ASSERT_TRUE((*sink)->close());
  const auto rows = rows_of(text("tracks.csv"));
  ASSERT_GT(rows.size(), 3U);
  const LocalFrame frame(*options.origin);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto local = frame.to_local(GeoPosition::from_degrees(number(rows[i], 10), number(rows[i], 11)));
    EXPECT_NEAR(number(rows[i], 2), local.east.value(), 0.01);
    EXPECT_NEAR(number(rows[i], 3), local.north.value(), 0.01);
  }
}

TEST_F(ReplayTest, the_summary_has_the_keys_that_tools_rely_on) {
  write_capture(2);
  const std::string json = to_json(run(1, "x"));
  for (const char* key : {"\"duration_s\"", "\"speed_x_real_time\"", "\"radars\"", "\"sensor\"", "\"protocol\"",
                          "\"spokes\"", "\"turns\"", "\"gaps\"", "\"plots\"", "\"begun\"", "\"confirmed\"", "\"ended\"",
                          "\"sentences\"", "\"messages\"", "\"vessels\"", "\"rejected\""}) {
    EXPECT_THAT(json, HasSubstr(key));
  }
}

TEST(RegistrationText, says_which_of_range_bearing_and_time_is_taken_off) {
  RadarErrors e;
  e.sensor = "radar1";
  e.estimate.vessels = 9;
  const auto text = [&](const registration::Bias& applied) {
    e.applied = applied;
    return registration_text(e);
  };
  EXPECT_THAT(text({}), testing::HasSubstr("9 vessels: too little or too uncertain to be taken off\n"));
  EXPECT_THAT(text({.range_m = -23.7}),
              testing::HasSubstr(": range taken off; too little or too uncertain: bearing, time\n"));
  EXPECT_THAT(text({.range_m = 5.0, .bearing_rad = 0.1, .time_s = 0.2}),
              testing::HasSubstr(": range, bearing, time taken off\n"));
}

TEST_F(ReplayTest, what_is_no_recording_is_refused_with_its_name) {
  std::ofstream(path("letter.txt")) << "Dear Sir, this is no radar.\n";
  ReplayOptions options;
  options.files = {path("letter.txt")};
  auto sink = CsvSink::create("", "");
  const auto summary = replay(options, **sink);
  ASSERT_FALSE(summary);
  EXPECT_THAT(summary.error().detail, HasSubstr("letter.txt"));
  options.files = {path("not-there.pcap")};
  EXPECT_FALSE(replay(options, **sink));
}

}  // namespace
}  // namespace headland::station
