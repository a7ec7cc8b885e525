// SPDX-License-Identifier: Apache-2.0
// The only header of this module that names Eigen: fixed sizes, so nothing is allocated.
#pragma once

#include <cmath>
#include <cstring>
#include <numbers>

#include <Eigen/Core>

namespace headland::tracking {

using Vector2 = Eigen::Matrix<double, 2, 1, Eigen::DontAlign>;
using Matrix2 = Eigen::Matrix<double, 2, 2, Eigen::DontAlign>;

inline double determinant(const Matrix2& m) { return m(0, 0) * m(1, 1) - m(0, 1) * m(1, 0); }
inline Matrix2 inverse(const Matrix2& m) {
  const double d = 1.0 / determinant(m);
  Matrix2 i;
  i << m(1, 1) * d, -m(0, 1) * d, -m(1, 0) * d, m(0, 0) * d;
  return i;
}
inline void symmetrise(Matrix2& m) { m(0, 1) = m(1, 0) = 0.5 * (m(0, 1) + m(1, 0)); }
// v' m v
inline double quadratic(const Matrix2& m, const Vector2& v) {
  return m(0, 0) * v(0) * v(0) + (m(0, 1) + m(1, 0)) * v(0) * v(1) + m(1, 1) * v(1) * v(1);
}

// Position and velocity in the node's plane (east, north; m and m/s) as a Gaussian, kept as
// blocks because every model here is linear in position and velocity.
struct Gaussian {
  Vector2 position = Vector2::Zero();
  Vector2 velocity = Vector2::Zero();
  Matrix2 pp = Matrix2::Zero();  // m^2
  Matrix2 pv = Matrix2::Zero();  // m^2/s, rows position, columns velocity
  Matrix2 vv = Matrix2::Zero();  // m^2/s^2
};

// Two numbers in one register, by the compiler's own vectors: each as scalar code has it, bit for bit.
using Two = double __attribute__((vector_size(16)));
inline Two load_two(const double* from) {
  Two two;
  std::memcpy(&two, from, sizeof(two));
  return two;
}
inline void store_two(Two two, double* to) { std::memcpy(to, &two, sizeof(two)); }

// Matrices by column.
struct TwoColumns {
  Two first{};
  Two second{};
  // weight * (m + a b')
  void add(double weight, const Matrix2& m, Two a, Two b) {
    first += weight * (load_two(m.data()) + a * b[0]);
    second += weight * (load_two(m.data() + 2) + a * b[1]);
  }
  void store(Matrix2& to) const {
    store_two(first, to.data());
    store_two(second, to.data() + 2);
  }
};

}  // namespace headland::tracking
