// SPDX-License-Identifier: Apache-2.0
// Physical quantities as types, so that metres never meet seconds or radians by accident.
//
// Quantity<L, T, A> is a double with integer exponents of length (m), time (s) and angle (rad).
// Sums need equal dimensions, products and quotients combine them, and a quotient without
// dimension is a plain double again. The compiler emits the same code as for a bare double.
// Decibels are logarithmic and therefore a type of their own.
#pragma once

#include <compare>
#include <numbers>

namespace headland {

template <int Length, int Time, int Plane>
class Quantity {
 public:
  constexpr Quantity() = default;
  explicit constexpr Quantity(double value) : value_(value) {}

  // The number in SI units (m, s, rad and their products).
  [[nodiscard]] constexpr double value() const { return value_; }

  constexpr Quantity operator-() const { return Quantity(-value_); }
  constexpr Quantity& operator+=(Quantity other) { return value_ += other.value_, *this; }
  constexpr Quantity& operator-=(Quantity other) { return value_ -= other.value_, *this; }
  constexpr Quantity& operator*=(double factor) { return value_ *= factor, *this; }
  constexpr Quantity& operator/=(double divisor) { return value_ /= divisor, *this; }

  friend constexpr Quantity operator+(Quantity a, Quantity b) { return a += b; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return a -= b; }
  friend constexpr Quantity operator*(Quantity a, double b) { return a *= b; }
  friend constexpr Quantity operator*(double a, Quantity b) { return b *= a; }
  friend constexpr Quantity operator/(Quantity a, double b) { return a /= b; }
  friend constexpr auto operator<=>(Quantity a, Quantity b) = default;

 private:
  double value_ = 0.0;
};

namespace detail {
template <int L, int T, int A>
constexpr auto make_quantity(double value) {
  if constexpr (L == 0 && T == 0 && A == 0) {
    return value;
  } else {
    return Quantity<L, T, A>(value);
  }
}
}  // namespace detail

template <int L1, int T1, int A1, int L2, int T2, int A2>
constexpr auto operator*(Quantity<L1, T1, A1> a, Quantity<L2, T2, A2> b) {
  return detail::make_quantity<L1 + L2, T1 + T2, A1 + A2>(a.value() * b.value());
}
template <int L1, int T1, int A1, int L2, int T2, int A2>
constexpr auto operator/(Quantity<L1, T1, A1> a, Quantity<L2, T2, A2> b) {
  return detail::make_quantity<L1 - L2, T1 - T2, A1 - A2>(a.value() / b.value());
}
template <int L, int T, int A>
constexpr auto operator/(double a, Quantity<L, T, A> b) {
  return detail::make_quantity<-L, -T, -A>(a / b.value());
}

using Metres = Quantity<1, 0, 0>;
using Seconds = Quantity<0, 1, 0>;
using Radians = Quantity<0, 0, 1>;
using MetresPerSecond = Quantity<1, -1, 0>;
using RadiansPerSecond = Quantity<0, -1, 1>;
using Hertz = Quantity<0, -1, 0>;
using SquareMetres = Quantity<2, 0, 0>;

// A level or ratio in decibels (20 log10 of an amplitude ratio, 10 log10 of a power ratio).
class Decibels {
 public:
  constexpr Decibels() = default;
  explicit constexpr Decibels(double value) : value_(value) {}
  [[nodiscard]] constexpr double value() const { return value_; }
  friend constexpr Decibels operator+(Decibels a, Decibels b) { return Decibels(a.value_ + b.value_); }
  friend constexpr Decibels operator-(Decibels a, Decibels b) { return Decibels(a.value_ - b.value_); }
  friend constexpr auto operator<=>(Decibels a, Decibels b) = default;

 private:
  double value_ = 0.0;
};

inline constexpr double metres_per_nautical_mile = 1852.0;
inline constexpr double mps_per_knot = 1852.0 / 3600.0;
inline constexpr double radians_per_degree = std::numbers::pi / 180.0;
inline constexpr double speed_of_light_mps = 299'792'458.0;

// Conversions at the edges only: inside, everything is SI.
constexpr MetresPerSecond from_knots(double knots) { return MetresPerSecond(knots * mps_per_knot); }
constexpr double to_knots(MetresPerSecond speed) { return speed.value() / mps_per_knot; }
constexpr Metres from_nautical_miles(double nmi) { return Metres(nmi * metres_per_nautical_mile); }
constexpr Radians from_degrees(double degrees) { return Radians(degrees * radians_per_degree); }
constexpr double to_degrees(Radians angle) { return angle.value() / radians_per_degree; }

namespace literals {
constexpr Metres operator""_m(long double v) { return Metres(static_cast<double>(v)); }
constexpr Metres operator""_m(unsigned long long v) { return Metres(static_cast<double>(v)); }
constexpr Metres operator""_nmi(long double v) { return from_nautical_miles(static_cast<double>(v)); }
constexpr Metres operator""_nmi(unsigned long long v) { return from_nautical_miles(static_cast<double>(v)); }
constexpr Seconds operator""_s(long double v) { return Seconds(static_cast<double>(v)); }
constexpr Seconds operator""_s(unsigned long long v) { return Seconds(static_cast<double>(v)); }
constexpr MetresPerSecond operator""_mps(long double v) { return MetresPerSecond(static_cast<double>(v)); }
constexpr MetresPerSecond operator""_kn(long double v) { return from_knots(static_cast<double>(v)); }
constexpr MetresPerSecond operator""_kn(unsigned long long v) { return from_knots(static_cast<double>(v)); }
constexpr Radians operator""_deg(long double v) { return from_degrees(static_cast<double>(v)); }
constexpr Radians operator""_deg(unsigned long long v) { return from_degrees(static_cast<double>(v)); }
constexpr Decibels operator""_dB(long double v) { return Decibels(static_cast<double>(v)); }
}  // namespace literals

}  // namespace headland
