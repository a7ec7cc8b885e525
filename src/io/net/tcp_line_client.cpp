// SPDX-License-Identifier: Apache-2.0
#include "io/net/tcp_line_client.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>

namespace headland::net {

Expected<std::size_t> TcpLineClient::lost(const std::string& why) {
  socket_.reset();
  lines_.reset();
  ++counters_.disconnects;
  next_try_ = Clock::now() + pause_;
  return fail(ErrorCode::io, name() + ": connection lost: " + why + "; it is tried again");
}

Expected<void> TcpLineClient::try_address(const sockaddr_in& address, const Wakeup* wakeup) {
  Socket s(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const auto refuse = [this](const std::string& why) {
    return fail(ErrorCode::io,
                name() + ": cannot connect: " + why + "; it is tried again, check host, port and server");
  };
  if (!s.is_open()) return refuse(std::strerror(errno));
  if (connect(s.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    if (errno != EINPROGRESS) return refuse(std::strerror(errno));
    const auto ready =
        wait_for(s.get(), POLLOUT, wakeup != nullptr ? wakeup->descriptor() : -1, config_.connect_timeout);
    if (!ready) return unexpected(ready.error());
    if (*ready == Readiness::woken) return refuse("stopped");
    if (*ready == Readiness::timed_out) return refuse("no answer");
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(s.get(), SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) return refuse(std::strerror(error));
  }
  // Notices a server that vanished without a word.
  const int on = 1;
  setsockopt(s.get(), SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  socket_ = std::move(s);
  return {};
}

Expected<void> TcpLineClient::connect_now(const Wakeup* wakeup) {
  addrinfo hints{};
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  const int code = getaddrinfo(config_.host.c_str(), std::to_string(config_.port).c_str(), &hints, &list);
  if (code != 0) {
    return fail(ErrorCode::io, name() + ": host not found: " + gai_strerror(code) + "; check the name");
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> guard(list, freeaddrinfo);
  Expected<void> last = fail(ErrorCode::io, name() + ": no IPv4 address");
  for (const addrinfo* a = list; a != nullptr; a = a->ai_next) {
    sockaddr_in address{};
    std::memcpy(&address, a->ai_addr, sizeof address);
    last = try_address(address, wakeup);
    if (last) return last;
  }
  return last;
}

Expected<std::size_t> TcpLineClient::receive(Duration timeout, const Wakeup* wakeup) {
  const int wake = wakeup != nullptr ? wakeup->descriptor() : -1;
  if (!socket_.is_open()) {
    const auto now = Clock::now();
    if (now < next_try_) {
      // The pause between two tries, cut into the caller's time-outs.
      const auto waited = wait_for(-1, 0, wake, std::min<Duration>(timeout, next_try_ - now));
      if (!waited) return unexpected(waited.error());
      if (Clock::now() < next_try_) return 0;
    }
    if (const auto connected = connect_now(wakeup); !connected) {
      ++counters_.failures;
      next_try_ = Clock::now() + pause_;
      pause_ = std::min(pause_ * 2, config_.longest_pause);
      return unexpected(connected.error());
    }
    ++counters_.connects;
    heard_ = Clock::now();
  }
  const auto ready = wait_for(socket_.get(), POLLIN, wake, timeout);
  if (!ready) return unexpected(ready.error());
  if (*ready != Readiness::ready) {
    if (Clock::now() - heard_ > config_.silence_timeout) return lost("nothing heard for too long");
    return 0;
  }
  const ssize_t n = recv(socket_.get(), buffer_.data(), buffer_.size(), 0);
  if (n == 0) return lost("closed by the server");
  if (n < 0) {
    if (errno == EAGAIN || errno == EINTR) return 0;
    return lost(std::strerror(errno));
  }
  received_ = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  heard_ = Clock::now();
  pause_ = config_.first_pause;  // a connection counts as good once it spoke
  counters_.bytes += static_cast<std::uint64_t>(n);
  return static_cast<std::size_t>(n);
}

}  // namespace headland::net
