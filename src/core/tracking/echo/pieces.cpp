// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/echo/pieces.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "core/tracking/echo/edge.hpp"
#include "core/tracking/tracker_state.hpp"

namespace headland::tracking {
namespace {

// Between two scatterers of a hull the echo fades over less than a beam; two vessels that leave so little between
// their outlines are seldom told apart by their plots at all.
constexpr double gap_beams = 0.3;
constexpr double hull_strength_db = 15.0;  // over the threshold: parts of less fade, but are not seen beside others
constexpr double longest_hull_m = 450.0;   // with what beam and pulse add
constexpr double claim_sigmas = 3.0;       // of a track, about the echo
constexpr double far_m = 2000.0;           // farther off no track is looked at

bool has_outline(const PlacedPlot& p) { return p.range_extent_m > 0.0 && p.cross_extent_m > 0.0; }

bool stronger(const PlacedPlot& a, const PlacedPlot& b) {
  if (a.strength_db != b.strength_db) return a.strength_db > b.strength_db;
  if (a.direction != b.direction) return a.direction < b.direction;
  return a.range_m < b.range_m;
}

}  // namespace

PieceGap piece_gap(double resolution_range_m, double resolution_bearing_rad, double beam_rad) {
  return {resolution_range_m, gap_beams * std::min(resolution_bearing_rad, beam_rad)};
}

bool is_beside(const PlacedPlot& a, const PlacedPlot& b, const PieceGap& gap) {
  if (!has_outline(a) || !has_outline(b)) return false;
  if (std::abs(b.range_m - a.range_m) > 0.5 * (a.range_extent_m + b.range_extent_m) + gap.range_m) return false;
  return std::abs(b.direction - a.direction) <= half_width(a) + half_width(b) + gap.bearing_rad;
}

bool covers(const PlacedPlot& plot, double range_m, double direction, const PieceGap& gap) {
  if (!has_outline(plot)) return false;
  if (std::abs(range_m - plot.range_m) > 0.5 * plot.range_extent_m + gap.range_m) return false;
  return std::abs(std::remainder(direction - plot.direction, full_turn)) <= half_width(plot) + gap.bearing_rad;
}

PieceGap Tracker::State::gap_of(const Sensor& sensor) const {
  return piece_gap(sensor.cell.range_m, sensor.cell.bearing_rad, sensor.smear.usual_across_rad());
}

// Vessels known to be where the echo is.
std::size_t Tracker::State::vessels_at(const PlacedPlot& echo) const {
  std::size_t count = 0;
  const double reach = 0.5 * std::hypot(echo.range_extent_m, echo.cross_extent_m);
  for (const Bernoulli& t : slots_) {
    if (!t.alive || t.stage == TrackStage::tentative) continue;
    if ((t.modes[0].position - echo.position).squaredNorm() > far_m * far_m) continue;
    const Gaussian mean = moments(t.weight, t.modes, t.used_motions());
    const Vector2 place = mean.position + to_seconds(echo.time - t.time).value() * mean.velocity;
    const double near = reach + claim_sigmas * std::sqrt(std::max(mean.pp.trace(), 0.0));
    if ((place - echo.position).squaredNorm() <= near * near) ++count;
  }
  return count;
}

// The strongest first: each takes what lies beside its own outline, not what lies beside that in turn. So no chain of
// plots along a shore becomes one.
void Tracker::State::unite_pieces(Sensor& sensor, std::size_t first) {
  auto& plots = sensor.waiting;
  if (plots.size() < first + 2) return;
  const PieceGap gap = gap_of(sensor);
  outlined_.clear();
  for (std::size_t p = first; p < plots.size(); ++p) {
    if (has_outline(plots[p])) outlined_.push_back(p);
  }
  if (outlined_.size() < 2) return;
  by_strength_ = outlined_;
  std::sort(by_strength_.begin(), by_strength_.end(),
            [&](std::size_t a, std::size_t b) { return stronger(plots[a], plots[b]); });
  taken_.assign(plots.size(), false);
  for (const std::size_t main : by_strength_) {
    if (taken_[main]) continue;
    pieces_.clear();
    PlacedPlot whole = plots[main];
    for (const std::size_t p : outlined_) {
      if (p == main || taken_[p] || !is_beside(plots[main], plots[p], gap)) continue;
      const PlacedPlot wider = plots[p].direction < whole.direction ? join(plots[p], whole) : join(whole, plots[p]);
      if (std::max(wider.range_extent_m, wider.cross_extent_m) > longest_hull_m) continue;
      whole = wider;
      pieces_.push_back(p);
    }
    if (pieces_.empty()) continue;
    const std::size_t known = vessels_at(whole);
    if (known > 1 || (known == 0 && plots[main].strength_db < hull_strength_db)) continue;
    plots[main] = whole;
    for (const std::size_t p : pieces_) taken_[p] = true;
    counters.plots_of_pieces += pieces_.size();
  }
  std::size_t kept = first;
  for (std::size_t p = first; p < plots.size(); ++p) {
    if (!taken_[p]) plots[kept++] = plots[p];
  }
  plots.resize(kept);
}

}  // namespace headland::tracking
