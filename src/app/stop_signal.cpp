// SPDX-License-Identifier: Apache-2.0
#include "app/stop_signal.hpp"

#include <atomic>
#include <csignal>
#include <ctime>

#include <unistd.h>

namespace headland::app {
namespace {

// The one thing a signal handler may touch; the kernel lets any thread of the program run it, so that volatile is not
// enough.
std::atomic<int> requests = 0;
std::atomic<int> reloads = 0;
static_assert(std::atomic<int>::is_always_lock_free);

void on_signal(int) {
  if (requests.exchange(1) > 0) _exit(1);
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

bool stop_requested() { return requests > 0; }

void wait_for_stop(const std::function<void()>& on_reload) {
  while (!stop_requested()) {
    if (on_reload && reloads.exchange(0) > 0) on_reload();
    const timespec pause{0, 100'000'000};
    nanosleep(&pause, nullptr);  // a signal ends it early
  }
}

}  // namespace headland::app
