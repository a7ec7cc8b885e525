// SPDX-License-Identifier: Apache-2.0
// Groups hits into echoes while the antenna turns: runs of cells, joined where they touch.
//
// Runs of neighbouring spokes that touch, also corner to corner, belong together (8-connected); a run that
// finds no neighbour in the next spoke waits for the one after, so that one empty spoke does not break an
// echo. Union-find over the runs (Rosenfeld, Pfaltz 1966, on runs instead of cells); memory holds the runs
// of three spokes and the echoes they belong to, never a picture. All sums are integers: the order of
// joining cannot matter.
//
// Most runs of noise touch nothing: they stay what they are, a run, and no echo is kept for them. Which run of an
// earlier spoke comes first that may touch is counted in the row of bits where runs end (the rank of a bit).
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "core/plots/echo_shape.hpp"
#include "core/video/hits.hpp"

namespace headland::plots {

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

  [[nodiscard]] AntennaPosition centroid() const;
};

// Where an echo becomes too large to be one thing.
struct EchoLimits {
  std::uint32_t range_cells = 0xFFFFFFFF;
  double extent_m = 1e9;  // across range, beyond the width of the beam
  double beam_rad = 0.0;
  double range_start_m = 0.0;
  double cell_size_m = 1.0;
  // Runs belong together only where the longer is at most so many times the shorter plus 2 cells, and an echo
  // ends where its runs become so much shorter than its longest: sidelobes that reach from a vessel to the
  // next, and quays with vessels along them, fall apart. 0: never.
  std::uint32_t run_ratio = 0;
  // An echo of one run of fewer cells is noise: counted, not given out.
  std::uint32_t least_lone_cells = 0;
};

class EchoLabeller {
 public:
  // Takes the next spoke. Appended to `done`: echoes that can no longer grow, and what echoes over the limits
  // have gathered so far; these go on as pieces marked `large`. Geometry must be that of the last spoke.
  void add(const HitSpoke& spoke, const HitBlock& block, const EchoLimits& limits, std::vector<Echo>& done) {
    add(spoke, block, block.bits_of(spoke), limits, done);
  }
  // The same of other cells than the hits.
  void add(const HitSpoke& spoke, const HitBlock& block, std::span<const std::uint64_t> bits, const EchoLimits& limits,
           std::vector<Echo>& done);
  // Ends all echoes: before a gap or another geometry.
  void finish(std::vector<Echo>& done);

  // The earliest centroid of the open echoes (`large` ones only if asked for), or `otherwise` where there are
  // none. Later spokes can only move a centroid forward.
  [[nodiscard]] AntennaPosition earliest_centroid(AntennaPosition otherwise, bool large) const;
  [[nodiscard]] std::uint64_t runs() const { return runs_; }
  [[nodiscard]] std::uint64_t lone_noise() const { return lone_noise_; }
  // How much is remembered: slots for echoes that are or were open at the same time.
  [[nodiscard]] std::size_t slots() const { return nodes_.size(); }

 private:
  using Label = std::uint32_t;
  static constexpr Label no_label = 0xFFFFFFFF;  // of a run that has touched none
  struct Run {
    std::uint32_t begin;  // first cell
    std::uint32_t end;    // behind the last
    Label label;
    bool followed;        // found a neighbour in the next spoke
    bool followed_later;  // or in the one after
    std::uint8_t peak;    // as in Echo
    std::uint8_t peak_threshold;
    std::uint32_t weight;
    std::uint32_t approaching;
    std::uint32_t receding;
    std::uint64_t weighted_cell;
  };
  // The runs of a spoke, in order of cells.
  struct Row {
    std::vector<Run> runs;  // the first `count`; never shrinks
    std::size_t count = 0;
    std::size_t lone = 0;               // runs without a label
    std::vector<std::uint32_t> linked;  // runs that had one when the next spoke came: the first `linked_count`
    std::size_t linked_count = 0;
    std::uint32_t longest_run = 0;        // cells
    std::vector<std::uint64_t> hits;      // a bit each cell
    std::vector<std::uint64_t> touching;  // bit k: a run of another spoke with cell k touches one of this
    std::vector<std::uint64_t> ends;      // bit k: a run ends before cell k
    std::vector<std::uint32_t> ended;     // how many bits in the words before
    std::uint64_t number = 0;
    AntennaPosition position = 0;
    Timestamp time;
    bool has_doppler = false;

    // The first run that ends at `cell` or later.
    [[nodiscard]] std::size_t first_from(std::uint32_t cell) const {
      const std::size_t word = cell / 64;
      if (word >= ends.size()) return count;
      const std::uint64_t below = ends[word] & ~(~std::uint64_t{0} << (cell % 64));
      return ended[word] + static_cast<std::size_t>(std::popcount(below));
    }
  };
  struct Node {
    Echo echo;
    std::uint64_t last_row = 0;
    Label parent = 0;
    bool open = false;  // a root with an echo
  };

  Label root(Label label);
  Label new_node(const Row& row);
  Label join(Label a, Label b);
  // The label of a run of an earlier spoke: an echo begins with it where it had none.
  Label label_of(Row& row, Run& run);
  // Joins `run` with the runs of an earlier spoke that touch it, from the `at`th on.
  void link(Run& run, Row& earlier, std::size_t at, bool Run::* follows, std::uint32_t run_ratio);
  void find_runs(const HitSpoke& spoke, const HitBlock& block, std::span<const std::uint64_t> bits);
  void label_runs(const EchoLimits& limits);
  void label_run(Run& run, const EchoLimits& limits);
  void measure_runs(const HitSpoke& spoke, const HitBlock& block);
  void gather(const EchoLimits& limits, std::vector<Echo>& done);
  static void add_run(const Row& row, const Run& run, Echo& echo);
  void end_lone(const Row& row, std::uint32_t least_cells, std::vector<Echo>& done);
  void close(Label label, std::vector<Echo>& done);
  void retire(const EchoLimits& limits, std::vector<Echo>& done);

  std::uint64_t row_ = 0;
  std::uint64_t runs_ = 0;
  std::uint64_t lone_noise_ = 0;
  Row current_;
  Row previous_;
  Row before_;  // the spoke before `previous_`: its runs that were not followed there wait
  std::vector<Node> nodes_;
  std::vector<Label> free_;
  std::vector<Label> merged_;  // in this row: to be free when nothing names them any more
};

}  // namespace headland::plots
