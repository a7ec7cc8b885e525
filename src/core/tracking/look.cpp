// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/look.hpp"

#include <algorithm>

namespace headland::tracking {
namespace {

constexpr double widest_margin = 0.6;  // radians: of a track that all but touches the antenna
constexpr double fastest_mps = 60.0;   // for the early wake-up only
constexpr double least_range_m = 20.0;

struct Sight {
  double range_m;
  double bearing;  // true, radians, not wrapped
};

Sight sight(const Segment& s, const Gaussian& mean, Timestamp time, Timestamp at) {
  const Vector2 p = mean.position + to_seconds(at - time).value() * mean.velocity - s.site;
  return {std::max(p.norm(), least_range_m), std::atan2(p(0), p(1)) - s.north};
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
  Sight seen = sight(newest, mean, time, newest.ended);
  // Which passage: the first after the last look; for a track this sensor never looked at, the one
  // in or after the newest segment; never one that is forgotten already.
  const double after = std::isnan(last) ? newest.from - 1e-9 : last + 0.5 * full_turn;
  double direction = nearest(seen.bearing, after + 0.5 * full_turn);
  const double behind = beam.oldest() - direction;
  if (behind > 0.0) direction += full_turn * std::ceil(behind / full_turn);
  for (int round = 0; round < 2; ++round) {
    look.segment = beam.find(direction);
    if (look.segment == nullptr) break;
    look.time = look.segment->time_at(direction);
    seen = sight(*look.segment, mean, time, look.time);
    direction = nearest(seen.bearing, direction);
  }
  look.direction = direction;
  look.margin = margin_of(config, mean, look.segment == nullptr ? time : look.time, time, seen.range_m);
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
  const double range_m = sight(segment, mean, time, look.time).range_m;
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
