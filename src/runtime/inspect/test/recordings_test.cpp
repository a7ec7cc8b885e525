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
    ::testing::Values(
        Known{"radar-pcap/navico/3g.pcap.gz", "navico-3g", 10592, 5, 0, "true", 129},
        Known{"radar-pcap/navico/4g-heading.pcap.gz", "navico-4g", 38176, 19, 2.51, "magnetic", 177.2},
        Known{"radar-pcap/navico/4g-ranges-mixed.pcap.gz", "navico-4g", 46144, 23, 0, "magnetic", 224.9},
        Known{"radar-pcap/navico/br24-ranges-nm.pcap.gz", "navico-br24", 103968, 54, 0, none, 0},
        Known{"radar-pcap/navico/halo-velocitytrack-away.pcap.gz", "navico-halo", 20320, 10, 2.83, "true", 226},
        Known{"radar-pcap/navico/halo20-ranges.pcap.gz", "navico-halo", 43872, 22, 0, none, 0},
        Known{"radar-pcap/navico/halo24_and_nmea0183_ais.pcap", "navico-halo", 6528, 3, 2.0, "true", 296},
        Known{"radar-pcap/navico/sea_clutter_halo.pcap.gz", "navico-halo", 15200, 11.6, 0, "true", 214},
        Known{"radar-pcap/garmin/garmin_xhd.pcap.gz", "garmin-xhd", 44127, 30.6, 2.50, none, 0},
        Known{"radar-pcap/furuno/ali_startup.pcap.gz", "furuno-drs", 32760, 6, 0, none, 0},
        Known{"radar-pcap/furuno/furuno1_drs4d-nxt_with_nmea.pcap.gz", "furuno-drs4d-nxt", 99448, 156, 1.207, "true",
              215},
        Known{"radar-pcap/furuno/radar3_drs4w.pcap.gz", "furuno-drs4w", 43607, 54, 2.52, none, 0},
        Known{"radar-pcap/raymarine/e120_rd_tx_gain.pcap.gz", "raymarine-rd", 63261, 31, 2.59, none, 0},
        Known{"radar-pcap/raymarine/e120_rd_tx_standby_mfd.pcap.gz", "raymarine-rd", 11745, 5.7, 0, none, 0},
        Known{"radar-pcap/raymarine/quantum2_nz_range_changes_to_1nm.pcap.gz", "raymarine-quantum", 1928, 15, 0, none,
              0},
        Known{"radar-pcap/raymarine/quantum2_nz_wifi_no_range_change.pcap.gz", "raymarine-quantum", 3134, 18, 0, none,
              0},
        Known{"radar-pcap/raymarine/quantum2_solent_03.pcap.gz", "raymarine-quantum", 27656, 111, 2.50, none, 0},
        Known{"radar-video/marce/run_01_001_cat240.pcap.gz", "asterix-240", 108800, 151, 2.50, none, 0},
        Known{"radar-video/marce/run_01_005_cat240.pcap.gz", "asterix-240", 0, 242, 2.50, none, 0},
        Known{"radar-video/marce/run_03_002_cat240.pcap.gz", "asterix-240", 0, 0, 2.50, none, 0}));

const StreamReport* stream_of(const FileReport& file, std::string_view protocol) {
  const auto found = std::ranges::find(file.streams, protocol, &StreamReport::protocol);
  return found == file.streams.end() ? nullptr : &*found;
}

TEST(Recordings, OfAGarminRadarTellItsCellsAndReports) {
  HEADLAND_NEEDS_RECORDING("radar-pcap/garmin/garmin_xhd.pcap.gz");
  const auto file = inspect_file(test::shared_data("radar-pcap/garmin/garmin_xhd.pcap.gz").string());
  ASSERT_TRUE(file.has_value());
  const auto* radar = stream_of(*file, "garmin-xhd");
  ASSERT_NE(radar, nullptr);
  EXPECT_EQ(radar->datagrams, 44127U + 6657U + 16U);
  EXPECT_EQ(radar->source, "239.254.2.0:50102");
  EXPECT_EQ(radar->cell_m, std::vector<double>{6.0});
  EXPECT_EQ(radar->messages.at("heartbeat"), 16U);
  EXPECT_TRUE(radar->rejected.empty());
  EXPECT_EQ(file->unrecognised, 0U);
}

TEST(Recordings, OfAFurunoRadarHoldTheSentencesThatItsNetworkWraps) {
  const char* const path = "radar-pcap/furuno/furuno1_drs4d-nxt_with_nmea.pcap.gz";
  HEADLAND_NEEDS_RECORDING(path);
  const auto file = inspect_file(test::shared_data(path).string());
  ASSERT_TRUE(file.has_value());
  Counts sentences;
  for (const auto& stream : file->streams) {
    if (stream.protocol != "nmea") continue;
    for (const auto& [name, n] : stream.messages) sentences[name] += n;
  }
  EXPECT_EQ(sentences, (Counts{{"GGA", 229}, {"VTG", 229}, {"HDT", 2271}}));
  const auto* radar = stream_of(*file, "furuno-drs4d-nxt");
  ASSERT_NE(radar, nullptr);
  EXPECT_EQ(radar->messages.at("spokes"), 13357U);
  EXPECT_EQ(radar->rejected, (Counts{{"missing-spoke", 4}}));  // frames that hold one fewer than they say
  ASSERT_TRUE(radar->position.has_value());
  EXPECT_NEAR(radar->position->position.latitude_deg(), -17.6707, 1e-3);
}

TEST(Recordings, OfAQuantumTellItsRangesLossesAndWhereThePlotterSaysItIs) {
  const char* const path = "radar-pcap/raymarine/quantum2_nz_range_changes_to_1nm.pcap.gz";
  HEADLAND_NEEDS_RECORDING(path);
  const auto file = inspect_file(test::shared_data(path).string());
  ASSERT_TRUE(file.has_value());
  const auto* radar = stream_of(*file, "raymarine-quantum");
  ASSERT_NE(radar, nullptr);
  EXPECT_EQ(radar->source, "232.1.167.1:2574");
  EXPECT_EQ(radar->messages.at("navigation"), 400U);
  EXPECT_EQ(radar->gaps, 257U);
  EXPECT_TRUE(radar->rejected.empty());
  // Six ranges, 1/16 to 1 nautical mile; the cells are of 4, 8 and 12 m, given as whole numbers a range.
  EXPECT_EQ(radar->ranges_m.size(), 6U);
  for (const double cell_m : radar->cell_m) EXPECT_NEAR(cell_m / 4.0, std::round(cell_m / 4.0), 0.02);
  ASSERT_TRUE(radar->position.has_value());
  EXPECT_NEAR(radar->position->position.latitude_deg(), -36.905, 1e-3);
}

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
