// SPDX-License-Identifier: Apache-2.0
// CAT062 over UDP, sentences over TCP, and the history.
#include <algorithm>
#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "codec/asterix/block.hpp"
#include "io/net/udp_socket.hpp"
#include "runtime/station/output/cat062_output.hpp"
#include "runtime/station/output/history_recorder.hpp"
#include "runtime/station/output/nmea_output.hpp"

namespace headland::station {
namespace {

using namespace std::chrono_literals;

const Timestamp start = from_epoch_seconds(1'700'000'000.0);
Timestamp at(double s) { return start + to_duration(Seconds(s)); }

SystemTrack track(std::uint32_t id, Timestamp time, TrackStage stage = TrackStage::confirmed) {
  SystemTrack t;
  t.id = SystemTrackId(id);
  t.radar_track = TrackId(id);
  t.time = t.began = time;
  t.position = GeoPosition::from_degrees(50.0, -1.0);
  t.velocity = {MetresPerSecond(3.0), MetresPerSecond(4.0)};
  t.stage = stage;
  t.existence = 0.9;
  t.contributions.push_back({SourceKind::radar, SensorId(1), time});
  return t;
}

class Cat062OutputTest : public testing::Test {
 protected:
  void open(double interval_s) {
    config::Cat062Section section;
    section.send = "udp://" + net::to_text(receiver_.local());
    section.interval_s = interval_s;
    ASSERT_TRUE(Cat062Output::open(section, output_));
    ASSERT_NE(output_, nullptr);
  }
  net::UdpReceiver receiver_ = std::move(*net::UdpReceiver::open({.listen = {0x7F000001, 0}}));
  std::unique_ptr<Cat062Output> output_;
  health::Health health_;
};

TEST_F(Cat062OutputTest, sends_the_picture_once_an_interval) {
  open(2.5);
  for (const double s : {0.0, 1.0, 2.0, 2.5, 3.0}) {
    Picture picture{at(s), {track(7, at(s))}};
    output_->take(picture, health_);
  }
  EXPECT_EQ(output_->datagrams(), 2U);
  for (int i = 0; i < 2; ++i) {
    const auto datagram = receiver_.receive(5s);
    ASSERT_TRUE(datagram && *datagram);
    asterix::BlockReader blocks((*datagram)->payload);
    const auto block = blocks.next();
    ASSERT_TRUE(block);
    EXPECT_EQ(block->category, 62);
  }
  EXPECT_EQ(health_.overall(), health::State::green);
}

TEST_F(Cat062OutputTest, is_off_without_an_address_and_refuses_a_wrong_one) {
  EXPECT_TRUE(Cat062Output::open({}, output_));
  EXPECT_EQ(output_, nullptr);
  config::Cat062Section wrong;
  wrong.send = "tcp://127.0.0.1:5000";
  const auto opened = Cat062Output::open(wrong, output_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::configuration);
  EXPECT_THAT(opened.error().detail, testing::HasSubstr("write udp://ADDRESS:PORT"));
}

// Whoever connects to an output of sentences; reads until so many lines came.
class PlotterLink {
 public:
  explicit PlotterLink(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    connected_ = connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~PlotterLink() { close(socket_); }
  PlotterLink(const PlotterLink&) = delete;
  PlotterLink& operator=(const PlotterLink&) = delete;
  [[nodiscard]] bool connected() const { return connected_; }
  std::string read_lines(int count) const {
    std::string text;
    char part[512];
    while (std::count(text.begin(), text.end(), '\n') < count) {
      const auto n = recv(socket_, part, sizeof part, 0);
      if (n <= 0) break;
      text.append(part, static_cast<std::size_t>(n));
    }
    return text;
  }

 private:
  int socket_;
  bool connected_ = false;
};

TEST(NmeaSenderTest, sends_sentences_to_all_who_connect_over_tcp) {
  // A port that was free just now.
  const std::uint16_t port = net::TcpTextServer::open({.listen = {0x7F000001, 0}})->port();
  config::NmeaOutputSection section;
  section.send = "tcp://127.0.0.1:" + std::to_string(port);
  std::unique_ptr<NmeaSender> sender;
  ASSERT_TRUE(NmeaSender::open(section, sender));
  ASSERT_NE(sender, nullptr);
  const PlotterLink one(port), other(port);
  ASSERT_TRUE(one.connected() && other.connected());
  health::Health health;
  const SystemTrack t = track(7, at(0.0));
  sender->take(Picture{at(0.0), {t}}, t.position, LocalFrame(t.position));
  sender->send(health);
  const std::string text = one.read_lines(2);
  EXPECT_THAT(text, testing::HasSubstr("TTM,01,"));
  EXPECT_THAT(text, testing::HasSubstr("TLL,01,"));
  EXPECT_EQ(other.read_lines(2), text);
  EXPECT_EQ(sender->bytes(), text.size());
  EXPECT_EQ(health.overall(), health::State::green);
}

class HistoryRecorderTest : public testing::Test {
 protected:
  HistoryRecorderTest() {
    config_.fixed_sites[SensorId(1)] = GeoPosition::from_degrees(50.0, -1.0);
    chain_.emplace(config_);
    open();
  }
  ~HistoryRecorderTest() override {
    recorder_.reset();
    std::filesystem::remove_all(folder_);
  }
  void open() {
    config::HistorySection section;
    section.interval_s = 10.0;
    std::filesystem::create_directories(folder_);
    auto opened = HistoryRecorder::open(section, folder_.string(), health_);
    ASSERT_TRUE(opened);
    recorder_ = std::move(*opened);
  }
  void show(std::vector<SystemTrack> tracks, double s) {
    PictureOutput output;
    auto picture = std::make_shared<Picture>();
    picture->time = at(s);
    picture->tracks = std::move(tracks);
    picture::PublishedPicture published;
    for (const auto& t : picture->tracks) published.change.updated.push_back(t.id);
    published.picture = picture;
    output.published = published;
    recorder_->take(output, *chain_);
  }
  void change(std::uint32_t id, TrackStage stage, double s) {
    PictureOutput output;
    Track t;
    t.id = TrackId(id);
    t.time = at(s);
    t.stage = stage;
    output.tracks.push_back(t);
    recorder_->take(output, *chain_);
  }
  [[nodiscard]] std::vector<std::string> events() {
    recorder_->stop();
    std::vector<std::string> out;
    const auto kept = recorder_->store().events({at(-100), at(1000)});
    for (const auto& e : *kept) out.push_back(e.kind + " " + e.subject);
    return out;
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("headland-outputs-" + std::to_string(getpid()));
  health::Health health_;
  PictureChainConfig config_;
  std::optional<PictureChain> chain_;
  std::unique_ptr<HistoryRecorder> recorder_;
};

TEST_F(HistoryRecorderTest, keeps_a_row_a_track_and_interval_and_no_tentative_ones) {
  for (int s = 0; s <= 20; ++s) show({track(1, at(s)), track(2, at(s), TrackStage::tentative)}, s);
  recorder_->stop();
  EXPECT_EQ(recorder_->rows(), 3U);
  const auto kept = recorder_->store().tracks({{at(-1), at(100)}, {}});
  ASSERT_TRUE(kept);
  ASSERT_EQ(kept->size(), 1U);
  EXPECT_EQ((*kept)[0].points.size(), 3U);
  EXPECT_NEAR((*kept)[0].points[0].speed->value(), 5.0, 0.01);
}

TEST_F(HistoryRecorderTest, tells_of_tracks_that_begin_and_end_once_each) {
  for (int s = 0; s < 3; ++s) change(5, TrackStage::confirmed, s);
  change(5, TrackStage::ended, 4);
  change(6, TrackStage::tentative, 4);
  change(6, TrackStage::ended, 5);  // never confirmed: nobody saw it
  EXPECT_EQ(events(), (std::vector<std::string>{"track_begun track 5", "track_ended track 5"}));
}

TEST_F(HistoryRecorderTest, tracks_of_before_a_restart_do_not_begin_again) {
  Track known;
  known.id = TrackId(5);
  known.stage = TrackStage::coasting;
  recorder_->know({known});
  change(5, TrackStage::confirmed, 0);
  change(5, TrackStage::ended, 4);
  EXPECT_EQ(events(), (std::vector<std::string>{"track_ended track 5"}));
}

TEST_F(HistoryRecorderTest, keeps_what_stations_say_about_safety) {
  PictureOutput output;
  SafetyText text;
  text.message_type = 12;
  text.mmsi = Mmsi(2'275'200);
  text.received = at(3);
  text.destination = Mmsi(215'724'000);
  text.text = "PLEASE REPORT";
  output.links.emplace_back(text);
  output.links.emplace_back(UtcInquiry{});
  recorder_->take(output, *chain_);
  recorder_->stop();
  const auto kept = recorder_->store().events({at(-100), at(1000)});
  ASSERT_EQ(kept->size(), 1U);
  EXPECT_EQ((*kept)[0].kind, "ais_safety_text");
  EXPECT_EQ((*kept)[0].subject, "MMSI 2275200");
  EXPECT_EQ((*kept)[0].text, "MMSI 2275200 to MMSI 215724000: PLEASE REPORT");
}

TEST_F(HistoryRecorderTest, events_of_others_are_kept_in_their_words) {
  recorder_->event({at(1), "session_began", "station", "started"});
  EXPECT_EQ(events(), (std::vector<std::string>{"session_began station"}));
}

}  // namespace
}  // namespace headland::station
