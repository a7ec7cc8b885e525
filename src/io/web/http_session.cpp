// SPDX-License-Identifier: Apache-2.0
#include <exception>
#include <optional>

#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message_generator.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include "io/web/server_detail.hpp"

namespace headland::web {
namespace {

http::message_generator to_message(HttpResponse response, unsigned version, bool keep_alive, bool head_only) {
  const auto fill = [&](auto& message) {
    message.set(http::field::server, "headland");
    message.set(http::field::content_type, response.content_type);
    for (const auto& [name, value] : security_headers()) message.set(name, value);
    for (const auto& [name, value] : response.headers) message.set(name, value);
    message.keep_alive(keep_alive);
  };
  const auto status = static_cast<http::status>(response.status);
  if (response.status == 304 || response.status == 204) {
    http::response<http::empty_body> message(status, version);
    fill(message);
    return message;
  }
  if (head_only) {
    http::response<http::empty_body> message(status, version);
    fill(message);
    message.content_length(response.body.size());
    return message;
  }
  http::response<http::string_body> message(status, version);
  fill(message);
  message.body() = std::move(response.body);
  message.prepare_payload();
  return message;
}

HttpResponse plain(int status, std::string text) {
  return {status, "text/plain; charset=utf-8", std::move(text), {{"Cache-Control", "no-store"}}};
}

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

class HttpSession : public std::enable_shared_from_this<HttpSession> {
 public:
  HttpSession(WebServer::Impl& server, asio::ip::tcp::socket&& socket)
      : server_(server), stream_(std::move(socket)), buffer_(server.config.max_header_bytes + 1024) {
    ++server_.counters.connections;
  }
  ~HttpSession() { --server_.counters.connections; }
  HttpSession(const HttpSession&) = delete;
  HttpSession& operator=(const HttpSession&) = delete;

  void read() {
    body_.reset();
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(server_.config.max_header_bytes));
    parser_->body_limit(server_.config.max_body_bytes);
    stream_.expires_after(server_.config.idle_timeout);
    http::async_read_header(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](beast::error_code error, std::size_t) { self->on_header(error); });
  }

 private:
  void on_header(beast::error_code error) {
    if (error) return on_bad_request(error);
    ++server_.counters.requests;
    const auto length = parser_->content_length();
    const bool has_body = parser_->chunked() || (length && *length > 0);
    request_ = UpgradeRequest(parser_->get().base());
    if (has_body) request_.keep_alive(false);  // unless it is read
    head_only_ = request_.method() == http::verb::head;
    const bool is_post = request_.method() == http::verb::post;
    if (!is_post && has_body) return refuse(413, "no request body allowed\n");
    if (!is_post && request_.method() != http::verb::get && !head_only_) return refuse_method("GET, HEAD");
    auto target = parse_target(view(request_.target()));
    if (!target) return refuse(400, "malformed request target\n");
    const HttpHandler* handler = server_.find_handler(target->path, is_post);
    if (is_post) {
      if (handler == nullptr) return refuse_method("GET, HEAD");
      if (!same_origin(view(request_[http::field::origin]), view(request_[http::field::host]))) {
        ++server_.counters.refused;
        return reply(plain(403, "origin refused\n"));
      }
      return read_body(*handler, std::move(*target));
    }
    if (beast::websocket::is_upgrade(request_)) return upgrade(target->path);
    if (handler != nullptr) return run_handler(*handler, std::move(*target));
    reply(server_.files.get(
        {target->path, view(request_[http::field::accept_encoding]), view(request_[http::field::if_none_match])}));
  }

  void read_body(const HttpHandler& handler, HttpRequest target) {
    body_.emplace(std::move(*parser_));
    http::async_read(stream_, buffer_, *body_,
                     [self = shared_from_this(), &handler, target = std::move(target)](beast::error_code error,
                                                                                       std::size_t) mutable {
                       if (error) return self->on_bad_request(error);
                       self->request_.keep_alive(self->body_->get().keep_alive());
                       target.body = std::move(self->body_->get().body());
                       self->run_handler(handler, std::move(target));
                     });
  }

