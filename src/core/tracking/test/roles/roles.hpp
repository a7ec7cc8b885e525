// SPDX-License-Identifier: Apache-2.0
// What the suites of the roles share. For tests only.
#pragma once

#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include "core/base/random.hpp"
#include "core/tracking/filter/gater.hpp"

namespace headland::tracking::test {

// A covariance of position and velocity that is positive definite: of a random straight line through random plots.
inline Gaussian random_gaussian(Random& random) {
  const auto lower = [&] {
    Matrix2 m;
    m << random.uniform(1.0, 12.0), 0.0, random.uniform(-6.0, 6.0), random.uniform(1.0, 12.0);
    return m;
  };
  const Matrix2 a = lower();
  const Matrix2 d = 0.2 * lower();
  Matrix2 c;
  c << random.uniform(-1.0, 1.0), random.uniform(-1.0, 1.0), random.uniform(-1.0, 1.0), random.uniform(-1.0, 1.0);
  Gaussian g;
  g.position << random.uniform(-5000.0, 5000.0), random.uniform(-5000.0, 5000.0);
  g.velocity << random.uniform(-10.0, 10.0), random.uniform(-10.0, 10.0);
  g.pp = a * a.transpose();
  g.pv = a * c.transpose();
  g.vv = c * c.transpose() + d * d.transpose();
  return g;
}

// Of all models, in a row of places; `spread`: a track with a known velocity.
inline Prediction random_prediction(Random& random, bool spread) {
  Prediction p;
  p.motions = spread ? motion_count : first_motions;
  const Gaussian base = random_gaussian(random);
  double sum = 0.0;
  for (std::size_t m = 0; m < p.motions; ++m) {
    p.modes[m] = random_gaussian(random);
    p.modes[m].position = base.position + Vector2(random.uniform(-5.0, 5.0), random.uniform(-5.0, 5.0));
    p.modes[m].velocity = base.velocity;
    sum += p.weight[m] = random.uniform(0.05, 1.0);
  }
  for (std::size_t m = 0; m < p.motions; ++m) p.weight[m] /= sum;
  p.mean = moments(p.weight, p.modes, p.motions);
  return p;
}

inline PlacedPlot plot_near(Random& random, const Vector2& place, double off_m) {
  PlacedPlot plot;
  plot.position = place + Vector2(off_m * random.normal(), off_m * random.normal());
  Matrix2 l;
  l << random.uniform(2.0, 10.0), 0.0, random.uniform(-5.0, 5.0), random.uniform(2.0, 30.0);
  plot.noise = l * l.transpose();
  return plot;
}

inline Matrix2 quarter() {  // clockwise
  Matrix2 r;
  r << 0.0, 1.0, -1.0, 0.0;
  return r;
}

inline Gaussian rotated(const Gaussian& g) {
  const Matrix2 r = quarter();
  return {r * g.position, r * g.velocity, r * g.pp * r.transpose(), r * g.pv * r.transpose(), r * g.vv * r.transpose()};
}

inline Prediction rotated(Prediction p) {
  for (Gaussian& g : p.modes) g = rotated(g);
  p.mean = rotated(p.mean);
  return p;
}

inline PlacedPlot rotated(PlacedPlot plot) {
  const Matrix2 r = quarter();
  plot.position = r * plot.position;
  plot.noise = r * plot.noise * r.transpose();
  return plot;
}

inline void expect_near(const Gaussian& a, const Gaussian& b) {
  EXPECT_NEAR((a.position - b.position).norm(), 0.0, 1e-8);
  EXPECT_NEAR((a.velocity - b.velocity).norm(), 0.0, 1e-9);
  EXPECT_NEAR((a.pp - b.pp).norm(), 0.0, 1e-6);
  EXPECT_NEAR((a.pv - b.pv).norm(), 0.0, 1e-7);
  EXPECT_NEAR((a.vv - b.vv).norm(), 0.0, 1e-8);
}

// Position, and what is left of the velocity once the position is known, have covariances above nothing.
inline void expect_positive(const Gaussian& g) {
  EXPECT_GT(g.pp(0, 0), 0.0);
  EXPECT_GT(determinant(g.pp), 0.0);
  const Matrix2 left = g.vv - g.pv.transpose() * inverse(g.pp) * g.pv;
  EXPECT_GT(left(0, 0), 0.0);
  EXPECT_GT(determinant(left), 0.0);
}

}  // namespace headland::tracking::test
