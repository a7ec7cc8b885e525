// SPDX-License-Identifier: Apache-2.0
// After a pause the sea is learned fast, for it may be another one. What stands fixed (a pier, a buoy, rocks) does not
// change in a night, but a fast map would forget it in a few fades, and needs hours to learn it again: such cells learn
// at the pace of a settled map from the start.
//
// Fixed is a cell whose mean over turns stands out of its surroundings as an echo stands out in one turn.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/signal/clutter_map.hpp"
#include "core/signal/row_kernels.hpp"

namespace headland::signal {

class FixedCells {
 public:
  // None from here on.
  void clear() { bits_.clear(); }
  // Of all rows of a map; `rule.local` is that of a local mean alone.
  void find(const DetectRule& rule, const ClutterMap& map, RowWorkspace& workspace);

  // About the detection in a row that is learned `slower` powers of two too fast for fixed cells: what they were
  // before, and how far they may go. 0: not too fast, nothing is done. `map` as EchoShadow has it.
  void keep(std::uint32_t row, std::span<const std::uint16_t> map, std::uint32_t slower);
  void ease(std::span<std::uint16_t> map, std::uint16_t echo_step);

  [[nodiscard]] std::size_t count() const;

 private:
  std::vector<std::uint64_t> bits_;  // of each row; empty: none
  std::span<const std::uint64_t> kept_row_;
  std::vector<std::uint16_t> kept_;
  std::uint32_t slower_ = 0;
};

}  // namespace headland::signal
