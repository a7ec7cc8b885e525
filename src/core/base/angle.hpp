// SPDX-License-Identifier: Apache-2.0
// Directions and differences of directions, wrapped by construction.
#pragma once

#include <cmath>
#include <compare>
#include <numbers>

#include "core/base/units.hpp"

namespace headland {

// A signed difference of directions, radians in (-pi, pi], clockwise positive.
class Angle {
 public:
  constexpr Angle() = default;
  // Wraps any finite value. A value that is not finite becomes NaN and stays so.
  explicit Angle(Radians value) : value_(wrap(value.value())) {}
  static Angle from_degrees(double degrees) { return Angle(headland::from_degrees(degrees)); }

  [[nodiscard]] constexpr double radians() const { return value_; }
  [[nodiscard]] constexpr double degrees() const { return value_ / radians_per_degree; }
  Angle operator-() const { return Angle(Radians(-value_)); }
  friend Angle operator+(Angle a, Angle b) { return Angle(Radians(a.value_ + b.value_)); }
  friend Angle operator-(Angle a, Angle b) { return Angle(Radians(a.value_ - b.value_)); }
  friend constexpr auto operator<=>(Angle a, Angle b) = default;

 private:
  static double wrap(double radians) {
    if (radians > -std::numbers::pi && radians <= std::numbers::pi) return radians;  // the remainder is the same
    const double r = std::remainder(radians, 2.0 * std::numbers::pi);                // in [-pi, pi]
    return r == -std::numbers::pi ? std::numbers::pi : r;
  }
  double value_ = 0.0;
};

// A direction, radians in [0, 2 pi), clockwise from true north unless a name says otherwise.
class Bearing {
 public:
  constexpr Bearing() = default;
  explicit Bearing(Radians value) : value_(wrap(value.value())) {}
  static Bearing from_degrees(double degrees) { return Bearing(headland::from_degrees(degrees)); }
  // Direction of a vector (east, north). North for the zero vector.
  static Bearing of(double east, double north) { return Bearing(Radians(std::atan2(east, north))); }

  [[nodiscard]] constexpr double radians() const { return value_; }
  [[nodiscard]] constexpr double degrees() const { return value_ / radians_per_degree; }

  friend Angle operator-(Bearing a, Bearing b) { return Angle(Radians(a.value_ - b.value_)); }
  friend Bearing operator+(Bearing a, Angle b) { return Bearing(Radians(a.value_ + b.radians())); }
  friend Bearing operator-(Bearing a, Angle b) { return Bearing(Radians(a.value_ - b.radians())); }
  friend constexpr auto operator<=>(Bearing a, Bearing b) = default;

 private:
  static double wrap(double radians) {
    constexpr double turn = 2.0 * std::numbers::pi;
    if (radians >= 0.0 && radians < turn) return radians;  // the remainder is the same
    double r = std::fmod(radians, turn);
    if (r < 0.0) r += turn;
    return r >= turn ? 0.0 : r;  // a tiny negative value rounds up to a whole turn
  }
  double value_ = 0.0;
};

// How far `bearing` lies clockwise of `from`, radians in [0, 2 pi).
inline double clockwise_from(Bearing from, Bearing bearing) {
  const double d = bearing.radians() - from.radians();
  return d < 0.0 ? d + 2.0 * std::numbers::pi : d;
}

}  // namespace headland
