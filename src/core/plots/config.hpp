// SPDX-License-Identifier: Apache-2.0
// What the plot extractor can be told; ranges in brackets.
#pragma once

#include <cstdint>

#include "core/base/angle.hpp"
#include "core/base/units.hpp"

namespace headland::plots {

// What becomes of an echo larger than `maximum_extent`: land, a harbour, rain.
enum class LargeEcho : std::uint8_t {
  drop,   // no plot
  split,  // a plot each time the limit is reached
};

struct Config {
  std::uint32_t sectors_per_turn = 32;          // [1 .. 360]
  Angle beam_width = Angle::from_degrees(2.0);  // between half-power points [0.1 .. 10 deg]
  Metres pulse_length{15.0};                    // c/2 times the pulse's duration [0.1 .. 1000 m]
  std::uint32_t minimum_cells = 3;              // fewer are noise [1 .. 10000]
  std::uint32_t minimum_spokes = 2;             // 1 where a spoke is wider than half a beam [1 .. 100]
  Metres minimum_extent{0.0};                   // along or across range [0 .. 1000 m]
  Metres maximum_extent{600.0};                 // along range, or across less the beam's own width [10 .. 1e5 m]
  // Runs of neighbouring spokes are one echo where the longer is at most so many times the shorter [2 .. 100; 0 = off].
  std::uint32_t run_ratio = 2;
  LargeEcho large_echo = LargeEcho::split;
  // Echoes of two or three points that beam and pulse hold apart give a plot each (split/echo_splitter.hpp).
  bool split_close = true;
  double false_alarm_probability = 1e-4;  // of the thresholds: what they say of the noise [1e-9 .. 0.1]
  // How far the beam may be past a sector's end while an open echo holds it back [0.5 .. 180 deg]; later
  // plots go into the next sector, with their own time and bearing.
  Angle hold_back = Angle::from_degrees(24.0);
  std::uint32_t plots_per_sector = 2000;  // more are counted and left out [1 .. 100000]
};

// Brings every value into its range.
[[nodiscard]] Config sanitized(Config config);

struct Counters {
  std::uint64_t spokes = 0;
  std::uint64_t runs = 0;
  std::uint64_t echoes = 0;  // connected groups of hits, whatever became of them
  std::uint64_t split = 0;   // of these fell into parts, which count as plots
  std::uint64_t plots = 0;
  std::uint64_t weak = 0;  // of these, below the threshold where the radar cut off the noise
  std::uint64_t too_small = 0;
  std::uint64_t too_large = 0;
  std::uint64_t too_many = 0;  // over plots_per_sector
  std::uint64_t sectors = 0;
  std::uint64_t late = 0;      // plots put into the sector after their own, which had gone out
  std::uint64_t restarts = 0;  // sequences broken off: other radar, reference, or a leap of the antenna
};

}  // namespace headland::plots
