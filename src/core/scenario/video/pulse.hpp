// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <vector>

#include "core/scenario/radar_equation.hpp"

namespace headland::scenario {

// Adds a point's echo to a spoke. A matched filter turns the rectangular pulse into a triangle of twice its length.
inline void add_pulse(const RadarSettings& radar, double resolution_m, double range_m, std::complex<float> amplitude,
                      std::vector<std::complex<float>>& cells) {
  const double reach = std::max(resolution_m, 0.75 * radar.cell_m);
  const double limit = static_cast<double>(cells.size());
  const auto first = static_cast<std::size_t>(std::clamp((range_m - reach) / radar.cell_m, 0.0, limit));
  const auto last = static_cast<std::size_t>(std::clamp((range_m + reach) / radar.cell_m + 1.0, 0.0, limit));
  for (std::size_t k = first; k < last; ++k) {
    const double away = std::abs((static_cast<double>(k) + 0.5) * radar.cell_m - range_m);
    if (away < reach) cells[k] += amplitude * static_cast<float>(1.0 - away / reach);
  }
}

}  // namespace headland::scenario
