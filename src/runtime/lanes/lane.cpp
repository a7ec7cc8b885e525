// SPDX-License-Identifier: Apache-2.0
#include "runtime/lanes/lane.hpp"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>

#include <pthread.h>

#include "runtime/health/health.hpp"

namespace headland::lanes {
namespace {

void pause_before_retry(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any woken;
  std::unique_lock lock(mutex);
  woken.wait_for(lock, stop, std::chrono::seconds(1), [] { return false; });
}

void run_supervised(const std::string& name, health::Health& health, const std::function<void(std::stop_token)>& body,
                    const std::stop_token& stop) {
  while (true) {
    try {
      body(stop);
      return;
    } catch (const std::exception& e) {
      health.set(name, health::State::red, e.what());
    }
    if (stop.stop_requested()) return;
    pause_before_retry(stop);
    if (stop.stop_requested()) return;
    health.set(name, health::State::yellow, "restarted after a fault");
  }
}

}  // namespace

Lane::Lane(std::string name, health::Health& health, std::function<void(std::stop_token)> body)
    : name_(std::move(name)), thread_([lane_name = name_, &health, run = std::move(body)](const std::stop_token& stop) {
        pthread_setname_np(pthread_self(), lane_name.substr(0, 15).c_str());
        run_supervised(lane_name, health, run, stop);
      }) {}

Lane::~Lane() = default;

void Lane::join() {
  if (thread_.joinable()) thread_.join();
}

}  // namespace headland::lanes
