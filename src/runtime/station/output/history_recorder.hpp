// SPDX-License-Identifier: Apache-2.0
// From pictures to rows of the history, on a thread of its own.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>

#include "io/store/history_store.hpp"
#include "runtime/config/station_config.hpp"
#include "runtime/health/health.hpp"
#include "runtime/lanes/bounded_queue.hpp"
#include "runtime/lanes/lane.hpp"
#include "runtime/station/picture/picture_chain.hpp"

namespace headland::station {

// Who says what to whom, for people.
[[nodiscard]] std::string in_words(const SafetyText& text);

class HistoryRecorder {
 public:
  static Expected<std::unique_ptr<HistoryRecorder>> open(const config::HistorySection& section,
                                                         const std::string& directory, health::Health& health);
  ~HistoryRecorder() { stop(); }

  // Called by the tracking lane.
  void take(const PictureOutput& output, const PictureChain& chain);
  void event(HistoryEvent event);
  // Tracks of before a restart: they began then, not now.
  void know(const std::vector<Track>& tracks) {
    for (const auto& track : tracks) {
      if (track.stage != TrackStage::tentative) confirmed_.emplace(track.id, true);
    }
  }
  void stop();  // writes what is queued

  [[nodiscard]] store::HistoryStore& store() { return *store_; }
  [[nodiscard]] lanes::QueueStats queue_stats() const { return queue_.stats(); }
  [[nodiscard]] std::uint64_t rows() const { return rows_; }

 private:
  HistoryRecorder(const config::HistorySection& section, std::unique_ptr<store::HistoryStore> store,
                  health::Health& health);
  void write_loop();
  void write(store::StoreBatch& batch);
  void add_rows(const picture::PublishedPicture& published, const LocalFrame& frame, store::StoreBatch& batch);
  void add_events(const PictureOutput& output, store::StoreBatch& batch);

  Duration interval_;
  std::unique_ptr<store::HistoryStore> store_;
  health::Health& health_;
  std::map<SystemTrackId, Timestamp> last_row_;
  std::map<TrackId, bool> confirmed_;
  std::atomic<std::uint64_t> rows_ = 0;
  // Some minutes of batches; the oldest positions go first when the disk is stuck.
  lanes::BoundedQueue<store::StoreBatch> queue_{"history", 1000, lanes::WhenFull::drop_oldest};
  std::optional<lanes::Lane> lane_;
};

}  // namespace headland::station
