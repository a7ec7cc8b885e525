// SPDX-License-Identifier: Apache-2.0
// From the scores of a grid to paths worth reporting: a path is declared where the best score of a neighbourhood
// reaches its limit, and followed until it has lost a good part of it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/integration/path_grid.hpp"
#include "core/integration/path_survey.hpp"

namespace headland::integration {

struct FollowConfig {
  std::uint8_t hold = 16;          // a path is followed down to the score that declared it, or to its limit, less this
  std::uint32_t near_cells = 5;    // one path only within so many cells
  std::uint32_t near_rows = 3;     // and so many rows [1 .. 8]
  std::uint32_t shade_cells = 24;  // nor is a weaker one declared so near to one that is followed:
  std::uint32_t shade_rows = 8;    // other velocities of the same echo
  std::uint32_t most_unseen = 6;   // turns that a path leads on without an echo on its line
  std::uint32_t most_paths = 500;
  std::uint32_t most_looks = 20'000;  // along straight lines, in a turn
};

// One path in one turn.
struct PathReport {
  std::uint64_t path = 0;  // number, from 1
  std::uint32_t row = 0;
  std::uint32_t cell = 0;
  std::uint32_t layer = 0;  // velocity
  std::uint8_t score = 0;   // quarters of a nat
  std::uint32_t turns = 0;  // since it was declared, 0 = in this turn
  bool shows = true;        // in this turn, and the lines about it still speak for it
  double evidence = 0.0;    // nats, when it was declared: of its path or, where that says more, of a straight line
};

// What straight lines say for a vessel in a cell that goes about so fast, in nats (LineSearch::evidence).
// May be too little where it is less than `least`.
using LineEvidence = std::function<double(std::uint32_t row, std::uint32_t cell, const Velocity& about, double least)>;

// What a row is judged by, for each of its cells; scores and limits in quarters of a nat.
struct Judgement {
  std::span<const std::uint8_t> gains;    // of this turn: a path is declared only where they speak for it
  std::span<const std::uint8_t> limits;   // the score that declares a path (0: never)
  std::span<const std::uint8_t> screens;  // the score that is worth a look along straight lines (0: never) ...
  std::span<const std::uint8_t> lines;    // ... and what these must say to declare it
};

class PathFollower {
 public:
  explicit PathFollower(const FollowConfig& config) : config_(config) {}

  // Judges a row whose neighbours within near_rows are done for this turn; rows in order. Scores of places without a
  // path are noted in the survey.
  void judge(const PathGrid& grid, const LineEvidence& lines, std::uint32_t row, const Judgement& by,
             PathSurvey& survey, std::vector<PathReport>& out);
  // Ends the paths that nothing was found of.
  void end_turn();

  [[nodiscard]] std::uint64_t declared() const { return declared_; }
  [[nodiscard]] std::uint64_t refused() const { return refused_; }  // over most_paths or most_looks
  [[nodiscard]] std::size_t followed() const { return paths_.size(); }

 private:
  struct Path {
    PathReport last;
    double row = 0.0;  // where it is expected next
    double cell = 0.0;
    std::uint8_t best = 0;   // score so far
    std::uint8_t least = 0;  // score with which it ends
    std::uint32_t unseen = 0;
    bool found = false;
    bool fresh = true;  // found in this turn or the one before
  };
  [[nodiscard]] bool is_peak(const PathGrid& grid, std::uint32_t row, std::uint32_t cell) const;
  [[nodiscard]] double rows_between(const PathGrid& grid, double a, double b) const;
  // What is known for a path at a peak, in nats; nothing if it is not enough to declare one.
  [[nodiscard]] static std::optional<double> evidence_of(const PathGrid& grid, const LineEvidence& lines,
                                                         std::uint32_t row, std::uint32_t cell, const Judgement& by);
  [[nodiscard]] static double straight_of(const PathGrid& grid, const LineEvidence& lines, std::uint32_t row,
                                          std::uint32_t cell, const Judgement& by);
  void take(const PathGrid& grid, const LineEvidence& lines, std::uint32_t row, std::uint32_t cell, const Judgement& by,
            PathSurvey& survey, std::vector<PathReport>& out);
  [[nodiscard]] bool is_in_shade(const PathGrid& grid, std::uint32_t row, std::uint32_t cell) const;
  void expect(const PathGrid& grid, Path& path) const;

  FollowConfig config_;
  std::vector<Path> paths_;  // in order of number
  std::uint64_t declared_ = 0;
  std::uint64_t refused_ = 0;
  std::uint32_t looks_ = 0;  // in this turn
};

}  // namespace headland::integration
