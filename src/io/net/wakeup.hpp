// SPDX-License-Identifier: Apache-2.0
// Ends the waiting of another thread in poll(2). Callable from a signal handler.
#pragma once

#include "core/base/expected.hpp"

namespace headland::net {

class Wakeup {
 public:
  static Expected<Wakeup> create();
  Wakeup(Wakeup&& other) noexcept;
  Wakeup& operator=(Wakeup&& other) noexcept;
  ~Wakeup();

  // From now on every wait returns at once, until reset().
  void wake() const noexcept;
  void reset() const noexcept;
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  explicit Wakeup(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace headland::net
