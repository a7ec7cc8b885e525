// SPDX-License-Identifier: Apache-2.0
// State to bytes and back, for checkpoints. A type takes part by one function
//   template <class Archive> void describe(Archive& a, Type& v) { a(v.first, v.second, …); }
// which serves both directions. Exact: doubles keep their bits. Reading is bounds-checked; after a
// fault ok() is false and the values are not to be used.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/angle.hpp"
#include "core/base/bytes.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/base/units.hpp"
#include "core/geo/position.hpp"

namespace headland::station {

class StateWriter {
 public:
  static constexpr bool reading = false;
  explicit StateWriter(std::vector<std::uint8_t>& out) : w_(out) {}
  template <class... T>
  void operator()(T&... v) {
    (put(v), ...);
  }
  [[nodiscard]] bool ok() const { return true; }

  void raw(std::uint64_t v) { w_.u64(v); }
  void real(double v) { w_.f64(v); }
  void text(const std::string& v) { w_.string(v); }

 private:
  template <class T>
  void put(T& v);
  ByteWriter w_;
};

class StateReader {
 public:
  static constexpr bool reading = true;
  explicit StateReader(std::span<const std::uint8_t> in) : r_(in) {}
  template <class... T>
  void operator()(T&... v) {
    (get(v), ...);
  }
  [[nodiscard]] bool ok() const { return r_.ok(); }

  std::uint64_t raw() { return r_.u64(); }
  double real() { return r_.f64(); }
  std::string text() { return r_.string(); }
  // A count of elements that may follow; 0 after a fault.
  std::size_t count() {
    const auto n = r_.u64();
    return r_.expects(n, 1) ? static_cast<std::size_t>(n) : 0;
  }

 private:
  template <class T>
  void get(T& v);
  ByteReader r_;
};

// Types of the base that are no structs of plain members.
template <class A, class Tag, class N>
void describe(A& a, StrongId<Tag, N>& v) {
  N n = v.value();
  a(n);
  v = StrongId<Tag, N>(n);
}
template <class A, int L, int T, int P>
void describe(A& a, Quantity<L, T, P>& v) {
  double d = v.value();
  a(d);
  v = Quantity<L, T, P>(d);
}
template <class A>
void describe(A& a, Decibels& v) {
  double d = v.value();
  a(d);
  v = Decibels(d);
}
template <class A>
void describe(A& a, Bearing& v) {
  double d = v.radians();
  a(d);
  v = Bearing(Radians(d));
}
template <class A>
void describe(A& a, Angle& v) {
  double d = v.radians();
  a(d);
  v = Angle(Radians(d));
}
template <class A>
void describe(A& a, Timestamp& v) {
  std::int64_t n = v.time_since_epoch().count();
  a(n);
  v = Timestamp(Duration(n));
}
template <class A>
void describe(A& a, GeoPosition& v) {
  a(v.latitude, v.longitude);
}
template <class A>
void describe(A& a, EastNorth& v) {
  a(v.east, v.north);
}
template <class A>
void describe(A& a, EastNorthVelocity& v) {
  a(v.east, v.north);
}

namespace detail {
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsMap : std::false_type {};
template <class K, class V>
struct IsMap<std::map<K, V>> : std::true_type {};
template <class T>
struct IsArray : std::false_type {};
template <class T, std::size_t N>
struct IsArray<std::array<T, N>> : std::true_type {};
}  // namespace detail

template <class T>
void StateWriter::put(T& v) {
  if constexpr (std::is_floating_point_v<T>) {
    real(v);
  } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
    raw(static_cast<std::uint64_t>(v));
  } else if constexpr (std::same_as<T, std::string>) {
    text(v);
  } else if constexpr (detail::IsOptional<T>::value) {
    raw(v.has_value() ? 1 : 0);
    if (v) put(*v);
  } else if constexpr (detail::IsVector<T>::value) {
    raw(v.size());
    for (auto& element : v) put(element);
  } else if constexpr (detail::IsArray<T>::value) {
    for (auto& element : v) put(element);
  } else if constexpr (detail::IsMap<T>::value) {
    raw(v.size());
    for (auto& [key, value] : v) {
      auto copy = key;
      put(copy);
      put(value);
    }
  } else {
    describe(*this, v);
  }
}

template <class T>
void StateReader::get(T& v) {
  if constexpr (std::is_floating_point_v<T>) {
    v = static_cast<T>(real());
  } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
    v = static_cast<T>(raw());
  } else if constexpr (std::same_as<T, std::string>) {
    v = text();
  } else if constexpr (detail::IsOptional<T>::value) {
    v.reset();
    if (raw() == 1) get(v.emplace());
  } else if constexpr (detail::IsVector<T>::value) {
    v.clear();
    for (auto n = count(); n > 0 && ok(); --n) get(v.emplace_back());
  } else if constexpr (detail::IsArray<T>::value) {
    for (auto& element : v) get(element);
  } else if constexpr (detail::IsMap<T>::value) {
    v.clear();
    for (auto n = count(); n > 0 && ok(); --n) {
      typename T::key_type key{};
      get(key);
      get(v[key]);
    }
  } else {
    describe(*this, v);
  }
}

}  // namespace headland::station
