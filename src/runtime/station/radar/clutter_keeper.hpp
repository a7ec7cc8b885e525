// SPDX-License-Identifier: Apache-2.0
// What radars learned of their clutter, in files that a restart goes on from: <folder>/radar-<number>.hls. Written on a
// thread of its own, since compressing some megabytes and forcing them to the disk takes longer than a radar waits.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/signal/memory/clutter_memory.hpp"
#include "runtime/health/health.hpp"
#include "runtime/lanes/bounded_queue.hpp"
#include "runtime/lanes/lane.hpp"

namespace headland::station {

class ClutterKeeper {
 public:
  struct Counters {
    std::uint64_t stored = 0;
    std::uint64_t failed = 0;  // could not be written, or not be read
    std::uint64_t bytes = 0;   // of the last that was written
  };

  ClutterKeeper(std::filesystem::path folder, std::size_t radars, health::Health& health);
  ~ClutterKeeper() { stop(); }

  // The file's bytes, packed; nothing where there is none that can be read (which is told).
  [[nodiscard]] std::optional<std::vector<std::uint8_t>> load(SensorId sensor, const std::string& name);
  // Thread-safe; does not wait for the disk.
  void keep(SensorId sensor, signal::ClutterMemory memory);
  // Writes what waits.
  void stop();

  [[nodiscard]] Counters counters() const { return {stored_, failed_, bytes_}; }
  [[nodiscard]] lanes::QueueStats queue_stats() const { return queue_.stats(); }

 private:
  struct Item {
    SensorId sensor;
    signal::ClutterMemory memory;
  };
  [[nodiscard]] std::filesystem::path path_of(SensorId sensor) const;
  void write_loop();

  std::filesystem::path folder_;
  health::Health& health_;
  // Two of each radar; the oldest goes.
  lanes::BoundedQueue<Item> queue_;
  std::atomic<std::uint64_t> stored_ = 0, failed_ = 0, bytes_ = 0;
  std::optional<lanes::Lane> lane_;
};

}  // namespace headland::station
