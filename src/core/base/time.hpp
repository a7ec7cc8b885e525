// SPDX-License-Identifier: Apache-2.0
// Time as data: UTC instants and durations in nanoseconds. Nothing here reads a clock.
#pragma once

#include <chrono>
#include <cmath>
#include <cstdint>

#include "core/base/units.hpp"

namespace headland {

using Duration = std::chrono::nanoseconds;
using Timestamp = std::chrono::sys_time<Duration>;

constexpr Duration to_duration(Seconds s) {
  return Duration(static_cast<std::int64_t>(s.value() * 1e9 + (s.value() < 0 ? -0.5 : 0.5)));
}
constexpr Seconds to_seconds(Duration d) { return Seconds(static_cast<double>(d.count()) * 1e-9); }

// Seconds since 1970-01-01 UTC; a double keeps about 0.2 us in this century. Whole seconds and the
// rest apart: whole milliseconds come out as the double nearest to them.
constexpr double epoch_seconds(Timestamp t) {
  const auto whole = std::chrono::floor<std::chrono::seconds>(t);
  return static_cast<double>(whole.time_since_epoch().count()) + static_cast<double>((t - whole).count()) / 1e9;
}
// Whole and fractional seconds are rounded apart so that no more is lost than the double lost.
inline Timestamp from_epoch_seconds(double s) {
  const double whole = std::floor(s);
  return Timestamp(std::chrono::seconds(static_cast<std::int64_t>(whole)) + Duration(std::llround((s - whole) * 1e9)));
}

}  // namespace headland
