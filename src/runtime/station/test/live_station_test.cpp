// SPDX-License-Identifier: Apache-2.0
// A station as a whole: started, fed over UDP, stopped, started again.
#include "runtime/station/live_station.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "codec/ais/encode.hpp"
#include "codec/asterix/cat240.hpp"
#include "codec/nmea/vdm_writer.hpp"
#include "io/net/udp_socket.hpp"
#include "io/store/history_store.hpp"
#include "runtime/station/replay.hpp"

namespace headland::station {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

net::Endpoint free_udp_port() { return net::UdpReceiver::open({.listen = {0x7F000001, 0}})->local(); }

bool wait_until(const std::function<bool()>& condition) {
  for (int i = 0; i < 6000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

class NoSink final : public PictureSink {
 public:
  void on_output(Timestamp /*time*/, const PictureOutput& /*output*/, const PictureChain& /*chain*/) override {}
  void on_video(const std::vector<VideoBatch>& /*video*/, const PictureChain& /*chain*/) override {}
};

class LiveStationTest : public testing::Test {
 protected:
  LiveStationTest() {
    std::filesystem::remove_all(folder_);
    config_.station.data_directory = folder_.string();
    config_.web.port = 0;
    config_.chart.coastline.clear();
    config::RadarSection radar;
    radar.name = "north";
    radar.listen = "udp://" + net::to_text(video_);
    radar.latitude_deg = 50.0;
    radar.longitude_deg = -1.0;
    config_.radars.push_back(radar);
    config_.nmea.push_back({"ais", "udp://" + net::to_text(ais_)});
  }
  ~LiveStationTest() override {
    station_.reset();
    std::filesystem::remove_all(folder_);
  }
  void start() {
    station_.emplace(config_, LiveOptions{"test", ""});
    const auto started = station_->start();
    ASSERT_TRUE(started) << started.error().detail;
  }
  // A turn in a fifth of a second, six vessels that stand still.
  void send_turn() {
    constexpr std::uint32_t azimuths = 128;
    for (std::uint32_t a = 0; a < azimuths; ++a) {
      std::vector<std::uint8_t> cells(256);
      for (std::size_t k = 0; k < cells.size(); ++k) cells[k] = static_cast<std::uint8_t>(16 + (k * 31 + a * 17) % 8);
      if (a % 20 == 10 || a % 20 == 11) std::fill_n(cells.begin() + 100 + a / 20 * 10, 4, std::uint8_t{220});
      asterix::Cat240Video video;
      video.sequence = sequence_++;
      video.start_azimuth = static_cast<std::uint16_t>(a * (65536 / azimuths));
      video.end_azimuth = static_cast<std::uint16_t>((a + 1) * (65536 / azimuths));
      video.cell_duration_fs = 66'666'667;
      video.cell_count = static_cast<std::uint32_t>(cells.size());
      video.cells = cells;
      std::vector<std::uint8_t> bytes;
      ASSERT_TRUE(asterix::encode_video(video, asterix::CellDurationItem::femto, bytes));
      ASSERT_TRUE(radar_.send(bytes));
      std::this_thread::sleep_for(1500us);
    }
  }
  void send_ais(std::uint32_t mmsi) {
    VesselReport report;
    report.mmsi = Mmsi(mmsi);
    report.message_type = 1;
    report.position = GeoPosition::from_degrees(50.05, -1.0);
    std::string text;
    nmea::write_vdm(*ais::encode(report), {}, text);
    ASSERT_TRUE(receiver_.send({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}));
  }
  // Sent in the slot that belongs to `late_s` before now.
  void send_ais_by_slot(std::uint32_t mmsi, double late_s) {
    const double now_s = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
    VesselReport report;
    report.mmsi = Mmsi(mmsi);
    report.message_type = 1;
    report.position = GeoPosition::from_degrees(50.05, -1.0);
    const double second = std::fmod(now_s - late_s, 60.0);
    const auto slot = static_cast<std::uint32_t>(second * 2250.0 / 60.0) % 2250U;
    report.communication_state = (2U << 14U) | slot;
    std::string text;
    nmea::write_vdm(*ais::encode(report), {}, text);
    ASSERT_TRUE(receiver_.send({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}));
  }
  [[nodiscard]] double metric(const std::string& name) const {
    const auto text = station_->metrics_text();
    const auto found = text.find("\n" + name + " ");
    return found == std::string::npos ? std::nan("") : std::stod(text.substr(found + name.size() + 2));
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("headland-live-" + std::to_string(getpid()));
  net::Endpoint video_ = free_udp_port();
  net::Endpoint ais_ = free_udp_port();
  net::UdpSender radar_ = std::move(*net::UdpSender::open({.destination = video_}));
  net::UdpSender receiver_ = std::move(*net::UdpSender::open({.destination = ais_}));
  std::uint32_t sequence_ = 0;
  config::StationConfig config_;
  std::optional<LiveStation> station_;
};

TEST_F(LiveStationTest, radar_and_ais_become_tracks_and_vessels_and_a_restart_goes_on_with_them) {
  start();
  if (HasFatalFailure()) return;
  EXPECT_FALSE(station_->restart().restored);
  EXPECT_NE(station_->web_port(), 0);
  send_ais(244'660'000);
  EXPECT_TRUE(wait_until([&] {
    send_turn();
    return metric("headland_tracks{stage=\"confirmed\"}") >= 4;
  })) << station_->metrics_text();
  EXPECT_TRUE(wait_until([&] { return metric("headland_ais_vessels") == 1; }));
  EXPECT_EQ(station_->ais_messages(), 1U);
  // Every echo is a plot, or several, or counted among those that gave none.
  const std::string of_radar = "{radar=\"" + config_.radars.front().name + "\"}";
  EXPECT_GE(metric("headland_echoes_total" + of_radar), 4.0) << station_->metrics_text();
  EXPECT_EQ(metric("headland_echoes_split_total" + of_radar), 0.0);
  EXPECT_THAT(station_->metrics_text(), HasSubstr("headland_echoes_left_out_total{"));
  EXPECT_TRUE(wait_until([&] { return metric("headland_turns_total{radar=\"north\"}") >= 2; }));
  EXPECT_GT(metric("headland_journal_bytes_total"), 1000);
  EXPECT_EQ(metric("headland_dropped_total{queue=\"tracking AIS\",reason=\"superseded\"}"), 0);
  station_->stop();
  station_->stop();  // twice is once
  start();
  if (HasFatalFailure()) return;
  EXPECT_TRUE(station_->restart().restored);
  EXPECT_GE(station_->restart().tracks, 4U);
}

TEST_F(LiveStationTest, a_restart_goes_on_from_the_clutter_that_was_learned_and_so_does_a_replay_of_it) {
  const std::string turns = "headland_turns_total{radar=\"north\"}";
  const std::string resumed = "headland_clutter_map_resumed{radar=\"north\",reason=\"\"}";
  start();
  if (HasFatalFailure()) return;
  EXPECT_TRUE(wait_until([&] {
    send_turn();
    return metric(turns) >= 24;
  }));
  EXPECT_TRUE(std::isnan(metric(resumed)));
  station_->stop();
  EXPECT_TRUE(std::filesystem::exists(folder_ / "clutter" / "radar-1.hls"));
  start();
  if (HasFatalFailure()) return;
  EXPECT_TRUE(wait_until([&] {
    send_turn();
    return metric(turns) >= 4;
  }));
  EXPECT_EQ(metric(resumed), 1.0) << station_->metrics_text();
  station_->stop();
  NoSink sink;
  ReplayOptions options;
  options.files = {(folder_ / "journal").string()};
  const auto replayed = replay(options, sink);
  ASSERT_TRUE(replayed.has_value());
  EXPECT_GT(replayed->plots_compared, 100U);
  EXPECT_EQ(replayed->plots_differ, 0U);
  EXPECT_EQ(replayed->checkpoints_differ, 0U);
  // A machine that is too slow for the video sheds of it, and says so; nothing else may be refused.
  for (const auto& [reason, n] : replayed->rejected) {
    EXPECT_THAT(reason, testing::AnyOf(HasSubstr("shed on overload"), HasSubstr("dropped by the kernel"))) << n;
  }
}

TEST_F(LiveStationTest, a_clutter_map_that_was_cut_off_is_told_and_the_station_begins_anew) {
  std::filesystem::create_directories(folder_ / "clutter");
  std::ofstream(folder_ / "clutter" / "radar-1.hls") << "HLS1 and no more";
  start();
  if (HasFatalFailure()) return;
  EXPECT_TRUE(wait_until([&] {
    send_turn();
    return metric("headland_turns_total{radar=\"north\"}") >= 2;
  }));
  EXPECT_EQ(metric("headland_clutter_map_resumed{radar=\"north\",reason=\"it cannot be read\"}"), 0.0)
      << station_->metrics_text();
}

// As after an upgrade that cannot read the checkpoint of the version before.
TEST_F(LiveStationTest, what_starts_anew_gives_no_number_a_second_time) {
  std::set<std::uint32_t> before;
  for (const bool again : {false, true}) {
    start();
    if (HasFatalFailure()) return;
    EXPECT_FALSE(station_->restart().restored);
    EXPECT_TRUE(wait_until([&] {
      send_turn();
      return metric("headland_tracks{stage=\"confirmed\"}") >= 4 && metric("headland_history_rows_total") >= 4;
    })) << station_->metrics_text();
    station_->stop();
    station_.reset();
    std::filesystem::remove_all(folder_ / "journal");
    auto store = store::open_sqlite_store({folder_ / "history.sqlite"});
    ASSERT_TRUE(store) << store.error().detail;
    const Timestamp now = std::chrono::system_clock::now();
    const auto tracks =
        (*store)->tracks({{now - std::chrono::hours(1), now + std::chrono::hours(1)}, {}, 1000, 200'000});
    ASSERT_TRUE(tracks);
    ASSERT_GE(tracks->size(), 4U);
    for (const auto& t : *tracks) {
      if (!again) before.insert(t.id.value());
    }
    if (again) {
      EXPECT_GE(tracks->size(), before.size() + 4U);
    }
  }
}

TEST_F(LiveStationTest, a_radar_whose_place_nobody_knows_is_said_until_own_position_comes) {
  config_.radars[0].latitude_deg = config_.radars[0].longitude_deg = 999.0;
  start();
  if (HasFatalFailure()) return;
  const std::string state = "headland_component_state{component=\"position of north\"}";
  EXPECT_TRUE(wait_until([&] { return metric(state) == 1; }));
  const std::string gll = "$GPGLL,5000.000,N,00100.000,W,120000,A,A*5E\r\n";
  const auto send_position = [&] {
    std::string body = gll.substr(1, gll.find('*') - 1);
    unsigned sum = 0;
    for (const char c : body) sum ^= static_cast<unsigned char>(c);
    const auto text = fmt::format("${}*{:02X}\r\n", body, sum);
    ASSERT_TRUE(receiver_.send({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}));
  };
  EXPECT_TRUE(wait_until([&] {
    send_position();
    send_turn();
    return metric(state) == 0;
  })) << station_->metrics_text();
}

TEST_F(LiveStationTest, a_silent_radar_turns_yellow_and_green_again) {
  start();
  if (HasFatalFailure()) return;
  const std::string state = "headland_component_state{component=\"north\"}";
  EXPECT_TRUE(wait_until([&] { return metric(state) == 1; }));
  EXPECT_TRUE(wait_until([&] {
    send_turn();
    return metric(state) == 0;
  }));
}

TEST_F(LiveStationTest, a_clock_that_is_not_that_of_ais_is_said) {
  start();
  if (HasFatalFailure()) return;
  EXPECT_TRUE(wait_until([&] {
    send_ais_by_slot(244'660'000, 20.0);
    // Health is told first, the figure with the next picture.
    return metric("headland_component_state{component=\"AIS clock\"}") == 1 &&
           std::isfinite(metric("headland_ais_clock_seconds"));
  })) << station_->metrics_text();
  EXPECT_NEAR(metric("headland_ais_clock_seconds"), 20.0, 2.0);
  EXPECT_EQ(metric("headland_ais_clock_steady"), 1);
  EXPECT_EQ(metric("headland_component_state{component=\"AIS reception\"}"), 0);
  EXPECT_EQ(metric("headland_remote_own_returned_total"), 0);
}

TEST_F(LiveStationTest, what_cannot_start_says_what_where_and_what_to_do) {
  const auto taken = net::UdpReceiver::open({.listen = {0x7F000001, 0}});
  ASSERT_TRUE(taken);
  config_.radars[0].listen = "udp://" + net::to_text(taken->local());
  station_.emplace(config_, LiveOptions{"test", ""});
  const auto started = station_->start();
  ASSERT_FALSE(started);
  EXPECT_THAT(started.error().detail, HasSubstr("radar 'north'"));
  EXPECT_THAT(started.error().detail, HasSubstr(net::to_text(taken->local())));
  EXPECT_THAT(started.error().detail, HasSubstr("is another program using the port"));
  station_->stop();
}

// The network may come up after the station, as after a power cut.
TEST_F(LiveStationTest, an_address_that_is_not_there_yet_is_waited_for_in_red) {
  config_.radars[0].listen = "udp://203.0.113.9:24000";  // no address of this machine
  station_.emplace(config_, LiveOptions{"test", ""});
  ASSERT_TRUE(station_->start());
  EXPECT_TRUE(wait_until([&] { return metric("headland_component_state{component=\"north\"}") == 2; }));
  station_->stop();
}

TEST_F(LiveStationTest, two_stations_do_not_share_a_journal) {
  start();
  if (HasFatalFailure()) return;
  auto other = config_;
  other.radars.clear();
  other.nmea.clear();
  LiveStation second(other, {"test", ""});
  const auto started = second.start();
  ASSERT_FALSE(started);
  EXPECT_THAT(started.error().detail, HasSubstr(folder_.string()));
}

TEST_F(LiveStationTest, without_journal_history_and_page_it_still_tracks) {
  config_.journal.enabled = config_.history.enabled = config_.web.enabled = false;
  start();
  if (HasFatalFailure()) return;
  EXPECT_EQ(station_->web_port(), 0);
  EXPECT_TRUE(wait_until([&] {
    send_turn();
    return metric("headland_tracks{stage=\"confirmed\"}") >= 4;
  }));
  station_->stop();
  EXPECT_THAT(station_->metrics_text(), Not(HasSubstr("journal")));
}

}  // namespace
}  // namespace headland::station
