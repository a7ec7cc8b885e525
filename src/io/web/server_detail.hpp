// SPDX-License-Identifier: Apache-2.0
// Inside of the web server; included by its .cpp files only (Asio and Beast are dear to compile).
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>

#include "io/web/static_files.hpp"
#include "io/web/web_server.hpp"

namespace headland::web {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

using Clock = std::chrono::steady_clock;
using UpgradeRequest = http::request<http::empty_body>;

// One WebSocket. All members are called on the socket thread.
class WsSession {
 public:
  virtual ~WsSession() = default;
  virtual void run(UpgradeRequest request) = 0;
  virtual void push(const SharedFrame& frame) = 0;
  virtual void push_text(std::string text) = 0;
  virtual void subscribe(FrameType type, bool on) = 0;
  virtual void close() = 0;                       // politely
  virtual void check(Clock::time_point now) = 0;  // once a second: closes it when it stalls
};

struct AtomicCounters {
  std::atomic<std::uint64_t> connections{0}, clients{0}, clients_total{0}, requests{0}, bad_requests{0}, refused{0},
      frames_sent{0}, bytes_sent{0}, frames_dropped{0}, spokes_dropped{0}, resyncs{0}, clients_closed_slow{0},
      messages{0}, handler_errors{0};
};

class WebServer::Impl {
 public:
  Impl(WebConfig c, WebCallbacks b) : config(std::move(c)), callbacks(std::move(b)), files(config.document_root) {}

  Expected<std::uint16_t> start();
  void stop();
  void accept();
  void tick();  // once a second
  void forget(ClientId client);
  void deliver(const SharedFrame& frame);  // to all, on the socket thread
  [[nodiscard]] const HttpHandler* find_handler(std::string_view path, bool is_post) const;

  WebConfig config;
  WebCallbacks callbacks;
  StaticFiles files;
  std::vector<std::pair<std::string, HttpHandler>> handlers;
  std::vector<std::pair<std::string, HttpHandler>> post_handlers;
  AtomicCounters counters;
  std::atomic<bool> running{false};
  std::atomic<bool> all_missed_some{false};   // frames were dropped before any client's queue
  std::atomic<std::size_t> posted_frames{0};  // on their way to the socket thread
  bool accepting = false;                     // socket thread only, as are the next and `clients`
  std::uint64_t next_client = 1;
  // The loops are destroyed before what their pending work refers to.
  asio::io_context sockets{1};
  asio::io_context handling{1};
  asio::ip::tcp::acceptor acceptor{sockets};
  asio::steady_timer timer{sockets};
  std::map<ClientId, std::shared_ptr<WsSession>> clients;
  std::thread socket_thread;
  std::thread handler_thread;
};

// Takes over a connection whose request asks for an upgrade on /ws/v1.
[[nodiscard]] std::shared_ptr<WsSession> make_ws_session(WebServer::Impl& server, ClientId client,
                                                         beast::tcp_stream&& stream);
// Serves HTTP on a fresh connection until it ends or becomes a WebSocket.
void run_http_session(WebServer::Impl& server, asio::ip::tcp::socket&& socket);

}  // namespace headland::web
