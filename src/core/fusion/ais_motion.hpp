// SPDX-License-Identifier: Apache-2.0
// Where an AIS vessel is, from its reports: in the node's plane, with its motion derived from two
// positions where it sends none.
#pragma once

#include <optional>

#include "core/ais/report.hpp"
#include "core/base/time.hpp"
#include "core/geo/position.hpp"

namespace headland::fusion {

// What a radar may still measure amiss in common after its bias was taken off (one deviation). As granted by IMO
// MSC.192(79), halved: 30 m and 1 degree.
struct RadarErrors {
  double range_m = 15.0;
  double bearing_rad = 0.5 * 0.017453292519943295;
};

// Type 27 tells positions in tenths of a minute (185 m of latitude).
inline constexpr double long_range_deviation_m = 100.0;
// Where time goes back by more than this, a clock was set back: the newest begins anew. Less is a report that came
// late.
inline constexpr Duration clock_set_back = std::chrono::seconds(30);

class AisMotion {
 public:
  // `where`: the report's position in the plane; `north`: true north there, radians clockwise from
  // plane north; `latency`: how long before its reception the position held. A report that jumps
  // farther than a vessel moves starts afresh, and so does one that is older by more than `clock_set_back`. Returns
  // false for one that is less older than what is known.
  bool take(const VesselReport& report, EastNorth where, double north, Duration latency);

  [[nodiscard]] Timestamp time() const { return time_; }
  [[nodiscard]] EastNorth position() const { return position_; }
  [[nodiscard]] const std::optional<EastNorthVelocity>& velocity() const { return velocity_; }
  [[nodiscard]] bool derived() const { return derived_; }
  // Moved on with constant velocity (not at all where the motion is unknown).
  [[nodiscard]] EastNorth position_at(Timestamp t) const;
  // That of a report of long range (type 27).
  [[nodiscard]] bool coarse() const { return coarse_; }
  // Standard deviation of position_at(t) per axis, m; a coarse position has its own, if that is more.
  [[nodiscard]] double deviation_at(Timestamp t, double fix_deviation_m) const;

  // For snapshots.
  void restore(Timestamp time, EastNorth position, std::optional<EastNorthVelocity> velocity, bool derived,
               bool coarse);

 private:
  Timestamp time_;
  EastNorth position_;
  std::optional<EastNorthVelocity> velocity_;
  bool derived_ = false;
  bool coarse_ = false;
  bool known_ = false;
};

}  // namespace headland::fusion
