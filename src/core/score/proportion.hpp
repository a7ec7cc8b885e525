// SPDX-License-Identifier: Apache-2.0
// Shares that were counted, and how uncertain they are.
#pragma once

#include <cmath>
#include <cstdint>

namespace headland::score {

struct Interval {
  double low = 0.0;
  double high = 1.0;
};

// Hits among so many; 95 % interval after Wilson (1927), which holds for few counts and shares near 0 and 1, too.
struct Proportion {
  std::uint64_t hits = 0;
  std::uint64_t of = 0;

  void count(bool hit) { ++of, hits += hit ? 1 : 0; }
  [[nodiscard]] double share() const { return of == 0 ? 0.0 : static_cast<double>(hits) / static_cast<double>(of); }
  [[nodiscard]] Interval interval() const {
    if (of == 0) return {};
    constexpr double z = 1.959963984540054;
    const auto n = static_cast<double>(of);
    const double p = share();
    const double middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    const double half = z / (1.0 + z * z / n) * std::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));
    return {middle - half < 0.0 ? 0.0 : middle - half, middle + half > 1.0 ? 1.0 : middle + half};
  }
};

}  // namespace headland::score
