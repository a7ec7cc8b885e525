// SPDX-License-Identifier: Apache-2.0
#include "io/net/wakeup.hpp"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

#include <sys/eventfd.h>
#include <unistd.h>

namespace headland::net {

Expected<Wakeup> Wakeup::create() {
  const int descriptor = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (descriptor < 0) {
    return fail(ErrorCode::io, std::string("no eventfd: ") + std::strerror(errno) + "; too many open files?");
  }
  return Wakeup(descriptor);
}

Wakeup::Wakeup(Wakeup&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
Wakeup& Wakeup::operator=(Wakeup&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}
Wakeup::~Wakeup() {
  if (descriptor_ >= 0) close(descriptor_);
}

void Wakeup::wake() const noexcept {
  const std::uint64_t one = 1;
  // It can fail only when it has been woken 2^64 - 2 times already: woken it is.
  [[maybe_unused]] const auto written = write(descriptor_, &one, sizeof one);
}

void Wakeup::reset() const noexcept {
  std::uint64_t count = 0;
  [[maybe_unused]] const auto got = read(descriptor_, &count, sizeof count);
}

}  // namespace headland::net
