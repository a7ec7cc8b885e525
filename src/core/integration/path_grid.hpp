// SPDX-License-Identifier: Apache-2.0
// Track-before-detect by dynamic programming (Barniv 1985; Johnston, Krishnamurthy 2002): for each cell of half a beam
// by a pulse and each of some 64 velocities the best score that a path of any length ending there has gathered.
//
// A score is a sum of logarithms of likelihood ratios less what changes of course cost; a path begins where nothing
// better leads to the cell (Page 1954: a sum that never falls below 0). So a path is as long as it pays: 5 to 20 turns
// for a weak vessel, and nothing has to be cut into batches.
//
// A velocity moves paths by whole cells a turn, following the line through the middle of a cell to within half a cell
// over a cycle of 16 turns; along the line a path may slip by a cell or change to a neighbouring velocity, at a cost.
// Rows lie across bearing, so that a run of cells of one velocity is one contiguous run of bytes: across bearing, how
// many rows a vessel moves depends on range, along the row it is constant in segments.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/angle.hpp"
#include "core/base/units.hpp"
#include "core/video/aligned.hpp"

namespace headland::integration {

struct GridGeometry {
  std::uint32_t rows = 0;  // bearings, of a whole turn if `closed`
  std::uint32_t cells = 0;
  bool closed = true;
  Angle row_width;
  Metres range_start;
  Metres cell_size;
  Seconds turn_time;
  friend bool operator==(const GridGeometry&, const GridGeometry&) = default;
};

// Costs in quarters of a nat: logarithms of the chances of where a vessel goes from a cell in a turn, which together
// are one (to a hundredth), so that a path beside an echo never costs less than chance. A test holds them to it.
struct PathConfig {
  MetresPerSecond fastest{15.5};          // [1 .. 60]
  std::uint32_t radial_velocities = 16;   // over -fastest .. fastest [1 .. 32]
  std::uint32_t crossing_velocities = 5;  // [1 .. 32]
  std::uint8_t straight_cost = 1;         // to go on
  std::uint8_t slip_cost = 14;            // to be a cell nearer or farther than the velocity says
  std::uint8_t side_slip_cost = 15;       // a row to one side
  std::uint8_t change_cost = 15;          // to a neighbouring velocity
  std::uint8_t cap = 120;                 // no score is higher
};

struct Velocity {
  double radial_mps = 0.0;    // positive: receding
  double crossing_mps = 0.0;  // positive: clockwise
};

class PathGrid {
 public:
  static constexpr std::uint32_t cycle = 16;  // turns
  static constexpr int farthest_rows = 4;     // that a path can cross in a turn; nearer vessels are lost
  static constexpr std::uint32_t margin = 32;

  PathGrid(const GridGeometry& geometry, const PathConfig& config);

  // What the next row of this turn shows: gains and losses of `cells` cells. Rows in any order, each once a turn.
  void advance(std::uint32_t row, std::span<const std::uint8_t> gains, std::span<const std::uint8_t> losses);
  // The turn is over: what it gave is what the next comes from. Rows not advanced are forgotten.
  void end_turn();

  // The best score of each cell of a row, of the turn under way if the row was advanced in it.
  [[nodiscard]] std::span<const std::uint8_t> best(std::uint32_t row) const {
    return std::span(best_).subspan(std::size_t{row} * geometry_.cells, geometry_.cells);
  }
  // The velocity of the best score of a cell.
  [[nodiscard]] std::uint32_t layer_of(std::uint32_t row, std::uint32_t cell) const;
  [[nodiscard]] std::span<const Velocity> velocities() const { return velocities_; }
  [[nodiscard]] const GridGeometry& geometry() const { return geometry_; }
  [[nodiscard]] std::size_t bytes() const;
  void use_scalar(bool scalar) { scalar_ = scalar; }  // the plain twin, for tests

 private:
  struct Segment {
    std::uint32_t begin;
    std::uint32_t end;
    int rows;
  };
  struct Layer {
    std::array<std::uint32_t, 4> neighbours{};
    std::uint32_t neighbour_count = 0;
    std::array<int, cycle> shifts{};                     // cells, by phase
    std::array<std::vector<Segment>, cycle> segments{};  // by phase
  };
  using Rows = std::vector<AlignedVector<std::uint8_t>>;

  void make_velocities();
  void plan(std::uint32_t layer);
  [[nodiscard]] const std::uint8_t* old_scores(int row, std::uint32_t layer) const;
  void advance_run(std::uint32_t row, std::uint32_t layer, const Segment& segment, int shift, const std::uint8_t* gains,
                   const std::uint8_t* losses, std::uint8_t* to);

  GridGeometry geometry_;
  PathConfig config_;
  bool scalar_ = false;
  std::uint32_t stride_ = 0;
  std::uint32_t phase_ = 0;
  std::vector<Velocity> velocities_;
  std::vector<Layer> layers_;
  Rows before_;  // a row's layers one after another; empty where nothing was seen
  Rows now_;
  std::vector<std::uint8_t> advanced_;  // rows, in this turn
  AlignedVector<std::uint8_t> nothing_;
  std::vector<std::uint8_t> best_;
};

}  // namespace headland::integration
