// SPDX-License-Identifier: Apache-2.0
// Land as one radar sees it, worked out once: echo level of each cell, smeared by the beam; where the
// sea is in view; how high the land stands before a range.
#pragma once

#include <array>
#include <span>

#include "core/scenario/antenna_pattern.hpp"
#include "core/scenario/radar_equation.hpp"
#include "core/scenario/terrain.hpp"

namespace headland::scenario {

class LandEchoes {
 public:
  struct Run {  // cells first ... first + count - 1 have an echo
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    std::size_t code = 0;  // index of the first of `count` levels
  };
  struct Stretch {  // of sea in view, cells first ... last - 1
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };

  // `at`: the antenna in the plane of the rings; `north`: true north at it, from the plane's axis.
  LandEchoes(const Terrain& terrain, const std::vector<PlaneRing>& rings, const RadarSettings& radar, EastNorth at,
             Angle north, std::uint64_t seed);

  [[nodiscard]] std::span<const Run> runs(std::size_t azimuth) const { return row_of(runs_, run_start_, azimuth); }
  [[nodiscard]] std::span<const std::uint8_t> levels(const Run& run) const {
    return std::span(codes_).subspan(run.code, run.count);
  }
  // Amplitude of a level, in units of the root of the mean noise power.
  [[nodiscard]] float amplitude(std::uint8_t level) const { return amplitude_[level]; }
  [[nodiscard]] std::span<const Stretch> sea(std::size_t azimuth) const { return row_of(sea_, sea_start_, azimuth); }
  // Greatest elevation (effective Earth, radians) of land nearer than `range_m`; -1000 where none.
  [[nodiscard]] double blocked_rad(std::size_t azimuth, double range_m) const;

 private:
  struct Step {
    float range_m;
    float elevation_rad;
  };
  struct Raw {  // before the beam
    std::vector<float> power;
    std::vector<Run> runs;
    std::vector<std::size_t> start;
  };

  template <class T>
  static std::span<const T> row_of(const std::vector<T>& all, const std::vector<std::size_t>& start, std::size_t row) {
    return std::span(all).subspan(start[row], start[row + 1] - start[row]);
  }
  [[nodiscard]] std::vector<double> shore_crossings(const std::vector<PlaneRing>& rings, double bearing_rad) const;
  void look_along(const Terrain& terrain, const std::vector<double>& crossings, double bearing_rad, Raw& raw);
  void smear(const Raw& raw);

  RadarSettings radar_;
  RadarConstants constants_;
  EastNorth at_;
  std::uint64_t seed_;
  std::vector<Run> runs_;
  std::vector<std::size_t> run_start_;
  std::vector<std::uint8_t> codes_;  // half decibels over noise, plus 20; 0 = no echo
  std::vector<Stretch> sea_;
  std::vector<std::size_t> sea_start_;
  std::vector<Step> steps_;  // where the running maximum of the elevation rises
  std::vector<std::size_t> step_start_;
  std::array<float, 256> amplitude_{};
};

}  // namespace headland::scenario
