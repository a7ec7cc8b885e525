// SPDX-License-Identifier: Apache-2.0
// What files hold, and reading those that are no captures.
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "io/net/file_readers.hpp"
#include "io/net/file_type.hpp"
#include "support/shared_data.hpp"

namespace headland::net {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes text(const std::string& s) { return {s.begin(), s.end()}; }
FileKind kind_of(const Bytes& b) { return recognise(b, true); }

TEST(FileType, IsToldByContent) {
  EXPECT_EQ(kind_of({0xD4, 0xC3, 0xB2, 0xA1, 0, 0}), FileKind::capture);
  EXPECT_EQ(kind_of({0xA1, 0xB2, 0x3C, 0x4D, 0, 0}), FileKind::capture);
  EXPECT_EQ(kind_of({0x0A, 0x0D, 0x0D, 0x0A, 0, 0}), FileKind::capture);
  EXPECT_EQ(kind_of(text("HLJ1....")), FileKind::journal);
  EXPECT_EQ(kind_of({0x30, 0, 5, 1, 2, 0x22, 0, 4, 9}), FileKind::asterix);
  EXPECT_EQ(kind_of({0, 16, 0, 0, 0, 0, 0, 1, 0x3E, 0, 4, 9, 0xA5, 0xA5, 0xA5, 0xA5}), FileKind::asterix_final);
  EXPECT_EQ(kind_of(text("!AIVDM,1,1,,B,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C\r\n")), FileKind::nmea);
  EXPECT_EQ(kind_of(text("# of whom\n\\c:1*00\\!BSVDM,1,1,,A,x,0*00\n")), FileKind::nmea);
  EXPECT_EQ(kind_of(text("time_s,range_m,azimuth_deg,east_m,north_m,scan_id\n")), FileKind::plots_csv);
  EXPECT_EQ(kind_of(text("scan_id,east_m,north_m,time_s\n1,2,3,4\n")), FileKind::plots_csv);
}

TEST(FileType, IsUnknownWhereNothingFits) {
  EXPECT_EQ(kind_of({}), FileKind::unknown);
  EXPECT_EQ(kind_of(text("Dear all,\nplease find attached\n")), FileKind::unknown);
  EXPECT_EQ(kind_of(text("time_s,track_id,east_m,north_m\n")), FileKind::unknown);
  EXPECT_EQ(kind_of({0x30, 0, 2, 1, 2}), FileKind::unknown);  // block length 2
  EXPECT_EQ(kind_of({0x30, 0, 9, 1, 2}), FileKind::unknown);  // longer than the file
  EXPECT_EQ(kind_of({0x63, 0, 5, 1, 2}), FileKind::unknown);  // category 99
  EXPECT_EQ(kind_of({0x89, 'P', 'N', 'G', 0}), FileKind::unknown);
}

TEST(FileType, SaysWhatIsWrongWithAMissingFile) {
  EXPECT_EQ(recognise_file("/nowhere/at/all").error().code, ErrorCode::not_found);
  EXPECT_EQ(recognise_file("/").error().code, ErrorCode::io);
}

TEST(FileType, RecognisesTheRecordings) {
  HEADLAND_NEEDS_RECORDING("README.md");
  const auto expect = [](const std::string& path, FileKind kind, bool gzip) {
    const auto type = recognise_file(headland::test::shared_data(path).string());
    ASSERT_TRUE(type.has_value());
    EXPECT_EQ(name_of(type->kind), name_of(kind)) << path;
    EXPECT_EQ(type->gzip, gzip) << path;
  };
  expect("radar-pcap/navico/3g.pcap.gz", FileKind::capture, true);
  expect("asterix/cat240/cat240-1.bin", FileKind::asterix, false);
  expect("asterix/cat010/lebl_smr_20201002-0800.ast.gz", FileKind::asterix, true);
  expect("asterix/cat048-034/jahorina_cat048_034.raw", FileKind::asterix, false);
  expect("asterix/cat062/final_frame_062_065_large_packet_30min.ff.gz", FileKind::asterix_final, true);
  expect("ais/dma_2013-11-12_denmark_5min.txt.gz", FileKind::nmea, true);
  expect("ais/gpsd_sample.aivdm", FileKind::nmea, false);
  expect("ais/merrimac_gofree.log.gz", FileKind::nmea, true);
  expect("nmea/radarlogs_ttm_tll_4g.txt.gz", FileKind::nmea, true);
  expect("nmea/hakefjord_nmea_ais.log.gz", FileKind::nmea, true);
  expect("ais/solent_2016-01-12_positions.csv.gz", FileKind::unknown, true);
}

TEST(AsterixFile, HandsOutBlockByBlock) {
  const Bytes file{0x30, 0, 5, 1, 2, 0x22, 0, 4, 9};
  AsterixFileReader reader(ByteSource::from_memory(file), false);
  const auto one = reader.next();
  ASSERT_TRUE(one.has_value());
  EXPECT_EQ(Bytes(one->blocks.begin(), one->blocks.end()), (Bytes{0x30, 0, 5, 1, 2}));
  const auto two = reader.next();
  ASSERT_TRUE(two.has_value());
  EXPECT_EQ(two->blocks.size(), 4U);
  EXPECT_FALSE(reader.next().has_value());
  EXPECT_EQ(reader.counters().cut_short, 0U);
  EXPECT_EQ(reader.counters().pieces, 2U);
}

TEST(AsterixFile, TakesTheTimeOfFinalRecords) {
  const Bytes file{0, 16, 0, 0, 0, 0x3A, 0x5C, 0x3C, 0x3E, 0, 4, 9, 0xA5, 0xA5, 0xA5, 0xA5};
  AsterixFileReader reader(ByteSource::from_memory(file), true);
  const auto piece = reader.next();
  ASSERT_TRUE(piece.has_value());
  EXPECT_EQ(piece->time_of_day, std::chrono::seconds(38247));
  EXPECT_EQ(Bytes(piece->blocks.begin(), piece->blocks.end()), (Bytes{0x3E, 0, 4, 9}));
  EXPECT_FALSE(reader.next().has_value());
}

TEST(AsterixFile, StopsAtWhatCannotBeAndCountsIt) {
  const Bytes cut{0x30, 0, 5, 1};
  AsterixFileReader a(ByteSource::from_memory(cut), false);
  EXPECT_FALSE(a.next().has_value());
  EXPECT_EQ(a.counters().cut_short, 1U);
  const Bytes lying{0x30, 0, 3, 1, 2, 3};
  AsterixFileReader b(ByteSource::from_memory(lying), false);
  EXPECT_FALSE(b.next().has_value());
  EXPECT_FALSE(b.next().has_value());
  EXPECT_EQ(b.counters().bad_length, 1U);
}

std::vector<std::string> lines_of(const std::string& content, FileCounters& counters, std::size_t most = 20) {
  const Bytes file = text(content);
  LineFileReader reader(ByteSource::from_memory(file), most);
  std::vector<std::string> lines;
  while (reader.read_some([&](std::string_view line) { lines.emplace_back(line); })) {
  }
  counters = reader.counters();
  return lines;
}

TEST(LineFile, TakesEveryLineEndAndLeavesOutEmptyLines) {
  FileCounters counters;
  EXPECT_EQ(lines_of("one\r\ntwo\n\n\rthree\rfour", counters),
            (std::vector<std::string>{"one", "two", "three", "four"}));
  EXPECT_EQ(counters.pieces, 4U);
}

TEST(LineFile, DropsLinesThatAreTooLongAndCountsThem) {
  FileCounters counters;
  EXPECT_EQ(
      lines_of("short\n" + std::string(21, 'x') + "\n" + std::string(20, 'y') + "\n" + std::string(99, 'z'), counters),
      (std::vector<std::string>{"short", std::string(20, 'y')}));
  EXPECT_EQ(counters.overlong, 2U);
}

TEST(LineFile, UsesWhatCameBeforeTheDamageOfAGzipFile) {
  const auto path = std::filesystem::path(::testing::TempDir()) / "headland_damaged.gz";
  // gzip of nothing but a head, then noise.
  std::ofstream(path, std::ios::binary) << std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10)
                                        << "noise that is no deflate";
  auto source = ByteSource::open(path.string());
  ASSERT_TRUE(source.has_value());
  LineFileReader reader(std::move(*source));
  EXPECT_FALSE(reader.read_some([](std::string_view) { FAIL(); }));
  EXPECT_EQ(reader.counters().cut_short, 1U);
}

}  // namespace
}  // namespace headland::net
