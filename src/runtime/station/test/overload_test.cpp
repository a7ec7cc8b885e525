// SPDX-License-Identifier: Apache-2.0
// A station over real UDP, with one radar that sends far more than can be worked on: video of that
// radar is shed and counted; AIS and the other radar do not notice.
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "codec/ais/encode.hpp"
#include "codec/asterix/cat240.hpp"
#include "codec/nmea/vdm_writer.hpp"
#include "io/journal/journal_reader.hpp"
#include "io/net/udp_socket.hpp"
#include "runtime/station/live_station.hpp"
#include "runtime/station/replay.hpp"

namespace headland::station {
namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t spokes_per_turn = 256;
constexpr std::uint32_t loopback = 0x7F000001;

net::Endpoint free_udp_port() {
  const auto probe = net::UdpReceiver::open({.listen = {loopback, 0}});
  EXPECT_TRUE(probe);
  return probe ? probe->local() : net::Endpoint{};
}

// One radar: noise floor 20, vessels as bright cells on bearings of their own.
class TestRadar {
 public:
  TestRadar(net::Endpoint to, std::uint32_t cells)
      : sender_(std::move(*net::UdpSender::open({.destination = to}))), cells_(cells, 20) {}

  void send_next() {
    const std::uint32_t spoke = sequence_ % spokes_per_turn;
    for (std::uint32_t i = 0; i < cells_.size(); ++i) {
      cells_[i] = static_cast<std::uint8_t>(16 + (i * 2654435761U + sequence_ * 40503U) % 8);
    }
    for (std::uint32_t vessel = 0; vessel < 4; ++vessel) {
      if (spoke < 20 + 60 * vessel || spoke > 22 + 60 * vessel) continue;
      for (std::uint32_t i = 0; i < 5; ++i) cells_[200 + 40 * vessel + i] = 220;
    }
    asterix::Cat240Video video;
    video.sequence = ++sequence_;
    video.start_azimuth = static_cast<std::uint16_t>(spoke * 65536 / spokes_per_turn);
    video.end_azimuth = static_cast<std::uint16_t>((spoke + 1) * 65536 / spokes_per_turn);
    video.cell_duration_fs = 66'666'667;
    video.cell_count = static_cast<std::uint32_t>(cells_.size());
    video.cells = cells_;
    bytes_.clear();
    ASSERT_TRUE(asterix::encode_video(video, asterix::CellDurationItem::femto, bytes_));
    if (sender_.send(bytes_)) ++sent_;
  }
  [[nodiscard]] std::uint64_t sent() const { return sent_; }

