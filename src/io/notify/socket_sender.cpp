// SPDX-License-Identifier: Apache-2.0
// Bytes by UDP or TCP, for systems that read sentences or events. UDP confirms nothing: what was sent is taken for
// delivered, unless the other computer says that nobody listens there. By TCP it is when the other side's system has
// taken the bytes and the connection was closed in order.
#include "io/notify/socket_sender.hpp"

#include <cerrno>
#include <cstring>
#include <memory>

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace headland::notify {
namespace {

constexpr int refusal_ms = 50;

struct Socket {
  int fd = -1;
  Socket() = default;
  explicit Socket(int opened) : fd(opened) {}
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket() {
    if (fd >= 0) ::close(fd);
  }
};

struct Address {
  bool is_udp = true;
  std::string host, port;
};

std::optional<Address> parse(const std::string& url) {
  Address a;
  a.is_udp = url.starts_with("udp://");
  if (!a.is_udp && !url.starts_with("tcp://")) return std::nullopt;
  std::string rest = url.substr(6);
  const auto colon = rest.rfind(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == rest.size()) return std::nullopt;
  a.host = rest.substr(0, colon);
  a.port = rest.substr(colon + 1);
  if (a.host.size() > 2 && a.host.front() == '[' && a.host.back() == ']') a.host = a.host.substr(1, a.host.size() - 2);
  if (a.port.find_first_not_of("0123456789") != std::string::npos || a.port.size() > 5) return std::nullopt;
  return a;
}

class SocketSender final : public Sender {
 public:
  SocketSender(SenderConfig config, Address address) : config_(std::move(config)), address_(std::move(address)) {}

  Expected<void> send(const Message& message) override {
    addrinfo hints{};
    hints.ai_socktype = address_.is_udp ? SOCK_DGRAM : SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int code = ::getaddrinfo(address_.host.c_str(), address_.port.c_str(), &hints, &found); code != 0) {
      return fail(ErrorCode::io, config_.url + ": " + ::gai_strerror(code));
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> list(found, &::freeaddrinfo);
    const Socket s(::socket(list->ai_family, list->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, list->ai_protocol));
    if (s.fd < 0) return unexpected(error("no socket"));
    if (::connect(s.fd, list->ai_addr, list->ai_addrlen) != 0) {
      if (errno != EINPROGRESS || !wait(s.fd, POLLOUT)) return unexpected(error("cannot connect"));
      int code = 0;
      socklen_t size = sizeof(code);
      if (::getsockopt(s.fd, SOL_SOCKET, SO_ERROR, &code, &size) != 0 || code != 0) {
        errno = code;
        return unexpected(error("cannot connect"));
      }
    }
    return address_.is_udp ? send_datagram(s.fd, message.body) : send_stream(s.fd, message.body);
  }

 private:
  [[nodiscard]] Error error(const char* what) const {
    return {ErrorCode::io, config_.url + ": " + what + ": " + std::strerror(errno)};
  }
  [[nodiscard]] bool wait(int fd, short events) const {
    pollfd p{fd, events, 0};
    const int n = ::poll(&p, 1, static_cast<int>(config_.timeout.count()));
    if (n == 0) errno = ETIMEDOUT;
    return n > 0;
  }
  [[nodiscard]] Expected<void> send_datagram(int fd, const std::string& bytes) const {
    if (::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size())) {
      return unexpected(error("cannot send"));
    }
    // A computer where nobody listens says so (ICMP), within a round trip; where none says anything it was sent.
    pollfd p{fd, POLLERR, 0};
    int code = 0;
    socklen_t size = sizeof(code);
    if (::poll(&p, 1, refusal_ms) > 0 && ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &code, &size) == 0 && code != 0) {
      errno = code;
      return unexpected(error("nobody listens there"));
    }
    return {};
  }
  [[nodiscard]] Expected<void> send_stream(int fd, const std::string& bytes) const {
    std::size_t done = 0;
    while (done < bytes.size()) {
      if (!wait(fd, POLLOUT)) return unexpected(error("does not take it"));
      const ssize_t n = ::send(fd, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
      if (n < 0 && (errno == EAGAIN || errno == EINTR)) continue;
      if (n <= 0) return unexpected(error("does not take it"));
      done += static_cast<std::size_t>(n);
    }
    // The other side closes as well, or stays; one that reset the connection has not read it.
    ::shutdown(fd, SHUT_WR);
    char ignored[256];
    pollfd p{fd, POLLIN, 0};
    if (::poll(&p, 1, 200) > 0 && ::recv(fd, ignored, sizeof(ignored), 0) < 0 && errno == ECONNRESET) {
      return unexpected(error("ended the connection"));
    }
    return {};
  }

  SenderConfig config_;
  Address address_;
};

}  // namespace

Expected<std::unique_ptr<Sender>> make_socket_sender(const SenderConfig& config) {
  auto address = parse(config.url);
  if (!address) return fail(ErrorCode::configuration, "'" + config.url + "': write udp://HOST:PORT or tcp://HOST:PORT");
  return std::unique_ptr<Sender>(std::make_unique<SocketSender>(config, std::move(*address)));
}

}  // namespace headland::notify
