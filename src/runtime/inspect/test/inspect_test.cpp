// SPDX-License-Identifier: Apache-2.0
// Small captures made here, looked at as `headland decode` does.
#include <filesystem>
#include <fstream>
#include <numbers>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "codec/asterix/cat240_spokes.hpp"
#include "io/net/capture_writer.hpp"
#include "runtime/inspect/decode.hpp"
#include "runtime/inspect/turn_counter.hpp"

namespace headland::inspect {
namespace {

Bearing deg(double degrees) { return Bearing::from_degrees(degrees); }
Timestamp at(double s) { return from_epoch_seconds(s); }

TEST(TurnCounter, CountsCrossingsOfNorthAndTheTimeBetween) {
  TurnCounter t;
  for (int i = 0; i < 1000; ++i) t.add(deg(200 + i), at(i * 0.01));
  EXPECT_EQ(t.turns(), 3U);  // 200 to 1199 degrees: through 360, 720, 1080
  EXPECT_NEAR(*t.seconds_per_turn(), 3.6, 1e-6);
}

TEST(TurnCounter, CountsAnAntennaThatTurnsTheOtherWay) {
  TurnCounter t;
  for (int i = 0; i < 1000; ++i) t.add(deg(-200 - i), at(i * 0.01));
  EXPECT_EQ(t.turns(), 3U);
}

TEST(TurnCounter, CountsATremblingNorthOnce) {
  TurnCounter t;
  for (const double d : {180.0, 300.0, 359.9, 0.1, 359.9, 0.2, 359.8, 0.3, 90.0}) t.add(deg(d), at(0));
  EXPECT_EQ(t.turns(), 1U);
  EXPECT_FALSE(t.seconds_per_turn().has_value());
}

std::string scratch(const std::string& name) {
  return (std::filesystem::path(::testing::TempDir()) / ("headland_inspect_" + name)).string();
}

class CaptureOf {
 public:
  explicit CaptureOf(const std::string& name) : path_(scratch(name)), writer_(*net::CaptureWriter::create(path_)) {}
  void send(double time_s, const char* destination, const std::vector<std::uint8_t>& payload) {
    ASSERT_TRUE(writer_.write(at(time_s), {0x0A000001, 4000}, *net::parse_endpoint(destination), payload).has_value());
  }
  void send(double time_s, const char* destination, const std::string& text) {
    send(time_s, destination, std::vector<std::uint8_t>(text.begin(), text.end()));
  }
  FileReport report() {
    EXPECT_TRUE(writer_.close().has_value());
    auto r = inspect_file(path_);
    EXPECT_TRUE(r.has_value()) << r.error().detail;
    return r.value_or(FileReport{});
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
  net::CaptureWriter writer_;
};

std::vector<std::uint8_t> video(std::uint32_t sequence, double azimuth_deg) {
  asterix::Cat240Video v;
  v.sequence = sequence;
  v.start_azimuth = static_cast<std::uint16_t>(azimuth_deg / 360.0 * 65536.0);
  v.end_azimuth = static_cast<std::uint16_t>(v.start_azimuth + 182);
  v.cell_duration_fs = 66'712'819;  // 10 m
  const std::vector<std::uint8_t> cells(500, 3);
  v.cells = cells;
  v.cell_count = 500;
  std::vector<std::uint8_t> bytes;
  EXPECT_TRUE(asterix::encode_video(v, asterix::CellDurationItem::femto, bytes));
  return bytes;
}

TEST(Inspect, TellsTurnsRangesAndGapsOfAsterixVideo) {
  CaptureOf capture("video.pcap");
  for (std::uint32_t i = 0; i < 900; ++i) {
    if (i == 100) continue;  // lost
    capture.send(i / 144.0, "239.240.0.1:24000", video(i, std::fmod(90.0 + i, 360.0)));
  }
  const auto file = capture.report();
  ASSERT_EQ(file.streams.size(), 1U);
  const auto& s = file.streams[0];
  EXPECT_EQ(s.protocol, "asterix-240");
  EXPECT_EQ(s.source, "239.240.0.1:24000");
  EXPECT_EQ(s.spokes, 899U);
  EXPECT_EQ(s.gaps, 1U);
  EXPECT_EQ(s.turns, 2U);
  EXPECT_NEAR(s.seconds_per_turn.value_or(0), 2.5, 0.001);
  EXPECT_EQ(s.ranges_m, std::vector<double>{5000.0});
  EXPECT_EQ(s.cell_m, std::vector<double>{10.0});
  EXPECT_EQ(s.heading.kind, "none");
}

TEST(Inspect, CountsRefusedMessagesOfAKnownStreamByReason) {
  CaptureOf capture("refused.pcap");
  auto bad = video(1, 0.0);
  bad[24] = 0x80;  // compressed
  capture.send(0, "239.240.0.1:24000", bad);
  capture.send(1, "239.240.0.1:24000", std::string("\xF0\x01", 2));
  capture.send(2, "239.1.1.1:99", std::string("something else"));
  const auto file = capture.report();
  ASSERT_EQ(file.streams.size(), 1U);
  EXPECT_EQ(file.streams[0].spokes, 0U);
  EXPECT_EQ(file.streams[0].rejected, (Counts{{"compressed", 1}, {"truncated-block", 1}}));
  EXPECT_EQ(file.unrecognised, 1U);
}

TEST(Inspect, DoesNotTakeEveryLittleEndianMessageForAsterix) {
  CaptureOf capture("little_endian.pcap");
  std::vector<std::uint8_t> message(40, 0);  // u32 0x280001: category 1, length 40
  message[0] = 0x01, message[2] = 0x28;
  capture.send(0, "232.1.1.1:2574", message);
  const auto file = capture.report();
  EXPECT_TRUE(file.streams.empty());
  EXPECT_EQ(file.unrecognised, 1U);
}

TEST(Inspect, TellsSentencesAisAndOwnPosition) {
  CaptureOf capture("nmea.pcap");
  const char* const group = "255.255.255.255:10110";
  capture.send(0, group, std::string("$GPGLL,5310.74,N,00516.06,E,120000,A,A*44\r\n"));
  capture.send(1, group, std::string("$GPHDT,296.0,T*38\r\n"));
  capture.send(2, group, std::string("!AIVDM,1,1,,B,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C\r\n"));
  capture.send(3, group, std::string("!AIVDM,1,1,,B,177KQJ5000G?tO`K>RA1wUbN0TKH,0*00\r\n"));
  const auto file = capture.report();
  ASSERT_EQ(file.streams.size(), 2U);
  EXPECT_EQ(file.streams[0].protocol, "nmea-ais");
  EXPECT_EQ(file.streams[0].messages, (Counts{{"1", 1}}));
  EXPECT_EQ(file.streams[0].rejected.size(), 1U);
  const auto& s = file.streams[1];
  EXPECT_EQ(s.protocol, "nmea");
  EXPECT_EQ(s.messages.at("HDT"), 1U);
  EXPECT_EQ(s.heading.kind, "true");
  EXPECT_NEAR(*s.heading.deg, 296.0, 1e-6);
  ASSERT_TRUE(s.position.has_value());
  EXPECT_EQ(s.position->from, "GPGLL");
  EXPECT_NEAR(s.position->position.latitude_deg(), 53.179, 1e-4);
  EXPECT_DOUBLE_EQ(file.duration_s, 3.0);
}

std::vector<std::uint8_t> spoke_frame(std::uint16_t counter, std::uint16_t heading) {
  std::vector<std::uint8_t> f{1, 0, 0, 0, 0, 32, 0, 2};
  for (unsigned i = 0; i < 32; ++i) {
    const unsigned n = counter + i;
    const unsigned angle = n * 2 % 4096;
    const auto u16 = [&f](unsigned v) {
      f.push_back(static_cast<std::uint8_t>(v)), f.push_back(static_cast<std::uint8_t>(v >> 8U));
    };
    f.push_back(24), f.push_back(2);
    u16(n % 4096), u16(0x4400), u16(3438), u16(angle), u16(heading), u16(512);
    f.insert(f.end(), 10 + 512, 0);
  }
  return f;
}

TEST(Inspect, BringsTheReportsOfANavicoRadarToItsSpokes) {
  CaptureOf capture("navico.pcap");
  std::vector<std::uint8_t> model(129, 0);
  model[0] = 3, model[1] = 0xC4;
  capture.send(0, "236.6.9.53:7061", model);
  for (std::uint16_t n = 0; n < 4096 * 2; n += 32) capture.send(n * 0.001, "236.6.9.51:7059", spoke_frame(n, 0x4000));
  const auto file = capture.report();
  ASSERT_EQ(file.streams.size(), 1U);
  const auto& s = file.streams[0];
  EXPECT_EQ(s.protocol, "navico-halo");
  EXPECT_EQ(s.source, "236.6.9.51:7059");
  EXPECT_EQ(s.spokes, 8192U);
  EXPECT_EQ(s.turns, 3U);
  EXPECT_NEAR(s.seconds_per_turn.value_or(0), 2.048, 1e-6);
  EXPECT_EQ(s.heading.kind, "true");
  EXPECT_EQ(s.messages.at("report-03C4"), 1U);
  EXPECT_EQ(s.ranges_m, std::vector<double>{3438.0});
}

TEST(Inspect, PrintsTheJsonThatToolsRelyOn) {
  CaptureOf capture("json.pcap");
  capture.send(0, "239.240.0.1:24000", video(1, 10.0));
  capture.report();
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(decode_files({capture.path()}, true, out, err), 0);
  const auto json = nlohmann::json::parse(out.str());
  const auto& file = json.at("files").at(0);
  EXPECT_EQ(file.at("path"), capture.path());
  EXPECT_EQ(file.at("duration_s"), 0.0);
  const auto& stream = file.at("streams").at(0);
  for (const char* key : {"protocol", "source", "datagrams", "spokes", "turns", "seconds_per_turn", "ranges_m",
                          "cell_m", "heading", "position", "messages", "rejected"}) {
    EXPECT_TRUE(stream.contains(key)) << key;
  }
  EXPECT_TRUE(stream.at("seconds_per_turn").is_null());
  EXPECT_EQ(stream.at("heading").at("kind"), "none");
  std::ostringstream text;
  EXPECT_EQ(decode_files({capture.path()}, false, text, err), 0);
  EXPECT_NE(text.str().find("asterix-240 from 239.240.0.1:24000"), std::string::npos);
}

TEST(Inspect, SaysWhichFileCannotBeReadAndGoesOn) {
  CaptureOf capture("good.pcap");
  capture.send(0, "239.240.0.1:24000", video(1, 10.0));
  capture.report();
  const auto noise = scratch("noise.txt");
  std::ofstream(noise) << "Dear all,\n";
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(decode_files({"/nowhere/at/all", noise, capture.path()}, true, out, err), 1);
  EXPECT_NE(err.str().find("/nowhere/at/all"), std::string::npos);
  EXPECT_NE(err.str().find(noise), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(out.str()).at("files").size(), 1U);
}

}  // namespace
}  // namespace headland::inspect
