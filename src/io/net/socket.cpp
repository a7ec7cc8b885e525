// SPDX-License-Identifier: Apache-2.0
#include "io/net/socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>

#include <ifaddrs.h>
#include <poll.h>

namespace headland::net {

Expected<std::uint32_t> interface_address(const std::string& name_or_address) {
  if (const auto address = parse_address(name_or_address)) return *address;
  ifaddrs* list = nullptr;
  if (getifaddrs(&list) != 0) {
    return fail(ErrorCode::io, std::string("the network interfaces cannot be listed: ") + std::strerror(errno));
  }
  const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> guard(list, freeifaddrs);
  for (const ifaddrs* i = list; i != nullptr; i = i->ifa_next) {
    if (i->ifa_addr == nullptr || i->ifa_addr->sa_family != AF_INET || name_or_address != i->ifa_name) continue;
    sockaddr_in address{};
    std::memcpy(&address, i->ifa_addr, sizeof address);
    return ntohl(address.sin_addr.s_addr);
  }
  return fail(ErrorCode::not_found, "there is no network interface \"" + name_or_address +
                                        "\" with an IPv4 address; `ip -4 address` lists those there are");
}

Expected<Readiness> wait_for(int descriptor, short events, int wake_descriptor, Duration timeout) {
  const auto end = std::chrono::steady_clock::now() + std::max(timeout, Duration::zero());
  while (true) {
    std::array<pollfd, 2> fds{pollfd{descriptor, events, 0}, pollfd{wake_descriptor, POLLIN, 0}};
    const auto left = end - std::chrono::steady_clock::now();
    const auto ms =
        std::chrono::ceil<std::chrono::milliseconds>(std::max(left, std::chrono::steady_clock::duration::zero()));
    const int code =
        poll(fds.data(), wake_descriptor >= 0 ? 2 : 1, static_cast<int>(std::min<std::int64_t>(ms.count(), 3'600'000)));
    if (code < 0 && errno != EINTR) return fail(ErrorCode::io, std::string("poll failed: ") + std::strerror(errno));
    if (code > 0 && (fds[1].revents & POLLIN) != 0 && wake_descriptor >= 0) return Readiness::woken;
    if (code > 0 && fds[0].revents != 0) return Readiness::ready;
    if (std::chrono::steady_clock::now() >= end) return Readiness::timed_out;
  }
}

}  // namespace headland::net
