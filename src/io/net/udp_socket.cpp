// SPDX-License-Identifier: Apache-2.0
#include "io/net/udp_socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>

#include <poll.h>
#include <sys/socket.h>

namespace headland::net {
namespace {

constexpr std::size_t max_datagram = 65536;

auto refuse(const Endpoint& e, const std::string& what, const std::string& advice) {
  return fail(ErrorCode::io, to_text(e) + ": " + what + ": " + std::strerror(errno) + "; " + advice);
}

void set(int descriptor, int level, int option, int value) {
  // What is set this way is a wish: where the kernel refuses, the socket works without.
  setsockopt(descriptor, level, option, &value, sizeof value);
}

std::size_t ask_for_buffer(int descriptor, std::size_t wanted) {
  const int bytes = static_cast<int>(std::min<std::size_t>(wanted, 1U << 30U));
  set(descriptor, SOL_SOCKET, SO_RCVBUF, bytes);
  set(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, bytes);  // beyond rmem_max, where we may
  int given = 0;
  socklen_t size = sizeof given;
  getsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &given, &size);
  return static_cast<std::size_t>(given);
}

Expected<void> join(int descriptor, const UdpReceiverConfig& config) {
  ip_mreq request{};
  request.imr_multiaddr.s_addr = htonl(config.listen.address);
  if (!config.interface.empty()) {
    const auto address = interface_address(config.interface);
    if (!address) return unexpected(address.error());
    request.imr_interface.s_addr = htonl(*address);
  }
  if (setsockopt(descriptor, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request, sizeof request) != 0) {
    return fail(ErrorCode::not_found,
                to_text(config.listen) + ": the group cannot be joined: " + std::strerror(errno) +
                    "; is the network up, is there a route for multicast? else name the interface");
  }
  // Without this the kernel also hands out groups that others on this machine joined.
  set(descriptor, IPPROTO_IP, IP_MULTICAST_ALL, 0);
  return {};
}

struct Extras {
  std::optional<Timestamp> time;
  std::optional<std::uint32_t> overflow;
};

Extras read_extras(msghdr& message) {
  Extras extras;
  for (cmsghdr* c = CMSG_FIRSTHDR(&message); c != nullptr; c = CMSG_NXTHDR(&message, c)) {
    if (c->cmsg_level != SOL_SOCKET) continue;
    if (c->cmsg_type == SCM_TIMESTAMPNS) {
      timespec t{};
      std::memcpy(&t, CMSG_DATA(c), sizeof t);
      extras.time = Timestamp{std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec)};
    } else if (c->cmsg_type == SO_RXQ_OVFL) {
      std::uint32_t n = 0;
      std::memcpy(&n, CMSG_DATA(c), sizeof n);
      extras.overflow = n;
    }
  }
  return extras;
}

}  // namespace

Expected<UdpReceiver> UdpReceiver::open(const UdpReceiverConfig& config) {
  UdpReceiver r;
  r.socket_ = Socket(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!r.socket_.is_open()) return refuse(config.listen, "no socket", "too many open files?");
  const int fd = r.socket_.get();
  // Several receivers may share a multicast group; a unicast port belongs to one.
  if (config.listen.is_multicast()) set(fd, SOL_SOCKET, SO_REUSEADDR, 1);
  set(fd, SOL_SOCKET, SO_TIMESTAMPNS, 1);
  set(fd, SOL_SOCKET, SO_RXQ_OVFL, 1);
  r.buffer_bytes_ = ask_for_buffer(fd, config.buffer_bytes);
  const sockaddr_in address = to_sockaddr(config.listen);
  if (bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    if (errno == EADDRNOTAVAIL) {
      return fail(ErrorCode::not_found, to_text(config.listen) +
                                            ": cannot listen: no network of this machine has the " +
                                            "address; `ip -4 address` lists those there are");
    }
    return refuse(config.listen, "cannot listen", "is another program using the port?");
  }
  if (config.listen.is_multicast()) {
    if (const auto joined = join(fd, config); !joined) return unexpected(joined.error());
  }
  sockaddr_in bound{};
  socklen_t size = sizeof bound;
  getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &size);
  r.local_ = from_sockaddr(bound);
  r.bytes_.resize(max_datagram);
  return r;
}

