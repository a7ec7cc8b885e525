// SPDX-License-Identifier: Apache-2.0
#include "app/stop_signal.hpp"

#include <csignal>
#include <ctime>

#include <unistd.h>

namespace headland::app {
namespace {

// The one thing a signal handler may touch.
volatile std::sig_atomic_t requests = 0;
volatile std::sig_atomic_t reloads = 0;

void on_signal(int) {
  if (requests > 0) _exit(1);
  requests = 1;
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

bool stop_requested() { return requests > 0; }

void wait_for_stop(const std::function<void()>& on_reload) {
  if (on_reload) {
    struct sigaction action{};
    action.sa_handler = on_hang_up;
    sigaction(SIGHUP, &action, nullptr);
  }
  while (!stop_requested()) {
    if (reloads > 0 && on_reload) {
      reloads = 0;
      on_reload();
    }
    const timespec pause{0, 100'000'000};
    nanosleep(&pause, nullptr);  // a signal ends it early
  }
}

}  // namespace headland::app
