// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/filter/doppler.hpp"

#include <algorithm>
#include <array>

namespace headland::tracking {
namespace {

constexpr double softness_mps = 0.4;  // deviation about the threshold: the radar judges cells, the plot is many
// Of vessels much faster than the threshold: those that are marked. In a HALO 24's capture with AIS 7 of some 40 plots
// about vessels that came nearer were, which is too few: not each of the 40 was the vessel's.
constexpr double caught = 0.5;
// Of plots: those with a mark that says nothing, either way. There were none in 70 plots about slow vessels.
constexpr double wrong = 0.03;
// Of plots that are no vessels, those that approach, recede, are slow: what a vessel's are weighed against. As in the
// mean of three captures of HALO 24, of whose plots hardly any is a vessel under way.
constexpr std::array<double, 3> of_clutter{0.03, 0.03, 0.94};
constexpr double clutter_speed_mps = 2.0;  // deviation of the radial speed of what is no vessel
constexpr double least_probability = 1e-6;

double normal_density(double z) { return std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi); }
double normal_below(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

// Speed along the line of sight and how it varies with the state.
struct Radial {
  double mean = 0.0;
  double variance = 0.0;
  Vector2 with_position = Vector2::Zero();  // covariances
  Vector2 with_velocity = Vector2::Zero();
};

Radial along(const RadialSight& sight, const Gaussian& g) {
  const Vector2 u(std::sin(sight.aim), std::cos(sight.aim));
  Radial r;
  r.mean = u.dot(g.velocity);
  r.with_velocity = g.vv * u;
  r.with_position = g.pv * u;
  r.variance = std::max(u.dot(r.with_velocity), 0.0);
  return r;
}

// The radial speed has become one of mean m + `shift` and variance v (1 - `less`): the rest follows by correlation.
void follow(const Radial& r, double shift, double less, Gaussian& g) {
  if (!(r.variance > 0.0)) return;
  const double gain = shift / r.variance;
  const double cut = less / r.variance;
  g.position += gain * r.with_position;
  g.velocity += gain * r.with_velocity;
  g.pp -= cut * r.with_position * r.with_position.transpose();
  g.pv -= cut * r.with_position * r.with_velocity.transpose();
  g.vv -= cut * r.with_velocity * r.with_velocity.transpose();
  symmetrise(g.pp);
  symmetrise(g.vv);
}

// First and second moment of the radial speed where it lies beyond the threshold, towards us (-1) or away (+1), each
// times its probability.
struct Beyond {
  double probability = 0.0;
  double first = 0.0;
  double second = 0.0;
};
Beyond beyond(double threshold_mps, double side, const Radial& r) {
  const double s2 = softness_mps * softness_mps + r.variance;
  const double s = std::sqrt(s2);
  const double z = (side * r.mean - threshold_mps) / s;
  Beyond b;
  b.probability = normal_below(z);
  const double density = normal_density(z);
  // E[v 1] and E[v^2 1] of a normal times a normal distribution function.
  const double step = side * r.variance * density / s;
  b.first = r.mean * b.probability + step;
  b.second =
      (r.variance + r.mean * r.mean) * b.probability + 2.0 * r.mean * step - r.variance * r.variance * z * density / s2;
  return b;
}

// Probability of the mark, and the moments of the radial speed under it, not yet divided by it.
Beyond under(const RadialSight& sight, const Radial& r) {
  const Beyond whole{1.0, r.mean, r.variance + r.mean * r.mean};
  const double marked = caught - 2.0 * wrong;  // what a fast one has over a slow one
  const auto join = [](double a, const Beyond& x, double b, const Beyond& y) {
    return Beyond{a * x.probability + b * y.probability, a * x.first + b * y.first, a * x.second + b * y.second};
  };
  if (sight.kind == RadialSight::Kind::slow) {
    const Beyond moving = join(1.0, beyond(sight.bound_mps, -1.0, r), 1.0, beyond(sight.bound_mps, 1.0, r));
    return join(1.0 - 2.0 * wrong, whole, -marked, moving);
  }
  const double side = sight.kind == RadialSight::Kind::approaching ? -1.0 : 1.0;
  return join(wrong, whole, marked, beyond(sight.bound_mps, side, r));
}

}  // namespace

RadialSight sight_of(const Plot& plot, double aim, const TrackerConfig& config) {
  RadialSight sight;
  sight.aim = aim;
  if (plot.radial_speed && std::isfinite(plot.radial_speed->value())) {
    sight.kind = RadialSight::Kind::speed;
    sight.speed_mps = plot.radial_speed->value();
    sight.bound_mps = config.radial_speed_deviation_mps;
  } else if (plot.doppler && config.doppler_threshold_mps > 0.0) {
    sight.kind = *plot.doppler == DopplerCell::approaching ? RadialSight::Kind::approaching
                 : *plot.doppler == DopplerCell::receding  ? RadialSight::Kind::receding
                                                           : RadialSight::Kind::slow;
    sight.bound_mps = config.doppler_threshold_mps;
  }
  return sight;
}

double take_radial(const RadialSight& sight, Gaussian& g) {
  if (!sight.is_told()) return 1.0;
  const Radial r = along(sight, g);
  if (sight.kind == RadialSight::Kind::speed) {
    const double s2 = r.variance + sight.bound_mps * sight.bound_mps;
    const double off = sight.speed_mps - r.mean;
    follow(r, r.variance * off / s2, r.variance / s2, g);
    return normal_density(off / std::sqrt(s2)) / std::sqrt(s2);
  }
  const Beyond b = under(sight, r);
  const double probability = std::max(b.probability, least_probability);
  const double mean = b.first / probability;
  const double variance = std::max(b.second / probability - mean * mean, 1e-6 * r.variance);
  if (b.probability > least_probability) follow(r, mean - r.mean, 1.0 - variance / std::max(r.variance, 1e-12), g);
  return probability;
}

double radial_likelihood(const RadialSight& sight, const Gaussian& g) {
  if (!sight.is_told()) return 1.0;
  const Radial r = along(sight, g);
  if (sight.kind == RadialSight::Kind::speed) {
    const double own = std::sqrt(r.variance + sight.bound_mps * sight.bound_mps);
    const double other = std::hypot(clutter_speed_mps, sight.bound_mps);
    return normal_density((sight.speed_mps - r.mean) / own) / own /
           std::max(normal_density(sight.speed_mps / other) / other, 1e-3);
  }
  const std::size_t kind = static_cast<std::size_t>(sight.kind) - 1;
  return std::max(under(sight, r).probability, least_probability) / of_clutter[kind];
}

}  // namespace headland::tracking
