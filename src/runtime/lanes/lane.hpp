// SPDX-License-Identifier: Apache-2.0
// A lane: one named thread that runs one loop and never brings the program down.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <thread>

namespace headland::health {
class Health;
}

namespace headland::lanes {

class Lane {
 public:
  // Starts at once. `body` runs until it returns; when it throws, the fault is written to `health`
  // and the log under the lane's name and the body is run again after a pause, unless stopping.
  Lane(std::string name, health::Health& health, std::function<void(std::stop_token)> body);
  ~Lane();
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  void request_stop() { thread_.request_stop(); }
  void join();
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  std::string name_;
  std::jthread thread_;
};

}  // namespace headland::lanes
