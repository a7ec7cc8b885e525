// SPDX-License-Identifier: Apache-2.0
// Numbers that everybody needs; angles in radians (a degree: radians_per_degree, units.hpp).
#pragma once

#include <numbers>

namespace headland {

inline constexpr double pi = std::numbers::pi;
inline constexpr double full_turn = 2.0 * pi;

constexpr double square(double x) { return x * x; }

}  // namespace headland
