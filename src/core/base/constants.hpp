// SPDX-License-Identifier: Apache-2.0
// Numbers that everybody needs; angles in radians.
#pragma once

#include <numbers>

namespace headland {

inline constexpr double pi = std::numbers::pi;
inline constexpr double full_turn = 2.0 * pi;
inline constexpr double degree = pi / 180.0;

constexpr double square(double x) { return x * x; }

}  // namespace headland
