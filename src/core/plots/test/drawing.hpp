// SPDX-License-Identifier: Apache-2.0
// Hits drawn by hand, and the plots that they give. For tests only.
#pragma once

#include <algorithm>
#include <vector>

#include "core/plots/plot_extractor.hpp"
#include "core/video/azimuth_clock.hpp"

namespace headland::plots {

inline constexpr std::uint32_t spokes_per_turn = 720;
inline constexpr std::uint32_t cells = 640;
inline constexpr double cell_m = 10.0;

// Hits drawn by hand: spokes of half a degree, 2.5 s a turn, cells of 10 m.
class Drawing {
 public:
  explicit Drawing(std::int64_t spokes, std::int64_t first = 0) : first_(first) {
    block_.sensor = SensorId(3);
    block_.stride = padded_cells(cells);
    const auto n = static_cast<std::size_t>(spokes);
    block_.levels.assign(n * block_.stride, 0);
    block_.thresholds.assign(n * block_.stride, 100);
    block_.bits.assign(n * block_.stride / 64, 0);
    for (std::int64_t i = 0; i < spokes; ++i) {
      HitSpoke spoke;
      spoke.position = (2 * (first + i) + 1) * positions_per_turn / (2 * spokes_per_turn);
      spoke.bearing = bearing_of(spoke.position);
      spoke.width = Angle::from_degrees(360.0 / spokes_per_turn);
      spoke.time = from_epoch_seconds(100.0 + 2.5 * static_cast<double>(first + i) / spokes_per_turn);
      spoke.cell_size = Metres(cell_m);
      spoke.cell_count = cells;
      spoke.row = static_cast<std::uint32_t>(i);
      block_.spokes.push_back(spoke);
    }
  }

  void dot(std::int64_t spoke, std::uint32_t cell, std::uint8_t level = 200) {
    const auto row = static_cast<std::size_t>(spoke - first_);
    block_.levels[row * block_.stride + cell] = level;
    block_.bits[row * (block_.stride / 64) + cell / 64] |= std::uint64_t{1} << (cell % 64);
  }
  void box(std::int64_t spoke, std::uint32_t cell, std::int64_t spokes, std::uint32_t length) {
    for (std::int64_t s = spoke; s < spoke + spokes; ++s) {
      for (std::uint32_t k = cell; k < cell + length; ++k) dot(s, k);
    }
  }
  void lose(std::int64_t spoke, std::int64_t count) {
    std::erase_if(block_.spokes, [&](const HitSpoke& s) {
      const std::int64_t index = first_ + s.row;
      return index >= spoke && index < spoke + count;
    });
  }
  [[nodiscard]] HitBlock& block() { return block_; }

 private:
  std::int64_t first_;
  HitBlock block_;
};

inline Config small_config() {
  Config config;
  config.minimum_cells = 1;
  config.minimum_spokes = 1;
  config.run_ratio = 0;
  return config;
}

inline std::vector<PlotSector> extract(Drawing& drawing, const Config& config = small_config()) {
  PlotExtractor extractor(config);
  std::vector<PlotSector> sectors;
  extractor.process(drawing.block(), sectors);
  extractor.finish(sectors);
  return sectors;
}

inline std::vector<Plot> plots_of(const std::vector<PlotSector>& sectors) {
  std::vector<Plot> all;
  for (const PlotSector& sector : sectors) all.insert(all.end(), sector.plots.begin(), sector.plots.end());
  return all;
}

}  // namespace headland::plots
