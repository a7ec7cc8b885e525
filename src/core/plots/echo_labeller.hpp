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
#include <optional>
#include <span>
#include <vector>

#include "core/plots/echo.hpp"
#include "core/plots/split/run_memory.hpp"
#include "core/video/hits.hpp"

namespace headland::plots {

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
  // `remember`: the runs of each echo are kept and chained, as long as levels over thresholds mean something.
  explicit EchoLabeller(bool remember = false) {
    if (remember) memory_.emplace();
  }
  [[nodiscard]] const std::optional<RunMemory>& memory() const { return memory_; }

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
  // none. Later spokes can only move a centroid forward. Echoes wider than `parts_from` may fall into parts and count
  // from where they begin.
  [[nodiscard]] AntennaPosition earliest_centroid(AntennaPosition otherwise, bool large,
                                                  AntennaPosition parts_from) const;
  [[nodiscard]] std::uint64_t runs() const { return runs_; }
  [[nodiscard]] std::uint64_t lone_noise() const { return lone_noise_; }
  // How much is remembered: slots for echoes that are or were open at the same time.
  [[nodiscard]] std::size_t slots() const { return nodes_.size(); }

 private:
  using Label = std::uint32_t;
  static constexpr Label no_label = 0xFFFFFFFF;  // of a run that has touched none
  struct Run : RunSums {
    Label label = no_label;
    bool followed = false;        // found a neighbour in the next spoke
    bool followed_later = false;  // or in the one after
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
    std::uint64_t first_remembered = 0;  // number of the first run in the memory; 0: they are not
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
  void remember_runs(const HitSpoke& spoke, const HitBlock& block);
  void add_run(const Row& row, const Run& run, Echo& echo);
  void merge(Echo& into, const Echo& from);
  void end_lone(const Row& row, std::uint32_t least_cells, std::vector<Echo>& done);
  void close(Label label, std::vector<Echo>& done);
  void retire(const EchoLimits& limits, std::vector<Echo>& done);

  std::optional<RunMemory> memory_;
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
