// SPDX-License-Identifier: Apache-2.0
// Radar video made for tests: noise, clutter and point echoes with the shape of beam and pulse.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

#include "core/base/random.hpp"
#include "core/video/spoke.hpp"

namespace headland::test {

struct PointEcho {
  double range_m = 0.0;
  double bearing_deg = 0.0;
  double amplitude = 200.0;
};

struct VideoScene {
  std::uint32_t spokes_per_turn = 720;
  std::uint32_t cells = 600;
  double cell_m = 10.0;
  double turn_s = 2.5;
  double beam_deg = 2.0;     // between half-power points, two-way
  double pulse_m = 20.0;     // between half-amplitude points
  double noise_mean = 20.0;  // Rayleigh; 0 = none
  double start_s = 1000.0;
  std::uint64_t seed = 1;
  std::vector<PointEcho> echoes;
  // Optional mean level of clutter at (turn fraction, range).
  std::function<double(double, double)> clutter;

  [[nodiscard]] SpokeInfo info(std::int64_t index) const {
    SpokeInfo spoke;
    const double per_turn = spokes_per_turn;
    spoke.time = from_epoch_seconds(start_s + turn_s * static_cast<double>(index) / per_turn);
    const auto step = static_cast<double>(index % static_cast<std::int64_t>(spokes_per_turn));
    spoke.bearing = Bearing::from_degrees((step + 0.5) * 360.0 / per_turn);
    spoke.width = Angle::from_degrees(360.0 / per_turn);
    spoke.range_start = Metres(0.0);
    spoke.cell_size = Metres(cell_m);
    spoke.sequence = static_cast<std::uint32_t>(index);
    spoke.cell_count = cells;
    return spoke;
  }

  // Cells of spoke `index`, counted over all turns: always the same for the same index.
  [[nodiscard]] std::vector<std::uint8_t> levels(std::int64_t index) const {
    Random random(seed * 1'000'003 + static_cast<std::uint64_t>(index));
    const SpokeInfo spoke = info(index);
    std::vector<double> level(cells, 0.0);
    for (const PointEcho& echo : echoes) add(echo, spoke, level);
    std::vector<std::uint8_t> out(cells);
    for (std::uint32_t k = 0; k < cells; ++k) {
      double mean = noise_mean;
      if (clutter) mean = std::max(mean, clutter(spoke.bearing.degrees() / 360.0, (k + 0.5) * cell_m));
      // Amplitude of noise and echo: two quadratures.
      const double sigma = mean / 1.2533141373155003;
      const double value =
          sigma == 0.0 ? level[k] : std::hypot(level[k] + sigma * random.normal(), sigma * random.normal());
      out[k] = static_cast<std::uint8_t>(std::clamp(value + 0.5, 0.0, 255.0));
    }
    return out;
  }

  // Spokes first .. first + count - 1 in one block.
  [[nodiscard]] SpokeBlock block(std::int64_t first, std::int64_t count) const {
    SpokeBlock out;
    out.sensor = SensorId(1);
    for (std::int64_t i = first; i < first + count; ++i) {
      SpokeInfo spoke = info(i);
      spoke.first_sample = static_cast<std::uint32_t>(out.samples.size());
      const auto cells_of_spoke = levels(i);
      out.samples.insert(out.samples.end(), cells_of_spoke.begin(), cells_of_spoke.end());
      out.spokes.push_back(spoke);
    }
    return out;
  }

 private:
  void add(const PointEcho& echo, const SpokeInfo& spoke, std::vector<double>& level) const {
    const double off = (spoke.bearing - Bearing::from_degrees(echo.bearing_deg)).degrees();
    // Gaussian beam, half power (0.707 of the amplitude) at half the width.
    const double beam = std::exp(-0.3466 * std::pow(off / (0.5 * beam_deg), 2.0));
    if (beam < 0.01) return;
    for (std::uint32_t k = 0; k < cells; ++k) {
      const double away = (k + 0.5) * cell_m - echo.range_m;
      if (std::abs(away) > 3.0 * pulse_m) continue;
      level[k] += echo.amplitude * beam * std::exp(-0.6931 * std::pow(away / (0.5 * pulse_m), 2.0));
    }
  }
};

}  // namespace headland::test
