// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/look.hpp"

#include <algorithm>

namespace headland::tracking {
namespace {

constexpr double widest_margin = 0.6;  // radians: of a track that all but touches the antenna
constexpr double fastest_mps = 60.0;   // for the early wake-up only
constexpr double least_range_m = 20.0;

// From the site of the segment, m east and north.
Vector2 sight(const Segment& s, const Gaussian& mean, Timestamp time, Timestamp at) {
  return mean.position + to_seconds(at - time).value() * mean.velocity - s.site;
}

double range_of(const Vector2& p) { return std::max(p.norm(), least_range_m); }

// The bearing from one to the other, radians: of near ones a few terms of the arc tangent, for most are.
double turn_between(const Vector2& from, const Vector2& to) {
  const double across = to(0) * from(1) - to(1) * from(0);
  const double along = to(0) * from(0) + to(1) * from(1);
  const double t = across / along;
  constexpr double small = 0.02;  // the next term is t^9 / 9: less than 1e-16
  if (!(along > 0.0) || std::abs(t) > small) return std::atan2(across, along);
  const double t2 = t * t;
  return t * (1.0 - t2 * (1.0 / 3.0 - t2 * (1.0 / 5.0 - t2 / 7.0)));
}

double nearest(double bearing, double about) { return bearing + full_turn * std::round((about - bearing) / full_turn); }

double radius(const Gaussian& mean, double dt) {
  const double spread = mean.pp.trace() + dt * dt * mean.vv.trace();
  return std::sqrt(std::max(spread, 0.0)) + 10.0;
}

double margin_of(const TrackerConfig& config, const Gaussian& mean, Timestamp at, Timestamp time, double range_m) {
  const double dt = std::max(to_seconds(at - time).value(), 0.0);
  const double margin =
      config.gate_sigmas * radius(mean, dt) / range_m + config.late_bearing_deg * std::numbers::pi / 180.0;
  return std::min(margin, widest_margin);
}

}  // namespace

PlannedLook plan_look(const Beam& beam, const TrackerConfig& config, const Gaussian& mean, Timestamp time,
                      double last) {
  PlannedLook look;
  const Segment& newest = beam.newest();
  Vector2 seen = sight(newest, mean, time, newest.ended);
  double bearing = std::atan2(seen(0), seen(1));
  // Which passage: the first after the last look; for a track this sensor never looked at, the one
  // in or after the newest segment; never one that is forgotten already.
  const double after = std::isnan(last) ? newest.from - 1e-9 : last + 0.5 * full_turn;
  double direction = nearest(bearing - newest.north, after + 0.5 * full_turn);
  const double behind = beam.oldest() - direction;
  if (behind > 0.0) direction += full_turn * std::ceil(behind / full_turn);
  for (int round = 0; round < 2; ++round) {
    look.segment = beam.find(direction);
    if (look.segment == nullptr) break;
    look.time = look.segment->time_at(direction);
    const Vector2 then = sight(*look.segment, mean, time, look.time);
    bearing += turn_between(seen, then);
    seen = then;
    direction = nearest(bearing - look.segment->north, direction);
  }
  look.direction = direction;
  look.margin = margin_of(config, mean, look.segment == nullptr ? time : look.time, time, range_of(seen));
  if (direction - look.margin > beam.frontier()) {
    look.kind = PlannedLook::Kind::later;
  } else {
    look.kind = look.segment == nullptr ? PlannedLook::Kind::unseen : PlannedLook::Kind::due;
  }
  return look;
}

void look_in(const Segment& segment, const TrackerConfig& config, const Gaussian& mean, Timestamp time,
             PlannedLook& look) {
  // What lies at the end of a segment is the next one's.
  constexpr double inside = 1e-9;
  const double expected = look.direction;
  look.kind = PlannedLook::Kind::due;
  look.segment = &segment;
  look.direction = std::clamp(expected, segment.from, segment.to - inside);
  look.time = segment.time_at(look.direction);
  const double range_m = range_of(sight(segment, mean, time, look.time));
  look.margin = margin_of(config, mean, look.time, time, range_m);
  // The deviation of its bearing: own, and of the plots.
  const double own = std::sqrt(std::max(0.5 * mean.pp.trace(), 0.0)) / range_m;
  const double deviation = std::hypot(own, config.bearing_deviation_deg * std::numbers::pi / 180.0);
  look.share = 0.5 * std::erfc(std::abs(expected - look.direction) / (deviation * std::numbers::sqrt2));
}

double next_worth_planning(const Beam& beam, const TrackerConfig& config, const Gaussian& mean, double direction) {
  const double range_m = std::max((mean.position - beam.newest().site).norm(), least_range_m);
  const double turn_s = beam.seconds_per_turn();
  const double reach_m = config.gate_sigmas * radius(mean, turn_s) + fastest_mps * turn_s;
  const double early = reach_m / range_m + config.late_bearing_deg * std::numbers::pi / 180.0;
  return direction - std::min(early, 2.0);
}

}  // namespace headland::tracking
