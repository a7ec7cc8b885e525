// SPDX-License-Identifier: Apache-2.0
// UDP over IPv4: unicast, broadcast and multicast.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/expected.hpp"
#include "io/net/endpoint.hpp"
#include "io/net/socket.hpp"
#include "io/net/wakeup.hpp"

namespace headland::net {

struct UdpReceiverConfig {
  // Multicast: the group to join. Otherwise the own address, 0.0.0.0 for all. Port 0: any free one.
  Endpoint listen;
  std::string interface;                          // name or address of the one to join on; empty: the system's choice
  std::size_t buffer_bytes = 8U * 1024U * 1024U;  // kernel buffer wanted; it gives as much as it may
};

class UdpReceiver {
 public:
  // not_found: no network carries the group, or has the interface or address, now (it may later); anything else will
  // stay as it is.
  static Expected<UdpReceiver> open(const UdpReceiverConfig& config);

  // Which of several has something to receive, looked at from `first` on, so that none is left out; nothing
  // when the time is over or `wakeup` was woken.
  static Expected<std::optional<std::size_t>> wait_any(std::span<const UdpReceiver* const> receivers, std::size_t first,
                                                       Duration timeout, const Wakeup* wakeup);

  // The next datagram; nothing when the time is over or `wakeup` was woken. Its time is that of reception
  // by the kernel. Not for two threads at once.
  Expected<std::optional<Datagram>> receive(Duration timeout, const Wakeup* wakeup = nullptr);

  // Datagrams that the kernel dropped because the buffer was full, since the start (SO_RXQ_OVFL: known
  // with the next datagram that came through).
  [[nodiscard]] std::uint64_t kernel_drops() const { return kernel_drops_; }
  [[nodiscard]] std::size_t buffer_bytes() const { return buffer_bytes_; }  // what the kernel gave
  [[nodiscard]] std::uint64_t truncated() const {
    return truncated_;
  }  // datagrams over 64 KiB: impossible, but counted
  [[nodiscard]] const Endpoint& local() const { return local_; }

 private:
  UdpReceiver() = default;

  Socket socket_;
  Endpoint local_;  // with the port that was given
  std::vector<std::uint8_t> bytes_;
  std::size_t buffer_bytes_ = 0;
  std::uint64_t kernel_drops_ = 0;
  std::uint32_t last_overflow_ = 0;
  std::uint64_t truncated_ = 0;
};

struct UdpSenderConfig {
  Endpoint destination;
  std::string interface;   // for multicast: name or address; empty: the system's choice
  int multicast_hops = 1;  // time to live; 1 stays on the local network
  bool multicast_loop = true;
};

class UdpSender {
 public:
  static Expected<UdpSender> open(const UdpSenderConfig& config);
  // Sends to the configured destination. A full buffer waits a moment; an unreachable port on the other side
  // is no error: there may be somebody later.
  Expected<void> send(std::span<const std::uint8_t> payload);
  [[nodiscard]] const Endpoint& destination() const { return destination_; }

 private:
  UdpSender() = default;
  Socket socket_;
  Endpoint destination_;
};

}  // namespace headland::net
