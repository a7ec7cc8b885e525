// SPDX-License-Identifier: Apache-2.0
// `headland decode` against what is known of the recordings (README beside them): spokes, turns to one,
// seconds per turn.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "runtime/inspect/decode.hpp"
#include "support/shared_data.hpp"

namespace headland::inspect {
namespace {

struct Known {
  const char* path;
  const char* protocol;
  std::uint64_t spokes;     // 0: not stated
  double turns;             // 0: not stated
  double seconds_per_turn;  // 0: not stated
  const char* heading;
  double heading_deg;
};

void PrintTo(const Known& known, std::ostream* out) { *out << known.path; }

class Recording : public ::testing::TestWithParam<Known> {};

TEST_P(Recording, HoldsTheSpokesTurnsAndPaceThatAreKnownOfIt) {
  const Known& known = GetParam();
  HEADLAND_NEEDS_RECORDING(known.path);
  const auto file = inspect_file(test::shared_data(known.path).string());
  ASSERT_TRUE(file.has_value()) << file.error().detail;
  const auto stream = std::ranges::max_element(file->streams, {}, &StreamReport::spokes);
  ASSERT_NE(stream, file->streams.end());
  EXPECT_EQ(stream->protocol, known.protocol);
  if (known.spokes > 0) {
    EXPECT_EQ(stream->spokes, known.spokes);
  }
  if (known.turns > 0) {
    EXPECT_NEAR(static_cast<double>(stream->turns), known.turns, 1.0);
  }
  ASSERT_TRUE(stream->seconds_per_turn.has_value());
  if (known.seconds_per_turn > 0) {
    EXPECT_NEAR(*stream->seconds_per_turn, known.seconds_per_turn, 0.01);
  }
  EXPECT_EQ(stream->heading.kind, known.heading);
  if (known.heading_deg > 0) {
    EXPECT_NEAR(stream->heading.deg.value_or(0), known.heading_deg, 1.0);
  }
}

constexpr const char* none = "none";
INSTANTIATE_TEST_SUITE_P(
    Radars, Recording,
    ::testing::Values(Known{"radar-pcap/navico/3g.pcap.gz", "navico-3g", 10592, 5, 0, "true", 129},
                      Known{"radar-pcap/navico/4g-heading.pcap.gz", "navico-4g", 38176, 19, 2.51, "magnetic", 177.2},
                      Known{"radar-pcap/navico/4g-ranges-mixed.pcap.gz", "navico-4g", 46144, 23, 0, "magnetic", 224.9},
                      Known{"radar-pcap/navico/br24-ranges-nm.pcap.gz", "navico-br24", 103968, 54, 0, none, 0},
                      Known{"radar-pcap/navico/halo-velocitytrack-away.pcap.gz", "navico-halo", 20320, 10, 2.83, "true",
                            226},
                      Known{"radar-pcap/navico/halo20-ranges.pcap.gz", "navico-halo", 43872, 22, 0, none, 0},
                      Known{"radar-pcap/navico/halo24_and_nmea0183_ais.pcap", "navico-halo", 6528, 3, 2.0, "true", 296},
                      Known{"radar-pcap/navico/sea_clutter_halo.pcap.gz", "navico-halo", 15200, 11.6, 0, "true", 214},
                      Known{"radar-video/marce/run_01_001_cat240.pcap.gz", "asterix-240", 108800, 151, 2.50, none, 0},
                      Known{"radar-video/marce/run_01_005_cat240.pcap.gz", "asterix-240", 0, 242, 2.50, none, 0},
                      Known{"radar-video/marce/run_03_002_cat240.pcap.gz", "asterix-240", 0, 0, 2.50, none, 0}));

TEST(Recordings, HoldTheVideoMessageOfAnotherMaker) {
  HEADLAND_NEEDS_RECORDING("asterix/cat240/cat240-1.bin");
  const auto file = inspect_file(test::shared_data("asterix/cat240/cat240-1.bin").string());
  ASSERT_TRUE(file.has_value());
  ASSERT_EQ(file->streams.size(), 1U);
  EXPECT_EQ(file->streams[0].protocol, "asterix-240");
  EXPECT_EQ(file->streams[0].spokes, 1U);
  EXPECT_TRUE(file->streams[0].rejected.empty());
}

TEST(Recordings, OfABrokenSimulatorAreRefusedMessageByMessage) {
  HEADLAND_NEEDS_RECORDING("asterix/cat240/simulator_malformed_cat240.pcap.gz");
  const auto file = inspect_file(test::shared_data("asterix/cat240/simulator_malformed_cat240.pcap.gz").string());
  ASSERT_TRUE(file.has_value());
  ASSERT_EQ(file->streams.size(), 1U);
  EXPECT_EQ(file->streams[0].spokes, 0U);
  EXPECT_EQ(file->streams[0].rejected, (Counts{{"missing-item", 400}}));
}

Counts messages_of(const char* path, const std::string& protocol, Counts& rejected) {
  const auto file = inspect_file(test::shared_data(path).string());
  Counts messages;
  if (!file) return messages;
  for (const auto& stream : file->streams) {
    for (const auto& [name, n] : stream.rejected) rejected[name] += n;
    if (stream.protocol != protocol) continue;
    for (const auto& [name, n] : stream.messages) messages[name] += n;
  }
  return messages;
}

TEST(Recordings, OfOtherAsterixCategoriesAreCountedRecordByRecord) {
  const char* const surface = "asterix/cat010/lebl_smr_20201002-0800.ast.gz";
  HEADLAND_NEEDS_RECORDING(surface);
  Counts rejected;
  EXPECT_EQ(messages_of(surface, "asterix-010", rejected),
            (Counts{{"target-report", 38309}, {"start-of-update", 7175}, {"periodic-status", 7175}}));
  EXPECT_EQ(messages_of("asterix/cat048-034/argentina_260429.pcap.gz", "asterix-048", rejected),
            (Counts{{"record", 3541}}));
  EXPECT_EQ(messages_of("asterix/cat048-034/jahorina_cat048_034.raw", "asterix-034", rejected),
            (Counts{{"north-marker", 20}}));
  EXPECT_EQ(messages_of("asterix/cat062/final_frame_062_065_large_packet_30min.ff.gz", "asterix-065", rejected),
            (Counts{{"end-of-batch", 5701}, {"sdps-status", 356}}));
  EXPECT_EQ(rejected, Counts{});
}

TEST(Recordings, OfStartingRadarsHoldNoSpokes) {
  for (const char* path : {"radar-pcap/navico/4g-boot.pcap.gz", "radar-pcap/navico/br24-boot.pcap.gz"}) {
    HEADLAND_NEEDS_RECORDING(path);
    const auto file = inspect_file(test::shared_data(path).string());
    ASSERT_TRUE(file.has_value());
    ASSERT_FALSE(file->streams.empty());
    for (const auto& stream : file->streams) EXPECT_EQ(stream.spokes, 0U);
  }
}

}  // namespace
}  // namespace headland::inspect
