// SPDX-License-Identifier: Apache-2.0
// Horizontal pattern of a radar antenna: Gaussian main lobe, side lobes that fall off with the angle.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/scenario/scene.hpp"

namespace headland::scenario {

class AntennaPattern {
 public:
  explicit AntennaPattern(const RadarSettings& radar) {
    const double beam = radar.beam_deg * radians_per_degree;
    for (std::size_t i = 0; i < table_.size(); ++i) {
      const double x = static_cast<double>(i) * std::numbers::pi / static_cast<double>(steps) / beam;
      const double main = std::exp(-4.0 * std::numbers::ln2 * x * x);
      table_[i] = static_cast<float>(std::max(main, side_lobes(x, radar.sidelobe_db)));
    }
  }

  // One-way power gain relative to the axis at `off_axis_rad` (any sign, |off| <= pi); because power
  // goes out and comes back through it, this is also the two-way amplitude.
  [[nodiscard]] double gain(double off_axis_rad) const {
    const double at =
        std::min(std::abs(off_axis_rad) * static_cast<double>(steps) / std::numbers::pi, static_cast<double>(steps));
    const auto i = static_cast<std::size_t>(at);
    const double part = at - static_cast<double>(i);
    return static_cast<double>(table_[i]) + part * static_cast<double>(table_[i + 1] - table_[i]);
  }

 private:
  // `x` in beam widths. Side lobes stand a beam width apart; the first, at 1.6, has the stated level, and the
  // envelope falls as 1/x^2 to a back lobe 22 dB lower.
  static double side_lobes(double x, double first_db) {
    if (x <= 1.0) return 0.0;
    const double envelope = std::max(std::min(1.0, 1.6 / x), 0.08);
    const double lobe = std::cos(std::numbers::pi * (x - 1.6));
    return std::pow(10.0, first_db / 10.0) * envelope * envelope * (0.1 + 0.9 * lobe * lobe);
  }

  static constexpr std::size_t steps = 8192;  // of pi; finer than a tenth of any beam
  std::array<float, steps + 2> table_{};
};

}  // namespace headland::scenario
