// SPDX-License-Identifier: Apache-2.0
// Live Navico radars over real multicast on the loopback interface: found by a beacon made here.
#include <cstring>
#include <functional>
#include <mutex>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "io/net/udp_socket.hpp"
#include "runtime/station/radar/radar_feed.hpp"

namespace headland::station {
namespace {

using namespace std::chrono_literals;
using Bytes = std::vector<std::uint8_t>;

// Ports of this process, so that tests beside one another do not meet.
std::uint16_t port_of(int n) { return static_cast<std::uint16_t>(20'000 + (getpid() * 8 + n) % 40'000); }

void put_address(Bytes& out, std::size_t at, const net::Endpoint& e) {
  for (int i = 0; i < 4; ++i) out[at + i] = static_cast<std::uint8_t>(e.address >> (24 - 8 * i));
  out[at + 4] = static_cast<std::uint8_t>(e.port >> 8);
  out[at + 5] = static_cast<std::uint8_t>(e.port);
}

// As a HALO answers: 222 bytes, two channels.
Bytes beacon(const std::string& serial, const net::Endpoint& data, const net::Endpoint& report) {
  Bytes out(222, 0);
  out[0] = 0x01;
  out[1] = 0xB2;
  std::memcpy(&out[2], serial.data(), std::min<std::size_t>(serial.size(), 16));
  put_address(out, 88, data);
  put_address(out, 98, {data.address + 16, data.port});
  put_address(out, 108, report);
  put_address(out, 124, {data.address + 1, data.port});
  put_address(out, 134, {data.address + 17, data.port});
  put_address(out, 144, {report.address + 1, report.port});
  return out;
}

// A HALO frame of 32 spokes with a block of Doppler cells (15) in each.
Bytes frame(std::uint16_t counter) {
  Bytes out{1, 0, 0, 0, 0, 32, 0, 2};
  for (std::uint16_t i = 0; i < 32; ++i) {
    const auto c = static_cast<std::uint16_t>((counter + i) % 4096);
    const auto a = static_cast<std::uint16_t>(2 * (counter + i) % 4096);
    const std::uint8_t head[24] = {
        24,   2,   static_cast<std::uint8_t>(c), static_cast<std::uint8_t>(c >> 8), 0,    0x44,
        16,   0,   static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(a >> 8), 0x00, 0x80,
        0x00, 0x02};
    out.insert(out.end(), head, head + 24);
    out.insert(out.end(), 512, 0x11);
  }
  return out;
}
Bytes settings_with_doppler() {
  Bytes out(21, 0);
  out[0] = 0x08;
  out[1] = 0xC4;
  out[18] = 1;
  return out;
}

net::UdpSender sender_to(const net::Endpoint& to) {
  return std::move(*net::UdpSender::open({.destination = to, .interface = "127.0.0.1"}));
}

// Repeats what a radar repeats until it has had its effect; gives up after a minute.
bool repeat_until(const std::function<void()>& send, const std::function<bool()>& condition) {
  for (int i = 0; i < 3000; ++i) {
    if (condition()) return true;
    send();
    std::this_thread::sleep_for(20ms);
  }
  return false;
}

class NavicoByBeacon : public ::testing::Test {
 protected:
  NavicoByBeacon() {
    section_.name = "halo";
    section_.protocol = "navico";
    section_.beacon = fmt::format("udp://{}@127.0.0.1", net::to_text(beacon_));
  }
  ~NavicoByBeacon() override {
    if (feed_) feed_->stop();
  }
  void start() {
    RadarFeed::Hooks hooks;
    hooks.on_datagram = [this](SensorId, const RawDatagram& raw) {
      const std::lock_guard lock(mutex_);
      received_.push_back(raw.bytes);
    };
    auto feed = RadarFeed::open(section_, SensorId(1), std::move(hooks), health_);
    ASSERT_TRUE(feed) << feed.error().detail;
    feed_ = std::move(*feed);
    feed_->start();
  }
  [[nodiscard]] bool has(const Bytes& bytes) const {
    const std::lock_guard lock(mutex_);
    return std::ranges::find(received_, bytes) != received_.end();
  }
  [[nodiscard]] health::ComponentState state() const {
    for (auto& c : health_.components()) {
      if (c.component == "halo") return c;
    }
    return {};
  }

