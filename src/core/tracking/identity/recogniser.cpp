// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/identity/recogniser.hpp"

#include <algorithm>

namespace headland::tracking {
namespace {

constexpr double fastest_mps = 30.0;     // that a vessel goes while nobody sees it
constexpr double step_s = 5.0;           // models are mixed so often
constexpr double gate_distance2 = 18.5;  // 0.999 of a chi-square of 4 degrees of freedom
constexpr double overlap_s = 60.0;       // of a track that died with the one that may be it
// How fast newcomers are. Not as where tracks begin (life/speeds): what `caution` stands for was measured with these.
constexpr double slow_share = 0.2;
constexpr double slow_speed_mps = 1.5;
// A wrong number costs more than a new one (three times), and newcomers are expected as the whole sea has them: where
// one vessel was lost the same traffic goes on, ten times as dense as is taken there.
constexpr double caution = 30.0;

double speed_density(const Gaussian& g, double deviation_mps) {
  const Matrix2 s = g.vv + (deviation_mps * deviation_mps) * Matrix2::Identity();
  return std::exp(-0.5 * quadratic(inverse(s), g.velocity)) / (2.0 * std::numbers::pi * std::sqrt(determinant(s)));
}

}  // namespace

double density_of_difference(const Gaussian& a, const Gaussian& b, double& distance2) {
  double d[4] = {b.position(0) - a.position(0), b.position(1) - a.position(1), b.velocity(0) - a.velocity(0),
                 b.velocity(1) - a.velocity(1)};
  double l[4][4] = {};
  const Matrix2 pp = a.pp + b.pp;
  const Matrix2 pv = a.pv + b.pv;
  const Matrix2 vv = a.vv + b.vv;
  for (Eigen::Index i = 0; i < 2; ++i) {
    for (Eigen::Index j = 0; j < 2; ++j) {
      l[i][j] = pp(i, j);
      l[2 + i][j] = pv(j, i);
      l[2 + i][2 + j] = vv(i, j);
    }
  }
  // Cholesky in place (the lower half), and the difference by forward substitution.
  double root = 1.0;
  distance2 = 0.0;
  for (int i = 0; i < 4; ++i) {
    for (int j = 0; j <= i; ++j) {
      double sum = l[i][j];
      for (int k = 0; k < j; ++k) sum -= l[i][k] * l[j][k];
      l[i][j] = i == j ? std::sqrt(std::max(sum, 1e-12)) : sum / l[j][j];
    }
    for (int k = 0; k < i; ++k) d[i] -= l[i][k] * d[k];
    d[i] /= l[i][i];
    distance2 += d[i] * d[i];
    root *= l[i][i];
  }
  return std::exp(-0.5 * distance2) / (4.0 * std::numbers::pi * std::numbers::pi * root);
}

bool Recogniser::possible(const Bernoulli& lost, const Bernoulli& fresh) const {
  const double gap_s = to_seconds(fresh.began - lost.last_plot).value();
  // One that died may have taken a plot or two after the new one began.
  const double least_s = lost.alive ? 0.0 : -overlap_s;
  if (!lost.was_confirmed || gap_s <= least_s || gap_s > config_.return_max_s || fresh.began <= lost.began)
    return false;
  const Vector2 apart = fresh.modes[0].position - lost.modes[0].position;
  const double reach = 200.0 + fastest_mps * to_seconds(fresh.time - lost.last_plot).value();
  return apart.squaredNorm() < reach * reach;
}

double Recogniser::same(const Bernoulli& lost, const Bernoulli& fresh, double turn_s) const {
  Bernoulli moved = lost;
  Prediction p;
  double left_s = std::max(to_seconds(fresh.time - lost.time).value(), 0.0);
  do {
    const double dt = std::min(left_s, step_s);
    predictor_.predict(moved, dt, p);
    moved.weight = p.weight;
    moved.modes = p.modes;
    left_s -= dt;
  } while (left_s > 1e-9);
  const Gaussian now = moments(fresh.weight, fresh.modes, fresh.used_motions());
  double density = 0.0;
  double total = 0.0;
  double nearest = 1e9;
  for (std::size_t m = 0; m < p.motions; ++m) {
    double distance2 = 0.0;
    density += p.weight[m] * density_of_difference(p.modes[m], now, distance2);
    total += p.weight[m];
    nearest = std::min(nearest, distance2);
  }
  if (nearest > gate_distance2) return 0.0;
  // How long vessels stay hidden is not one figure but some seconds behind a mast and minutes behind an island: an
  // exponential time with an unknown mean is a Lomax time, whose median is taken from the configuration.
  const double hiding = (1.0 / config_.mean_visible_s) / (1.0 / config_.mean_visible_s + 1.0 / config_.mean_life_s);
  const double gap_s = std::max(to_seconds(fresh.began - lost.last_plot).value(), 0.0);
  const double tau = config_.mean_hidden_s;
  const double shows = hiding * tau * turn_s / ((gap_s + tau) * (gap_s + tau));
  // The other way is that it has not shown itself until now: for one that died that is known.
  const double unseen_s = std::max(to_seconds(fresh.time - lost.last_plot).value(), 0.0);
  const double unseen = lost.alive ? 1.0 : 1.0 - hiding * unseen_s / (unseen_s + tau);
  return shows * density / (total * unseen);
}

double Recogniser::other(const Bernoulli& fresh, double arrivals) const {
  const Gaussian now = moments(fresh.weight, fresh.modes, fresh.used_motions());
  return caution * arrivals *
         (slow_share * speed_density(now, slow_speed_mps) +
          (1.0 - slow_share) * speed_density(now, config_.prior_speed_mps));
}

}  // namespace headland::tracking
