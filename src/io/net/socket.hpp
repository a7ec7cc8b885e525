// SPDX-License-Identifier: Apache-2.0
// A file descriptor that closes itself, and what sockets have in common. For the .cpp files of this module.
#pragma once

#include <string>
#include <utility>

#include <netinet/in.h>
#include <unistd.h>

#include "io/net/endpoint.hpp"

namespace headland::net {

class Socket {
 public:
  Socket() = default;
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~Socket() { reset(); }
  void reset() {
    if (descriptor_ >= 0) close(std::exchange(descriptor_, -1));
  }
  [[nodiscard]] int get() const { return descriptor_; }
  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }

 private:
  int descriptor_ = -1;
};

inline sockaddr_in to_sockaddr(const Endpoint& e) {
  sockaddr_in a{};
  a.sin_family = AF_INET;
  a.sin_port = htons(e.port);
  a.sin_addr.s_addr = htonl(e.address);
  return a;
}
inline Endpoint from_sockaddr(const sockaddr_in& a) { return {ntohl(a.sin_addr.s_addr), ntohs(a.sin_port)}; }

// IPv4 address of a network interface by name ("eth0") or by its address; what, where, what to do.
Expected<std::uint32_t> interface_address(const std::string& name_or_address);

enum class Readiness : std::uint8_t { ready, timed_out, woken };
// Waits until `descriptor` is ready for `events` (of poll), `wake_descriptor` (-1: none) is, or the time is over.
Expected<Readiness> wait_for(int descriptor, short events, int wake_descriptor, Duration timeout);

}  // namespace headland::net
