// SPDX-License-Identifier: Apache-2.0
// The questions asked of the history, on a connection of their own, so that they never wait for the
// writer nor it for them (WAL). Any thread; one question at a time. Inside of io/store only.
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "io/store/history_store.hpp"
#include "io/store/sqlite.hpp"

namespace headland::store {

class SqliteReader {
 public:
  int open(const std::filesystem::path& file);
  void close();
  Expected<std::vector<TrackHistory>> tracks(const TrackQuery& query);
  Expected<std::vector<HistoryEvent>> events(TimeRange range, std::size_t max_events);
  Expected<std::optional<VesselParticulars>> particulars(Mmsi mmsi);
  Expected<std::optional<SystemTrackId>> greatest_number(SystemTrackId first, SystemTrackId end, Timestamp from);

 private:
  std::string name_of(Mmsi mmsi);
  Duration thinning_step(const TrackQuery& query);
  auto failed() {
    return fail(ErrorCode::io, "history " + file_.string() + ": cannot read: " + reading_.last_message());
  }

  std::mutex lock_;
  std::filesystem::path file_;
  Connection reading_;
};

}  // namespace headland::store
