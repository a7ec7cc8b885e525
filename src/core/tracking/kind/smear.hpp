// SPDX-License-Identifier: Apache-2.0
// What beam and pulse of one radar add to every echo, learned from the smallest echoes of vessels: a quantile,
// followed by stochastic approximation (Robbins, Monro 1951); and how strong vessels are to it.
#pragma once

namespace headland::tracking {

class Smear {
 public:
  Smear() = default;
  // Never more than these: nearer than both, two vessels give one plot.
  Smear(double along_m, double across_rad);

  // One plot of a believed vessel; extents of 0 are unknown.
  void learn(double range_m, double along_m, double across_m, double strength_db);

  [[nodiscard]] double along_m() const { return along_m_; }
  [[nodiscard]] double across_rad() const { return across_rad_; }
  [[nodiscard]] double strength_db() const { return strength_db_; }
  void restore(double along_m, double across_rad, double strength_db);

 private:
  double most_along_m_ = 0.0, most_across_rad_ = 0.0;
  double along_m_ = 0.0, across_rad_ = 0.0;
  double strength_db_ = 0.0;  // median
};

}  // namespace headland::tracking
