// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/echo/edge.hpp"

#include <algorithm>

#include "core/tracking/tracker_state.hpp"

namespace headland::tracking {
namespace {

constexpr double same_sigmas = 4.0;

}  // namespace

double half_width(const PlacedPlot& plot) { return 0.5 * plot.cross_extent_m / std::max(plot.range_m, 1.0); }

bool one_echo(const PlacedPlot& before, const PlacedPlot& after, double resolution_range_m, double resolution_bearing) {
  const double apart = after.direction - before.direction;
  if (apart < 0.0 || apart > resolution_bearing) return false;
  const double distance2 = quadratic(inverse(before.noise + after.noise), after.position - before.position);
  if (distance2 <= same_sigmas * same_sigmas) return true;
  const bool level = std::abs(after.range_m - before.range_m) <= resolution_range_m;
  return level && apart <= half_width(before) + half_width(after);
}

PlacedPlot join(const PlacedPlot& before, const PlacedPlot& after) {
  const double a = std::max(before.cells, 1U);
  const double b = std::max(after.cells, 1U);
  const double share = b / (a + b);
  const auto mean = [&](double x, double y) { return x + share * (y - x); };
  PlacedPlot p = a >= b ? before : after;
  p.direction = mean(before.direction, after.direction);
  p.range_m = mean(before.range_m, after.range_m);
  p.bearing = before.bearing + share * std::remainder(after.bearing - before.bearing, 2.0 * std::numbers::pi);
  if (p.bearing < 0.0) p.bearing += 2.0 * std::numbers::pi;
  if (p.bearing >= 2.0 * std::numbers::pi) p.bearing -= 2.0 * std::numbers::pi;
  const double between_ns = static_cast<double>((after.time - before.time).count());
  p.time = before.time + Duration(static_cast<std::int64_t>(share * between_ns));
  p.position = before.position + share * (after.position - before.position);
  p.noise = (1.0 - share) * before.noise + share * after.noise;
  p.reach_m = std::max(before.reach_m, after.reach_m);
  p.strength_db = std::max(before.strength_db, after.strength_db);
  if (before.range_extent_m > 0.0 || after.range_extent_m > 0.0) {
    const double from =
        std::min(before.range_m - 0.5 * before.range_extent_m, after.range_m - 0.5 * after.range_extent_m);
    const double to =
        std::max(before.range_m + 0.5 * before.range_extent_m, after.range_m + 0.5 * after.range_extent_m);
    p.range_extent_m = to - from;
  }
  if (before.cross_extent_m > 0.0 || after.cross_extent_m > 0.0) {
    const double from = std::min(before.direction - half_width(before), after.direction - half_width(after));
    const double to = std::max(before.direction + half_width(before), after.direction + half_width(after));
    p.cross_extent_m = (to - from) * p.range_m;
  }
  p.cells = before.cells + after.cells;
  return p;
}

// Where the plot lies on an edge of its sector and the other half of its echo waits beyond: makes one plot of both.
bool Tracker::State::join_over_edge(Sensor& sensor, const Segment& s, const PlacedPlot& plot) {
  if (s.at_once) return false;
  const double near = sensor.cell.bearing_rad;
  const bool first = !inner_from_ && plot.direction - s.from < near;
  const bool last = !inner_to_ && s.to - plot.direction < near;
  std::size_t best = joined_.size();
  double nearest2 = 0.0;
  for (std::size_t k = 0; (first || last) && k < joined_.size(); ++k) {
    const PlacedPlot& other = sensor.waiting[k];
    const bool before = first && other.direction < s.from;
    const bool after = last && other.direction >= s.to;
    if (joined_[k] || (!before && !after)) continue;
    if (!one_echo(before ? other : plot, before ? plot : other, sensor.cell.range_m, near)) continue;
    const double apart2 = (plot.position - other.position).squaredNorm();
    if (best < joined_.size() && apart2 >= nearest2) continue;
    best = k;
    nearest2 = apart2;
  }
  if (best == joined_.size()) return false;
  PlacedPlot& other = sensor.waiting[best];
  other = other.direction < plot.direction ? join(other, plot) : join(plot, other);
  joined_[best] = true;
  ++counters.plots_joined;
  return true;
}

// A vessel that is expected where the beam's passage is missing (lost, or still to come late) may give its plot beyond
// the edge, in a sector that is there. Then the look is made in that one; without such a plot nothing was seen or
// missed.
bool Tracker::State::look_beside(const Sensor& sensor, const Bernoulli& track, const Gaussian& mean,
                                 PlannedLook& look) const {
  const double edge = config_.late_bearing_deg * std::numbers::pi / 180.0;
  const double reach_m = config_.gate_sigmas * std::sqrt(std::max(mean.pp.trace(), 0.0));
  const auto& pool = sensor.waiting;
  auto p = std::lower_bound(pool.begin(), pool.end(), look.direction - edge,
                            [](const PlacedPlot& plot, double value) { return plot.direction < value; });
  for (; p != pool.end() && p->direction <= look.direction + edge; ++p) {
    const Segment* s = sensor.beam.find(p->direction);
    if (s == nullptr || s->seen <= 0.0 || p->direction >= s->to || p->direction < s->from) continue;
    const Vector2 place = mean.position + to_seconds(p->time - track.time).value() * mean.velocity;
    if ((p->position - place).norm() > reach_m + p->reach_m) continue;
    look_in(*s, config_, mean, track.time, look);
    return true;
  }
  return false;
}

}  // namespace headland::tracking
