// SPDX-License-Identifier: Apache-2.0
// HTTP and WebSocket server for the page and its neighbours (docs/formats/stream.md).
//
// Two threads of its own: one for all sockets, one for HTTP handlers. Every function here may be
// called from any thread except start() and stop(), which belong to the owner, and handle() and
// handle_post(), which come before start(). Callbacks run on the socket thread and must be quick; they may call send(),
// broadcast() and subscribe().
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/expected.hpp"
#include "core/base/ids.hpp"
#include "io/web/client_queue.hpp"
#include "io/web/http.hpp"

namespace headland::web {

struct WebConfig {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  // 0: any free one
  std::filesystem::path document_root;
  std::size_t max_connections = 512;
  std::size_t max_clients = 128;  // WebSockets
  std::size_t max_header_bytes = 8192;
  std::size_t max_message_bytes = 16'384;              // from a client
  std::size_t max_body_bytes = std::size_t{1} << 18U;  // of a POST
  std::chrono::milliseconds idle_timeout{30'000};      // HTTP: for a request; WebSocket: for a pong
  std::chrono::milliseconds stall_timeout{10'000};     // a client that takes nothing for so long is closed
  int socket_send_buffer_bytes = 0;                    // 0: the system's choice
};

using ClientId = StrongId<struct WebClientTag, std::uint64_t>;  // never given twice in a run

struct WebCallbacks {
  std::function<void(ClientId)> on_join;                       // send it hello and a snapshot
  std::function<void(ClientId, std::string_view)> on_message;  // a text, max_message_bytes at most
  std::function<void(ClientId)> on_leave;
  std::function<void(ClientId)> on_resync;  // it missed changes: send it a snapshot and the attributes
};

// Since the start, but `clients` and `connections`, which are now.
struct WebCounters {
  std::uint64_t connections = 0;
  std::uint64_t clients = 0;
  std::uint64_t clients_total = 0;
  std::uint64_t requests = 0;
  std::uint64_t bad_requests = 0;  // malformed, too large, wrong method
  std::uint64_t refused = 0;       // wrong origin, too many
  std::uint64_t frames_sent = 0;
  std::uint64_t bytes_sent = 0;      // in WebSocket frames
  std::uint64_t frames_dropped = 0;  // by policy, all clients
  std::uint64_t spokes_dropped = 0;  // of these
  std::uint64_t resyncs = 0;
  std::uint64_t clients_closed_slow = 0;
  std::uint64_t messages = 0;  // from clients
  std::uint64_t handler_errors = 0;
};

class WebServer {
 public:
  explicit WebServer(WebConfig config, WebCallbacks callbacks = {});
  ~WebServer();  // stops
  WebServer(const WebServer&) = delete;
  WebServer& operator=(const WebServer&) = delete;

  // GET and HEAD of `prefix` and below; the longest prefix wins; everything else is a static file.
  void handle(std::string prefix, HttpHandler handler);
  // POST likewise, from this origin or none (not a browser), max_body_bytes at most.
  void handle_post(std::string prefix, HttpHandler handler);

  [[nodiscard]] Expected<std::uint16_t> start();  // the port
  void stop();                                    // closes all; waits for the threads

  // To every client that is subscribed to the frame's type (all are, to all, at first).
  void broadcast(SharedFrame frame);
  void send(ClientId client, SharedFrame frame);
  void send_text(ClientId client, std::string text);
  void subscribe(ClientId client, FrameType type, bool on);
  void close(ClientId client);

  [[nodiscard]] std::size_t client_count() const;
  [[nodiscard]] WebCounters counters() const;

  class Impl;

 private:
  std::shared_ptr<Impl> impl_;
};

}  // namespace headland::web
