// SPDX-License-Identifier: Apache-2.0
// The error that all bearings of a radar share just now, found from echoes that stand still.
//
// A radar's bearings are turned to true north by an encoder and, on a vessel or a mast that bends, by a heading
// that lags and jumps: for a second or so every echo lies a degree or more beside its place. Tracks cannot
// tell that from a turn of each vessel; many echoes together can.
//
// Echoes that stay where they are for some turns (coast, buoys, moored craft) are remembered in the node's
// plane, as means over many turns, so that their mean bearing is the reference. The common error is
// followed by a Bayesian filter on a grid: it drifts, and at times jumps anywhere within its prior (a jump
// Markov process; Bar-Shalom, Li, Kirubarajan 2001, chapter 11, made discrete); each plot near a remembered
// echo is evidence, or an outlier. Only plots up to now are used: radar is never held back for it.
//
// A constant error is no part of this (the mean of the radar's own bearings is the reference).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/plots/plot.hpp"

namespace headland::registration {

struct BearingStabilizerConfig {
  double error_deviation_deg = 1.0;         // of the error after a jump, 0.1 .. 3
  double drift_deg_per_root_s = 0.3;        // between jumps, 0 .. 3
  double jumps_per_s = 1.0;                 // 0 .. 10
  double echo_bearing_deviation_deg = 0.6;  // of a standing echo's plots, the common error apart, 0.05 .. 3
  double echo_range_deviation_m = 15.0;     // likewise, 1 .. 100
  double outlier_share = 0.4;               // plots near a remembered echo that are none of it, 0.01 .. 0.9
  double evidence_share = 0.5;              // plots of one coast err together: each counts for so much, 0.05 .. 1
  std::uint32_t memory_turns = 30;          // of an echo's mean place, 2 .. 1000
  std::uint32_t least_plots = 4;            // until an echo is a reference, 2 .. 100
  std::uint32_t most_echoes = 4096;         // remembered, 16 .. 100000
};

struct BearingStabilizerCounters {
  std::uint64_t sectors = 0;
  std::uint64_t corrected = 0;       // sectors whose error was significant
  std::uint64_t echoes_refused = 0;  // not remembered because most_echoes were
};

class BearingStabilizer {
 public:
  explicit BearingStabilizer(const BearingStabilizerConfig& config);

  struct Estimate {
    Angle error;           // measured bearing minus true one
    Angle deviation;       // standard deviation of that
    bool applied = false;  // significant: to be taken off
  };
  // Estimates the error of the sector's bearings; the caller takes it off where `applied` says so. Sectors of one
  // radar, placed in the plane, in order of time. Of whole turns and head-up bearings nothing is said.
  const Estimate& process(const PlotSector& sector);

  [[nodiscard]] const Estimate& estimate() const { return estimate_; }  // of the last sector
  [[nodiscard]] const BearingStabilizerCounters& counters() const { return counters_; }
  [[nodiscard]] std::size_t reference_count() const;

  static constexpr std::size_t grid_size = 81;
  static constexpr std::size_t grid_middle = grid_size / 2;
  struct Echo {
    double east_m = 0.0;
    double north_m = 0.0;
    std::uint32_t plots = 0;
    std::uint32_t last_turn = 0;
    std::uint32_t bin = 0;  // of its bearing this turn; past the last one: not sorted yet
  };
  // What a restart needs to go on exactly as it would have.
  struct Snapshot {
    std::array<double, grid_size> belief{};
    std::vector<Echo> echoes;
    std::int64_t last_ns = 0;
    std::uint32_t turn = 0;
    bool begun = false;
  };
  [[nodiscard]] Snapshot snapshot() const;
  void restore(const Snapshot& snapshot);

 private:
  struct Sighted {  // a remembered echo as the radar sees it this turn
    double range_m;
    double bearing;
    std::uint32_t echo;
  };
  void predict(double dt_s);
  void begin_turn(const PlotSector& sector);
  void sort_bins();
  void sight(const PlotSector& sector);
  void weigh(const Plot& plot);
  void add_bell(double off, double weight);
  void judge();
  void remember(const PlotSector& sector, double applied_rad);
  [[nodiscard]] std::array<std::size_t, 2> near(double range_m) const;
  [[nodiscard]] std::uint32_t match(const Plot& plot, double error_rad, std::uint32_t turn) const;

  BearingStabilizerConfig config_;
  std::array<double, grid_size> prior_{};
  std::array<double, grid_size> belief_{};
  std::vector<Echo> echoes_;
  Timestamp last_;
  std::uint32_t turn_ = 0;
  bool begun_ = false;
  Estimate estimate_;
  BearingStabilizerCounters counters_;
  std::vector<std::vector<std::uint32_t>> by_bearing_;  // echoes, by bearing from the radar this turn
  std::vector<Sighted> sighted_;                        // those near the sector, by range
  std::array<double, grid_size> likelihood_{};
};

}  // namespace headland::registration
