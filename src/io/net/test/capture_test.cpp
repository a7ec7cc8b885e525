// SPDX-License-Identifier: Apache-2.0
// Captures written and read back, in every form of the format, whole and broken.
#include <filesystem>
#include <fstream>
#include <map>

#include <gtest/gtest.h>
#include <zlib.h>

#include "codec/ip/test/frames.hpp"
#include "io/net/capture_reader.hpp"
#include "io/net/capture_writer.hpp"
#include "support/shared_data.hpp"

namespace headland::net {
namespace {

namespace test = ip::test;
using test::Frame;

// A pcap file in either byte order, with microseconds or nanoseconds.
struct PcapForm {
  bool big_endian = false;
  bool nanoseconds = false;
};

void put_number(Frame& f, std::uint32_t value, int bytes, bool big_endian) {
  for (int i = 0; i < bytes; ++i) {
    const int shift = 8 * (big_endian ? bytes - 1 - i : i);
    f.push_back(static_cast<std::uint8_t>(value >> shift));
  }
}

Frame pcap_file(const PcapForm& form, const std::vector<Frame>& frames, std::uint32_t link_type = 1) {
  Frame f;
  const auto u32 = [&](std::uint32_t v) { put_number(f, v, 4, form.big_endian); };
  u32(form.nanoseconds ? 0xA1B23C4DU : 0xA1B2C3D4U);
  put_number(f, 2, 2, form.big_endian), put_number(f, 4, 2, form.big_endian);
  u32(0), u32(0), u32(65535), u32(link_type);
  std::uint32_t second = 1000;
  for (const Frame& frame : frames) {
    const auto size = static_cast<std::uint32_t>(frame.size());
    u32(second++), u32(500), u32(size), u32(size);
    test::append(f, frame);
  }
  return f;
}

Frame pcapng_file(const std::vector<Frame>& frames, std::uint32_t high_time = 0) {
  Frame f;
  const auto u32 = [&](std::uint32_t v) { put_number(f, v, 4, false); };
  u32(0x0A0D0D0A), u32(28), u32(0x1A2B3C4D), u32(1), u32(0xFFFFFFFF), u32(0xFFFFFFFF), u32(28);
  u32(1), u32(20), u32(1), u32(65535), u32(20);  // one interface: Ethernet, microseconds
  for (const Frame& frame : frames) {
    const auto size = static_cast<std::uint32_t>(frame.size());
    const std::uint32_t padded = (size + 3) / 4 * 4;
    u32(6), u32(32 + padded), u32(0), u32(high_time), u32(2'000'000), u32(size), u32(size);  // 2 s
    test::append(f, frame);
    f.resize(f.size() + padded - size, 0);
    u32(32 + padded);
  }
  return f;
}

Frame frame_of(const std::string& text) {
  return test::ethernet(test::ipv4({}, test::udp(1, 2, Frame(text.begin(), text.end()))));
}

std::vector<std::string> texts_of(CaptureReader& reader) {
  std::vector<std::string> texts;
  while (const auto d = reader.next()) texts.emplace_back(d->payload.begin(), d->payload.end());
  return texts;
}

std::vector<std::string> texts_in(const Frame& file) {
  auto reader = CaptureReader::open(ByteSource::from_memory(file));
  EXPECT_TRUE(reader.has_value()) << reader.error().detail;
  return reader ? texts_of(*reader) : std::vector<std::string>{};
}

std::filesystem::path scratch(const std::string& name) {
  return std::filesystem::path(::testing::TempDir()) / ("headland_capture_" + name);
}

TEST(Capture, ReadsEveryFormOfTheFormat) {
  const std::vector<Frame> frames{frame_of("one"), frame_of("two")};
  const std::vector<std::string> expected{"one", "two"};
  for (const bool big : {false, true}) {
    for (const bool nano : {false, true}) {
      const Frame file = pcap_file({big, nano}, frames);
      EXPECT_EQ(texts_in(file), expected);
      auto reader = CaptureReader::open(ByteSource::from_memory(file));
      const auto first = reader->next();
      ASSERT_TRUE(first.has_value());
      EXPECT_EQ(first->time.time_since_epoch(),
                std::chrono::seconds(1000) + std::chrono::nanoseconds(nano ? 500 : 500'000));
      EXPECT_EQ(to_text(first->destination), "239.0.0.1:2");
    }
  }
  EXPECT_EQ(texts_in(pcapng_file(frames)), expected);
}

TEST(Capture, ReadsGzipOfSeveralMembers) {
  const auto path = scratch("members.pcap.gz");
  const Frame file = pcap_file({}, {frame_of("one"), frame_of("two")});
  std::filesystem::remove(path);
  for (std::size_t part = 0; part < 2; ++part) {
    gzFile gz = gzopen(path.c_str(), "ab");
    const std::size_t half = file.size() / 2;
    const std::size_t size = part == 0 ? half : file.size() - half;
    ASSERT_EQ(gzwrite(gz, file.data() + part * half, static_cast<unsigned>(size)), static_cast<int>(size));
    gzclose(gz);
  }
  auto reader = CaptureReader::open(path.string());
  ASSERT_TRUE(reader.has_value()) << reader.error().detail;
  EXPECT_EQ(texts_of(*reader), (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(reader->progress(), 1.0);
}

TEST(Capture, PutsFragmentsTogether) {
  const Frame payload = test::numbered(17160);
  const Frame whole = test::udp(9, 6678, payload);
  std::vector<Frame> frames;
  for (std::uint32_t begin = 0; begin < whole.size(); begin += 1480) {
    const auto end = std::min<std::size_t>(begin + 1480, whole.size());
    const Frame part(whole.begin() + begin, whole.begin() + static_cast<std::ptrdiff_t>(end));
    frames.push_back(test::ethernet(test::ipv4({17, 5, begin, end < whole.size()}, part)));
  }
  ASSERT_EQ(frames.size(), 12U);
  std::swap(frames[3], frames[7]);
  const auto file = pcap_file({}, frames);
  auto reader = CaptureReader::open(ByteSource::from_memory(file));
  const auto d = reader->next();
  ASSERT_TRUE(d.has_value());
  EXPECT_EQ(Frame(d->payload.begin(), d->payload.end()), payload);
  EXPECT_FALSE(reader->next().has_value());
  EXPECT_EQ(reader->counters().frames, 12U);
  EXPECT_EQ(reader->counters().datagrams, 1U);
}

TEST(Capture, HandsOutTcpInOrder) {
  const auto segment = [](std::uint32_t sequence, const std::string& text) {
    return test::ethernet(test::ipv4({6}, test::tcp(sequence, Frame(text.begin(), text.end()))));
  };
  EXPECT_EQ(texts_in(pcap_file({}, {segment(0, "$GP"), segment(6, "C\r\n"), segment(3, "HDT")})),
            (std::vector<std::string>{"$GP", "HDT", "C\r\n"}));
}

TEST(Capture, CountsWhatItCannotUseByReason) {
  Frame arp(60, 0);
  arp[12] = 8, arp[13] = 6;
  const Frame icmp = test::ethernet(test::ipv4({1}, Frame(30, 0)));
  const Frame lost = test::ethernet(test::ipv4({17, 9, 0, true}, Frame(80, 0)));
  const Frame file = pcap_file({}, {arp, icmp, lost, frame_of("good")});
  auto reader = CaptureReader::open(ByteSource::from_memory(file));
  EXPECT_EQ(texts_of(*reader), std::vector<std::string>{"good"});
  const auto& c = reader->counters();
  EXPECT_EQ(c.of(PacketReject::not_ip), 1U);
  EXPECT_EQ(c.of(PacketReject::other_protocol), 1U);
  EXPECT_EQ(c.of(PacketReject::incomplete_fragments), 1U);
  EXPECT_EQ(c.cut_short, 0U);
}

// 2026-11-29, found by fuzzing: the seconds did not fit as nanoseconds.
TEST(Capture, CountsTimesThatCannotBe) {
  const Frame file = pcapng_file({frame_of("late")}, 0x00F80000);
  auto reader = CaptureReader::open(ByteSource::from_memory(file));
  ASSERT_TRUE(reader);
  EXPECT_FALSE(reader->next());
  EXPECT_EQ(reader->counters().of(PacketReject::impossible_time), 1U);
}

TEST(Capture, UsesWhatCameBeforeTheCutOfACutFile) {
  Frame file = pcap_file({}, {frame_of("one"), frame_of("two")});
  file.resize(file.size() - 10);
  auto reader = CaptureReader::open(ByteSource::from_memory(file));
  EXPECT_EQ(texts_of(*reader), std::vector<std::string>{"one"});
  EXPECT_EQ(reader->counters().cut_short, 1U);
  EXPECT_NE(reader->damage(), "");
}

TEST(Capture, SaysWhatIsWrongWithAFileThatIsNone) {
  const auto missing = CaptureReader::open("/nowhere/at/all.pcap");
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  const Frame noise = test::numbered(100, 3);
  EXPECT_EQ(CaptureReader::open(ByteSource::from_memory(noise)).error().code, ErrorCode::bad_input);
  const Frame wifi = pcap_file({}, {}, 105);
  EXPECT_EQ(CaptureReader::open(ByteSource::from_memory(wifi)).error().code, ErrorCode::unsupported);
}

TEST(Capture, ReadsWhatTheWriterWrote) {
  const auto path = scratch("written.pcap");
  auto writer = CaptureWriter::create(path.string());
  ASSERT_TRUE(writer.has_value()) << writer.error().detail;
  const Endpoint from{0x7F000001, 4000};
  const Endpoint to{0xEFF00001, 24000};
  const Frame big = test::numbered(65507);
  const Timestamp time{std::chrono::nanoseconds(1'700'000'000'123'456'789)};
  ASSERT_TRUE(writer->write(time, from, to, big).has_value());
  EXPECT_FALSE(writer->write(time, from, to, test::numbered(65508)).has_value());
  ASSERT_TRUE(writer->close().has_value());
  auto reader = CaptureReader::open(path.string());
  ASSERT_TRUE(reader.has_value()) << reader.error().detail;
  const auto d = reader->next();
  ASSERT_TRUE(d.has_value());
  EXPECT_EQ(d->time, time);
  EXPECT_EQ(d->source, from);
  EXPECT_EQ(d->destination, to);
  EXPECT_EQ(Frame(d->payload.begin(), d->payload.end()), big);
  EXPECT_FALSE(CaptureWriter::create("/nowhere/at/all.pcap").has_value());
}

TEST(Capture, ReadsTheHaloRecordingWhole) {
  HEADLAND_NEEDS_RECORDING("radar-pcap/navico/halo24_and_nmea0183_ais.pcap");
  auto reader =
      CaptureReader::open(headland::test::shared_data("radar-pcap/navico/halo24_and_nmea0183_ais.pcap").string());
  ASSERT_TRUE(reader.has_value());
  std::size_t spoke_frames = 0;
  std::size_t nmea = 0;
  while (const auto d = reader->next()) {
    if (to_text(d->destination) == "236.6.9.51:7059" && d->payload.size() == 17160) ++spoke_frames;
    if (d->destination.port == 10110) ++nmea;
  }
  EXPECT_EQ(spoke_frames, 204U);
  EXPECT_EQ(nmea, 829U);
}

}  // namespace
}  // namespace headland::net
