// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/vessel_motion.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/constants.hpp"
#include "core/scenario/seeds.hpp"

namespace headland::scenario {
namespace {

EastNorthVelocity velocity_of(double heading_rad, double speed_mps) {
  return {MetresPerSecond(speed_mps * std::sin(heading_rad)), MetresPerSecond(speed_mps * std::cos(heading_rad))};
}
double direction(EastNorth from, EastNorth to) {
  return std::atan2((to.east - from.east).value(), (to.north - from.north).value());
}
double wrapped(double angle_rad) { return std::remainder(angle_rad, 2.0 * pi); }
void move(EastNorth& position, EastNorthVelocity v) {
  position.east += v.east * Seconds(tick_s);
  position.north += v.north * Seconds(tick_s);
}
EastNorthVelocity operator+(EastNorthVelocity a, EastNorthVelocity b) { return {a.east + b.east, a.north + b.north}; }

// A vessel of length L turns at best on a circle of about 3 L radius; small craft on 25 m.
double turn_limit(const VesselSpec& spec) {
  const double radius_m = std::max(25.0, 4.0 * spec.length_m);
  return std::clamp(std::max(spec.speed_mps, 1.0) / radius_m, 0.004, 0.20);
}

}  // namespace

VesselState between(const VesselState& a, const VesselState& b, double fraction) {
  VesselState s = a;
  s.position = {a.position.east + (b.position.east - a.position.east) * fraction,
                a.position.north + (b.position.north - a.position.north) * fraction};
  s.velocity = {a.velocity.east + (b.velocity.east - a.velocity.east) * fraction,
                a.velocity.north + (b.velocity.north - a.velocity.north) * fraction};
  s.heading = a.heading + Angle(Radians((b.heading - a.heading).radians() * fraction));
  s.turn_rate_rps = a.turn_rate_rps + (b.turn_rate_rps - a.turn_rate_rps) * fraction;
  return s;
}

VesselMotion::VesselMotion(const VesselSpec& spec, const LocalFrame& frame, const Sea& sea, std::uint64_t seed)
    : spec_(spec),
      random_(seed),
      turn_max_rps_(turn_limit(spec)),
      accel_mps2_(std::clamp(4.0 / spec.length_m, 0.02, 0.8)) {
  for (const auto& p : spec_.points) points_.push_back(frame.to_local(p));
  if (points_.empty()) points_.emplace_back();
  current_ = velocity_of(sea.current_to_deg * radians_per_degree, sea.current_mps);
  const double leeway = spec_.length_m > 50.0 ? 0.01 : 0.025;  // of the wind's speed
  drift_ = current_ + velocity_of((sea.wind_from_deg + 180.0) * radians_per_degree, leeway * sea.wind_mps);
  heading_rad_ = random_.uniform(-pi, pi);
  state_.position = points_.front();
  switch (spec_.behaviour) {
    case Behaviour::route:
      place_on_route();
      break;
    case Behaviour::fishing:
      state_.position = offset(points_.front(), Metres(spec_.radius_m * std::sqrt(random_.uniform()) * 0.8),
                               Bearing(Radians(random_.uniform(0.0, 2.0 * pi))));
      aim_for_fishing_spot();
      heading_rad_ = direction(state_.position, spot_);
      break;
    case Behaviour::anchored:
      upwind_rad_ = sea.wind_from_deg * radians_per_degree;
      phase_s_ = random_.uniform(0.0, 600.0);
      step_anchored();
      break;
    case Behaviour::towed:
    case Behaviour::drifting:
    case Behaviour::fixed:
      break;
  }
  state_.heading = Bearing(Radians(heading_rad_));
}

void VesselMotion::place_on_route() {
  const std::size_t n = points_.size();
  const std::size_t legs = spec_.loop ? n : n - 1;
  double whole = 0.0;
  for (std::size_t i = 0; i < legs; ++i) whole += distance(points_[i], points_[(i + 1) % n]).value();
  double left = whole * spec_.start_at;
  speed_mps_ = spec_.speed_mps;
  for (std::size_t i = 0; i < legs; ++i) {
    const EastNorth a = points_[i];
    const EastNorth b = points_[(i + 1) % n];
    const double leg = distance(a, b).value();
    if (left > leg && i + 1 < legs) {
      left -= leg;
      continue;
    }
    heading_rad_ = direction(a, b);
    state_.position = offset(a, Metres(std::min(left, leg)), Bearing(Radians(heading_rad_)));
    next_ = (i + 1) % n;
    break;
  }
  state_.velocity = velocity_of(heading_rad_, speed_mps_);
}

void VesselMotion::step(const VesselState* tug) {
  time_s_ += tick_s;
  switch (spec_.behaviour) {
    case Behaviour::route:
      step_route();
      break;
    case Behaviour::fishing:
      step_fishing();
      break;
    case Behaviour::anchored:
      step_anchored();
      break;
    case Behaviour::drifting:
      step_drifting();
      break;
    case Behaviour::towed:
      if (tug != nullptr) step_towed(*tug);
      break;
    case Behaviour::fixed:
      break;
  }
  state_.heading = Bearing(Radians(heading_rad_));
  state_.turn_rate_rps = turn_rps_;
}

void VesselMotion::steer(double wanted_heading_rad, double wanted_speed_mps) {
  const double error = wrapped(wanted_heading_rad - heading_rad_);
  // The wheel eases off as the course comes up: proportional, within the limits of rate and its change.
  const double wanted_turn = std::clamp(error * 0.08, -turn_max_rps_, turn_max_rps_);
  const double change = turn_max_rps_ * tick_s / 8.0;
  turn_rps_ += std::clamp(wanted_turn - turn_rps_, -change, change);
  heading_rad_ = wrapped(heading_rad_ + turn_rps_ * tick_s);
  const double dv = accel_mps2_ * tick_s;
  speed_mps_ += std::clamp(wanted_speed_mps - speed_mps_, -dv, dv);
  // Routes are courses over ground: the helmsman allows for the current.
  state_.velocity = velocity_of(heading_rad_, speed_mps_);
  move(state_.position, state_.velocity);
}

void VesselMotion::step_route() {
  const std::size_t n = points_.size();
  if (n < 2 || finished_) return steer(heading_rad_, 0.0);
  const EastNorth target = points_[next_];
  const EastNorth from = points_[(next_ + n - 1) % n];
  const double to_go = distance(state_.position, target).value();
  const double leg = direction(from, target);
  const bool last = !spec_.loop && next_ == n - 1;
  // Wheel over where the turning circle touches both legs.
  const std::size_t after = (next_ + 1) % n;
  const double turn = last ? 0.0 : std::abs(wrapped(direction(target, points_[after]) - leg));
  const double radius = std::max(speed_mps_, 1.0) / turn_max_rps_;
  const double ahead = radius * std::tan(std::min(turn, 2.4) / 2.0) + speed_mps_ * 6.0;
  const double along = (target.east - state_.position.east).value() * std::sin(leg) +
                       (target.north - state_.position.north).value() * std::cos(leg);
  if (to_go < ahead || along < 0.0) {
    if (last) {
      finished_ = true;
    } else {
      next_ = after;
    }
  }
  // Back to the line between the points: aim at a point of it some way ahead.
  const double cross = (state_.position.east - from.east).value() * std::cos(leg) -
                       (state_.position.north - from.north).value() * std::sin(leg);
  const double look_ahead = std::max(3.0 * radius, 20.0 * speed_mps_ + 60.0);
  steer(leg - std::atan2(cross, look_ahead), spec_.speed_mps);
}

void VesselMotion::aim_for_fishing_spot() {
  spot_ = offset(points_.front(), Metres(spec_.radius_m * std::sqrt(random_.uniform())),
                 Bearing(Radians(random_.uniform(0.0, 2.0 * pi))));
  phase_s_ = time_s_ + random_.uniform(120.0, 420.0);
  fishing_ = false;
}

void VesselMotion::step_fishing() {
  if (fishing_) {
    if (time_s_ >= phase_s_) aim_for_fishing_spot();
    turn_rps_ = 0.0;
    speed_mps_ = std::max(0.0, speed_mps_ - accel_mps2_ * tick_s);
    state_.velocity = velocity_of(heading_rad_, speed_mps_) + drift_;
    return move(state_.position, state_.velocity);
  }
  const double to_go = distance(state_.position, spot_).value();
  if (to_go < 6.0 * speed_mps_ + 20.0 || time_s_ >= phase_s_) {
    fishing_ = true;
    phase_s_ = time_s_ + random_.uniform(90.0, 360.0);
  }
  steer(direction(state_.position, spot_), spec_.speed_mps);
}

void VesselMotion::step_anchored() {
  // Yawing at anchor: two slow swings that do not repeat soon.
  const double t = time_s_ + phase_s_;
  const double swing = 0.35 * std::sin(2.0 * pi * t / 540.0) + 0.15 * std::sin(2.0 * pi * t / 1310.0);
  const double rate = 0.35 * 2.0 * pi / 540.0 * std::cos(2.0 * pi * t / 540.0) +
                      0.15 * 2.0 * pi / 1310.0 * std::cos(2.0 * pi * t / 1310.0);
  const double r = std::min(spec_.radius_m, 250.0);
  heading_rad_ = wrapped(upwind_rad_ + swing);
  turn_rps_ = rate;
  const double downwind = upwind_rad_ + pi + swing;
  state_.position = {points_.front().east + Metres(r * std::sin(downwind)),
                     points_.front().north + Metres(r * std::cos(downwind))};
  state_.velocity = velocity_of(downwind + pi / 2.0, r * rate);
  state_.at_anchor = true;
}

void VesselMotion::step_drifting() {
  state_.velocity = drift_;
  turn_rps_ = 0.0;
  move(state_.position, drift_);
}

void VesselMotion::step_towed(const VesselState& tug) {
  // A tractrix: the tow is pulled along the cable whenever the tug gets farther away than that.
  if (time_s_ <= tick_s * 1.5) {
    heading_rad_ = tug.heading.radians();
    state_.position = offset(tug.position, Metres(-spec_.cable_m), tug.heading);
  }
  const EastNorth old = state_.position;
  const double away = distance(state_.position, tug.position).value();
  heading_rad_ = direction(state_.position, tug.position);
  if (away > spec_.cable_m) {
    const double pull = away - spec_.cable_m;
    state_.position = {old.east + Metres(pull * std::sin(heading_rad_)),
                       old.north + Metres(pull * std::cos(heading_rad_))};
  }
  state_.velocity = {(state_.position.east - old.east) / Seconds(tick_s),
                     (state_.position.north - old.north) / Seconds(tick_s)};
}

Fleet::Fleet(const Scene& scene, const LocalFrame& frame, std::uint64_t seed) {
  const std::size_t n = scene.vessels.size();
  for (std::size_t i = 0; i < n; ++i) {
    motions_.emplace_back(scene.vessels[i], frame, scene.sea, seed_of(seed, Stream::motion, i));
    std::size_t tug = i;
    for (std::size_t j = 0; j < n; ++j) {
      if (scene.vessels[i].behaviour == Behaviour::towed && scene.vessels[j].name == scene.vessels[i].towed_by) tug = j;
    }
    tug_of_.push_back(tug);
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (tug_of_[i] == i) in_order_.push_back(i);
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (tug_of_[i] != i) in_order_.push_back(i);
  }
  // One tick before the start puts tows behind their tugs; the second makes the pair of ticks.
  advance_all();
  before_ = after_;
  advance_all();
}

void Fleet::advance_all() {
  for (const std::size_t i : in_order_) {
    const bool towed = tug_of_[i] != i;
    motions_[i].step(towed ? &motions_[tug_of_[i]].state() : nullptr);
  }
  after_.clear();
  for (const auto& m : motions_) after_.push_back(m.state());
}

void Fleet::step() {
  before_ = after_;
  advance_all();
  ++tick_;
}

}  // namespace headland::scenario
