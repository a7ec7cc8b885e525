// SPDX-License-Identifier: Apache-2.0
// The scan that the detection line is measured on: 4096 spokes of 8192 cells of 8 bits; Rayleigh noise,
// textured sea clutter that falls with range (amplitude compound: Rayleigh times the root of a gamma
// variate that holds over patches), 3000 echoes with the shape of beam and pulse.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "core/base/random.hpp"
#include "core/video/spoke.hpp"

namespace headland::bench {

struct Scan {
  std::uint32_t spokes = 4096;
  std::uint32_t cells = 8192;
  std::vector<std::uint8_t> levels;  // spokes * cells

  [[nodiscard]] double megacells() const { return static_cast<double>(levels.size()) / 1e6; }
  [[nodiscard]] const std::uint8_t* row(std::size_t spoke) const { return levels.data() + spoke * cells; }
};

// Radar of class B: 4096 spokes of 8192 cells at 48 turns a minute.
inline constexpr double class_b_cells_per_s = 4096.0 * 8192.0 * 48.0 / 60.0;

inline void add_echoes(Scan& scan, Random& random, std::vector<float>& amplitude, std::uint32_t count) {
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t spoke = random.below(scan.spokes);
    const std::uint32_t cell = random.below(scan.cells - 40);
    const auto length = static_cast<int>(2 + random.below(12));
    const double peak = random.uniform(60.0, 250.0);
    for (int s = -10; s <= 10; ++s) {
      const double beam = std::exp(-0.3466 * s * s / 25.0);
      const std::size_t row = (spoke + scan.spokes + static_cast<std::uint32_t>(s + 64) - 64U) % scan.spokes;
      for (int k = 0; k < length; ++k) {
        amplitude[row * scan.cells + cell + static_cast<std::size_t>(k)] += static_cast<float>(peak * beam);
      }
    }
  }
}

inline Scan make_scan(std::uint64_t seed = 1) {
  Scan scan;
  Random random(seed);
  std::vector<float> echo(std::size_t{scan.spokes} * scan.cells);
  add_echoes(scan, random, echo, 3000);
  // Rayleigh values by table: the quantiles, drawn at random; the shape is what matters, not the speed.
  std::array<float, 4096> rayleigh{};
  for (std::size_t i = 0; i < rayleigh.size(); ++i) {
    rayleigh[i] = static_cast<float>(std::sqrt(-2.0 * std::log(1.0 - (static_cast<double>(i) + 0.5) / 4096.0)));
  }
  scan.levels.resize(echo.size());
  constexpr std::uint32_t patch = 16;
  std::vector<float> texture(scan.cells / patch);
  for (std::uint32_t s = 0; s < scan.spokes; ++s) {
    if (s % patch == 0) {
      for (std::size_t p = 0; p < texture.size(); ++p) {
        const double clutter = 60.0 * std::pow(1.0 + static_cast<double>(p * patch) / 400.0, -1.5);
        texture[p] = static_cast<float>(std::hypot(14.0, clutter * std::sqrt(random.gamma(1.5) / 1.5)));
      }
    }
    for (std::uint32_t k = 0; k < scan.cells; ++k) {
      const std::size_t i = std::size_t{s} * scan.cells + k;
      const float value = texture[k / patch] * rayleigh[random.bits() >> 52] + echo[i];
      scan.levels[i] = static_cast<std::uint8_t>(std::min(value + 0.5F, 255.0F));
    }
  }
  return scan;
}

inline const Scan& scan() {
  static const Scan the_scan = make_scan();
  return the_scan;
}

// The scan as it comes from a decoder: blocks of 32 spokes, turn `turn` of an antenna at 48 rpm.
inline std::vector<SpokeBlock> blocks_of(const Scan& scan, std::int64_t turn) {
  std::vector<SpokeBlock> blocks;
  for (std::uint32_t s = 0; s < scan.spokes; s += 32) {
    SpokeBlock block;
    block.sensor = SensorId(1);
    for (std::uint32_t i = s; i < s + 32; ++i) {
      SpokeInfo info;
      const double turns = (i + 0.5) / scan.spokes;
      info.time = from_epoch_seconds(1000.0 + 1.25 * (static_cast<double>(turn) + turns));
      info.bearing = Bearing::from_degrees(360.0 * turns);
      info.width = Angle::from_degrees(360.0 / scan.spokes);
      info.cell_size = Metres(3.75);
      info.cell_count = scan.cells;
      info.first_sample = (i - s) * scan.cells;
      block.spokes.push_back(info);
    }
    block.samples.assign(scan.row(s), scan.row(s) + std::size_t{32} * scan.cells);
    blocks.push_back(std::move(block));
  }
  return blocks;
}

}  // namespace headland::bench
