// SPDX-License-Identifier: Apache-2.0
// Shadows: vessels that lie behind others. Told (see story), not weighed.
#include <algorithm>
#include <cmath>

#include "core/tracking/tracker_state.hpp"

namespace headland::tracking {
namespace {

constexpr double solid_existence = 0.9;  // of a vessel that may throw a shadow
constexpr double nearer_m = 10.0;        // than what lies in its shadow

}  // namespace

// The believed track, nearer to the radar, whose hull and the beam cover the direction of this one: the nearest to it
// of those that the beam meets just now.
TrackId Tracker::State::shadow_of(const Sensor& sensor, const Due& due) const {
  TrackId before;
  const double half_beam = 0.5 * sensor.cell.bearing_rad;
  double range_m = 0.0;
  for (std::size_t k = 0; k < due_count_; ++k) {
    const Due& d = due_[k];
    const Bernoulli& t = slots_[d.slot];
    if (d.range_m + nearer_m >= due.range_m || d.range_m <= range_m || d.slot == due.slot) continue;
    if (t.id.value() == 0 || t.stage != TrackStage::confirmed || t.existence < solid_existence) continue;
    const double apart = std::abs(std::remainder(d.bearing - due.bearing, full_turn));
    if (apart > half_beam + 0.5 * t.length_m / std::max(d.range_m, 1.0)) continue;
    before = t.id;
    range_m = d.range_m;
  }
  return before;
}

}  // namespace headland::tracking
