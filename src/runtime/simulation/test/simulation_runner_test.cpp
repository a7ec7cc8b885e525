// SPDX-License-Identifier: Apache-2.0
#include "runtime/simulation/simulation_runner.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "codec/asterix/cat240_spokes.hpp"
#include "io/net/udp_socket.hpp"
#include "runtime/config/scene_file.hpp"
#include "runtime/simulation/wire.hpp"

namespace headland::simulation {
namespace {

using namespace std::chrono_literals;

scenario::Scene calm() {
  auto scene = config::load_scene(std::string(HEADLAND_SOURCE_DIR) + "/data/scenes/calm.toml");
  EXPECT_TRUE(scene);
  return std::move(*scene);
}

class SimulationFiles : public ::testing::Test {
 protected:
  SimulationFiles() { std::filesystem::create_directories(folder_); }
  ~SimulationFiles() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }
  static std::string text_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  }
  // What a command prints, both streams.
  static std::string output_of(const std::string& command) {
    std::string out;
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) return out;
    std::array<char, 4096> part{};
    while (std::fgets(part.data(), part.size(), pipe) != nullptr) out += part.data();
    ::pclose(pipe);
    return out;
  }
  static bool installed(const std::string& tool) {
    return std::system(("command -v " + tool + " >/dev/null").c_str()) == 0;
  }

  // Plays the calm scene into files as fast as it can.
  void play(const std::string& name, double seconds, std::optional<std::uint64_t> seed = {}) {
    RunnerOptions options;
    options.pcap_path = path(name + ".pcap");
    options.nmea_path = path(name + ".nmea");
    options.truth_path = path(name + ".csv");
    options.as_the_clock_goes = false;
    options.duration_s = seconds;
    options.seed = seed;
    auto runner = SimulationRunner::create(calm(), options);
    ASSERT_TRUE(runner) << runner.error().detail;
    const auto result = (*runner)->run([] { return false; });
    ASSERT_TRUE(result) << result.error().detail;
    counters_ = (*runner)->counters();
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("headland-simulation-" + std::to_string(::getpid()));
  RunnerCounters counters_;
};

TEST_F(SimulationFiles, AreTheSameForTheSameSeed) {
  play("a", 3.0);
  play("b", 3.0);
  play("c", 3.0, 77);
  for (const auto* kind : {".pcap", ".nmea", ".csv"}) {
    EXPECT_FALSE(text_of(path(std::string("a") + kind)).empty());
    EXPECT_EQ(text_of(path(std::string("a") + kind)), text_of(path(std::string("b") + kind))) << kind;
  }
  EXPECT_NE(text_of(path("a.pcap")), text_of(path("c.pcap")));
}

TEST_F(SimulationFiles, TruthHasTheColumnsOfTheScorer) {
  play("a", 5.0);
  std::istringstream truth(text_of(path("a.csv")));
  std::string line;
  ASSERT_TRUE(std::getline(truth, line));
  EXPECT_EQ(line, "time_s,target_id,east_m,north_m,ve_mps,vn_mps");
  int rows = 0;
  while (std::getline(truth, line)) {
    ++rows;
    EXPECT_EQ(std::ranges::count(line, ','), 5) << line;
    EXPECT_EQ(line.substr(0, 7), "1772344");
  }
  EXPECT_EQ(rows, 4 * 5);
}

TEST_F(SimulationFiles, TsharkDecodesTheVideoWithoutAMalformedMessage) {
  if (!installed("tshark")) GTEST_SKIP() << "tshark is not installed";
  play("a", 3.0);
  const auto text = output_of("tshark -r " + path("a.pcap") +
                              " -d udp.port==8600,asterix -Y 'udp.port==8600' -T fields -e asterix.category -e "
                              "_ws.malformed -e asterix.length");
  std::istringstream lines(text);
  std::string line;
  std::uint64_t videos = 0;
  while (std::getline(lines, line)) {
    if (line.starts_with("Running as")) continue;
    EXPECT_EQ(line.substr(0, 4), "240\t") << line;
    EXPECT_EQ(line.find("alformed"), std::string::npos) << line;
    ++videos;
  }
  EXPECT_EQ(videos, counters_.spokes);
}

TEST_F(SimulationFiles, GpsdecodeReadsTheAis) {
  if (!installed("gpsdecode")) GTEST_SKIP() << "gpsdecode is not installed";
  play("a", 120.0);
  const auto text = output_of("gpsdecode -j < " + path("a.nmea"));
  EXPECT_EQ(text.find("ERROR"), std::string::npos) << text;
  EXPECT_NE(text.find("\"shipname\":\"FIRST\""), std::string::npos);
  EXPECT_NE(text.find("\"type\":18,"), std::string::npos);
  EXPECT_NE(text.find("\"shipname\":\"SECOND\""), std::string::npos);
  EXPECT_NE(text.find("\"mmsi\":298000904"), std::string::npos);
  EXPECT_NE(text.find("At anchor"), std::string::npos);
}

