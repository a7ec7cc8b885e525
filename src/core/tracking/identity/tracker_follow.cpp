// SPDX-License-Identifier: Apache-2.0
// When more, or less, is taken off a radar's plots than before, its tracks go with them: else they would seem to move,
// or lose their plots to new tracks that begin where these lie now.
//
// Each track knows how much of its position is owed to the plots of each radar (Look::weight, by the gain of its
// filter: the derivative of an estimate by a bias that its plots share, as in the filters of Schmidt 1966, taken alike
// in all directions). By that share it is moved.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/tracking/tracker_state.hpp"

namespace headland::tracking {
namespace {

constexpr double look_anew_rad = 0.0005;  // turned by more, a track may meet the beam elsewhere than was planned
constexpr double least_range_m = 1.0;

// A place measured with a correction as it would be with the new one.
struct Mover {
  Vector2 site = Vector2::Zero();
  double sine = 0.0, cosine = 1.0;
  const CorrectionStep& step;

  [[nodiscard]] Vector2 turned(const Vector2& v) const {
    return {v(0) * cosine - v(1) * sine, v(0) * sine + v(1) * cosine};
  }
  [[nodiscard]] Vector2 moved(const Vector2& place) const {
    const Vector2 from = place - site;
    const double range = std::max(from.norm(), least_range_m);
    return site + turned(from) * (1.0 - step.range_m / range - step.range_scale);
  }
};

// What is uncertain lies along and across the sight of the radar, and is turned with it: by its share of the angle, for
// a mean of what is turned and what is not would be smaller than either.
struct Turn {
  Matrix2 by = Matrix2::Identity();

  explicit Turn(double bearing_rad) {
    by << std::cos(bearing_rad), -std::sin(bearing_rad), std::sin(bearing_rad), std::cos(bearing_rad);
  }
  void operator()(Matrix2& m) const { m = by * m * by.transpose(); }
};

void move(Bernoulli& track, const Mover& by) {
  for (const Look& look : track.looks) {
    if (look.sensor != by.step.sensor || look.weight <= 0.0) continue;
    const Turn turn(look.weight * by.step.bearing_rad);
    for (std::size_t m = 0; m < model_count; ++m) {
      Gaussian& g = track.modes[m];
      for (Matrix2* part : {&g.pp, &g.pv, &g.vv}) turn(*part);
      const Vector2 moved = by.moved(g.position) + by.step.time_s * g.velocity;
      g.position += look.weight * (moved - g.position);
      g.velocity += look.weight * (by.turned(g.velocity) - g.velocity);
    }
  }
}

}  // namespace

// Owed to the plots of each radar, after a plot that came with probability `taken`.
void Tracker::State::note_share(Bernoulli& track, SensorId sensor, const Gaussian& before, const Matrix2& noise,
                                double taken) {
  const double spread = before.pp.trace();
  const double gain = taken * spread / std::max(spread + noise.trace(), 1e-12);
  for (Look& look : track.looks) look.weight *= 1.0 - gain;
  look_of(track, sensor).weight += gain;
}

void Tracker::State::follow(const CorrectionStep& step, EastNorth site) {
  const auto sensor =
      std::find_if(sensors_.begin(), sensors_.end(), [&](const Sensor& s) { return s.id == step.sensor; });
  if (sensor == sensors_.end()) return;
  const Mover by{Vector2(site.east.value(), site.north.value()), std::sin(step.bearing_rad), std::cos(step.bearing_rad),
                 step};
  for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
    Bernoulli& track = slots_[slot];
    if (!track.alive) continue;
    move(track, by);
    if (std::abs(step.bearing_rad) < look_anew_rad) continue;
    for (Sensor& s : sensors_) s.wake[slot] = -std::numeric_limits<double>::infinity();
  }
  for (Bernoulli& track : lost_) move(track, by);
  const Turn turn(step.bearing_rad);
  for (PlacedPlot& plot : sensor->waiting) {
    plot.position = by.moved(plot.position);
    turn(plot.noise);
    plot.range_m = std::max(plot.range_m * (1.0 - step.range_scale) - step.range_m, least_range_m);
    plot.direction -= step.bearing_rad;
    plot.bearing -= step.bearing_rad;
    plot.time -= to_duration(Seconds(step.time_s));
  }
  due_count_ = met_count_ = 0;  // what was foretold is void
}

}  // namespace headland::tracking
