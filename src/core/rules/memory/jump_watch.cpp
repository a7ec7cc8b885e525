// SPDX-License-Identifier: Apache-2.0
// A single wild position is an error of reception and is forgotten. It takes three reports in order from the new
// place (a jump), or two from each of two places by turns (two stations with one number).
#include <cmath>

#include "core/geo/local_frame.hpp"
#include "core/rules/memory/memory_update.hpp"

namespace headland::rules {
namespace {

constexpr double fastest_mps = 100.0 * mps_per_knot;
constexpr double fix_error_m = 1000.0;  // two fixes may be so far off together without any lie
constexpr std::uint32_t reports_for_jump = 3;
constexpr std::uint32_t reports_each = 2;

double way_m(GeoPosition a, GeoPosition b) {
  const EastNorth d = tangent_at(a).near(normal_of(b));
  const double chord = std::hypot(d.east.value(), d.north.value());
  return chord < 50'000.0 ? chord : range_bearing(a, b).range.value();
}

bool can_follow(const JumpWatch::Place& place, GeoPosition p, Timestamp t) {
  const double dt = std::abs(to_seconds(t - place.time).value());
  return way_m(place.position, p) <= fastest_mps * dt + fix_error_m;
}

void put(JumpWatch::Place& place, GeoPosition p, Timestamp t) {
  place.position = p;
  place.time = t;
  ++place.reports;
}

JumpEvidence evidence_of(const JumpWatch& w, GeoPosition to, Timestamp t, bool two_places) {
  JumpEvidence e;
  e.from = w.believed->position;
  e.to = to;
  e.distance_m = way_m(e.from, to);
  e.in_s = std::abs(to_seconds(t - w.believed->time).value());
  e.limit_mps = fastest_mps;
  e.two_places = two_places;
  return e;
}

}  // namespace

void watch_jumps(const Vessel& v, JumpWatch& w) {
  const auto& report = v.track->report;
  if (!report || !report->position || report->kind == AisClass::sar_aircraft) return;
  const GeoPosition p = *report->position;
  const Timestamp t = report->received;
  if (!w.believed) {
    w.believed = JumpWatch::Place{p, t, 1};
    return;
  }
  if (t <= w.believed->time || (w.other && t <= w.other->time)) return;
  if (can_follow(*w.believed, p, t)) {
    // Back again after the other place was heard: one report there proves nothing.
    if (w.other && w.other->reports >= reports_each && w.believed->reports >= reports_each) {
      w.found = evidence_of(w, w.other->position, w.other->time, true);
      w.found_at = t;
    }
    if (w.other && t - w.other->time > std::chrono::minutes(10)) w.other.reset();
    put(*w.believed, p, t);
  } else if (w.other && can_follow(*w.other, p, t)) {
    put(*w.other, p, t);
    if (w.other->reports >= reports_for_jump && w.other->time - w.believed->time > std::chrono::seconds(20)) {
      const bool by_turns = w.found && w.found->two_places;
      w.found = evidence_of(w, p, t, by_turns);
      w.found_at = t;
      if (!by_turns) {
        w.believed = *w.other;
        w.other.reset();
      }
    }
  } else {
    w.other = JumpWatch::Place{p, t, 1};
  }
}

}  // namespace headland::rules
