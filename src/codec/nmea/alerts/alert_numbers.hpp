// SPDX-License-Identifier: Apache-2.0
// How alerts are named in sentences, and how times are written there. Inside of codec/nmea/alerts only.
#pragma once

#include <algorithm>
#include <cstdio>
#include <string>

#include "core/rules/alert.hpp"

namespace headland::nmea {

inline constexpr std::uint32_t our_identifier = 10'001;  // from 10000 on: none of the standards'

inline std::uint32_t alarm_number(AlertId id) { return id.value() % 1000U; }
inline std::uint32_t instance_of(AlertId id) { return 1 + (id.value() - 1) % 999'999U; }

// hhmmss.ss, UTC.
inline std::string clock_text(Timestamp t) {
  const auto day = std::chrono::floor<std::chrono::days>(t);
  const auto hundredths = (t - day) / std::chrono::milliseconds(10);
  char text[16];
  const int n = std::snprintf(text, sizeof(text), "%02d%02d%02d.%02d", static_cast<int>(hundredths / 360'000),
                              static_cast<int>(hundredths / 6000 % 60), static_cast<int>(hundredths / 100 % 60),
                              static_cast<int>(hundredths % 100));
  return {text, static_cast<std::size_t>(std::max(0, n))};
}

}  // namespace headland::nmea
