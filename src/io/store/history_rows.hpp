// SPDX-License-Identifier: Apache-2.0
// Every row of a history, in order of time, as it was written: what a study of the past walks through. Reads beside
// the station that writes it, on a connection of its own, and changes nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "io/store/history_store.hpp"

namespace headland::store {

class HistoryRows {
 public:
  HistoryRows() = default;
  HistoryRows(const HistoryRows&) = delete;
  HistoryRows& operator=(const HistoryRows&) = delete;
  virtual ~HistoryRows() = default;

  // From the first row to the last; nothing where there is none.
  virtual Expected<std::optional<TimeRange>> extent() = 0;
  // Until `take` says false.
  virtual Expected<void> each(TimeRange range, const std::function<bool(const TrackRow&)>& take) = 0;
  // What vessels said of themselves last. What they said before is not kept.
  virtual Expected<std::vector<VesselParticulars>> vessels() = 0;
};

// A file of an older or newer version, one that is no history and one that is damaged are errors.
[[nodiscard]] Expected<std::unique_ptr<HistoryRows>> open_history_rows(const std::filesystem::path& file);

// Whether a file is a database at all, by its first bytes.
[[nodiscard]] bool is_database(const std::filesystem::path& file);

// The column `judged`: kind, class of AIS, class by radar, hearing, from the lowest byte on.
[[nodiscard]] std::int64_t judged_of(const TrackRow& row);

}  // namespace headland::store
