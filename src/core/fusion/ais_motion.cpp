// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/ais_motion.hpp"

#include <algorithm>
#include <cmath>

namespace headland::fusion {
namespace {

constexpr double fastest_mps = 60.0;     // AIS vessels; faster is another position altogether
constexpr double shortest_base_s = 2.0;  // over which a motion is derived
constexpr double longest_base_s = 200.0;
constexpr double sent_velocity_mps = 0.3;   // deviation of a motion that was sent, per axis
constexpr double acceleration_mps2 = 0.03;  // by which it may have changed since
constexpr double unknown_velocity_mps = 5.0;

}  // namespace

bool AisMotion::take(const VesselReport& report, EastNorth where, double north, Duration latency) {
  const Timestamp time = report.received - latency;
  if (known_ && time < time_) {
    if (time_ - time <= clock_set_back) return false;
    *this = AisMotion();
  }
  const double dt = to_seconds(time - time_).value();
  const bool near = known_ && distance(where, position_).value() < fastest_mps * dt + 500.0;
  if (report.speed && report.course && !report.speed_at_least) {
    const double course = report.course->radians() + north;
    velocity_ = EastNorthVelocity{*report.speed * std::sin(course), *report.speed * std::cos(course)};
    derived_ = false;
  } else if (report.speed && report.speed->value() < 0.3) {
    velocity_ = EastNorthVelocity{};
    derived_ = false;
  } else if (near && dt >= shortest_base_s && dt <= longest_base_s) {
    velocity_ = EastNorthVelocity{MetresPerSecond((where.east - position_.east).value() / dt),
                                  MetresPerSecond((where.north - position_.north).value() / dt)};
    derived_ = true;
  } else if (!near || dt > longest_base_s) {
    velocity_.reset();
  } else {
    return true;  // too soon after the last to derive a motion: keep the base
  }
  known_ = true;
  coarse_ = report.kind == AisClass::long_range;
  time_ = time;
  position_ = where;
  return true;
}

EastNorth AisMotion::position_at(Timestamp t) const {
  if (!velocity_) return position_;
  const Seconds dt = to_seconds(t - time_);
  return {position_.east + velocity_->east * dt, position_.north + velocity_->north * dt};
}

double AisMotion::deviation_at(Timestamp t, double fix_deviation_m) const {
  const double dt = std::abs(to_seconds(t - time_).value());
  const double base = velocity_ ? sent_velocity_mps : unknown_velocity_mps;
  const double still = velocity_ && velocity_->speed().value() < 0.5 ? 0.1 : 1.0;
  const double drift = still * std::hypot(base * dt, 0.5 * acceleration_mps2 * dt * dt);
  return std::hypot(coarse_ ? std::max(fix_deviation_m, long_range_deviation_m) : fix_deviation_m, drift);
}

void AisMotion::restore(Timestamp time, EastNorth position, std::optional<EastNorthVelocity> velocity, bool derived,
                        bool coarse) {
  time_ = time;
  position_ = position;
  velocity_ = velocity;
  derived_ = derived;
  coarse_ = coarse;
  known_ = true;
}

}  // namespace headland::fusion
