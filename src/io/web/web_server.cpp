// SPDX-License-Identifier: Apache-2.0
#include "io/web/web_server.hpp"

#include <algorithm>
#include <exception>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include "io/web/server_detail.hpp"

namespace headland::web {
namespace {

constexpr std::size_t max_posted_frames = 2048;

}  // namespace

Expected<std::uint16_t> WebServer::Impl::start() {
  boost::system::error_code error;
  const auto fail_with = [&](const std::string& what) {
    return fail(ErrorCode::io, "web server: cannot " + what + " " + config.address + " port " +
                                   std::to_string(config.port) + ": " + error.message());
  };
  const auto address = asio::ip::make_address(config.address, error);
  if (error) return fail(ErrorCode::configuration, "web server: not an address: " + config.address);
  const asio::ip::tcp::endpoint endpoint(address, config.port);
  acceptor.open(endpoint.protocol(), error);
  if (error) return fail_with("open");
  acceptor.set_option(asio::ip::tcp::acceptor::reuse_address(true), error);
  acceptor.bind(endpoint, error);
  if (error) return fail_with("listen on");
  acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return fail_with("listen on");
  const std::uint16_t port = acceptor.local_endpoint(error).port();
  running = true;
  accept();
  tick();
  socket_thread = std::thread([this] { sockets.run(); });
  handler_thread = std::thread([this] {
    const auto work = asio::make_work_guard(handling);
    handling.run();
  });
  return port;
}

void WebServer::Impl::stop() {
  if (!running.exchange(false)) return;
  asio::post(sockets, [this] {
    boost::system::error_code ignored;
    acceptor.close(ignored);
    timer.cancel();
    for (const auto& [id, client] : clients) client->close();
  });
  // A moment for the closing handshakes; whoever does not answer is cut off.
  for (int i = 0; i < 50 && counters.clients > 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  handling.stop();
  handler_thread.join();
  sockets.stop();
  socket_thread.join();
  clients.clear();
}

void WebServer::Impl::accept() {
  accepting = true;
  acceptor.async_accept([this](boost::system::error_code error, asio::ip::tcp::socket socket) {
    accepting = false;
    if (!acceptor.is_open() || error == asio::error::operation_aborted) return;
    if (error) return;  // out of file handles, mostly: tick() tries again
    if (counters.connections >= config.max_connections) {
      ++counters.refused;
    } else {
      boost::system::error_code ignored;
      socket.set_option(asio::ip::tcp::no_delay(true), ignored);
      if (config.socket_send_buffer_bytes > 0) {
        socket.set_option(asio::socket_base::send_buffer_size(config.socket_send_buffer_bytes), ignored);
      }
      run_http_session(*this, std::move(socket));
    }
    accept();
  });
}

void WebServer::Impl::tick() {
  timer.expires_after(std::chrono::seconds(1));
  timer.async_wait([this](boost::system::error_code error) {
    if (error || !running) return;
    const auto now = Clock::now();
    // A session may leave while it is checked.
    std::vector<std::shared_ptr<WsSession>> all;
    all.reserve(clients.size());
    for (const auto& [id, client] : clients) all.push_back(client);
    for (const auto& client : all) client->check(now);
    if (!accepting) accept();
    if (all_missed_some.exchange(false) && callbacks.on_resync) {
      counters.resyncs += clients.size();
      for (const auto& [id, client] : clients) callbacks.on_resync(id);
    }
    tick();
  });
}

void WebServer::Impl::forget(ClientId client) {
  if (clients.erase(client) == 0) return;
  --counters.clients;
  if (callbacks.on_leave) callbacks.on_leave(client);
}

void WebServer::Impl::deliver(const SharedFrame& frame) {
  // push() never removes a client while it runs: closing is asynchronous.
  for (const auto& [id, client] : clients) client->push(frame);
}

const HttpHandler* WebServer::Impl::find_handler(std::string_view path, bool is_post) const {
  const HttpHandler* best = nullptr;
  std::size_t longest = 0;
  for (const auto& [prefix, handler] : is_post ? post_handlers : handlers) {
    if (is_under(path, prefix) && (best == nullptr || prefix.size() > longest)) {
      best = &handler;
      longest = prefix.size();
    }
  }
  return best;
}

WebServer::WebServer(WebConfig config, WebCallbacks callbacks)
    : impl_(std::make_shared<Impl>(std::move(config), std::move(callbacks))) {}

WebServer::~WebServer() { stop(); }

void WebServer::handle(std::string prefix, HttpHandler handler) {
  impl_->handlers.emplace_back(std::move(prefix), std::move(handler));
}

void WebServer::handle_post(std::string prefix, HttpHandler handler) {
  impl_->post_handlers.emplace_back(std::move(prefix), std::move(handler));
}

Expected<std::uint16_t> WebServer::start() {
  try {
    return impl_->start();
  } catch (const std::exception& problem) {
    return fail(ErrorCode::io, std::string("web server: ") + problem.what());
  }
}

void WebServer::stop() { impl_->stop(); }

void WebServer::broadcast(SharedFrame frame) {
  if (!impl_->running) return;
  // The socket thread is far behind: what it cannot take now would only be stale. No client sees a
  // jump in its numbers for it, so tick() has all of them resynchronised.
  if (impl_->posted_frames.fetch_add(1) >= max_posted_frames) {
    --impl_->posted_frames;
    ++impl_->counters.frames_dropped;
    impl_->all_missed_some = true;
    return;
  }
  asio::post(impl_->sockets, [impl = impl_.get(), frame = std::move(frame)] {
    --impl->posted_frames;
    impl->deliver(frame);
  });
}

namespace {

template <class Action>
void with_client(WebServer::Impl& impl, ClientId client, Action action) {
  if (!impl.running) return;
  asio::post(impl.sockets, [&impl, client, action = std::move(action)]() mutable {
    const auto found = impl.clients.find(client);
    if (found != impl.clients.end()) action(*found->second);
  });
}

}  // namespace

void WebServer::send(ClientId client, SharedFrame frame) {
  with_client(*impl_, client, [frame = std::move(frame)](WsSession& session) { session.push(frame); });
}

void WebServer::send_text(ClientId client, std::string text) {
  with_client(*impl_, client,
              [text = std::move(text)](WsSession& session) mutable { session.push_text(std::move(text)); });
}

void WebServer::subscribe(ClientId client, FrameType type, bool on) {
  with_client(*impl_, client, [type, on](WsSession& session) { session.subscribe(type, on); });
}

void WebServer::close(ClientId client) {
  with_client(*impl_, client, [](WsSession& session) { session.close(); });
}

std::size_t WebServer::client_count() const { return impl_->counters.clients; }

WebCounters WebServer::counters() const {
  const AtomicCounters& c = impl_->counters;
  return {c.connections, c.clients,       c.clients_total,  c.requests,       c.bad_requests, c.refused,
          c.frames_sent, c.bytes_sent,    c.frames_dropped, c.spokes_dropped, c.resyncs,      c.clients_closed_slow,
          c.messages,    c.handler_errors};
}

}  // namespace headland::web
