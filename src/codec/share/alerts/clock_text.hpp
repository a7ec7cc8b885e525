// SPDX-License-Identifier: Apache-2.0
// Inside of codec/share/alerts only.
#pragma once

#include <array>
#include <chrono>
#include <cstdio>
#include <string>

#include "core/base/time.hpp"

namespace headland::share {

// 2026-01-31 23:59:59 UTC
inline std::string clock_text(Timestamp t) {
  const auto day = std::chrono::floor<std::chrono::days>(t);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(t - day));
  std::array<char, 96> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u %02d:%02d:%02d UTC", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text.data();
}

}  // namespace headland::share
