// SPDX-License-Identifier: Apache-2.0
// How well a vessel's position can be known at best from the plots that radars made of it: the posterior Cramer-Rao
// bound for nearly constant velocity and a known sequence of detections (Tichavsky, Muravchik, Nehorai 1998), for any
// number of radars. Per detection the information of range and bearing at the true place is added; between them the
// covariance grows by white acceleration of density q on each axis. No clutter, no wrong pairs: what a tracker loses to
// those comes on top, so the bound holds for every tracker.
#pragma once

#include <array>

namespace headland::score {

class PositionBound {
 public:
  // q in m2/s3; deviation of the velocity per axis before anything is known, m/s.
  PositionBound(double q_m2_s3, double speed_deviation_mps) : q_(q_m2_s3), speed_(speed_deviation_mps) {}

  // A plot of a vessel at east, north (m) from the radar, at `time_s`; times do not go back (an earlier one counts as
  // now).
  void detect(double time_s, double east_m, double north_m, double range_deviation_m, double bearing_deviation_rad);
  // From `time_s` on the vessel moves with another q: it turns, or goes straight again.
  void change_q(double time_s, double q_m2_s3);
  [[nodiscard]] bool begun() const { return begun_; }
  // Root mean square of the error of position (both axes) at `time_s`, m.
  [[nodiscard]] double rms_m(double time_s) const;

 private:
  using Matrix = std::array<double, 16>;  // east, east rate, north, north rate
  [[nodiscard]] Matrix predicted(double dt_s) const;

  double q_;
  double speed_;
  Matrix p_{};
  double time_s_ = 0.0;
  bool begun_ = false;
};

}  // namespace headland::score
