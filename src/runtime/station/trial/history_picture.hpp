// SPDX-License-Identifier: Apache-2.0
// The picture as the history kept it, row by row: what rules need to be tried on the past. Velocities are in true axes
// at each vessel.
//
// What the history does not keep, and rules therefore miss here: reports between its rows (`[history] interval_s`),
// what vessels said of themselves before (a changed name), reasons of trust, radar-only positions, rivals.
#pragma once

#include <map>
#include <unordered_map>

#include "core/picture/picture.hpp"
#include "io/store/history_store.hpp"

namespace headland::station {

class HistoryPicture {
 public:
  explicit HistoryPicture(const std::vector<VesselParticulars>& vessels);

  void process(const store::TrackRow& row);
  // Marks overdue AIS, drops what has no rows any more. Valid until the next call.
  const Picture& publish(Timestamp now);

 private:
  std::unordered_map<std::uint32_t, VesselParticulars> vessels_;  // by MMSI
  std::map<SystemTrackId, std::size_t> at_;                       // place in picture_
  Picture picture_;
};

}  // namespace headland::station
