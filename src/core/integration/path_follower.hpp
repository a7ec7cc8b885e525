// SPDX-License-Identifier: Apache-2.0
// From the scores of a grid to paths worth reporting: a path is declared where the best score of a neighbourhood
// reaches its limit, and followed until it has lost a good part of it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/integration/path_grid.hpp"

namespace headland::integration {

struct FollowConfig {
  std::uint8_t hold = 16;          // a declared path is followed down to its limit less this, quarters of a nat
  std::uint32_t near_cells = 5;    // one path only within so many cells
  std::uint32_t near_rows = 3;     // and so many rows [1 .. 8]
  std::uint32_t shade_cells = 24;  // nor is a weaker one declared so near to one that is followed:
  std::uint32_t shade_rows = 8;    // other velocities of the same echo
  std::uint8_t fading = 16;        // no report of a path that has lost so much of its best score: it leads on, unseen
  std::uint32_t most_paths = 500;
};

// One path in one turn.
struct PathReport {
  std::uint64_t path = 0;  // number, from 1
  std::uint32_t row = 0;
  std::uint32_t cell = 0;
  std::uint32_t layer = 0;  // velocity
  std::uint8_t score = 0;   // quarters of a nat
  std::uint32_t turns = 0;  // since it was declared, 0 = in this turn
};

class PathFollower {
 public:
  explicit PathFollower(const FollowConfig& config) : config_(config) {}

  // Judges a row whose neighbours within near_rows are done for this turn; rows in order. `limits`: the score that
  // declares a path, for each cell (0: never). It is declared only where `gains` of this turn speak for it.
  void judge(const PathGrid& grid, std::uint32_t row, std::span<const std::uint8_t> gains,
             std::span<const std::uint8_t> limits, std::vector<PathReport>& out);
  // Ends the paths that nothing was found of.
  void end_turn();

  [[nodiscard]] std::uint64_t declared() const { return declared_; }
  [[nodiscard]] std::uint64_t refused() const { return refused_; }  // over most_paths
  [[nodiscard]] std::size_t followed() const { return paths_.size(); }

 private:
  struct Path {
    PathReport last;
    double row = 0.0;  // where it is expected next
    double cell = 0.0;
    std::uint8_t best = 0;  // score so far
    bool found = false;
    bool fresh = true;  // found in this turn or the one before
  };
  [[nodiscard]] bool is_peak(const PathGrid& grid, std::uint32_t row, std::uint32_t cell) const;
  [[nodiscard]] double rows_between(const PathGrid& grid, double a, double b) const;
  // `declares`: whether a path may begin there.
  void take(const PathGrid& grid, std::uint32_t row, std::uint32_t cell, bool declares, std::vector<PathReport>& out);
  [[nodiscard]] bool is_in_shade(const PathGrid& grid, std::uint32_t row, std::uint32_t cell) const;
  void expect(const PathGrid& grid, Path& path) const;

  FollowConfig config_;
  std::vector<Path> paths_;  // in order of number
  std::uint64_t declared_ = 0;
  std::uint64_t refused_ = 0;
};

}  // namespace headland::integration
