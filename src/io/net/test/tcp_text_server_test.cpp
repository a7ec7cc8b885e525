// SPDX-License-Identifier: Apache-2.0
#include "io/net/tcp/tcp_text_server.hpp"

#include <gtest/gtest.h>

#include "io/net/tcp_line_client.hpp"

namespace headland::net {
namespace {

TEST(TcpTextServer, SendsItsTextToWhoeverConnects) {
  auto server = TcpTextServer::open({{0x7F000001, 0}});
  ASSERT_TRUE(server.has_value()) << server.error().detail;
  TcpLineClientConfig config;
  config.host = "127.0.0.1";
  config.port = server->port();
  TcpLineClient client(config);
  std::string got;
  for (int i = 0; i < 50 && got.empty(); ++i) {
    (void)client.poll(std::chrono::milliseconds(10), nullptr, [&](Timestamp, std::string_view line) { got = line; });
    server->send("$TEST*00\r\n");
  }
  EXPECT_EQ(got, "$TEST*00");
  EXPECT_EQ(server->clients(), 1U);
}

TEST(TcpTextServer, ClosesAClientThatDoesNotRead) {
  TcpTextServerConfig config;
  config.listen = {0x7F000001, 0};
  config.max_waiting = 1000;
  auto server = TcpTextServer::open(config);
  ASSERT_TRUE(server.has_value());
  TcpLineClientConfig own;
  own.host = "127.0.0.1";
  own.port = server->port();
  TcpLineClient client(own);
  (void)client.poll(std::chrono::milliseconds(1), nullptr, [](Timestamp, std::string_view) {});
  const std::string much(1 << 20, 'x');
  for (int i = 0; i < 64 && server->closed_slow() == 0; ++i) server->send(much);
  EXPECT_EQ(server->closed_slow(), 1U);
  EXPECT_EQ(server->clients(), 0U);
}

TEST(TcpTextServer, SaysWhyItCannotListen) {
  auto first = TcpTextServer::open({{0x7F000001, 0}});
  ASSERT_TRUE(first.has_value());
  const auto second = TcpTextServer::open({{0x7F000001, first->port()}});
  ASSERT_FALSE(second.has_value());
  EXPECT_NE(second.error().detail.find("127.0.0.1"), std::string::npos);
}

}  // namespace
}  // namespace headland::net
