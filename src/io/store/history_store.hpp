// SPDX-License-Identifier: Apache-2.0
// History of the picture: where system tracks were, what vessels said of themselves, what happened.
// One contract, so that another database can serve it later; SQLite is the first.
//
// write() and prune() belong to one thread; the queries may be called from others at the same time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/ais/report.hpp"
#include "core/base/expected.hpp"
#include "core/picture/history.hpp"
#include "core/picture/picture.hpp"

namespace headland::store {

// One system track at one instant. The runtime writes one every few seconds a track.
struct TrackRow {
  SystemTrackId id;
  HistoryPoint point;
  TrackStage stage = TrackStage::tentative;
  bool radar = false;  // contributes
  bool ais = false;
  double existence = 0.0;
  Mmsi mmsi;  // 0: none
  // What rules ask for beside place and speed.
  SystemTrackKind kind = SystemTrackKind::vessel;
  std::optional<Timestamp> ais_received;  // of the newest position report
  AisClass ais_class = AisClass::class_a;
  std::optional<Bearing> heading;
  std::optional<std::uint8_t> navigation_status;
  Metres length;  // by radar: of the hull at the least where it is told, else of the echo; 0: unknown
  TrackClass radar_class = TrackClass::unknown;
  AisHearing hearing = AisHearing::not_applicable;
  double trust = 1.0;
};

struct StoreBatch {
  std::vector<TrackRow> tracks;
  std::vector<VesselParticulars> particulars;  // what is absent leaves the old value
  std::vector<HistoryEvent> events;
  [[nodiscard]] bool empty() const { return tracks.empty() && particulars.empty() && events.empty(); }
};

struct TimeRange {
  Timestamp from;  // inclusive, both
  Timestamp to;
};

struct TrackQuery {
  TimeRange range;
  std::optional<SystemTrackId> id;
  std::size_t max_points_a_track = 1000;  // thinned evenly in time beyond
  std::size_t max_points = 200'000;       // of all; the rest is left out
};

struct StoreConfig {
  std::filesystem::path file;
  Duration max_age = std::chrono::hours(24 * 30);  // data time; 0: never
  std::uint64_t max_bytes = std::uint64_t{2} << 30;
};

struct StoreCounters {
  std::uint64_t rows_written = 0;
  std::uint64_t batches = 0;
  std::uint64_t rows_pruned = 0;
  std::uint64_t errors = 0;
  std::uint64_t databases_replaced = 0;  // damaged, moved aside
  std::uint64_t bytes = 0;               // in use, as of the last prune()
};

class HistoryStore {
 public:
  HistoryStore() = default;
  HistoryStore(const HistoryStore&) = delete;
  HistoryStore& operator=(const HistoryStore&) = delete;
  virtual ~HistoryStore() = default;

  // All of the batch or nothing. A row that is there already is replaced.
  virtual Expected<void> write(const StoreBatch& batch) = 0;
  // A small step towards the bounds of age (counted from `now`, data time) and size: at most a few
  // thousand rows. True when there is more to do.
  virtual Expected<bool> prune(Timestamp now) = 0;

  // Tracks by id, points by time.
  virtual Expected<std::vector<TrackHistory>> tracks(const TrackQuery& query) = 0;
  // By time, the newest `max_events` of the range.
  virtual Expected<std::vector<HistoryEvent>> events(TimeRange range, std::size_t max_events = 10'000) = 0;
  virtual Expected<std::optional<VesselParticulars>> particulars(Mmsi mmsi) = 0;
  // The greatest number of [first, end) that a track had since `from`; nothing where none had.
  virtual Expected<std::optional<SystemTrackId>> greatest_number(SystemTrackId first, SystemTrackId end,
                                                                 Timestamp from) = 0;

  [[nodiscard]] virtual StoreCounters counters() const = 0;
  // What the operator should know (database moved aside, migrated), once each.
  [[nodiscard]] virtual std::vector<std::string> take_messages() = 0;
};

// Makes the file and its folder when absent, brings an older schema up to date, and moves a damaged
// file aside (to FILE.damaged-N) and begins a new one. A schema from a newer version is an error.
[[nodiscard]] Expected<std::unique_ptr<HistoryStore>> open_sqlite_store(const StoreConfig& config);

}  // namespace headland::store
