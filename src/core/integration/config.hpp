// SPDX-License-Identifier: Apache-2.0
// What track-before-detect can be told; ranges in brackets.
#pragma once

#include <cstdint>

#include "core/base/angle.hpp"
#include "core/base/units.hpp"
#include "core/signal/config.hpp"

namespace headland::integration {

struct Config {
  signal::LevelLaw law = signal::LevelLaw::linear;  // of levels without decibels_per_level of their own
  double decibels_per_level = 0.5;                  // of logarithmic video [0.001 .. 5]
  Angle beam_width = Angle::from_degrees(2.0);      // between half-power points [0.1 .. 10 deg]
  Metres pulse_length{15.0};                        // c/2 times the pulse's duration [0.1 .. 1000 m]
  MetresPerSecond fastest{15.5};                    // vessels [1 .. 60 m/s]
  double false_paths_per_hour = 1.0;                // in 100 square miles of noise or clutter [0.001 .. 1000]
  // Cells so far over the local mean are plots in any case: they and what lies within a beam and a few pulses of them
  // take no part, neither for a path nor against it [10 .. 60].
  double strong_db = 15.0;
  std::uint32_t learning_turns = 16;        // before the first path is declared [4 .. 1000]
  std::uint32_t most_paths = 500;           // followed at the same time; more are counted and left out [1 .. 10000]
  std::uint64_t most_states = 120'000'000;  // cells times velocities: bytes, twice; farther cells are left out
};

// Brings every value into its range.
[[nodiscard]] Config sanitized(Config config);

struct Counters {
  std::uint64_t rows = 0;         // of cells of half a beam, taken
  std::uint64_t rows_unseen = 0;  // passed by the antenna without a spoke
  std::uint64_t cells = 0;
  std::uint64_t strong_cells = 0;    // that took no part
  std::uint64_t cells_left_out = 0;  // a turn: too far out for most_states
  std::uint64_t spokes_refused = 0;  // of video whose noise the radar has cut off, or before the turn is known
  std::uint64_t restarts = 0;        // another range, cell size, reference, law, turn or a long gap
  std::uint64_t paths = 0;           // declared
  std::uint64_t paths_refused =
      0;                    // over most_paths, or not looked at: over 20,000 places a turn that were worth a look
  std::uint64_t plots = 0;  // given out
  std::uint64_t plots_covered = 0;  // not given out, because a plot tells of the same echo
  std::uint64_t plots_late = 0;     // their sector had gone out
  std::uint64_t memory_bytes = 0;
};

}  // namespace headland::integration
