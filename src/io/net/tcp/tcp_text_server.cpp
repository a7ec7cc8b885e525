// SPDX-License-Identifier: Apache-2.0
#include "io/net/tcp/tcp_text_server.hpp"

#include <cerrno>
#include <cstring>

#include <sys/socket.h>

namespace headland::net {

Expected<TcpTextServer> TcpTextServer::open(const TcpTextServerConfig& config) {
  const auto refuse = [&](const char* what) {
    return fail(ErrorCode::io, "tcp://" + to_text(config.listen) + ": " + what + ": " + std::strerror(errno) +
                                   "; is the port free and the address this machine's?");
  };
  Socket socket(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket.is_open()) return refuse("no socket");
  const int yes = 1;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address = to_sockaddr(config.listen);
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return refuse("bind");
  if (::listen(socket.get(), 16) != 0) return refuse("listen");
  socklen_t size = sizeof address;
  if (::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) return refuse("getsockname");
  return TcpTextServer(config, std::move(socket), from_sockaddr(address).port);
}

void TcpTextServer::accept_all() {
  while (true) {
    Socket client(::accept4(socket_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!client.is_open()) return;
    if (clients_.size() < config_.max_clients) clients_.push_back({std::move(client), {}});
  }
}

bool TcpTextServer::flush(Client& client) {
  while (!client.waiting.empty()) {
    const auto sent = ::send(client.socket.get(), client.waiting.data(), client.waiting.size(), MSG_NOSIGNAL);
    if (sent < 0) return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
    client.waiting.erase(0, static_cast<std::size_t>(sent));
  }
  return true;
}

void TcpTextServer::send(std::string_view text) {
  accept_all();
  std::erase_if(clients_, [&](Client& client) {
    client.waiting += text;
    if (!flush(client)) return true;
    if (client.waiting.size() <= config_.max_waiting) return false;
    ++closed_slow_;
    return true;
  });
}

}  // namespace headland::net
