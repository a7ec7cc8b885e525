// SPDX-License-Identifier: Apache-2.0
#include "app/stop_signal.hpp"

#include <atomic>
#include <csignal>
#include <cstdint>
#include <ctime>

#include <unistd.h>

namespace headland::app {
namespace {

// The one thing a signal handler may touch; the kernel lets any thread of the program run it, so that volatile is not
// enough.
std::atomic<std::int64_t> asked_ns = 0;  // when first, of the monotonic clock; 0: not yet
std::atomic<int> reloads = 0;
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<std::int64_t>::is_always_lock_free);

// One Ctrl-C may come twice: `timeout`, `script` and shells send it to the group and to the program.
constexpr std::int64_t one_request_ns = 1'000'000'000;

void on_signal(int) {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  const std::int64_t ns = now.tv_sec * 1'000'000'000 + now.tv_nsec;
  std::int64_t first = 0;
  if (!asked_ns.compare_exchange_strong(first, ns) && ns - first > one_request_ns) _exit(1);
}

void on_hang_up(int) { reloads = 1; }

}  // namespace

void catch_stop_signals() {
  struct sigaction action{};
  action.sa_handler = on_signal;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

void catch_reload_signal() {
  struct sigaction action{};
  action.sa_handler = on_hang_up;
  sigaction(SIGHUP, &action, nullptr);
}

bool stop_requested() { return asked_ns != 0; }

void wait_for_stop(const std::function<void()>& on_reload) {
  while (!stop_requested()) {
    if (on_reload && reloads.exchange(0) > 0) on_reload();
    const timespec pause{0, 100'000'000};
    nanosleep(&pause, nullptr);  // a signal ends it early
  }
}

}  // namespace headland::app
