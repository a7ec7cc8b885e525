// SPDX-License-Identifier: Apache-2.0
// What beam and pulse of one radar add to every echo, learned from the smallest echoes of vessels: a quantile,
// followed by stochastic approximation (Robbins, Monro 1951); and how strong vessels are to it.
//
// The stronger an echo, the farther out on the flanks of beam and pulse it is still over the threshold. With s decibels
// of its peak over the threshold it is wide as sqrt(s) of a Gaussian beam (24 dB (angle / beam)^2 both ways), up to the
// first null, and long as 1 - 10^(-s/20) of a rectangular pulse behind its matched filter (the triangle that it
// correlates to). Small vessels are weak: without these laws the hulls of large ones would be too large by what their
// strength adds.
#pragma once

namespace headland::tracking {

class Smear {
 public:
  Smear() = default;
  // Of an echo of usual strength never more than these: nearer than both, two vessels give one plot.
  Smear(double along_m, double across_rad);

  // One plot of a believed vessel; extents of 0 are unknown.
  void learn(double range_m, double along_m, double across_m, double strength_db);

  // Of an echo as strong as that over the threshold; learned at all strengths.
  [[nodiscard]] double along_m(double strength_db) const;
  [[nodiscard]] double across_rad(double strength_db) const;
  // Of one of 10 dB.
  [[nodiscard]] double usual_along_m() const { return along_m_; }
  [[nodiscard]] double usual_across_rad() const { return across_rad_; }
  [[nodiscard]] double strength_db() const { return strength_db_; }
  void restore(double along_m, double across_rad, double strength_db);

 private:
  double most_along_m_ = 0.0, most_across_rad_ = 0.0;
  double along_m_ = 0.0, across_rad_ = 0.0;
  double strength_db_ = 0.0;  // median
};

}  // namespace headland::tracking