TEST_F(SimulationFiles, WhatCannotBeWrittenIsToldBeforeItStarts) {
  RunnerOptions options;
  options.truth_path = path("no/such/folder/truth.csv");
  const auto runner = SimulationRunner::create(calm(), options);
  ASSERT_FALSE(runner);
  EXPECT_NE(runner.error().detail.find("truth.csv"), std::string::npos);
}

TEST_F(SimulationFiles, WithoutGshhgTheScenesOwnCoastServes) {
  auto scene = calm();
  scene.coast_source = scenario::CoastSource::gshhg;
  RunnerOptions options;
  options.coast_file = path("not-there.nc");
  const auto runner = SimulationRunner::create(scene, options);
  ASSERT_TRUE(runner);
  EXPECT_EQ((*runner)->simulation().scene().coast.size(), calm().coast.size());
  EXPECT_NE((*runner)->coast_told().find("the scene's own"), std::string::npos);
}

TEST(SimulationUdp, VideoArrivesAsItWasMadeAndItStopsWhenTold) {
  auto receiver = net::UdpReceiver::open({.listen = {0x7F000001, 0}, .interface = {}});
  ASSERT_TRUE(receiver);
  RunnerOptions options;
  options.video = receiver->local();
  auto runner = SimulationRunner::create(calm(), options);
  ASSERT_TRUE(runner) << runner.error().detail;
  (*runner)->start();
  std::uint32_t expected = 0;
  while (expected < 100) {
    const auto datagram = receiver->receive(10s);
    ASSERT_TRUE(datagram && *datagram);
    const auto payload = (*datagram)->payload;
    asterix::BlockReader blocks(payload);
    const auto block = blocks.next();
    ASSERT_TRUE(block);
    asterix::Cat240Reader records(*block);
    const auto record = records.next();
    ASSERT_TRUE(record);
    const auto& video = std::get<asterix::Cat240Video>(*record);
    EXPECT_EQ(video.sequence, expected++);
    EXPECT_EQ(video.cell_count, 512U);
    EXPECT_NEAR(static_cast<double>(video.cell_duration_fs) * speed_of_light_mps / 2e15, 20.0, 1e-6);
  }
  (*runner)->stop();
  EXPECT_FALSE((*runner)->running());
  (*runner)->stop();  // twice does no harm
}

TEST(Wire, AVideoMessageGivesBackItsSpoke) {
  SpokeBlock block;
  block.sensor = SensorId(3);
  SpokeInfo spoke;
  spoke.time = Timestamp(1'700'000'000s);
  spoke.bearing = Bearing::from_degrees(0.0);
  spoke.width = Angle::from_degrees(360.0 / 2048.0);
  spoke.cell_size = Metres(10.85);
  spoke.sequence = 70'000;
  spoke.cell_count = 5;
  block.samples = {1, 2, 3, 200, 255};
  block.spokes.push_back(spoke);
  std::vector<std::uint8_t> bytes;
  to_cat240(block, spoke, bytes);
  asterix::BlockReader blocks(bytes);
  const auto outer = blocks.next();
  ASSERT_TRUE(outer);
  asterix::Cat240Reader records(*outer);
  const auto record = records.next();
  ASSERT_TRUE(record);
  const auto& video = std::get<asterix::Cat240Video>(*record);
  EXPECT_EQ(video.sic, 3);
  EXPECT_EQ(video.start_azimuth, 65536 - 16);  // half a spoke before north
  EXPECT_EQ(video.end_azimuth, 16);
  SpokeBlock back;
  asterix::append_spoke(video, spoke.time, back);
  EXPECT_EQ(back.samples, block.samples);
  EXPECT_NEAR((back.spokes[0].bearing - spoke.bearing).degrees(), 0.0, 1e-9);
  EXPECT_NEAR(back.spokes[0].cell_size.value(), 10.85, 1e-6);
}

TEST(Wire, ALongAisMessageIsJoinedByItsSequence) {
  VesselParticulars p;
  p.mmsi = Mmsi(298000001);
  p.message_type = 5;
  p.name = "LONG";
  unsigned sequence = 9;
  std::string text;
  to_sentences({Timestamp(1'700'000'000s), p}, false, sequence, text);
  EXPECT_EQ(sequence, 0U);
  EXPECT_NE(text.find("AIVDM,2,1,9,"), std::string::npos) << text;
  EXPECT_NE(text.find("AIVDM,2,2,9,"), std::string::npos) << text;
  text.clear();
  to_sentences({Timestamp(1'700'000'000s), p}, true, sequence, text);
  EXPECT_NE(text.find("c:1700000000000"), std::string::npos) << text;
}

}  // namespace
}  // namespace headland::simulation
