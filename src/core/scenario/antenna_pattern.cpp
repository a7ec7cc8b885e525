// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/antenna_pattern.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace headland::scenario {

AntennaPattern::AntennaPattern(const RadarSettings& radar) {
  const double beam = radar.beam_deg * radians_per_degree;
  for (std::size_t i = 0; i < table_.size(); ++i) {
    const double x = static_cast<double>(i) * std::numbers::pi / static_cast<double>(steps) / beam;
    const double main = std::exp(-4.0 * std::numbers::ln2 * x * x);
    // Side lobes stand about a beam width apart; the first, at 1.6 beam widths, has the stated level, and the
    // envelope falls as 1/x to a back lobe 22 dB lower.
    double side = 0.0;
    if (x > 1.0) {
      const double envelope = std::max(std::min(1.0, 1.6 / x), 0.08);
      const double lobe = std::cos(std::numbers::pi * (x - 1.6));
      side = std::pow(10.0, radar.sidelobe_db / 10.0) * envelope * envelope * (0.1 + 0.9 * lobe * lobe);
    }
    table_[i] = static_cast<float>(std::max(main, side));
  }
}

double AntennaPattern::gain(double off_axis_rad) const {
  const double at =
      std::min(std::abs(off_axis_rad) * static_cast<double>(steps) / std::numbers::pi, static_cast<double>(steps));
  const auto i = static_cast<std::size_t>(at);
  const double part = at - static_cast<double>(i);
  return static_cast<double>(table_[i]) + part * static_cast<double>(table_[i + 1] - table_[i]);
}

}  // namespace headland::scenario