Expected<std::optional<std::size_t>> UdpReceiver::wait_any(std::span<const UdpReceiver* const> receivers,
                                                           std::size_t first, Duration timeout, const Wakeup* wakeup) {
  std::vector<pollfd> fds;
  for (const auto* r : receivers) fds.push_back({r->socket_.get(), POLLIN, 0});
  if (wakeup != nullptr) fds.push_back({wakeup->descriptor(), POLLIN, 0});
  const auto ms = std::chrono::ceil<std::chrono::milliseconds>(std::max(timeout, Duration::zero()));
  const int code = poll(fds.data(), static_cast<nfds_t>(fds.size()),
                        static_cast<int>(std::min<std::int64_t>(ms.count(), 3'600'000)));
  if (code < 0 && errno != EINTR) return fail(ErrorCode::io, std::string("poll failed: ") + std::strerror(errno));
  if (code <= 0 || (wakeup != nullptr && fds.back().revents != 0)) return std::nullopt;
  for (std::size_t i = 0; i < receivers.size(); ++i) {
    const std::size_t at = (first + i) % receivers.size();
    if (fds[at].revents != 0) return at;
  }
  return std::nullopt;
}

Expected<std::optional<Datagram>> UdpReceiver::receive(Duration timeout, const Wakeup* wakeup) {
  const auto ready = wait_for(socket_.get(), POLLIN, wakeup != nullptr ? wakeup->descriptor() : -1, timeout);
  if (!ready) return unexpected(ready.error());
  if (*ready != Readiness::ready) return std::nullopt;
  sockaddr_in from{};
  iovec part{bytes_.data(), bytes_.size()};
  alignas(cmsghdr) std::array<char, 256> extras_bytes{};
  msghdr message{};
  message.msg_name = &from;
  message.msg_namelen = sizeof from;
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = extras_bytes.data();
  message.msg_controllen = extras_bytes.size();
  const ssize_t n = recvmsg(socket_.get(), &message, 0);
  if (n < 0) {
    // A datagram with a wrong checksum is gone by the time it is read; that is no error of ours.
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return std::nullopt;
    return refuse(local_, "receiving failed", "is the network interface still up?");
  }
  if ((message.msg_flags & MSG_TRUNC) != 0) ++truncated_;
  const Extras extras = read_extras(message);
  if (extras.overflow) {
    kernel_drops_ += static_cast<std::uint32_t>(*extras.overflow - last_overflow_);
    last_overflow_ = *extras.overflow;
  }
  const Timestamp now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  return Datagram{extras.time.value_or(now), from_sockaddr(from), local_, Transport::udp,
                  std::span(bytes_).first(static_cast<std::size_t>(n))};
}

Expected<UdpSender> UdpSender::open(const UdpSenderConfig& config) {
  UdpSender s;
  s.destination_ = config.destination;
  s.socket_ = Socket(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!s.socket_.is_open()) return refuse(config.destination, "no socket", "too many open files?");
  const int fd = s.socket_.get();
  set(fd, SOL_SOCKET, SO_BROADCAST, 1);
  if (config.destination.is_multicast()) {
    set(fd, IPPROTO_IP, IP_MULTICAST_TTL, config.multicast_hops);
    set(fd, IPPROTO_IP, IP_MULTICAST_LOOP, config.multicast_loop ? 1 : 0);
    if (!config.interface.empty()) {
      const auto address = interface_address(config.interface);
      if (!address) return unexpected(address.error());
      in_addr out{};
      out.s_addr = htonl(*address);
      if (setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, &out, sizeof out) != 0) {
        return refuse(config.destination, "cannot send through " + config.interface, "check the interface");
      }
    }
  }
  return s;
}

Expected<void> UdpSender::send(std::span<const std::uint8_t> payload) {
  const sockaddr_in to = to_sockaddr(destination_);
  while (true) {
    const ssize_t n =
        sendto(socket_.get(), payload.data(), payload.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
    if (n >= 0 || errno == ECONNREFUSED) return {};
    if (errno == EINTR) continue;
    if (errno == ENOBUFS || errno == EAGAIN) {
      if (const auto ready = wait_for(socket_.get(), POLLOUT, -1, std::chrono::milliseconds(100)); !ready) {
        return unexpected(ready.error());
      }
      continue;
    }
    return refuse(destination_, "cannot send " + std::to_string(payload.size()) + " bytes",
                  "is there a route to it (`ip route get`)?");
  }
}

}  // namespace headland::net
