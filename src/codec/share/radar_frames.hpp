// SPDX-License-Identifier: Apache-2.0
// Radar video and plots for the page (stream types 5 and 9).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "codec/share/frame.hpp"
#include "core/geo/local_frame.hpp"
#include "core/plots/plot.hpp"

namespace headland::share {

// Consecutive azimuths of one radar on a fixed grid of the turn.
struct SpokeBatch {
  SensorId sensor;
  Timestamp time;  // antenna time of the last spoke
  std::uint16_t first_azimuth = 0;
  std::uint16_t azimuths_per_turn = 0;  // 2048 or fewer
  std::uint16_t cells = 0;              // a spoke, 1024 or fewer
  Metres range_start;                   // near edge of the first cell
  Metres cell_size;
  GeoPosition antenna;
  Timestamp echo_clock;                      // the server's wall clock when the last spoke's echo came in
  std::span<const std::uint8_t> amplitudes;  // spoke after spoke; its size gives the number of spokes
};
[[nodiscard]] Frame spokes_frame(const SpokeBatch& batch);

struct PlotMark {
  GeoPosition position;
  Decibels strength;
  std::uint32_t cells = 0;
  DopplerCell doppler = DopplerCell::none;
};
// Where the plots of a sector lie on the ground; `plane` is the node's plane that the sector names.
[[nodiscard]] std::vector<PlotMark> plot_marks(const PlotSector& sector, const LocalFrame& plane);
[[nodiscard]] Frame plots_frame(SensorId sensor, Timestamp time, std::span<const PlotMark> marks);

}  // namespace headland::share
