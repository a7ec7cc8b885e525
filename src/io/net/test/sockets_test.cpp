// SPDX-License-Identifier: Apache-2.0
// Real sockets on the loopback interface.
#include <chrono>
#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <sys/socket.h>

#include "io/net/tcp_line_client.hpp"
#include "io/net/udp_socket.hpp"

namespace headland::net {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::uint32_t loopback = 0x7F000001;

std::vector<std::uint8_t> bytes(const std::string& text) { return {text.begin(), text.end()}; }
std::string text(std::span<const std::uint8_t> b) { return {b.begin(), b.end()}; }

TEST(Udp, CarriesADatagramWithItsTimeAndSource) {
  auto receiver = UdpReceiver::open({.listen = {loopback, 0}});
  ASSERT_TRUE(receiver.has_value()) << receiver.error().detail;
  EXPECT_GT(receiver->buffer_bytes(), 0U);
  auto sender = UdpSender::open({.destination = receiver->local()});
  ASSERT_TRUE(sender.has_value());
  const auto before = std::chrono::system_clock::now();
  ASSERT_TRUE(sender->send(bytes("hello")).has_value());
  const auto got = receiver->receive(seconds(5));
  ASSERT_TRUE(got.has_value());
  ASSERT_TRUE(got->has_value());
  EXPECT_EQ(text((*got)->payload), "hello");
  EXPECT_EQ((*got)->source.address, loopback);
  EXPECT_EQ((*got)->destination, receiver->local());
  EXPECT_GE((*got)->time, before - milliseconds(1));
  EXPECT_EQ(receiver->kernel_drops(), 0U);
}

TEST(Udp, CarriesTheLargestDatagramThereIs) {
  auto receiver = UdpReceiver::open({.listen = {loopback, 0}});
  auto sender = UdpSender::open({.destination = receiver->local()});
  const std::vector<std::uint8_t> large(65507, 7);
  ASSERT_TRUE(sender->send(large).has_value());
  const auto got = receiver->receive(seconds(5));
  ASSERT_TRUE(got.has_value() && got->has_value());
  EXPECT_EQ((*got)->payload.size(), large.size());
  EXPECT_FALSE(sender->send(std::vector<std::uint8_t>(65508)).has_value());
}

TEST(Udp, CarriesMulticastToSeveralReceivers) {
  const auto group = parse_endpoint("239.255.77.3:39511");
  const UdpReceiverConfig config{.listen = *group, .interface = "127.0.0.1"};
  auto one = UdpReceiver::open(config);
  auto two = UdpReceiver::open(config);
  ASSERT_TRUE(one.has_value()) << one.error().detail;
  ASSERT_TRUE(two.has_value()) << two.error().detail;
  auto sender = UdpSender::open({.destination = *group, .interface = "lo"});
  ASSERT_TRUE(sender.has_value()) << sender.error().detail;
  ASSERT_TRUE(sender->send(bytes("to all")).has_value());
  for (auto* receiver : {&*one, &*two}) {
    const auto got = receiver->receive(seconds(5));
    ASSERT_TRUE(got.has_value() && got->has_value());
    EXPECT_EQ(text((*got)->payload), "to all");
  }
}

TEST(Udp, CountsWhatTheKernelDropped) {
  auto receiver = UdpReceiver::open({.listen = {loopback, 0}, .buffer_bytes = 4096});
  auto sender = UdpSender::open({.destination = receiver->local()});
  const std::vector<std::uint8_t> payload(1000, 1);
  for (int i = 0; i < 500; ++i) ASSERT_TRUE(sender->send(payload).has_value());
  std::uint64_t received = 0;
  while (true) {
    const auto got = receiver->receive(milliseconds(50));
    ASSERT_TRUE(got.has_value());
    if (!got->has_value()) break;
    ++received;
  }
  // The count comes with the next datagram that gets through.
  ASSERT_TRUE(sender->send(payload).has_value());
  ASSERT_TRUE(receiver->receive(seconds(5))->has_value());
  EXPECT_LT(received, 500U);
  EXPECT_EQ(received + receiver->kernel_drops(), 500U);
}

TEST(Udp, ReturnsWhenTheTimeIsOverOrItIsWoken) {
  auto receiver = UdpReceiver::open({.listen = {loopback, 0}});
  EXPECT_FALSE(receiver->receive(milliseconds(1))->has_value());
  auto wakeup = Wakeup::create();
  ASSERT_TRUE(wakeup.has_value());
  std::jthread other([&] { wakeup->wake(); });
  EXPECT_FALSE(receiver->receive(std::chrono::hours(1), &*wakeup)->has_value());
  EXPECT_FALSE(receiver->receive(std::chrono::hours(1), &*wakeup)->has_value());  // still awake
  wakeup->reset();
  EXPECT_FALSE(receiver->receive(milliseconds(1), &*wakeup)->has_value());
}

TEST(Udp, SaysWhatWhereAndWhatToDo) {
  auto receiver = UdpReceiver::open({.listen = {loopback, 0}});
  const auto taken = UdpReceiver::open({.listen = receiver->local()});
  ASSERT_FALSE(taken.has_value());
  EXPECT_NE(taken.error().detail.find(to_text(receiver->local())), std::string::npos);
  EXPECT_NE(taken.error().detail.find("another program"), std::string::npos);
  const auto nowhere = UdpReceiver::open({.listen = *parse_endpoint("239.1.1.1:39512"), .interface = "nosuch0"});
  ASSERT_FALSE(nowhere.has_value());
  EXPECT_NE(nowhere.error().detail.find("nosuch0"), std::string::npos);
  EXPECT_FALSE(UdpReceiver::open({.listen = *parse_endpoint("203.0.113.9:39513")}).has_value());
}

// A server with one connection at a time.
class Server {
 public:
  Server() : listener_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = to_sockaddr({loopback, 0});
    EXPECT_EQ(bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(listen(listener_.get(), 4), 0);
    socklen_t size = sizeof address;
    getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  void take() { connection_ = Socket(accept(listener_.get(), nullptr, nullptr)); }
  void drop() { connection_.reset(); }
  void shut() { listener_.reset(); }
  void say(const std::string& s) const {
    EXPECT_EQ(::send(connection_.get(), s.data(), s.size(), MSG_NOSIGNAL), static_cast<ssize_t>(s.size()));
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  Socket listener_;
  Socket connection_;
  std::uint16_t port_ = 0;
};

TcpLineClientConfig client_config(std::uint16_t port) {
  TcpLineClientConfig config;
  config.host = "127.0.0.1";
  config.port = port;
  config.first_pause = milliseconds(5);
  config.longest_pause = milliseconds(20);
  config.max_line = 20;
  return config;
}

struct Listener {
  TcpLineClient client;
  std::vector<std::string> lines;

  explicit Listener(std::uint16_t port) : client(client_config(port)) {}
  bool poll() {
    return client.poll(milliseconds(20), nullptr, [this](Timestamp, std::string_view l) { lines.emplace_back(l); })
        .has_value();
  }
  void poll_until(std::size_t count) {
    for (int i = 0; i < 500 && lines.size() < count; ++i) poll();
    ASSERT_EQ(lines.size(), count);
  }
};

TEST(TcpLineClient, HandsOutLinesAndConnectsAgain) {
  Server server;
  Listener listener(server.port());
  listener.poll();
  server.take();
  server.say("$GPHDT,1\r\n$GPH");
  listener.poll_until(1);
  server.say("DT,2\r\n");
  listener.poll_until(2);
  server.say("half a line");
  server.drop();
  for (int i = 0; i < 500 && listener.client.is_connected(); ++i) listener.poll();
  EXPECT_FALSE(listener.client.is_connected());
  for (int i = 0; i < 500 && !listener.client.is_connected(); ++i) listener.poll();
  server.take();
  server.say("$GPHDT,3\r\n");
  listener.poll_until(3);
  EXPECT_EQ(listener.lines, (std::vector<std::string>{"$GPHDT,1", "$GPHDT,2", "$GPHDT,3"}));
  EXPECT_EQ(listener.client.counters().connects, 2U);
  EXPECT_EQ(listener.client.counters().disconnects, 1U);
}

TEST(TcpLineClient, DropsOverlongLines) {
  Server server;
  Listener listener(server.port());
  listener.poll();
  server.take();
  server.say(std::string(100, 'x') + "\r\nshort\r\n");
  listener.poll_until(1);
  EXPECT_EQ(listener.lines, std::vector<std::string>{"short"});
  EXPECT_EQ(listener.client.counters().overlong, 1U);
}

TEST(TcpLineClient, SaysWhyThereIsNoConnection) {
  Server server;
  server.shut();
  Listener listener(server.port());
  const auto refused = listener.client.poll(milliseconds(1), nullptr, [](Timestamp, std::string_view) {});
  ASSERT_FALSE(refused.has_value());
  EXPECT_NE(refused.error().detail.find("127.0.0.1:" + std::to_string(server.port())), std::string::npos);
  EXPECT_EQ(listener.client.counters().failures, 1U);
  auto config = client_config(1);
  config.host = "no such host";
  TcpLineClient lost(config);
  EXPECT_NE(
      lost.poll(milliseconds(1), nullptr, [](Timestamp, std::string_view) {}).error().detail.find("host not found"),
      std::string::npos);
}

}  // namespace
}  // namespace headland::net
