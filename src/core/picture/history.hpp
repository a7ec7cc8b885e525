// SPDX-License-Identifier: Apache-2.0
// What is kept of the past: where system tracks were, and what happened.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/geo/position.hpp"
#include "core/tracking/track.hpp"

namespace headland {

struct HistoryPoint {
  Timestamp time;
  GeoPosition position;
  std::optional<MetresPerSecond> speed;  // over ground
  std::optional<Bearing> course;         // over ground, true
};

// One system track over a stretch of time, points in order of time.
struct TrackHistory {
  SystemTrackId id;
  Mmsi mmsi;         // 0: none was ever assigned
  std::string name;  // empty: not known
  std::vector<HistoryPoint> points;
};

// Something that happened, for people.
struct HistoryEvent {
  Timestamp time;
  std::string kind;     // "track_begun", "radar_stale", …
  std::string subject;  // what it is about: "track 17", "radar 1"
  std::string text;
};

}  // namespace headland
