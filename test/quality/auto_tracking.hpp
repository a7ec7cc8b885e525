// SPDX-License-Identifier: Apache-2.0
// Encounters of two vessels and the radar errors of IMO A.823(19), annexes 2 and 3, as plots; and what a tracker
// made of them, as the quantities that MSC.192(79) and A.823(19) limit.
#pragma once

#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "core/base/random.hpp"
#include "core/plots/plot.hpp"

namespace headland::quality {

struct Vec {
  double east = 0.0, north = 0.0;
  friend Vec operator+(Vec a, Vec b) { return {a.east + b.east, a.north + b.north}; }
  friend Vec operator-(Vec a, Vec b) { return {a.east - b.east, a.north - b.north}; }
  friend Vec operator*(double k, Vec a) { return {k * a.east, k * a.north}; }
  [[nodiscard]] double norm() const { return std::hypot(east, north); }
  [[nodiscard]] double course() const { return std::atan2(east, north); }
};
inline double dot(Vec a, Vec b) { return a.east * b.east + a.north * b.north; }
inline Vec towards(double course_rad) { return {std::sin(course_rad), std::cos(course_rad)}; }

// A straight course, with one turn at a steady rate in it where `turn_by_rad` is not 0.
struct Path {
  Vec start;
  double course_rad = 0.0;
  double speed_mps = 0.0;
  double turn_at_s = 0.0;
  double turn_by_rad = 0.0;
  double turn_rate_rad_s = 0.01;  // > 0

  [[nodiscard]] double turned(double t_s) const;  // radians until then
  // When it is on its last course; 0 where it does not turn.
  [[nodiscard]] double straight_from_s() const {
    return turn_by_rad == 0.0 ? 0.0 : turn_at_s + std::abs(turn_by_rad) / turn_rate_rad_s;
  }
  [[nodiscard]] Vec velocity(double t_s) const { return speed_mps * towards(course_rad + turned(t_s)); }
  [[nodiscard]] Vec at(double t_s) const;
};

struct Encounter {
  const char* name = "";
  Path own;
  Path target;
};

// Standard deviations, half widths (rectangular) and steady parts, as listed in A.823(19).
struct SensorErrors {
  double beam_shape_deg = 0.05;
  double pulse_shape_m = 20.0;
  double backlash_deg = 0.05;  // half width
  double bearing_step_deg = 0.1;
  double range_step_m = 0.01 * 1852.0;
  double encoder_deg = 0.03;
  double gyro_steady_deg = 0.5;
  double gyro_deg = 0.12;
  double roll_steady_deg = 0.22;
  double roll_deg = 0.22;       // of a sine
  double roll_period_s = 10.0;  // +- 20 %, differs from run to run
  double hull_m = 200.0;        // glint: along the hull, deviation hull / 6
  double own_place_m = 3.0;     // per axis, satellite; ours: A.823 reckons with a log instead
  double detection = 0.9;       // share of scans
  double turn_s = 2.5;

  [[nodiscard]] double range_deviation_m() const;      // of a point: glint comes with the plot's extent
  [[nodiscard]] double bearing_deviation_deg() const;  // without the steady parts
};

// The sectors of the turns from 0 until `until_s`, 32 a turn, of an encounter. All chance comes from `random`.
std::vector<PlotSector> observe(const Encounter& encounter, const SensorErrors& errors, double until_s, Random& random);

// Motion of the target as seen from own ship.
struct Motion {
  double relative_course_rad = 0.0;
  double relative_speed_kn = 0.0;
  double cpa_nm = 0.0;
  double tcpa_min = 0.0;
  double true_course_rad = 0.0;
  double true_speed_kn = 0.0;
  double range_m = 0.0;
  double bearing_rad = 0.0;
};
Motion motion(Vec position, Vec velocity, Vec own_position, Vec own_velocity);

// The straight line through all plots after the target's turn: what no tracker can do much better.
Motion straight_fit(const Encounter& encounter, const std::vector<PlotSector>& sectors, double t_s);

Timestamp at(double t_s);

}  // namespace headland::quality
