// SPDX-License-Identifier: Apache-2.0
#include "core/score/position_bound.hpp"

#include <algorithm>
#include <cmath>

namespace headland::score {
namespace {

struct Noise {
  double ee, en, nn;
};

Noise noise_of(double east_m, double north_m, double range_deviation_m, double bearing_deviation_rad) {
  const double range = std::max(1.0, std::hypot(east_m, north_m));
  const double ue = east_m / range;
  const double un = north_m / range;
  const double vr = range_deviation_m * range_deviation_m;
  const double vc = bearing_deviation_rad * range * bearing_deviation_rad * range;
  return {vr * ue * ue + vc * un * un, (vr - vc) * ue * un, vr * un * un + vc * ue * ue};
}

}  // namespace

PositionBound::Matrix PositionBound::predicted(double dt) const {
  Matrix out{};
  // F P F' with F of constant velocity on each axis, blocks of two.
  for (std::size_t a = 0; a < 4; a += 2) {
    for (std::size_t b = 0; b < 4; b += 2) {
      const double pp = p_[a * 4 + b], pv = p_[a * 4 + b + 1], vp = p_[(a + 1) * 4 + b], vv = p_[(a + 1) * 4 + b + 1];
      out[a * 4 + b] = pp + dt * (pv + vp) + dt * dt * vv;
      out[a * 4 + b + 1] = pv + dt * vv;
      out[(a + 1) * 4 + b] = vp + dt * vv;
      out[(a + 1) * 4 + b + 1] = vv;
    }
    out[a * 4 + a] += q_ * dt * dt * dt / 3.0;
    out[a * 4 + a + 1] += q_ * dt * dt / 2.0;
    out[(a + 1) * 4 + a] += q_ * dt * dt / 2.0;
    out[(a + 1) * 4 + a + 1] += q_ * dt;
  }
  return out;
}

void PositionBound::detect(double time_s, double east_m, double north_m, double range_deviation_m,
                           double bearing_deviation_rad) {
  const Noise r = noise_of(east_m, north_m, range_deviation_m, bearing_deviation_rad);
  if (!begun_) {
    begun_ = true;
    time_s_ = time_s;
    p_ = {};
    p_[0] = r.ee, p_[2] = p_[8] = r.en, p_[10] = r.nn;
    p_[5] = p_[15] = speed_ * speed_;
    return;
  }
  p_ = predicted(std::max(0.0, time_s - time_s_));
  time_s_ = std::max(time_s_, time_s);
  // The update of the covariance by both coordinates of the place: P - P H' (H P H' + R)^-1 H P.
  const double see = p_[0] + r.ee, sen = p_[2] + r.en, snn = p_[10] + r.nn;
  const double det = see * snn - sen * sen;
  const Matrix p = p_;
  for (std::size_t i = 0; i < 4; ++i) {
    const double ke = (p[i * 4] * snn - p[i * 4 + 2] * sen) / det;
    const double kn = (p[i * 4 + 2] * see - p[i * 4] * sen) / det;
    for (std::size_t j = 0; j < 4; ++j) p_[i * 4 + j] = p[i * 4 + j] - ke * p[j] - kn * p[8 + j];
  }
}

void PositionBound::change_q(double time_s, double q_m2_s3) {
  if (begun_ && time_s > time_s_) {
    p_ = predicted(time_s - time_s_);
    time_s_ = time_s;
  }
  q_ = q_m2_s3;
}

double PositionBound::rms_m(double time_s) const {
  const Matrix p = predicted(std::max(0.0, time_s - time_s_));
  return std::sqrt(std::max(0.0, p[0] + p[10]));
}

}  // namespace headland::score
