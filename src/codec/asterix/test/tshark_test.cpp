// SPDX-License-Identifier: Apache-2.0
// What an independent decoder makes of our messages. Skipped where tshark is not installed.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "codec/asterix/cat062.hpp"
#include "codec/asterix/cat240_spokes.hpp"
#include "codec/asterix/test/sample_track.hpp"
#include "io/net/capture_writer.hpp"

namespace headland::asterix {
namespace {

constexpr net::Endpoint from{0x7F000001, 4000};
constexpr net::Endpoint to{0xEFF00001, 24000};

bool has_tshark() { return std::system("command -v tshark >/dev/null 2>&1") == 0; }

// All that tshark prints of the messages, each as a datagram of a capture.
std::string dissect(const std::string& name, const std::vector<std::vector<std::uint8_t>>& messages) {
  const auto path = (std::filesystem::path(::testing::TempDir()) / ("headland_tshark_" + name + ".pcap")).string();
  auto writer = net::CaptureWriter::create(path);
  EXPECT_TRUE(writer.has_value());
  for (const auto& m : messages) EXPECT_TRUE(writer->write(Timestamp{}, from, to, m).has_value());
  EXPECT_TRUE(writer->close().has_value());
  const std::string command = "tshark -n -r '" + path + "' -d udp.port==24000,asterix -V 2>/dev/null";
  FILE* pipe = popen(command.c_str(), "r");
  EXPECT_NE(pipe, nullptr);
  std::string text;
  std::array<char, 4096> buffer{};
  for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) text.append(buffer.data(), n);
  EXPECT_EQ(pclose(pipe), 0);
  return text;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

TEST(Tshark, ReadsOurVideoOfEveryResolutionAndVolume) {
  if (!has_tshark()) GTEST_SKIP() << "tshark is not installed";
  std::vector<std::vector<std::uint8_t>> messages;
  const std::vector<std::uint8_t> cells(60000, 0x5A);
  for (const std::uint32_t size : {100U, 5000U, 60000U}) {
    for (unsigned code = 0; code < 6; ++code) {
      Cat240Video v;
      v.sac = 25, v.sic = 100;
      v.sequence = 4242;
      v.start_azimuth = 0x4000, v.end_azimuth = 0x4080;
      v.start_cell = 7;
      v.cell_duration_fs = 33'000'000;
      v.bits = static_cast<std::uint8_t>(1U << code);
      v.cell_count = size * 8 / v.bits;
      v.cells = std::span(cells).first(size);
      v.time_of_day = 45845U * 128;
      if (code % 2 == 0) v.time_of_day.reset();
      const auto item = code < 3 ? CellDurationItem::nano : CellDurationItem::femto;
      ASSERT_TRUE(encode_video(v, item, messages.emplace_back()));
    }
  }
  const std::string hello = "hello";
  encode_summary({25, 100, {reinterpret_cast<const std::uint8_t*>(hello.data()), hello.size()}, 5},
                 messages.emplace_back());
  const std::string text = dissect("video", messages);
  EXPECT_EQ(count(text, "Malformed"), 0U);
  EXPECT_EQ(count(text, "Category: 240"), messages.size());
  EXPECT_EQ(count(text, "SAC, System Area Code: 0x19 (25)"), messages.size());
  EXPECT_EQ(count(text, "Video Record Header: 4242"), 18U);
  EXPECT_EQ(count(text, "STARTAZ, Start Azimuth of the Cells Group, [\u00b0]: 90\n"), 18U);
  EXPECT_EQ(count(text, "ENDAZ, End Azimuth of the Cells Group, [\u00b0]: 90.703125\n"), 18U);
  EXPECT_EQ(count(text, "in Number of Cells: 7\n"), 18U);
  EXPECT_EQ(count(text, "CELLDUR, Video Cell Duration in Nano-seconds, [ns]: 33\n"), 9U);
  EXPECT_EQ(count(text, "High Resolution (8 bits) (4)"), 3U);
  EXPECT_EQ(count(text, "NBVB, Number of 'valid' Octets: 60000\n"), 6U);
  EXPECT_EQ(count(text, "NBCELLS, Number of 'valid' Cells: 480000\n"), 1U);
  EXPECT_EQ(count(text, "[s]: 45845\n"), 9U);
}

TEST(Tshark, ReadsOurTracksWithTheSameValues) {
  if (!has_tshark()) GTEST_SKIP() << "tshark is not installed";
  auto coasting = test::sample_track();
  coasting.stage = TrackStage::coasting;
  coasting.particulars.reset();
  coasting.velocity_known = false;
  const std::vector<SystemTrack> tracks{test::sample_track(), coasting};
  const std::string text = dissect("tracks", test::sent_tracks(tracks, {25, 100, 1400}));
  EXPECT_EQ(count(text, "Malformed"), 0U);
  EXPECT_EQ(count(text, "Category: 62"), 1U);
  for (const char* value :
       {"LAT, Latitude, [\u00b0]: 50.75000", "LON, Longitude, [\u00b0]: -1.12499", "Track Number: 0x04d2 (1234)",
        "X, X Coordinate, [m]: 1000\n", "Y, Y Coordinate, [m]: -250.5\n", "Time Of Track Information, [s]: 45845.5\n",
        "CNF: Confirmed track (0)"}) {
    EXPECT_EQ(count(text, value), 2U) << value << " in\n" << text;
  }
  for (const char* value : {"MABC7", "[m/s]: 5\n", "[m/s]: -2.5\n", "(coasting) (1)", "LENGTH, Length, [m]: 80\n",
                            "ORIENTATION, Orientation, [\u00b0]: 90\n", "WIDTH, Width, [m]: 12\n"}) {
    EXPECT_EQ(count(text, value), 1U) << value << " in\n" << text;
  }
}

}  // namespace
}  // namespace headland::asterix
