// SPDX-License-Identifier: Apache-2.0
// What the rules remember of a vessel from picture to picture. All of it is bounded.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/geo/tangent.hpp"
#include "core/rules/evidence.hpp"
#include "core/rules/routes/route_model.hpp"

namespace headland::rules {

// A stay in a zone, kept a minute after it ended.
struct Stay {
  ZoneId zone;
  Timestamp since;
  std::optional<Timestamp> left;
  bool was_outside = false;  // it was seen to come in
  double entry_course_deg = 0.0;
  bool by_side = false;  // of a lane: came in neither at its beginning nor at its end
};
struct LineCrossing {
  ZoneId line;
  Timestamp time;
  bool to_right = false;  // seen along the line
};
struct PathPoint {
  Timestamp time;
  NormalVector at;
  float speed_mps = 0.0F;
};

// Where a vessel was reported to be. (Not inside JumpWatch: clang cannot make an optional of such a member there.)
struct ReportedPlace {
  GeoPosition position;
  Timestamp time;
  std::uint32_t reports = 0;
};

// Reported positions that cannot follow one another. The place that is believed, and another that was heard.
struct JumpWatch {
  using Place = ReportedPlace;
  std::optional<Place> believed, other;
  std::optional<JumpEvidence> found;
  Timestamp found_at;
};

// Name, call sign and IMO number, and what was heard once in their place.
struct IdentityWatch {
  struct Field {
    ShortText known{};
    ShortText news{};
    Timestamp news_at;
  };
  Field name, callsign, imo;
  Timestamp received;
  std::optional<IdentityEvidence> found;
  Timestamp found_at;
};

// Where it went of late: counted as traffic only after a while, for nobody is his own precedent.
struct RouteWatch {
  static constexpr std::size_t most_pending = 64;
  std::optional<RouteVisit> in;  // the cell it is in, as it came
  std::vector<RouteVisit> pending;
  RouteOpinion opinion;  // of where it is
  Timestamp asked;
};

struct Memory {
  static constexpr Duration path_step = std::chrono::seconds(60);
  static constexpr std::size_t path_length = 240;  // four hours
  static constexpr std::size_t most_stays = 64;
  static constexpr std::size_t most_crossings = 16;

  std::uint64_t key = 0;
  Timestamp first_seen;
  Timestamp last_seen;
  Timestamp last_moving;         // faster than 3 kn
  bool was_moving = false;       // ever
  Timestamp radar_seen;          // last
  Timestamp report_time;         // of the newest AIS report
  std::uint32_t reports = 0;     // of AIS, since the last silence
  double report_interval_s = 0;  // a running mean
  std::optional<NormalVector> before;
  std::vector<PathPoint> path;
  std::vector<Stay> stays;
  std::vector<LineCrossing> crossings;  // of the last hour, at most 16
  std::optional<PathPoint> anchored_at;
  Mmsi mmsi;  // last known
  JumpWatch jump;
  IdentityWatch identity;
  RouteWatch route;
};

}  // namespace headland::rules
