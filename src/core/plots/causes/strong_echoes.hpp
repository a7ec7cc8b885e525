// SPDX-License-Identifier: Apache-2.0
// The strong echoes of the last turn and of this one so far: what side lobes and ghosts come from.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/plots/causes/config.hpp"

namespace headland::plots {

struct StrongEcho {
  double direction = 0.0;  // bearing plus 2 pi for every turn, radians
  double range_m = 0.0;
  double bearing = 0.0;          // radians
  double half_extent = 0.0;      // in bearing, radians
  double range_deviation = 0.0;  // metres
  double power_db = 0.0;         // over the threshold: as measured, or more as its width tells
  double measured_db = 0.0;      // over the threshold, not by its width
  double moves_m = 0.0;          // farther from turn to turn
  bool in_crowd = false;         // of land, a harbour, a field of wind turbines

  // Where it is when the beam looks elsewhere.
  [[nodiscard]] double range_at(double at_direction) const;
};

// How strong a point is whose echo is so wide, dB over the threshold: the two-way pattern of a Gaussian beam falls by
// 24.1 dB x^2 at x beam widths off its axis. Holds also where the receiver saturates, or where video has few levels;
// for what is itself wide it is too much. 46 dB at most.
[[nodiscard]] double power_by_width_db(Radians extent, Angle beam);

class StrongEchoes {
 public:
  explicit StrongEchoes(const CauseConfig& config) : beam_rad_(config.beam_width.radians()), median_rad_(beam_rad_) {}

  // Takes the strong echoes of a sector and forgets those of more than a turn ago.
  void take(const PlotSector& sector, bool has_strengths);
  // Whether the plot of that index, of the sector taken last, has many others about it.
  [[nodiscard]] bool in_crowd(std::size_t plot) const { return crowd_[plot] >= crowd_plots; }
  [[nodiscard]] const std::vector<StrongEcho>& echoes() const { return echoes_; }

  // The beam as configured, or wider where plots are wider in the middle of all: a beam that is not known must not make
  // every echo a strong one.
  [[nodiscard]] Angle beam() const;

  static constexpr double least_power_db = 20.0;
  static constexpr std::size_t most = 512;  // the strongest are kept
  static constexpr std::uint32_t crowd_plots = 5;
  static constexpr double crowd_m = 300.0;

 private:
  void count_neighbours(const PlotSector& sector);

  double beam_rad_;
  double median_rad_;  // of the extents of plots in bearing, of late
  std::vector<StrongEcho> echoes_;
  std::vector<std::uint32_t> crowd_;  // neighbours of each plot
};

[[nodiscard]] double direction_of(const PlotSector& sector, Bearing bearing);
// Of a plot, dB over its threshold.
[[nodiscard]] double power_of(const Plot& plot, Angle beam, bool has_strengths);

}  // namespace headland::plots
