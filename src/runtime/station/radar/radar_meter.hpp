// SPDX-License-Identifier: Apache-2.0
// Rates and ages for the health strip of the page.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "core/geo/position.hpp"
#include "core/plots/plot.hpp"
#include "runtime/station/radar/video_grid.hpp"

namespace headland::station {

// Events a second, over the last few seconds of wall time.
class RateMeter {
 public:
  void add(std::uint64_t n) { pending_ += n; }
  // Called once a second.
  void tick(double elapsed_s) {
    const double rate = elapsed_s > 0.0 ? static_cast<double>(pending_) / elapsed_s : 0.0;
    rate_ = rate_ == 0.0 ? rate : 0.7 * rate_ + 0.3 * rate;
    pending_ = 0;
  }
  [[nodiscard]] double per_second() const { return rate_; }

 private:
  std::uint64_t pending_ = 0;
  double rate_ = 0.0;
};

// What passes of one radar.
struct RadarMeter {
  GeoPosition antenna;
  Metres range;
  BearingReference reference = BearingReference::true_north;
  RateMeter spokes;
  std::uint32_t turn = 0;
  std::optional<Timestamp> turn_began;
  std::optional<Seconds> turn_time;
  std::uint64_t plots_this_turn = 0;
  double plots_per_turn = 0.0;
  std::optional<std::chrono::steady_clock::time_point> heard;  // video
  std::optional<double> latency_ms;                            // antenna to plots

  void take(const PlotSector& sector) {
    if (!turn_began || sector.turn != turn) {
      if (turn_began && sector.turn == turn + 1) turn_time = to_seconds(sector.began - *turn_began);
      if (turn_began) plots_per_turn = static_cast<double>(plots_this_turn);
      turn = sector.turn;
      turn_began = sector.began;
      plots_this_turn = 0;
    }
    plots_this_turn += sector.plots.size();
  }
};

}  // namespace headland::station
