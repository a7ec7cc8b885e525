// SPDX-License-Identifier: Apache-2.0
#include "quality/auto_tracking.hpp"

#include <algorithm>

namespace headland::quality {
namespace {

constexpr std::uint32_t sectors_per_turn = 32;
constexpr double two_pi = 2.0 * std::numbers::pi;
constexpr double beam_deg = 1.0;
constexpr double pulse_m = 30.0;

double radians(double degrees) { return degrees * radians_per_degree; }

// When the beam meets the target in the turn that begins at `turn_at_s`, and where both are then.
struct Look {
  double t_s;
  Vec target;
};

Look look(const Encounter& e, double turn_at_s, double turn_s) {
  double t = turn_at_s + 0.5 * turn_s;
  for (int round = 0; round < 5; ++round) {
    const double bearing = Bearing(Radians((e.target.at(t) - e.own.at(t)).course())).radians();
    t = turn_at_s + turn_s * bearing / two_pi;
  }
  return {t, e.target.at(t)};
}

// The rolling of own ship in one run.
struct Roll {
  double period_s;
  double phase_rad;
};

Plot measure(const Encounter& e, const SensorErrors& errors, const Look& seen, const Roll& roll, Random& random) {
  const Vec hull = towards(e.target.velocity(seen.t_s).course());
  const Vec echo = seen.target + (errors.hull_m / 6.0 * random.normal()) * hull;
  const Vec sight = echo - e.own.at(seen.t_s);
  const double rolling = errors.roll_deg * std::sin(two_pi * seen.t_s / roll.period_s + roll.phase_rad);
  const double bearing_error_deg = errors.beam_shape_deg * random.normal() + errors.encoder_deg * random.normal() +
                                   errors.gyro_deg * random.normal() + errors.gyro_steady_deg + errors.roll_steady_deg +
                                   rolling + random.uniform(-errors.backlash_deg, errors.backlash_deg) +
                                   random.uniform(-errors.bearing_step_deg, errors.bearing_step_deg);
  const double range_error_m =
      errors.pulse_shape_m * random.normal() + random.uniform(-errors.range_step_m, errors.range_step_m);
  Plot p;
  p.time = at(seen.t_s);
  p.range = Metres(std::max(sight.norm() + range_error_m, 1.0));
  p.bearing = Bearing(Radians(sight.course() + radians(bearing_error_deg)));
  const double end_on_m = errors.hull_m * std::abs(dot(hull, sight)) / sight.norm();
  const double across = std::sqrt(std::max(errors.hull_m * errors.hull_m - end_on_m * end_on_m, 0.0)) / sight.norm();
  p.range_extent = Metres(pulse_m + end_on_m);
  p.bearing_extent = Radians(radians(beam_deg) + across);
  // As the plot extractor has it: a sixth of the extent beyond pulse and beam.
  p.range_deviation = Metres(std::hypot(errors.range_deviation_m(), end_on_m / 6.0));
  p.bearing_deviation = Radians(std::hypot(radians(errors.bearing_deviation_deg()), across / 6.0));
  p.strength = Decibels(20.0);
  p.cell_count = 40;
  return p;
}

// Least squares of one coordinate over time: value and slope at `t_s`.
struct Fit {
  double n = 0.0, t = 0.0, tt = 0.0, x = 0.0, tx = 0.0;
  void add(double t_s, double value) {
    n += 1.0;
    t += t_s;
    tt += t_s * t_s;
    x += value;
    tx += t_s * value;
  }
  [[nodiscard]] double slope() const { return (n * tx - t * x) / (n * tt - t * t); }
  [[nodiscard]] double at(double t_s) const { return (x - slope() * t) / n + slope() * t_s; }
};

}  // namespace

Motion straight_fit(const Encounter& encounter, const std::vector<PlotSector>& sectors, double t_s) {
  Fit east;
  Fit north;
  for (const PlotSector& s : sectors) {
    for (const Plot& p : s.plots) {
      const double plot_t_s = to_seconds(p.time - at(0.0)).value();
      if (plot_t_s < encounter.target.straight_from_s()) continue;
      const Vec place = Vec{s.site_east_m, s.site_north_m} + p.range.value() * towards(p.bearing.radians());
      east.add(plot_t_s, place.east);
      north.add(plot_t_s, place.north);
    }
  }
  return motion({east.at(t_s), north.at(t_s)}, {east.slope(), north.slope()}, encounter.own.at(t_s),
                encounter.own.velocity(t_s));
}

double Path::turned(double t_s) const {
  const double most = std::abs(turn_by_rad);
  const double so_far = std::clamp((t_s - turn_at_s) * turn_rate_rad_s, 0.0, most);
  return std::copysign(so_far, turn_by_rad);
}

Vec Path::at(double t_s) const {
  const Vec straight = start + (speed_mps * t_s) * towards(course_rad);
  if (turn_by_rad == 0.0 || t_s <= turn_at_s) return straight;
  const double angle = turned(t_s);
  const double seconds_turning = std::abs(angle) / turn_rate_rad_s;
  // The arc's chord, then the new course.
  const double radius = speed_mps / turn_rate_rad_s;
  const Vec entry = start + (speed_mps * turn_at_s) * towards(course_rad);
  const Vec chord = (2.0 * radius * std::sin(std::abs(angle) / 2.0)) * towards(course_rad + angle / 2.0);
  const double after_s = t_s - turn_at_s - seconds_turning;
  return entry + chord + (speed_mps * after_s) * towards(course_rad + angle);
}

double SensorErrors::range_deviation_m() const { return std::hypot(pulse_shape_m, range_step_m / std::sqrt(3.0)); }

double SensorErrors::bearing_deviation_deg() const {
  const double rectangular = (backlash_deg * backlash_deg + bearing_step_deg * bearing_step_deg) / 3.0;
  return std::sqrt(beam_shape_deg * beam_shape_deg + encoder_deg * encoder_deg + gyro_deg * gyro_deg +
                   roll_deg * roll_deg / 2.0 + rectangular);
}

std::vector<PlotSector> observe(const Encounter& encounter, const SensorErrors& errors, double until_s,
                                Random& random) {
  std::vector<PlotSector> sectors;
  const Roll roll{random.uniform(0.8, 1.2) * errors.roll_period_s, random.uniform(0.0, two_pi)};
  const auto turns = static_cast<std::uint32_t>(until_s / errors.turn_s);
  for (std::uint32_t turn = 0; turn < turns; ++turn) {
    const double turn_at_s = errors.turn_s * turn;
    const Look seen = look(encounter, turn_at_s, errors.turn_s);
    const Plot plot = measure(encounter, errors, seen, roll, random);
    const bool detected = random.uniform() < errors.detection;
    const auto place = static_cast<std::uint32_t>(plot.bearing.radians() / two_pi * sectors_per_turn);
    const Vec place_error{errors.own_place_m * random.normal(), errors.own_place_m * random.normal()};
    for (std::uint32_t k = 0; k < sectors_per_turn; ++k) {
      PlotSector s;
      s.sensor = SensorId(1);
      s.turn = turn;
      s.sector = k;
      s.sectors_per_turn = sectors_per_turn;
      const double began_s = turn_at_s + errors.turn_s * k / sectors_per_turn;
      s.began = at(began_s);
      s.ended = at(turn_at_s + errors.turn_s * (k + 1) / sectors_per_turn);
      s.from = Bearing(Radians(two_pi * k / sectors_per_turn));
      s.to = Bearing(Radians(two_pi * (k + 1) / sectors_per_turn));
      s.range_min = Metres(50.0);
      s.range_max = Metres(24.0 * 1852.0);
      // Own position as known for the middle of the sector.
      const Vec own = encounter.own.at(began_s + 0.5 * errors.turn_s / sectors_per_turn) + place_error;
      s.site_east_m = own.east;
      s.site_north_m = own.north;
      if (detected && k == place) s.plots.push_back(plot);
      sectors.push_back(std::move(s));
    }
  }
  return sectors;
}

Motion motion(Vec position, Vec velocity, Vec own_position, Vec own_velocity) {
  const Vec p = position - own_position;
  const Vec v = velocity - own_velocity;
  Motion m;
  m.relative_course_rad = v.course();
  m.relative_speed_kn = v.norm() / mps_per_knot;
  const double speed2 = std::max(dot(v, v), 1e-9);
  const double tcpa_s = -dot(p, v) / speed2;
  m.cpa_nm = (p + tcpa_s * v).norm() / metres_per_nautical_mile;
  m.tcpa_min = tcpa_s / 60.0;
  m.true_course_rad = velocity.course();
  m.true_speed_kn = velocity.norm() / mps_per_knot;
  m.range_m = p.norm();
  m.bearing_rad = p.course();
  return m;
}

Timestamp at(double t_s) { return from_epoch_seconds(1'700'000'000.0) + to_duration(Seconds(t_s)); }

}  // namespace headland::quality
