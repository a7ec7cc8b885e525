// SPDX-License-Identifier: Apache-2.0
#include <bitset>
#include <numeric>
#include <optional>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "io/web/server_detail.hpp"

namespace headland::web {
namespace {

namespace websocket = boost::beast::websocket;

constexpr int max_resyncs = 5;                // without having caught up in between
constexpr int max_messages_per_second = 200;  // from one client

class Session final : public WsSession, public std::enable_shared_from_this<Session> {
 public:
  Session(WebServer::Impl& server, ClientId id, beast::tcp_stream&& stream)
      : server_(server), id_(id), ws_(std::move(stream)) {
    ++server_.counters.connections;
    subscribed_.set();
  }
  ~Session() override { --server_.counters.connections; }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void run(UpgradeRequest request) override {
    request_ = std::move(request);
    ws_.set_option(websocket::stream_base::timeout{std::chrono::seconds(10), server_.config.idle_timeout, true});
    ws_.read_message_max(server_.config.max_message_bytes);
    ws_.auto_fragment(false);  // a frame goes out as one: header and shared content, not copied
    ws_.async_accept(request_, [self = shared_from_this()](beast::error_code error) { self->on_accept(error); });
  }

  void push(const SharedFrame& frame) override {
    if (closing_ || !frame || frame->empty()) return;
    if (frame->front() < frame_type_count && !subscribed_[frame->front()]) return;
    const auto before = queue_.dropped();
    const Pushed pushed = queue_.push(frame);
    count_dropped(before);
    if (pushed == Pushed::overflow) return cut_off();
    if (pushed == Pushed::resync) {
      ++server_.counters.resyncs;
      if (++resyncs_ > max_resyncs) return cut_off();
      if (server_.callbacks.on_resync) server_.callbacks.on_resync(id_);
    }
    write();
  }

  void push_text(std::string text) override {
    if (closing_) return;
    if (queue_.push_text(std::move(text)) == Pushed::overflow) return cut_off();
    write();
  }

  void subscribe(FrameType type, bool on) override { subscribed_[static_cast<std::size_t>(type)] = on; }

  void close() override { close(websocket::close_code::going_away); }

  void check(Clock::time_point now) override {
    messages_ = 0;
    if (sending_ && now - send_began_ > server_.config.stall_timeout) cut_off();
    if (closing_ && now - close_began_ > std::chrono::seconds(3)) beast::get_lowest_layer(ws_).close();
  }

 private:
  void on_accept(beast::error_code error) {
    if (error) return;
    request_ = {};
    joined_ = true;
    server_.clients.emplace(id_, shared_from_this());
    ++server_.counters.clients;
    ++server_.counters.clients_total;
    if (server_.callbacks.on_join) server_.callbacks.on_join(id_);
    read();
  }

  void read() {
    ws_.async_read(in_, [self = shared_from_this()](beast::error_code error, std::size_t) { self->on_read(error); });
  }

  void on_read(beast::error_code error) {
    if (error) return leave();
    ++server_.counters.messages;
    if (!ws_.got_text() || ++messages_ > max_messages_per_second) {
      close(websocket::close_code::policy_error);
    } else if (server_.callbacks.on_message) {
      const auto data = in_.cdata();
      server_.callbacks.on_message(id_, {static_cast<const char*>(data.data()), data.size()});
    }
    in_.consume(in_.size());
    read();
  }

  void write() {
    if (sending_ || closing_) return;
    sending_ = queue_.take();
    if (!sending_) {
      resyncs_ = 0;  // it has caught up
      return;
    }
    ws_.text(sending_->is_text);
    std::array<asio::const_buffer, 2> parts;
    if (sending_->is_text) {
      parts = {asio::buffer(sending_->text), asio::const_buffer()};
    } else {
      const auto content = sending_->content();
      parts = {asio::buffer(sending_->header), asio::buffer(content.data(), content.size())};
    }
    send_began_ = Clock::now();
    ws_.async_write(parts, [self = shared_from_this()](beast::error_code error, std::size_t bytes) {
      self->sending_.reset();
      if (error) return self->leave();
      ++self->server_.counters.frames_sent;
      self->server_.counters.bytes_sent += bytes;
      self->closing_ ? self->finish_close() : self->write();
    });
  }

  void close(websocket::close_code code) {
    if (closing_) return;
    closing_ = true;
    close_code_ = code;
    close_began_ = Clock::now();
    if (!sending_) finish_close();  // otherwise when the frame under way is out
  }
  void finish_close() {
    ws_.async_close(close_code_, [self = shared_from_this()](beast::error_code) { self->leave(); });
  }

  // Too slow for us: no handshake, it would not be read.
  void cut_off() {
    if (closing_) return;
    closing_ = true;
    close_began_ = Clock::now();
    ++server_.counters.clients_closed_slow;
    beast::get_lowest_layer(ws_).close();
  }

  void leave() {
    closing_ = true;
    if (joined_) server_.forget(id_);
    joined_ = false;
  }

  void count_dropped(const std::array<std::uint64_t, frame_type_count>& before) {
    const auto& now = queue_.dropped();
    server_.counters.frames_dropped += std::accumulate(now.begin(), now.end(), std::uint64_t{0}) -
                                       std::accumulate(before.begin(), before.end(), std::uint64_t{0});
    constexpr auto spokes = static_cast<std::size_t>(FrameType::spokes);
    server_.counters.spokes_dropped += now[spokes] - before[spokes];
  }

  WebServer::Impl& server_;
  ClientId id_;
  websocket::stream<beast::tcp_stream> ws_;
  UpgradeRequest request_;
  beast::flat_buffer in_;
  ClientQueue queue_;
  std::optional<Outgoing> sending_;
  Clock::time_point send_began_;
  Clock::time_point close_began_;
  websocket::close_code close_code_ = websocket::close_code::normal;
  std::bitset<frame_type_count> subscribed_;
  int resyncs_ = 0;
  int messages_ = 0;
  bool joined_ = false;
  bool closing_ = false;
};

}  // namespace

std::shared_ptr<WsSession> make_ws_session(WebServer::Impl& server, ClientId client, beast::tcp_stream&& stream) {
  return std::make_shared<Session>(server, client, std::move(stream));
}

}  // namespace headland::web
