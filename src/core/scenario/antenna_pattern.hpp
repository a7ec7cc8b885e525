// SPDX-License-Identifier: Apache-2.0
// Horizontal pattern of a radar antenna: Gaussian main lobe, side lobes that fall off with the angle.
#pragma once

#include <array>

#include "core/scenario/scene.hpp"

namespace headland::scenario {

class AntennaPattern {
 public:
  explicit AntennaPattern(const RadarSettings& radar);

  // One-way power gain relative to the axis at `off_axis_rad` (any sign, |off| <= pi); because power
  // goes out and comes back through it, this is also the two-way amplitude.
  [[nodiscard]] double gain(double off_axis_rad) const;

 private:
  static constexpr std::size_t steps = 8192;  // of pi; finer than a tenth of any beam
  std::array<float, steps + 2> table_{};
};

}  // namespace headland::scenario
