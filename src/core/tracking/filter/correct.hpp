// SPDX-License-Identifier: Apache-2.0
// The Kalman update of one Gaussian by a position (Kalman 1960).
#pragma once

#include "core/tracking/filter/matrix.hpp"

namespace headland::tracking {

inline Gaussian correct(const Gaussian& g, const Vector2& z, const Matrix2& noise) {
  const Matrix2 inv = inverse(g.pp + noise);
  const Matrix2 kp = g.pp * inv;
  const Matrix2 kv = g.pv.transpose() * inv;
  const Vector2 nu = z - g.position;
  Gaussian out;
  out.position = g.position + kp * nu;
  out.velocity = g.velocity + kv * nu;
  // (I - K) P = P S^-1 R: never negative, where P - K P may lose it to rounding.
  out.pp = kp * noise;
  out.pv = noise * inv * g.pv;
  out.vv = g.vv - kv * g.pv;
  symmetrise(out.pp);
  symmetrise(out.vv);
  return out;
}

}  // namespace headland::tracking