  void refuse(int status, std::string why) {
    ++server_.counters.bad_requests;
    reply(plain(status, std::move(why)));
  }
  void refuse_method(const char* allowed) {
    ++server_.counters.bad_requests;
    HttpResponse response = plain(405, std::string("only ") + allowed + "\n");
    response.headers.emplace_back("Allow", allowed);
    reply(std::move(response));
  }

  // Garbage gets an answer where the library could tell what is wrong, and the connection ends.
  void on_bad_request(beast::error_code error) {
    static const auto& http_errors = http::make_error_code(http::error::end_of_stream).category();
    if (error == http::error::end_of_stream || error.category() != http_errors) return linger();
    ++server_.counters.bad_requests;
    request_ = {};
    request_.version(11);
    request_.keep_alive(false);
    head_only_ = false;
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
      return reply(plain(431, "request header too large\n"));
    }
    if (error == http::error::body_limit || error == http::error::unexpected_body) {
      return reply(plain(413, "request body too large\n"));
    }
    if (error == http::error::partial_message) return;
    reply(plain(400, "not a valid HTTP request\n"));
  }

  void upgrade(const std::string& path) {
    if (path != "/ws/v1") return reply(plain(404, "no WebSocket here; it is at /ws/v1\n"));
    if (!same_origin(view(request_[http::field::origin]), view(request_[http::field::host]))) {
      ++server_.counters.refused;
      return reply(plain(403, "origin refused\n"));
    }
    if (server_.counters.clients >= server_.config.max_clients || !server_.running) {
      ++server_.counters.refused;
      return reply(plain(503, "too many clients\n"));
    }
    stream_.expires_never();  // the WebSocket has timers of its own
    const ClientId client(server_.next_client++);
    make_ws_session(server_, client, std::move(stream_))->run(std::move(request_));
  }

  void run_handler(const HttpHandler& handler, HttpRequest target) {
    stream_.expires_never();
    asio::post(server_.handling, [self = shared_from_this(), &handler, target = std::move(target)] {
      HttpResponse response;
      try {
        response = handler(target);
      } catch (const std::exception&) {
        ++self->server_.counters.handler_errors;
        response = plain(500, "internal error\n");
      }
      asio::post(self->server_.sockets,
                 [self, response = std::move(response)]() mutable { self->reply(std::move(response)); });
    });
  }

  void reply(HttpResponse response) {
    const bool keep_alive = request_.keep_alive();
    stream_.expires_after(server_.config.idle_timeout);
    beast::async_write(stream_, to_message(std::move(response), request_.version(), keep_alive, head_only_),
                       [self = shared_from_this(), keep_alive](beast::error_code error, std::size_t) {
                         if (error) return;
                         keep_alive ? self->read() : self->linger();
                       });
  }

  // Reads away what still comes: closing at once would reset the connection, and the peer might
  // never see the answer.
  void linger() {
    beast::error_code ignored;
    stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    stream_.expires_after(std::chrono::seconds(2));
    drain(64);
  }
  void drain(int reads_left) {
    if (reads_left == 0) return;
    buffer_.clear();
    stream_.async_read_some(buffer_.prepare(1024),
                            [self = shared_from_this(), reads_left](beast::error_code error, std::size_t) {
                              if (!error) self->drain(reads_left - 1);
                            });
  }

  WebServer::Impl& server_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::empty_body>> parser_;
  std::optional<http::request_parser<http::string_body>> body_;  // of a POST
  UpgradeRequest request_;
  bool head_only_ = false;
};

}  // namespace

void run_http_session(WebServer::Impl& server, asio::ip::tcp::socket&& socket) {
  std::make_shared<HttpSession>(server, std::move(socket))->read();
}

}  // namespace headland::web
