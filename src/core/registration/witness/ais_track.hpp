// SPDX-License-Identifier: Apache-2.0
// Where a vessel was by its own word: between two AIS positions, never beyond them.
#pragma once

#include <cstdint>
#include <optional>

#include "core/ais/report.hpp"
#include "core/base/time.hpp"
#include "core/geo/position.hpp"

namespace headland::registration {

struct AisFix {
  std::int64_t time_ns = 0;
  double east_m = 0.0, north_m = 0.0;
  double ve_mps = 0.0, vn_mps = 0.0;
  double heading_rad = 0.0;  // in the plane: of the bow, else of the course
  bool has_velocity = false;
  bool has_heading = false;
};

// From one fix to the next.
struct AisLeg {
  AisFix from;
  AisFix to;
  struct At {
    double east_m, north_m, ve_mps, vn_mps;
  };
  [[nodiscard]] bool covers(std::int64_t time_ns) const { return time_ns > from.time_ns && time_ns <= to.time_ns; }
  [[nodiscard]] double length_s() const { return static_cast<double>(to.time_ns - from.time_ns) * 1e-9; }
  // A cubic through both where both tell their velocity, else a straight line.
  [[nodiscard]] At at(std::int64_t time_ns) const;
};

// The instant a report's position holds. The second that the report itself names is exact, but needs a receiver
// whose clock is right to a few seconds: this is noticed by what most reports say. Else the time of reception counts.
class FixClock {
 public:
  // Nothing for a report whose position is too old.
  struct Held {
    std::int64_t time_ns;
    bool by_second;  // the report's own; else by reception
  };
  [[nodiscard]] std::optional<Held> time_of(const VesselReport& report);

  struct Snapshot {
    double lag_s = 0.0;  // about the median of reception minus named second
    double reports = 0.0;
  };
  [[nodiscard]] const Snapshot& snapshot() const { return state_; }
  void restore(const Snapshot& snapshot) { state_ = snapshot; }

 private:
  Snapshot state_;
};

}  // namespace headland::registration
