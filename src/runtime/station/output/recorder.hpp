// SPDX-License-Identifier: Apache-2.0
// Everything that comes in goes to the journal in the order in which it was consumed, on a thread of
// its own. When the disk is too slow, raw video goes first, then plots; ticks, reports, gaps and
// checkpoints wait. What could not be kept is itself an entry.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "io/journal/journal_writer.hpp"
#include "runtime/health/health.hpp"
#include "runtime/lanes/bounded_queue.hpp"
#include "runtime/lanes/lane.hpp"

namespace headland::station {

// Streams of the journal: radars by their sensor number, NMEA sources from 1000, 0 = the node itself.
inline constexpr std::uint16_t node_stream = 0;
inline constexpr std::uint16_t first_nmea_stream = 1000;

class Recorder {
 public:
  // Opens the journal (mending a torn tail) and starts writing.
  static Expected<std::unique_ptr<Recorder>> start(journal::WriterConfig config, health::Health& health);
  ~Recorder();

  // Thread-safe. Copies the payload.
  void record(journal::EntryKind kind, std::uint16_t stream, Timestamp time, std::span<const std::uint8_t> payload);

  // Writes what is queued and forces it to the disk.
  void stop();

  [[nodiscard]] const journal::Recovery& recovery() const { return recovery_; }
  [[nodiscard]] std::uint64_t bytes_written() const { return bytes_written_; }
  [[nodiscard]] bool healthy() const { return healthy_; }
  [[nodiscard]] lanes::QueueStats queue_stats() const { return queue_.stats(); }

 private:
  struct Item {
    journal::EntryKind kind{};
    std::uint16_t stream = 0;
    Timestamp time;
    std::vector<std::uint8_t> payload;
  };
  struct Lost {
    std::uint64_t entries = 0;
    std::uint64_t bytes = 0;
  };

  Recorder(journal::JournalWriter writer, health::Health& health);
  void write_loop();
  void write(const Item& item);
  void write_losses(Timestamp now);
  void note(const Expected<void>& result);

  journal::JournalWriter writer_;
  journal::Recovery recovery_;
  health::Health& health_;
  // 64 MiB: two seconds of two large radars.
  lanes::BoundedQueue<Item> queue_{"journal", std::size_t{64} << 20, lanes::WhenFull::wait};
  std::mutex lost_mutex_;
  std::map<std::uint16_t, Lost> lost_;
  std::atomic<bool> has_losses_ = false;
  Timestamp last_time_;  // of the writing thread, as the next
  std::uint64_t chunks_at_fault_ = 0;
  std::atomic<std::uint64_t> bytes_written_ = 0;
  std::atomic<bool> healthy_ = true;
  std::optional<lanes::Lane> lane_;
};

}  // namespace headland::station
