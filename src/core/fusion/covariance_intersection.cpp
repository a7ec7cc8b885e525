// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/covariance_intersection.hpp"

#include <cmath>

#include <Eigen/Cholesky>
#include <Eigen/Core>

namespace headland::fusion {
namespace {

using Matrix4 = Eigen::Matrix<double, 4, 4, Eigen::RowMajor | Eigen::DontAlign>;
using Vector4 = Eigen::Matrix<double, 4, 1, Eigen::DontAlign>;

Matrix4 covariance(const KinematicState& s) {
  const Matrix4 p = Eigen::Map<const Matrix4>(s.covariance.data());
  return 0.5 * (p + p.transpose());
}
Vector4 vector(const KinematicState& s) {
  return {s.position.east.value(), s.position.north.value(), s.velocity.east.value(), s.velocity.north.value()};
}
KinematicState state(const Vector4& x, const Matrix4& p) {
  KinematicState s;
  s.position = {Metres(x(0)), Metres(x(1))};
  s.velocity = {MetresPerSecond(x(2)), MetresPerSecond(x(3))};
  Eigen::Map<Matrix4>(s.covariance.data()) = 0.5 * (p + p.transpose());
  return s;
}
bool inverse(const Matrix4& p, Matrix4& out) {
  const Eigen::LLT<Matrix4> cholesky(p);
  if (cholesky.info() != Eigen::Success) return false;
  out = cholesky.solve(Matrix4::Identity());
  return out.allFinite();
}

// Of the joined position's covariance; not finite where that is not positive definite.
double position_determinant(const Matrix4& information) {
  Matrix4 p;
  if (!inverse(information, p)) return INFINITY;
  return p(0, 0) * p(1, 1) - p(0, 1) * p(1, 0);
}

}  // namespace

KinematicState moved(const KinematicState& s, double seconds, double acceleration_m2ps3) {
  Matrix4 f = Matrix4::Identity();
  f(0, 2) = f(1, 3) = seconds;
  Matrix4 p = f * covariance(s) * f.transpose();
  const double t = std::abs(seconds);
  const double sign = seconds < 0.0 ? -1.0 : 1.0;
  for (int axis = 0; axis < 2; ++axis) {
    p(axis, axis) += acceleration_m2ps3 * t * t * t / 3.0;
    p(axis, axis + 2) += sign * acceleration_m2ps3 * t * t / 2.0;
    p(axis + 2, axis) += sign * acceleration_m2ps3 * t * t / 2.0;
    p(axis + 2, axis + 2) += acceleration_m2ps3 * t;
  }
  return state(f * vector(s), p);
}

Intersection intersect(const KinematicState& a, const KinematicState& b) {
  Matrix4 ia, ib;
  if (!inverse(covariance(b), ib)) return {a, 1.0};
  if (!inverse(covariance(a), ia)) return {b, 0.0};
  // The determinant is convex in w: golden section, the ends looked at as well so that the surer one stays as it is.
  const auto cost = [&](double w) { return position_determinant(w * ia + (1.0 - w) * ib); };
  constexpr double golden = 0.6180339887498949;
  double low = 0.0, high = 1.0;
  double x1 = high - golden * (high - low), x2 = low + golden * (high - low);
  double c1 = cost(x1), c2 = cost(x2);
  for (int i = 0; i < 30; ++i) {
    if (c1 <= c2) {
      high = x2;
      x2 = x1, c2 = c1;
      x1 = high - golden * (high - low), c1 = cost(x1);
    } else {
      low = x1;
      x1 = x2, c1 = c2;
      x2 = low + golden * (high - low), c2 = cost(x2);
    }
  }
  const double middle = 0.5 * (low + high);
  const double inside = cost(middle);
  constexpr double gain = 1.0 - 1e-9;  // a join that gains nothing is none
  const double first = cost(1.0), second = cost(0.0);
  if (!(inside < gain * first) && first <= second) return {a, 1.0};
  if (!(inside < gain * second)) return {b, 0.0};
  Matrix4 p;
  if (!inverse(middle * ia + (1.0 - middle) * ib, p)) return {a, 1.0};
  return {state(p * (middle * ia * vector(a) + (1.0 - middle) * ib * vector(b)), p), middle};
}

double squared_distance(const KinematicState& a, const KinematicState& b, double position_slack_m) {
  Matrix4 s = covariance(a) + covariance(b);
  s(0, 0) += position_slack_m * position_slack_m;
  s(1, 1) += position_slack_m * position_slack_m;
  Matrix4 i;
  if (!inverse(s, i)) return INFINITY;
  const Vector4 d = vector(a) - vector(b);
  return d.dot(i * d);
}

}  // namespace headland::fusion
