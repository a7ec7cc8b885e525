// SPDX-License-Identifier: Apache-2.0
// Where one sensor's beam has been: directions unrolled over the turns, so that a pass over the
// north seam or over the edge of a sector is a place like any other.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <vector>

#include "core/base/constants.hpp"
#include "core/plots/plot.hpp"
#include "core/tracking/filter/matrix.hpp"

namespace headland::tracking {

// One sector that came in, unrolled: [from, to) in radians since turn 0, true bearings.
struct Segment {
  double from = 0.0;
  double to = 0.0;
  Timestamp began;
  Timestamp ended;
  double seen = 1.0;
  double range_min_m = 0.0;
  double range_max_m = 0.0;
  Vector2 site = Vector2::Zero();  // antenna in the node's plane, m
  double north = 0.0;              // true north there, radians clockwise from plane north
  bool at_once = false;            // a whole turn with one time: every direction at the same instant
  std::vector<BlankedSector> blanked;

  [[nodiscard]] Timestamp time_at(double direction) const {
    const double share = std::clamp((direction - from) / (to - from), -0.5, 1.5);
    const double span_ns = static_cast<double>((ended - began).count());
    return began + Duration(static_cast<std::int64_t>(share * span_ns));
  }
};

class Beam {
 public:
  enum class Arrival : std::uint8_t { next, after_gap, restarted, late };

  // Takes the next sector. `late`: it lies before what is known already and was not taken.
  Arrival add(const PlotSector& sector);

  [[nodiscard]] bool empty() const { return segments_.empty(); }
  [[nodiscard]] double frontier() const { return segments_.back().to; }
  [[nodiscard]] const Segment& newest() const { return segments_.back(); }
  [[nodiscard]] double oldest() const { return segments_.front().from; }
  // The clock was set: all times go by so much.
  void shift(Duration by);
  // Puts a late sector where it was missing; nullptr where it was not, or is forgotten.
  const Segment* fill(const PlotSector& sector);
  // The segment that holds a direction; the newest for one ahead of the beam; nullptr in a gap.
  [[nodiscard]] const Segment* find(double direction) const {
    if (!segments_.empty() && direction >= segments_.back().from) return &segments_.back();  // as most do
    return find_earlier(direction);
  }
  // Unrolled direction of a bearing measured in a sector.
  [[nodiscard]] static double unroll(const Segment& segment, Bearing bearing);
  [[nodiscard]] double seconds_per_turn() const { return seconds_per_turn_; }

  [[nodiscard]] const std::deque<Segment>& segments() const { return segments_; }
  void restore(std::deque<Segment> segments, double seconds_per_turn);

 private:
  [[nodiscard]] bool overlaps_a_little(const Segment& next) const;
  [[nodiscard]] const Segment* find_earlier(double direction) const;

  std::deque<Segment> segments_;  // in order; the last two turns or so
  double seconds_per_turn_ = 2.5;
};

}  // namespace headland::tracking
