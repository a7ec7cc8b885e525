// SPDX-License-Identifier: Apache-2.0
// Radar video for the page: spokes of any radar on a fixed grid of azimuths and at most 1024 cells,
// each the largest of the cells it stands for, so that a small echo never vanishes between pixels.
#pragma once

#include <cstdint>
#include <vector>

#include "core/video/spoke.hpp"

namespace headland::station {

// Consecutive azimuths of one radar, spoke after spoke.
struct VideoBatch {
  SensorId sensor;
  BearingReference reference = BearingReference::true_north;
  Timestamp time;                   // of the last spoke
  std::uint16_t first_azimuth = 0;  // index on the grid, clockwise
  std::uint16_t azimuths_per_turn = 0;
  std::uint16_t spokes = 0;
  std::uint16_t cells = 0;  // a spoke
  Metres range_start;
  Metres cell_size;
  std::uint32_t spokes_in = 0;           // of the radar, that went into it
  std::vector<std::uint8_t> amplitudes;  // spokes * cells
};

class VideoGrid {
 public:
  struct Config {
    std::uint16_t azimuths_max = 2048;  // power of two
    std::uint16_t cells_max = 1024;
    Seconds batch = Seconds(0.1);  // a batch is closed when it spans this much data time
  };

  VideoGrid() : VideoGrid(Config{}) {}
  explicit VideoGrid(Config config) : config_(config) {}

  void process(const SpokeBlock& block, std::vector<VideoBatch>& out);
  // Closes the batch under way.
  void flush(std::vector<VideoBatch>& out);

 private:
  struct Scale {
    std::uint16_t azimuths = 0;
    std::uint32_t cells_in = 0;
    std::uint32_t joined = 1;  // cells that become one
    Metres range_start;
    Metres cell_size;
    friend bool operator==(const Scale&, const Scale&) = default;
  };

  [[nodiscard]] Scale scale_of(const SpokeInfo& spoke) const;
  void add(const SpokeBlock& block, const SpokeInfo& spoke, std::vector<VideoBatch>& out);
  void reduce(const SpokeBlock& block, const SpokeInfo& spoke);
  void append(std::uint32_t index, const SpokeInfo& spoke);

  Config config_;
  Scale scale_;
  VideoBatch batch_;
  Timestamp batch_began_;
  std::vector<std::uint8_t> row_;
};

}  // namespace headland::station
