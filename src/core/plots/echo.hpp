// SPDX-License-Identifier: Apache-2.0
// What is summed up of an echo while the antenna turns. All sums are integers: the order of joining cannot matter.
#pragma once

#include <cstdint>

#include "core/base/time.hpp"
#include "core/plots/echo_shape.hpp"
#include "core/plots/split/run_memory.hpp"
#include "core/video/hits.hpp"

namespace headland::plots {

// Cells [begin, end) of one spoke, and what is in them.
struct RunSums {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint8_t peak = 0;  // as in Echo
  std::uint8_t peak_threshold = 0;
  std::uint32_t weight = 0;
  std::uint32_t approaching = 0;
  std::uint32_t receding = 0;
  std::uint64_t weighted_cell = 0;
};

// What is known of an echo. Cells count from the first cell of the spoke; positions are those of HitSpoke.
struct Echo {
  AntennaPosition first = 0;
  AntennaPosition last = 0;
  Timestamp first_time;
  Timestamp last_time;
  std::uint64_t weight = 0;         // sum of levels
  std::uint64_t weighted_cell = 0;  // sum of level * cell
  // In bearing a level counts as often as its run is long (64 at most): where the receiver saturates, the
  // main lobe is as strong as the sidelobes, but its runs are longer.
  std::uint64_t bearing_weight = 0;    // sum of level * length of run
  std::int64_t weighted_position = 0;  // sum of level * length * (position - first), in 2^-24 turns
  EchoMoments moments;                 // positions from `first`
  std::uint32_t cells = 0;
  std::uint32_t near_cell = 0;
  std::uint32_t far_cell = 0;
  std::uint32_t longest_run = 0;
  std::uint8_t peak = 0;            // highest level
  std::uint8_t peak_threshold = 0;  // the threshold there
  std::uint32_t doppler_cells = 0;  // cells whose spoke has Doppler, and those marked as moving
  std::uint32_t approaching = 0;
  std::uint32_t receding = 0;
  bool large = false;  // a piece of an echo that went over the limits
  RunChain runs;       // those that it is made of, where they are remembered
  // Of a part of an echo that held several (split/echo_splitter.hpp): amplitude where it meets its neighbour over its
  // own, where that lies before or behind it, and beside it. 0: none does.
  double crowded_along = 0.0;
  double crowded_across = 0.0;

  [[nodiscard]] AntennaPosition centroid() const;
  // Nothing in it yet; stays `large`.
  void start(AntennaPosition position, Timestamp time);
  void add(AntennaPosition position, Timestamp time, bool has_doppler, const RunSums& run);
  // Of two echoes one; the runs are not joined.
  void merge(const Echo& from);
};

}  // namespace headland::plots
