// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/beam.hpp"

#include <algorithm>
#include <utility>

namespace headland::tracking {
namespace {

constexpr double turns_kept = 2.5;
constexpr double edge_tolerance = 1e-6;  // radians

double width_of(const PlotSector& sector) {
  const double width = clockwise_from(sector.from, sector.to);
  return width < 1e-9 ? full_turn : width;
}

Segment to_segment(const PlotSector& sector) {
  Segment s;
  s.from = full_turn * sector.turn + sector.from.radians();
  s.to = s.from + width_of(sector);
  s.began = sector.began;
  s.ended = std::max(sector.began, sector.ended);
  s.seen = std::clamp(sector.seen, 0.0, 1.0);
  s.range_min_m = sector.range_min.value();
  s.range_max_m = sector.range_max.value();
  s.site = Vector2(sector.site_east_m, sector.site_north_m);
  s.north = sector.site_north.radians();
  s.at_once = s.began == s.ended && s.to - s.from > full_turn - edge_tolerance;
  s.blanked = sector.blanked;
  return s;
}

}  // namespace

// The next sector, some of whose directions were seen just now: bearings that were turned a little on the way.
bool Beam::overlaps_a_little(const Segment& next) const {
  const Segment& last = newest();
  return next.from > last.from + edge_tolerance && next.from < frontier() - edge_tolerance &&
         next.to > frontier() + edge_tolerance && next.began >= last.ended;
}

void Beam::shift(Duration by) {
  for (Segment& s : segments_) {
    s.began += by;
    s.ended += by;
  }
}

Beam::Arrival Beam::add(const PlotSector& sector) {
  Segment next = to_segment(sector);
  Arrival arrival = Arrival::next;
  if (!segments_.empty()) {
    if (overlaps_a_little(next)) {
      next.from = frontier();
    } else if (next.from < frontier() - edge_tolerance) {
      // Time goes on although the count of turns does not: the radar was switched on again.
      if (next.began <= newest().ended) return Arrival::late;
      segments_.clear();
      arrival = Arrival::restarted;
    } else if (next.from > frontier() + edge_tolerance) {
      arrival = Arrival::after_gap;
    }
  }
  const double span_s = to_seconds(next.ended - next.began).value();
  if (!next.at_once && span_s > 0.0) {
    const double turn_s = std::clamp(span_s * full_turn / (next.to - next.from), 0.1, 60.0);
    seconds_per_turn_ = arrival == Arrival::next ? 0.9 * seconds_per_turn_ + 0.1 * turn_s : turn_s;
  }
  segments_.push_back(next);
  while (segments_.size() > 1 && segments_.front().to < next.to - turns_kept * full_turn) segments_.pop_front();
  return arrival;
}

const Segment* Beam::fill(const PlotSector& sector) {
  const Segment late = to_segment(sector);
  if (segments_.empty() || late.from < oldest() - edge_tolerance) return nullptr;
  const auto after = std::upper_bound(segments_.begin(), segments_.end(), late.from + edge_tolerance,
                                      [](double value, const Segment& s) { return value < s.from; });
  if (after != segments_.end() && after->from < late.to - edge_tolerance) return nullptr;
  if (after != segments_.begin()) {
    Segment& before = *std::prev(after);
    const bool same =
        std::abs(before.from - late.from) < edge_tolerance && std::abs(before.to - late.to) < edge_tolerance;
    if (same && before.seen <= 0.0) {  // it was given up for lost
      before = late;
      return &before;
    }
    if (before.to > late.from + edge_tolerance) return nullptr;
  }
  return &*segments_.insert(after, late);
}

const Segment* Beam::find_earlier(double direction) const {
  const auto after = std::upper_bound(segments_.begin(), segments_.end(), direction,
                                      [](double value, const Segment& s) { return value < s.from; });
  if (after == segments_.begin()) return nullptr;
  const Segment& s = *std::prev(after);
  if (direction < s.to || after == segments_.end()) return &s;
  return direction - s.to <= edge_tolerance ? &s : nullptr;
}

double Beam::unroll(const Segment& s, Bearing bearing) {
  const double width = s.to - s.from;
  double ahead = bearing.radians() - std::fmod(s.from, full_turn);
  if (ahead < 0.0) ahead += full_turn;
  // A centroid may lie a little before the sector in which its echo ended.
  if (ahead > width + 0.5 * (full_turn - width)) ahead -= full_turn;
  return s.from + ahead;
}

void Beam::restore(std::deque<Segment> segments, double seconds_per_turn) {
  segments_ = std::move(segments);
  seconds_per_turn_ = seconds_per_turn;
}

}  // namespace headland::tracking
