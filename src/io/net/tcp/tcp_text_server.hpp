// SPDX-License-Identifier: Apache-2.0
// Text for whoever connects: a TCP server that only sends. It never blocks: a client that does not read is closed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.hpp"
#include "io/net/endpoint.hpp"
#include "io/net/socket.hpp"

namespace headland::net {

struct TcpTextServerConfig {
  Endpoint listen;  // port 0: any free one
  std::size_t max_clients = 32;
  std::size_t max_waiting = std::size_t{1} << 20U;  // bytes that a client may leave unread
};

class TcpTextServer {
 public:
  static Expected<TcpTextServer> open(const TcpTextServerConfig& config);

  // Takes in who waits to connect, and sends them and all others the text, as far as they take it.
  void send(std::string_view text);

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::size_t clients() const { return clients_.size(); }
  [[nodiscard]] std::uint64_t closed_slow() const { return closed_slow_; }

 private:
  struct Client {
    Socket socket;
    std::string waiting;
  };
  TcpTextServer(const TcpTextServerConfig& config, Socket socket, std::uint16_t port)
      : config_(config), socket_(std::move(socket)), port_(port) {}
  void accept_all();
  // False: the client is gone.
  [[nodiscard]] static bool flush(Client& client);

  TcpTextServerConfig config_;
  Socket socket_;
  std::uint16_t port_ = 0;
  std::vector<Client> clients_;
  std::uint64_t closed_slow_ = 0;
};

}  // namespace headland::net
