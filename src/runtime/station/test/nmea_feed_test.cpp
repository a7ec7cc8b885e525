// SPDX-License-Identifier: Apache-2.0
// Live text over UDP and TCP.
#include "runtime/station/input/nmea_feed.hpp"

#include <functional>
#include <mutex>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace headland::station {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

bool wait_until(const std::function<bool()>& condition) {
  for (int i = 0; i < 6000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

// A server that takes one connection at a time.
class Server {
 public:
  Server() {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener_, 1) != 0 ||
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
      ADD_FAILURE() << "no server";
    }
    port_ = ntohs(address.sin_port);
  }
  ~Server() {
    hang_up();
    close(listener_);
  }
  void accept_one() { connection_ = accept(listener_, nullptr, nullptr); }
  void say(const std::string& text) const {
    ASSERT_EQ(send(connection_, text.data(), text.size(), MSG_NOSIGNAL), static_cast<ssize_t>(text.size()));
  }
  void hang_up() {
    if (connection_ >= 0) close(std::exchange(connection_, -1));
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  int listener_ = -1;
  int connection_ = -1;
  std::uint16_t port_ = 0;
};

class NmeaFeedTest : public testing::Test {
 protected:
  ~NmeaFeedTest() override {
    if (feed_) feed_->stop();
  }
  void start(const std::string& listen) {
    auto feed = NmeaFeed::open({"ais", listen}, 1000, on_text(), health_);
    ASSERT_TRUE(feed) << feed.error().detail;
    feed_ = std::move(*feed);
    feed_->start();
  }
  NmeaFeed::OnText on_text() {
    return [this](std::uint16_t stream, Timestamp, std::span<const std::uint8_t> text) {
      const std::lock_guard lock(mutex_);
      EXPECT_EQ(stream, 1000);
      text_.append(text.begin(), text.end());
      text_ += '|';
    };
  }
  [[nodiscard]] std::string text() const {
    const std::lock_guard lock(mutex_);
    return text_;
  }
  health::Health health_;
  mutable std::mutex mutex_;
  std::string text_;
  std::unique_ptr<NmeaFeed> feed_;
};

TEST_F(NmeaFeedTest, datagrams_come_whole) {
  const auto port = net::UdpReceiver::open({.listen = {0x7F000001, 0}})->local();  // free again at once
  start("udp://" + net::to_text(port));
  if (HasFatalFailure()) return;
  auto sender = net::UdpSender::open({.destination = port});
  const std::string two = "!AIVDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0*4A\r\n$HEHDT,1.0,T*17\r\n";
  ASSERT_TRUE(sender->send({reinterpret_cast<const std::uint8_t*>(two.data()), two.size()}));
  EXPECT_TRUE(wait_until([&] { return text() == two + "|"; })) << text();
  EXPECT_EQ(feed_->datagrams(), 1U);
  EXPECT_EQ(health_.overall(), health::State::green);
}

TEST_F(NmeaFeedTest, sentences_of_a_furuno_network_come_without_the_bytes_before_them) {
  const auto port = net::UdpReceiver::open({.listen = {0x7F000001, 0}})->local();
  start("udp://" + net::to_text(port));
  if (HasFatalFailure()) return;
  auto sender = net::UdpSender::open({.destination = port});
  std::vector<std::uint8_t> datagram{1, 0x5D, 0, 1, 0, 0, 0, 0, 0, 19, '$', 0, '!', 255, 255, 255, 255, 255, 255, 255};
  const std::string sentence = "$IIHDT,215.9,T*2D\r\n";
  datagram.insert(datagram.end(), sentence.begin(), sentence.end());
  ASSERT_TRUE(sender->send(datagram));
  EXPECT_TRUE(wait_until([&] { return text() == sentence + "|"; })) << text();
}

TEST_F(NmeaFeedTest, lines_of_a_server_come_one_by_one_and_again_after_it_was_gone) {
  Server server;
  start(fmt::format("tcp://127.0.0.1:{}", server.port()));
  if (HasFatalFailure()) return;
  server.accept_one();
  server.say("one\r\ntw");
  server.say("o\r\n");
  EXPECT_TRUE(wait_until([&] { return text() == "one|two|"; })) << text();
  server.hang_up();
  EXPECT_TRUE(wait_until([&] { return health_.overall() == health::State::red; }));
  server.accept_one();
  server.say("three\n");
  EXPECT_TRUE(wait_until([&] { return text() == "one|two|three|"; })) << text();
  EXPECT_TRUE(wait_until([&] { return health_.overall() == health::State::green; }));
}

TEST_F(NmeaFeedTest, a_server_that_is_not_there_is_said_and_stopping_does_not_wait_for_it) {
  std::uint16_t port = 0;
  {
    const Server gone;
    port = gone.port();
  }
  start(fmt::format("tcp://127.0.0.1:{}", port));
  if (HasFatalFailure()) return;
  EXPECT_TRUE(wait_until([&] { return health_.overall() == health::State::red; }));
  EXPECT_THAT(health_.components().at(0).reason, HasSubstr(std::to_string(port)));
  feed_->stop();
}

// As after a power cut, where the station is up before its network.
TEST_F(NmeaFeedTest, a_network_that_is_not_there_yet_is_said_and_waited_for) {
  for (const char* where : {"udp://239.255.7.1:24700@eth77", "udp://192.0.2.77:24700"}) {
    start(where);
    if (HasFatalFailure()) return;
    const std::string missing = std::string_view(where).ends_with("eth77") ? "eth77" : "192.0.2.77";
    const auto reason = [&] { return health_.components().empty() ? "" : health_.components().at(0).reason; };
    EXPECT_TRUE(wait_until([&] { return reason().find(missing) != std::string::npos; })) << reason();
    EXPECT_EQ(health_.overall(), health::State::red);
    EXPECT_THAT(reason(), HasSubstr("ip -4 address"));
    feed_->stop();
  }
}

TEST_F(NmeaFeedTest, a_port_that_is_taken_is_refused) {
  const auto taken = net::UdpReceiver::open({.listen = {0x7F000001, 0}});
  const auto feed = NmeaFeed::open({"ais", "udp://" + net::to_text(taken->local())}, 1000, on_text(), health_);
  ASSERT_FALSE(feed);
  EXPECT_THAT(feed.error().detail, HasSubstr("another program"));
}

}  // namespace
}  // namespace headland::station
