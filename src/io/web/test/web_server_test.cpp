// SPDX-License-Identifier: Apache-2.0
// The server over real sockets on the loopback.
#include "io/web/web_server.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

#include "io/web/test/raw_client.hpp"

namespace headland::web::test {
namespace {

SharedFrame frame(FrameType type, std::size_t content = 4, std::uint8_t source = 0) {
  std::vector<std::uint8_t> bytes(frame_header_bytes + content, 0x55);
  std::fill_n(bytes.begin(), frame_header_bytes, std::uint8_t{0});
  bytes[0] = static_cast<std::uint8_t>(type);
  bytes[2] = source;
  return std::make_shared<const std::vector<std::uint8_t>>(std::move(bytes));
}

// Waits for what other threads do; the bound is for a hanging test only.
template <class Condition>
bool eventually(Condition condition) {
  for (int i = 0; i < 2000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return false;
}

class Server : public ::testing::Test {
 protected:
  void start(WebConfig config = {}) {
    config.port = 0;
    WebCallbacks callbacks;
    callbacks.on_join = [this](ClientId id) { server_->send(id, frame(FrameType::hello)), last_joined_ = id.value(); };
    callbacks.on_message = [this](ClientId id, std::string_view text) {
      if (text == "hold") held_ = true, hold_();
      server_->send_text(id, "heard " + std::string(text));
    };
    callbacks.on_leave = [this](ClientId) { ++left_; };
    callbacks.on_resync = [this](ClientId id) { server_->send(id, frame(FrameType::track_snapshot)), ++resyncs_; };
    server_ = std::make_unique<WebServer>(std::move(config), std::move(callbacks));
    server_->handle("/api", [](const HttpRequest& r) {
      return HttpResponse{200, "application/json", R"({"path":")" + r.path + R"("})", {{"Cache-Control", "no-store"}}};
    });
    server_->handle("/api/deeper", [](const HttpRequest&) -> HttpResponse { throw std::runtime_error("broken"); });
    server_->handle_post("/api/echo", [](const HttpRequest& r) {
      return HttpResponse{200, "text/plain", "got " + r.body, {{"Cache-Control", "no-store"}}};
    });
    const auto port = server_->start();
    ASSERT_TRUE(port) << port.error().detail;
    port_ = *port;
  }
  ~Server() override {
    if (server_) server_->stop();
  }

  std::unique_ptr<WebServer> server_;
  std::uint16_t port_ = 0;
  std::atomic<std::uint64_t> last_joined_{0};
  std::atomic<int> left_{0};
  std::atomic<int> resyncs_{0};
  std::function<void()> hold_;  // set before start(): the socket thread reads it
  std::atomic<bool> held_{false};
};

TEST_F(Server, answers_get_and_head_on_one_connection) {
  start();
  RawClient client(port_);
  const std::string answer = client.get("/api/picture?x=1");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200"));
  EXPECT_TRUE(answer.ends_with(R"({"path":"/api/picture"})")) << answer;
  EXPECT_NE(answer.find("Content-Security-Policy: default-src 'self'"), std::string::npos);
  EXPECT_NE(answer.find("X-Content-Type-Options: nosniff"), std::string::npos);
  client.send("HEAD /api/picture HTTP/1.1\r\nHost: here\r\n\r\n");
  const std::string head = client.response(true);
  EXPECT_NE(head.find("Content-Length: 23"), std::string::npos);
  EXPECT_TRUE(head.ends_with("\r\n\r\n"));
  EXPECT_TRUE(client.get("/nothing").starts_with("HTTP/1.1 404"));
  EXPECT_TRUE(client.get("/").starts_with("HTTP/1.1 200"));
  EXPECT_EQ(server_->counters().requests, 4U);
}

TEST_F(Server, a_handler_that_throws_costs_one_answer) {
  start();
  RawClient client(port_);
  EXPECT_TRUE(client.get("/api/deeper/x").starts_with("HTTP/1.1 500"));
  EXPECT_TRUE(client.get("/api/other").starts_with("HTTP/1.1 200"));
  EXPECT_EQ(server_->counters().handler_errors, 1U);
}

TEST_F(Server, takes_a_post_where_one_is_asked_for) {
  WebConfig config;
  config.max_body_bytes = 100'000;
  start(config);
  const auto post = [](const std::string& path, const std::string& body, const std::string& more = "") {
    return "POST " + path + " HTTP/1.1\r\nHost: here\r\n" + more + "Content-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
  };
  RawClient client(port_);
  const std::string long_body(90'000, 'b');
  for (const std::string& body : {std::string("a = 1\n"), std::string(), long_body}) {
    client.send(post("/api/echo", body));
    EXPECT_TRUE(client.response().ends_with("got " + body));
  }
  EXPECT_TRUE(client.get("/api/picture").starts_with("HTTP/1.1 200"));  // the connection goes on
  EXPECT_TRUE(client.get("/api/echo").starts_with("HTTP/1.1 200"));     // GET of /api, not the other's
  client.send(post("/api/echo", "x", "Origin: http://here\r\n"));
  EXPECT_TRUE(client.response().starts_with("HTTP/1.1 200"));
  const std::pair<std::string, std::string> refused[] = {
      {post("/api/echo", std::string(100'001, 'c')), "413"},
      {post("/api/picture", "x"), "405"},
      {post("/api/echo", "x", "Origin: http://elsewhere\r\n"), "403"},
      {"POST /api/echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "400"},
  };
  for (const auto& [request, status] : refused) {
    RawClient other(port_);
    other.send(request);
    EXPECT_TRUE(other.response().starts_with("HTTP/1.1 " + status)) << status;
  }
}

TEST_F(Server, other_methods_and_garbage_are_told_so_and_counted) {
  start();
  const std::pair<std::string, std::string> cases[] = {
      {"POST /api HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n", "405"},
      {"DELETE / HTTP/1.1\r\nHost: h\r\n\r\n", "405"},
      {"GET /api HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello", "413"},
      {"GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
      {"GET http://other/ HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
      {std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS greeting\r\n\r\n", 31), "400"},
      {"GET / HTTP/9.9\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n", "431"},
      {std::string(100'000, 'A'), "431"},
  };
  for (const auto& [request, status] : cases) {
    RawClient client(port_);
    client.send(request);
    EXPECT_TRUE(client.response().starts_with("HTTP/1.1 " + status)) << request.substr(0, 40);
  }
  EXPECT_EQ(server_->counters().bad_requests, std::size(cases));
  EXPECT_TRUE(RawClient(port_).get("/api").starts_with("HTTP/1.1 200"));
}

TEST_F(Server, half_requests_and_vanishing_clients_leave_nothing_behind) {
  start();
  for (int i = 0; i < 50; ++i) {
    RawClient client(port_);
    client.send(std::string("GET /api HTTP/1.1\r\nHost: here\r\n\r\n").substr(0, static_cast<std::size_t>(i % 33)));
  }
  EXPECT_TRUE(eventually([&] { return server_->counters().connections == 0; }));
}

TEST_F(Server, a_silent_connection_is_closed_after_the_idle_time) {
  WebConfig config;
  config.idle_timeout = std::chrono::milliseconds(50);
  start(config);
  RawClient client(port_);
  EXPECT_EQ(client.response(), "");
}

TEST_F(Server, greets_a_websocket_and_talks_with_it) {
  start();
  RawClient client(port_);
  ASSERT_TRUE(client.upgrade("Origin: http://here:80\r\n")) << client.upgrade_answer();
  EXPECT_EQ(client.frame()->type(), 1);
  client.send_frame(1, R"({"want":"snapshot"})");
  const auto answer = client.frame();
  EXPECT_EQ(answer->opcode, 1);
  EXPECT_EQ(answer->payload, R"(heard {"want":"snapshot"})");
  client.send_frame(9, "ping");
  EXPECT_EQ(client.frame()->opcode, 10);
  EXPECT_EQ(server_->counters().clients, 1U);
  client.send_frame(8, "");
  EXPECT_EQ(client.frame()->opcode, 8);
  client.end_sending();
  EXPECT_TRUE(eventually([&] { return left_ == 1; }));
}

TEST_F(Server, refuses_another_origin_another_path_and_too_many) {
  WebConfig config;
  config.max_clients = 2;
  start(config);
  RawClient evil(port_);
  EXPECT_FALSE(evil.upgrade("Origin: http://evil.example\r\n"));
  EXPECT_TRUE(evil.upgrade_answer().starts_with("HTTP/1.1 403"));
  RawClient lost(port_);
  EXPECT_FALSE(lost.upgrade("", "/ws/v2"));
  RawClient one(port_), two(port_), three(port_);
  EXPECT_TRUE(one.upgrade());
  EXPECT_TRUE(two.upgrade());
  EXPECT_FALSE(three.upgrade());
  EXPECT_TRUE(three.upgrade_answer().starts_with("HTTP/1.1 503"));
  EXPECT_EQ(server_->counters().refused, 2U);
}

TEST_F(Server, broadcasts_to_all_with_each_clients_own_numbers) {
  start();
  RawClient early(port_);
  ASSERT_TRUE(early.upgrade());
  EXPECT_EQ(early.frame()->type(), 1);
  server_->broadcast(frame(FrameType::track_delta));
  EXPECT_EQ(early.frame()->sequence(), 0U);
  RawClient late(port_);
  ASSERT_TRUE(late.upgrade());
  EXPECT_EQ(late.frame()->type(), 1);
  server_->broadcast(frame(FrameType::track_delta, 100'000));
  const auto at_early = early.frame();
  const auto at_late = late.frame();
  EXPECT_EQ(at_early->sequence(), 1U);
  EXPECT_EQ(at_late->sequence(), 0U);
  EXPECT_EQ(at_early->payload.size(), frame_header_bytes + 100'000);
  EXPECT_EQ(at_early->payload.substr(8), at_late->payload.substr(8));
}

TEST_F(Server, sends_only_what_a_client_is_subscribed_to) {
  start();
  RawClient client(port_);
  ASSERT_TRUE(client.upgrade());
  EXPECT_EQ(client.frame()->type(), 1);
  server_->subscribe(ClientId(last_joined_), FrameType::spokes, false);
  server_->broadcast(frame(FrameType::spokes));
  server_->broadcast(frame(FrameType::plots));
  EXPECT_EQ(client.frame()->type(), 9);
}

TEST_F(Server, closes_who_sends_too_much_or_not_text) {
  start();
  RawClient large(port_);
  ASSERT_TRUE(large.upgrade());
  large.send_frame(1, std::string(WebConfig{}.max_message_bytes + 1, 'x'));
  RawClient binary(port_);
  ASSERT_TRUE(binary.upgrade());
  binary.send_frame(2, "abc");
  RawClient flood(port_);
  ASSERT_TRUE(flood.upgrade());
  for (int i = 0; i < 3000; ++i) flood.send_frame(1, "x");
  EXPECT_TRUE(eventually([&] { return left_ == 3; }));
}

TEST_F(Server, a_slow_client_loses_video_then_is_resynchronised_then_closed_and_holds_up_nobody) {
  WebConfig config;
  config.socket_send_buffer_bytes = 4096;
  config.stall_timeout = std::chrono::hours(1);  // so that it is the queue that ends it
  start(config);
  RawClient slow(port_, 4096);
  ASSERT_TRUE(slow.upgrade());
  RawClient quick(port_);
  ASSERT_TRUE(quick.upgrade());
  EXPECT_EQ(quick.frame()->type(), 1);
  const auto video = frame(FrameType::spokes, 50'000, 1);
  const auto delta = frame(FrameType::track_delta, 20'000);
  std::uint32_t deltas = 0;
  for (; deltas < 500 && server_->counters().clients_closed_slow == 0; ++deltas) {
    server_->broadcast(video);
    server_->broadcast(delta);
    // The quick one gets every frame meanwhile.
    EXPECT_EQ(quick.frame()->type(), 5);
    const auto got = quick.frame();
    ASSERT_TRUE(got);
    EXPECT_EQ(got->sequence(), deltas);
  }
  EXPECT_EQ(server_->counters().clients_closed_slow, 1U);
  EXPECT_EQ(resyncs_, 5);
  EXPECT_GT(server_->counters().spokes_dropped, 0U);
  EXPECT_TRUE(eventually([&] { return server_->client_count() == 1; }));
}

TEST_F(Server, a_client_that_takes_nothing_is_closed_after_the_stall_time) {
  WebConfig config;
  config.socket_send_buffer_bytes = 4096;
  config.stall_timeout = std::chrono::milliseconds(20);
  start(config);
  RawClient client(port_, 4096);
  ASSERT_TRUE(client.upgrade());
  EXPECT_EQ(client.frame()->type(), 1);  // joined: what is broadcast now is for it
  server_->broadcast(frame(FrameType::track_snapshot, 3'000'000));
  EXPECT_TRUE(eventually([&] { return left_ == 1; }));
  EXPECT_EQ(server_->counters().clients_closed_slow, 1U);
}

TEST_F(Server, frames_that_never_reached_a_queue_lead_to_a_snapshot_for_all) {
  // A callback that holds up the socket thread, while more is broadcast than may wait for it.
  std::atomic<bool> go_on{false};
  hold_ = [&] {
    while (!go_on) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  };
  start();
  RawClient client(port_);
  ASSERT_TRUE(client.upgrade());
  EXPECT_EQ(client.frame()->type(), 1);
  client.send_frame(1, "hold");
  EXPECT_TRUE(eventually([&] { return held_.load(); }));
  for (int i = 0; i < 3000; ++i) server_->broadcast(frame(FrameType::health));
  EXPECT_GT(server_->counters().frames_dropped, 0U);
  go_on = true;
  std::optional<RawClient::Frame> got;
  do {
    got = client.frame();
  } while (got && got->type() != 2);
  EXPECT_TRUE(got);
  EXPECT_EQ(resyncs_, 1);
}

TEST_F(Server, stops_with_clients_connected_and_says_goodbye) {
  start();
  RawClient client(port_);
  ASSERT_TRUE(client.upgrade());
  EXPECT_EQ(client.frame()->type(), 1);
  std::thread stopper([&] { server_->stop(); });
  EXPECT_EQ(client.frame()->opcode, 8);
  client.send_frame(8, "");
  client.end_sending();
  stopper.join();
  EXPECT_EQ(left_, 1);
  server_->broadcast(frame(FrameType::health));  // harmless afterwards
  EXPECT_FALSE(RawClient(port_).connected());
}

TEST_F(Server, says_why_it_cannot_start) {
  start();
  WebConfig config;
  config.port = port_;
  WebServer second(config);
  const auto taken = second.start();
  ASSERT_FALSE(taken);
  EXPECT_NE(taken.error().detail.find(std::to_string(port_)), std::string::npos);
  config.address = "not an address";
  EXPECT_EQ(WebServer(config).start().error().code, ErrorCode::configuration);
}

}  // namespace
}  // namespace headland::web::test
