// SPDX-License-Identifier: Apache-2.0
// Recordings of every kind as one stream of events in order of time.
#include "runtime/station/input/input_file.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "codec/asterix/cat240.hpp"
#include "io/net/capture_writer.hpp"

namespace headland::station {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class InputFiles : public testing::Test {
 protected:
  InputFiles() { std::filesystem::create_directories(folder_); }
  ~InputFiles() override { std::filesystem::remove_all(folder_); }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }
  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }
  // Datagrams of one byte each, which tells which it is.
  [[nodiscard]] std::string capture(const std::string& name, const std::vector<double>& times_s) const {
    auto writer = net::CaptureWriter::create(path(name));
    std::uint8_t number = 0;
    for (const double t : times_s) {
      EXPECT_TRUE(writer->write(from_epoch_seconds(t), {0x0A000001, 1}, {0x0A000002, 2}, std::vector{++number}));
    }
    EXPECT_TRUE(writer->close());
    return path(name);
  }
  static std::vector<InputEvent> read(const std::vector<std::string>& files) {
    InputMerger merger;
    for (const auto& f : files) {
      auto file = open_input(f, {});
      EXPECT_TRUE(file) << (file ? "" : file.error().detail);
      if (file) merger.add(std::move(*file));
    }
    std::vector<InputEvent> events;
    while (auto event = merger.next()) events.push_back(std::move(*event));
    EXPECT_EQ(merger.progress(), 1.0);
    return events;
  }
  static std::vector<double> times_of(const std::vector<InputEvent>& events) {
    std::vector<double> out;
    for (const auto& e : events) out.push_back(epoch_seconds(e.time));
    return out;
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("headland-input-" + std::to_string(getpid()));
};

TEST_F(InputFiles, are_merged_by_time_and_of_equal_times_in_their_own_order) {
  const auto events = read({capture("a.pcap", {100, 102, 104}), capture("b.pcap", {101, 102, 105})});
  EXPECT_THAT(times_of(events), ElementsAre(100, 101, 102, 102, 104, 105));
  std::vector<int> files;
  for (const auto& e : events) files.push_back(e.file);
  EXPECT_THAT(files, ElementsAre(0, 1, 0, 1, 0, 1));
}

TEST_F(InputFiles, whose_time_goes_back_keep_their_own_order) {
  const auto events = read({capture("a.pcap", {100, 99, 101})});
  std::vector<int> numbers;
  for (const auto& e : events) numbers.push_back(e.bytes.at(0));
  EXPECT_THAT(numbers, ElementsAre(1, 2, 3));
}

TEST_F(InputFiles, of_text_take_the_time_of_their_tag_blocks_and_lines_without_one_that_of_the_line_before) {
  // Checksums of the tag blocks by hand: exclusive or of the letters within.
  const auto tagged = [](const std::string& inner) {
    unsigned sum = 0;
    for (const char c : inner) sum ^= static_cast<unsigned char>(c);
    char hex[3];
    std::snprintf(hex, sizeof hex, "%02X", sum);
    return "\\" + inner + "*" + hex + "\\";
  };
  const std::string body = "!AIVDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0*4A\r\n";
  const auto events =
      read({write("a.nmea", body + tagged("c:1700000000") + body + body + tagged("c:1700000003500") + body)});
  EXPECT_THAT(times_of(events), ElementsAre(1.7e9, 1.7e9, 1.7e9, 1.7e9 + 3.5));
  for (const auto& e : events) EXPECT_EQ(e.kind, InputKind::text);
}

TEST_F(InputFiles, of_text_without_any_time_count_from_zero) {
  const std::string body = "!AIVDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0*4A\r\n";
  EXPECT_THAT(times_of(read({write("a.nmea", body + body)})), ElementsAre(0, 0));
}

TEST_F(InputFiles, of_plots_come_scan_by_scan_and_what_is_wrong_is_counted) {
  const auto file =
      write("plots.csv", "time_s,range_m,azimuth_deg,scan_id\n1,1000,10,0\n1.5,1000,50,0\nnonsense,,,\n4,1000,10,1\n");
  InputMerger merger;
  merger.add(std::move(*open_input(file, {})));
  std::vector<std::size_t> plots;
  while (const auto event = merger.next()) {
    EXPECT_EQ(event->kind, InputKind::plots);
    plots.push_back(event->sector.plots.size());
  }
  EXPECT_THAT(plots, ElementsAre(2, 1));
  ASSERT_EQ(merger.rejected().size(), 1U);
  EXPECT_THAT(merger.rejected().begin()->first, HasSubstr("plots CSV"));
}

TEST_F(InputFiles, of_asterix_blocks_take_the_time_of_day_inside) {
  std::vector<std::uint8_t> bytes;
  const std::vector<std::uint8_t> cells(64, 7);
  for (std::uint32_t i = 0; i < 3; ++i) {
    asterix::Cat240Video video;
    video.sequence = i;
    video.end_azimuth = 100;
    video.cell_duration_fs = 66'666'667;
    video.cell_count = 64;
    video.cells = cells;
    video.time_of_day = (3600 + i) * 128;  // in 1/128 s
    ASSERT_TRUE(asterix::encode_video(video, asterix::CellDurationItem::femto, bytes));
  }
  const auto events = read({write("a.ast", std::string(bytes.begin(), bytes.end()))});
  ASSERT_EQ(events.size(), 3U);
  EXPECT_THAT(times_of(events), ElementsAre(3600, 3601, 3602));
}

TEST_F(InputFiles, that_are_none_are_refused_with_what_would_be) {
  const auto told = [&](const std::string& file) {
    const auto opened = open_input(file, {});
    return opened ? std::string() : opened.error().detail;
  };
  EXPECT_THAT(told(write("letter.txt", "Dear Sir")), HasSubstr("captures, NMEA text"));
  EXPECT_THAT(told(write("empty", "")), HasSubstr("empty"));
  EXPECT_THAT(told(path("absent")), HasSubstr("absent"));
  EXPECT_THAT(told(folder_.string()), HasSubstr("no journal in this folder"));
}

}  // namespace
}  // namespace headland::station