  net::Endpoint beacon_{0xEFFF4D01, port_of(0)};  // 239.255.77.1
  net::Endpoint data_{0xEFFF4D02, port_of(1)};
  net::Endpoint report_{0xEFFF4D04, port_of(2)};
  net::UdpSender beacons_ = sender_to(beacon_);
  net::UdpSender spokes_ = sender_to(data_);
  net::UdpSender reports_ = sender_to(report_);
  config::RadarSection section_;
  health::Health health_;
  mutable std::mutex mutex_;
  std::vector<Bytes> received_;
  std::unique_ptr<RadarFeed> feed_;
};

TEST_F(NavicoByBeacon, a_beacon_leads_to_the_groups_of_spokes_and_reports) {
  start();
  if (HasFatalFailure()) return;
  const auto here = beacon("1403302452", data_, report_);
  EXPECT_TRUE(repeat_until([&] { (void)beacons_.send(here); }, [&] { return has(here); }));
  EXPECT_TRUE(repeat_until([&] { (void)reports_.send(settings_with_doppler()); },
                           [&] { return has(settings_with_doppler()); }));
  EXPECT_TRUE(repeat_until([&] { (void)spokes_.send(frame(0)); }, [&] { return has(frame(0)); }));
  EXPECT_TRUE(repeat_until([] {}, [&] { return state().state == health::State::green; }));
}

TEST_F(NavicoByBeacon, the_radar_is_asked_for_its_beacon) {
  auto radar = net::UdpReceiver::open({.listen = beacon_, .interface = "127.0.0.1"});
  ASSERT_TRUE(radar);
  start();
  bool asked = false;
  for (int i = 0; i < 300 && !asked; ++i) {
    const auto heard = radar->receive(200ms);
    ASSERT_TRUE(heard);
    asked = *heard && Bytes((*heard)->payload.begin(), (*heard)->payload.end()) == Bytes{0x01, 0xB1};
  }
  EXPECT_TRUE(asked);
}

TEST_F(NavicoByBeacon, of_several_radars_the_one_with_the_serial_is_taken) {
  section_.serial = "WANTED";
  start();
  if (HasFatalFailure()) return;
  const net::Endpoint elsewhere{0xEFFF4D10, port_of(3)};
  const auto other = beacon("OTHER", elsewhere, {elsewhere.address + 4, elsewhere.port});
  const auto wanted = beacon("WANTED", data_, report_);
  EXPECT_TRUE(repeat_until(
      [&] {
        (void)beacons_.send(other);
        (void)beacons_.send(wanted);
      },
      [&] { return has(wanted); }));
  EXPECT_TRUE(repeat_until([&] { (void)spokes_.send(frame(0)); }, [&] { return has(frame(0)); }));
  EXPECT_FALSE(has(other));
}

TEST_F(NavicoByBeacon, channel_b_has_its_own_groups) {
  section_.channel = "B";
  start();
  if (HasFatalFailure()) return;
  auto spokes_b = sender_to({data_.address + 1, data_.port});
  const auto here = beacon("1403302452", data_, report_);
  EXPECT_TRUE(repeat_until([&] { (void)beacons_.send(here); }, [&] { return has(here); }));
  EXPECT_TRUE(repeat_until(
      [&] {
        (void)spokes_.send(frame(32));
        (void)spokes_b.send(frame(64));
      },
      [&] { return has(frame(64)); }));
  EXPECT_FALSE(has(frame(32)));
}

TEST_F(NavicoByBeacon, a_radar_that_hands_out_other_groups_is_followed) {
  start();
  if (HasFatalFailure()) return;
  const auto before = beacon("1403302452", data_, report_);
  EXPECT_TRUE(repeat_until([&] { (void)beacons_.send(before); }, [&] { return has(before); }));
  const net::Endpoint moved{0xEFFF4D20, port_of(4)};
  auto spokes_there = sender_to(moved);
  const auto after = beacon("1403302452", moved, report_);
  EXPECT_TRUE(repeat_until([&] { (void)beacons_.send(after); }, [&] { return has(after); }));
  EXPECT_TRUE(repeat_until([&] { (void)spokes_there.send(frame(96)); }, [&] { return has(frame(96)); }));
}

TEST_F(NavicoByBeacon, what_is_not_found_is_said_with_what_was_heard_instead) {
  section_.serial = "WANTED";
  auto receiver = RadarReceiver::open(section_);
  ASSERT_TRUE(receiver);
  EXPECT_TRUE(receiver->is_searching());
  const auto other = beacon("OTHER", data_, report_);
  EXPECT_TRUE(repeat_until([&] { (void)beacons_.send(other); },
                           [&] {
                             EXPECT_TRUE(receiver->receive(20ms, nullptr));
                             return receiver->where().find("OTHER was heard") != std::string::npos;
                           }));
  EXPECT_NE(receiver->where().find("serial WANTED"), std::string::npos) << receiver->where();
  EXPECT_TRUE(receiver->is_searching());
}

// Sends a beacon until it was followed; the news of it.
std::string news_of(RadarReceiver& receiver, net::UdpSender& beacons, const Bytes& beacon) {
  std::optional<std::string> news;
  EXPECT_TRUE(repeat_until([&] { (void)beacons.send(beacon); },
                           [&] {
                             (void)receiver.receive(20ms, nullptr);
                             news = receiver.take_news();
                             return news.has_value();
                           }));
  return news.value_or("");
}

TEST_F(NavicoByBeacon, a_radar_that_was_replaced_is_forgotten_after_a_long_silence) {
  auto receiver = RadarReceiver::open(section_, 0s);
  ASSERT_TRUE(receiver);
  EXPECT_NE(news_of(*receiver, beacons_, beacon("OLD", data_, report_)).find("found by"), std::string::npos);
  const auto news = news_of(*receiver, beacons_, beacon("NEW", data_, report_));
  EXPECT_NE(news.find("replaced"), std::string::npos) << news;
  EXPECT_NE(receiver->where().find("NEW"), std::string::npos) << receiver->where();
}

TEST_F(NavicoByBeacon, another_radar_is_not_taken_while_the_first_is_heard_nor_for_one_with_a_serial) {
  const auto old_one = beacon("OLD", data_, report_);
  const auto new_one = beacon("NEW", data_, report_);
  for (const std::string serial : {"", "OLD"}) {
    section_.serial = serial;
    auto receiver = serial.empty() ? RadarReceiver::open(section_) : RadarReceiver::open(section_, 0s);
    ASSERT_TRUE(receiver);
    (void)news_of(*receiver, beacons_, old_one);
    // The old one's second beacon comes behind the new one's first.
    int heard = 0;
    EXPECT_TRUE(repeat_until(
        [&] {
          (void)beacons_.send(new_one);
          (void)beacons_.send(old_one);
        },
        [&] {
          const auto got = receiver->receive(20ms, nullptr);
          return got && *got && ++heard == 3;
        }));
    EXPECT_NE(receiver->where().find("OLD"), std::string::npos) << receiver->where();
  }
}

TEST_F(NavicoByBeacon, beacons_are_read_while_the_groups_they_named_cannot_be_listened_on) {
  // Another program has the port of the video.
  const auto taken = net::UdpReceiver::open({.listen = {0, 0}});
  ASSERT_TRUE(taken);
  auto receiver = RadarReceiver::open(section_);
  ASSERT_TRUE(receiver);
  const net::Endpoint blocked{data_.address, taken->local().port};
  (void)news_of(*receiver, beacons_, beacon("HALO", blocked, report_));
  EXPECT_FALSE(receiver->receive(20ms, nullptr)) << "that it cannot be listened on is said";
  EXPECT_NE(news_of(*receiver, beacons_, beacon("HALO", data_, report_)).find("moved"), std::string::npos);
  EXPECT_TRUE(repeat_until([&] { (void)spokes_.send(frame(0)); },
                           [&] {
                             const auto got = receiver->receive(20ms, nullptr);
                             return got && *got && (*got)->is_video;
                           }));
}

TEST_F(NavicoByBeacon, beacons_that_lie_or_are_cut_short_are_not_followed) {
  auto receiver = RadarReceiver::open(section_);
  ASSERT_TRUE(receiver);
  auto unicast = beacon("LIAR", {0x0A000001, 80}, report_);
  auto short_one = beacon("SHORT", data_, report_);
  short_one.resize(100);
  auto good = beacon("GOOD", data_, report_);
  std::optional<std::string> news;
  EXPECT_TRUE(repeat_until(
      [&] {
        (void)beacons_.send(unicast);
        (void)beacons_.send(short_one);
        (void)beacons_.send(good);
      },
      [&] {
        EXPECT_TRUE(receiver->receive(20ms, nullptr));
        if (!news) news = receiver->take_news();
        return news.has_value();
      }));
  EXPECT_NE(news->find("GOOD"), std::string::npos) << *news;
}

TEST(RadarReceiver, spokes_and_reports_can_be_configured_instead) {
  config::RadarSection section;
  section.protocol = "navico";
  const net::Endpoint data{0xEFFF4D30, port_of(5)};
  const net::Endpoint report{0xEFFF4D31, port_of(6)};
  section.listen = fmt::format("udp://{}@127.0.0.1", net::to_text(data));
  section.report = fmt::format("udp://{}@127.0.0.1", net::to_text(report));
  auto receiver = RadarReceiver::open(section);
  ASSERT_TRUE(receiver);
  auto spokes = sender_to(data);
  auto reports = sender_to(report);
  bool video = false;
  bool other = false;
  EXPECT_TRUE(repeat_until(
      [&] {
        (void)spokes.send(frame(0));
        (void)reports.send(settings_with_doppler());
      },
      [&] {
        const auto got = receiver->receive(20ms, nullptr);
        if (got && *got) ((*got)->is_video ? video : other) = true;
        return video && other;
      }));
}

TEST(RadarReceiver, a_port_that_another_program_has_is_refused_at_once) {
  config::RadarSection section;
  const auto taken = net::UdpReceiver::open({.listen = {0x7F000001, 0}});
  ASSERT_TRUE(taken);
  section.listen = fmt::format("udp://{}", net::to_text(taken->local()));
  const auto refused = RadarReceiver::open(section);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().detail.find("another program"), std::string::npos);
}

}  // namespace
}  // namespace headland::station