 private:
  net::UdpSender sender_;
  std::vector<std::uint8_t> cells_;
  std::vector<std::uint8_t> bytes_;
  std::uint32_t sequence_ = 0;
  std::atomic<std::uint64_t> sent_ = 0;
};

// Gives up after a minute, so that a station that hangs fails the test.
bool wait_until(const std::function<bool()>& condition) {
  for (int i = 0; i < 6000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

class NoSink final : public PictureSink {
 public:
  void on_output(Timestamp, const PictureOutput&, const PictureChain&) override {}
  void on_video(const std::vector<VideoBatch>&, const PictureChain&) override {}
};

class Overload : public ::testing::Test {
 protected:
  Overload() {
    std::filesystem::remove_all(directory_);
    config::StationConfig config;
    config.station.data_directory = directory_.string();
    config.web.enabled = false;
    config.chart.coastline.clear();
    for (std::size_t i = 0; i < 2; ++i) {
      config::RadarSection radar;
      radar.name = i == 0 ? "flooded" : "quiet";
      radar.listen = fmt::format("udp://127.0.0.1:{}", ports_[i].port);
      radar.latitude_deg = 50.0;
      radar.longitude_deg = -1.0;
      config.radars.push_back(radar);
    }
    config.nmea.push_back({"ais", fmt::format("udp://127.0.0.1:{}", ais_port_.port)});
    station_.emplace(std::move(config), LiveOptions{"test", ""});
  }
  ~Overload() override {
    station_.reset();
    std::filesystem::remove_all(directory_);
  }

  void send_ais(std::uint32_t number) {
    VesselReport report;
    report.mmsi = Mmsi(298'000'000 + number % 50);
    report.message_type = 1;
    report.position = GeoPosition::from_degrees(50.01, -1.0 + 0.001 * (number % 50));
    const auto payload = ais::encode(report);
    ASSERT_TRUE(payload);
    std::string text;
    nmea::write_vdm(*payload, {}, text);
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    ASSERT_TRUE(ais_sender_.send(bytes));
    ++ais_sent_;
  }

  // The quiet radar and AIS, as the clock goes, until the flood is over.
  void send_normally(const std::atomic<bool>& flooding) {
    for (std::uint32_t i = 0; flooding || quiet_.sent() < 4 * std::uint64_t{spokes_per_turn}; ++i) {
      quiet_.send_next();
      if (i % 10 == 0) send_ais(i / 10);
      std::this_thread::sleep_for(4ms);
    }
  }

  // As fast as it goes, until it was too much.
  void flood() {
    TestRadar second(ports_[0], 8192);
    std::jthread other([&] { flood_with(second); });
    flood_with(flooder_);
    other.join();
    flood_sent_ = second.sent();
  }
  void flood_with(TestRadar& radar) const {
    constexpr std::uint64_t least = 20'000;
    constexpr std::uint64_t most = 1'000'000;
    while (radar.sent() < least || (queue("video flooded").dropped == 0 && radar.sent() < most)) radar.send_next();
  }

  void run_through_a_flood() {
    const auto started = station_->start();
    ASSERT_TRUE(started) << started.error().detail;
    std::atomic<bool> flooding = true;
    std::jthread normal([&] { send_normally(flooding); });
    flood();
    flooding = false;
    normal.join();
    // Every datagram is somewhere. The kernel tells of its drops with the next datagram that comes through.
    EXPECT_TRUE(wait_until([&] {
      if (queue("video flooded").depth > 0) return false;
      flooder_.send_next();
      std::this_thread::sleep_for(10ms);
      return all_accounted_for();
    })) << flooded_sent()
        << " sent, " << station_->radar_counters(0).datagrams << " received";
    EXPECT_GT(queue("video flooded").dropped, 0U);
  }

  // AIS and the quiet radar: nothing lost anywhere.
  void expect_the_others_whole() {
    EXPECT_TRUE(wait_until([&] { return station_->ais_messages() == ais_sent_; }))
        << station_->ais_messages() << " of " << ais_sent_;
    EXPECT_TRUE(wait_until([&] { return station_->radar_counters(1).datagrams == quiet_.sent(); }));
    EXPECT_EQ(station_->radar_counters(1).kernel_drops, 0U);
    EXPECT_EQ(station_->radar_counters(1).decoder.gaps, 0U);
    EXPECT_EQ(queue("video quiet").dropped, 0U);
    EXPECT_EQ(queue("tracking plots").dropped, 0U);
    EXPECT_EQ(queue("tracking AIS").dropped, 0U);
  }

  void expect_in_metrics() {
    const auto text = station_->metrics_text();
    for (const auto& line : {fmt::format("headland_dropped_total{{queue=\"video flooded\",reason=\"full\"}} {}\n",
                                         queue("video flooded").dropped),
                             fmt::format("headland_kernel_dropped_total{{source=\"flooded\"}} {}\n",
                                         station_->radar_counters(0).kernel_drops)}) {
      EXPECT_NE(text.find(line), std::string::npos) << line << text;
    }
  }

  // The recording, holes and all, gives the plots and states again.
  void expect_replay_agrees() {
    NoSink none;
    ReplayOptions options;
    options.files = {(directory_ / "journal").string()};
    const auto replayed = replay(options, none);
    ASSERT_TRUE(replayed);
    EXPECT_GT(replayed->plots_compared, 0U);
    EXPECT_EQ(replayed->plots_differ, 0U);
    EXPECT_GT(replayed->checkpoints_compared, 0U);
    EXPECT_EQ(replayed->checkpoints_differ, 0U);
    const auto quiet = station_->radar_counters(1);
    EXPECT_EQ(replayed->radars.at(1).plots, quiet.plots);
    // Four vessels a turn, from the third turn on at the latest (the first set noise and clutter).
    EXPECT_GE(quiet.plots, 4 * (quiet_.sent() / spokes_per_turn - 2));
  }

  [[nodiscard]] lanes::QueueStats queue(const std::string& name) const {
    for (auto& q : station_->queues()) {
      if (q.name == name) return q;
    }
    ADD_FAILURE() << "no queue " << name;
    return {};
  }
  [[nodiscard]] std::uint64_t flooded_sent() const { return flooder_.sent() + flood_sent_; }
  [[nodiscard]] bool all_accounted_for() const {
    const auto c = station_->radar_counters(0);
    return c.datagrams + c.kernel_drops == flooded_sent();
  }

  std::filesystem::path directory_ =
      std::filesystem::temp_directory_path() / ("headland-overload-" + std::to_string(getpid()));
  std::array<net::Endpoint, 2> ports_{free_udp_port(), free_udp_port()};
  net::Endpoint ais_port_ = free_udp_port();
  TestRadar flooder_{ports_[0], 8192};
  TestRadar quiet_{ports_[1], 512};
  net::UdpSender ais_sender_{std::move(*net::UdpSender::open({.destination = ais_port_}))};
  std::uint64_t ais_sent_ = 0;
  std::uint64_t flood_sent_ = 0;
  std::optional<LiveStation> station_;
};

struct Gaps {
  std::uint64_t kernel = 0;        // dropped before anybody had it
  std::uint64_t shed = 0;          // by the radar's queue
  std::uint64_t not_recorded = 0;  // by the journal's queue
  std::uint64_t of_others = 0;
};

Gaps gaps_in(const std::filesystem::path& journal) {
  Gaps gaps;
  auto reader = journal::JournalReader::open(journal);
  EXPECT_TRUE(reader);
  while (const auto entry = reader->next()) {
    if (entry->kind != journal::EntryKind::gap) continue;
    const auto note = journal::decode_gap(entry->payload);
    if (!note) continue;
    if (note->cause == journal::GapCause::kernel_buffer && entry->stream == 1) {
      gaps.kernel += note->entries;
    } else if (note->bytes > 0) {
      gaps.not_recorded += note->entries;
    } else if (entry->stream == 1) {
      gaps.shed += note->entries;
    } else {
      gaps.of_others += note->entries;
    }
  }
  return gaps;
}

TEST_F(Overload, video_is_shed_and_counted_while_ais_and_the_other_radar_stay_whole) {
  run_through_a_flood();
  if (HasFatalFailure()) return;
  expect_the_others_whole();

  // And it goes on: the flooded radar's plots come again.
  const auto plots = station_->radar_counters(0).plots;
  EXPECT_TRUE(wait_until([&] {
    flooder_.send_next();
    return station_->radar_counters(0).plots >= plots + 8;
  }));
  expect_in_metrics();
  station_->stop();

  const auto gaps = gaps_in(directory_ / "journal");
  EXPECT_EQ(gaps.shed, queue("video flooded").dropped);
  EXPECT_EQ(gaps.kernel, station_->radar_counters(0).kernel_drops);
  EXPECT_EQ(gaps.of_others, 0U);
  EXPECT_EQ(gaps.not_recorded, queue("journal").dropped);
  expect_replay_agrees();
  fmt::print("{} datagrams sent, {} dropped by the kernel, {} shed; {} entries not recorded; {} AIS messages\n",
             flooded_sent(), station_->radar_counters(0).kernel_drops, gaps.shed, gaps.not_recorded, ais_sent_);
}

}  // namespace
}  // namespace headland::station
