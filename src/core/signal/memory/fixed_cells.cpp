// SPDX-License-Identifier: Apache-2.0
#include "core/signal/memory/fixed_cells.hpp"

#include <algorithm>
#include <bit>

namespace headland::signal {
namespace {

// Where a row of a map of so many cells has cell k: the even ones first.
std::size_t place_of(std::size_t k, std::size_t cells) { return (k & 1U) * (cells / 2) + k / 2; }

std::uint8_t whole_level(std::uint16_t level) {
  return static_cast<std::uint8_t>(std::min((std::uint32_t{level} + 128U) >> 8U, 255U));
}

}  // namespace

void FixedCells::find(const DetectRule& rule, const ClutterMap& map, RowWorkspace& workspace) {
  const std::uint32_t cells = map.stride();
  const std::size_t words = cells / 64;
  bits_.assign(std::size_t{map.rows()} * words, 0);
  AlignedVector<std::uint8_t> levels(cells + row_slack, 0);
  AlignedVector<std::uint8_t> thresholds(cells + row_slack, 0);
  AlignedVector<std::uint8_t> caps(cells + row_slack, 0);
  AlignedVector<std::uint64_t> bits(words, 0);
  for (std::uint32_t r = 0; r < map.rows(); ++r) {
    const auto row = map.row(r);
    for (std::size_t k = 0; k < cells; ++k) levels[k] = whole_level(row[place_of(k, cells)]);
    const DetectRow detect{levels.data(),     levels.data(), nullptr,     MapUse::none,
                           thresholds.data(), caps.data(),   bits.data(), cells};
    detect_row(rule, detect, workspace);
    std::ranges::copy(bits, bits_.begin() + static_cast<std::ptrdiff_t>(r * words));
  }
}

void FixedCells::keep(std::uint32_t row, std::span<const std::uint16_t> map, std::uint32_t slower) {
  slower_ = 0;
  if (bits_.empty() || slower == 0 || map.empty()) return;
  const std::size_t words = map.size() / 64;
  if ((std::size_t{row} + 1) * words > bits_.size()) return;
  kept_row_ = std::span(bits_).subspan(row * words, words);
  if (std::ranges::all_of(kept_row_, [](std::uint64_t w) { return w == 0; })) return;
  slower_ = slower;
  kept_.assign(map.begin(), map.end());
}

void FixedCells::ease(std::span<std::uint16_t> map, std::uint16_t echo_step) {
  if (slower_ == 0) return;
  for (std::size_t w = 0; w < kept_row_.size(); ++w) {
    for (std::uint64_t left = kept_row_[w]; left != 0; left &= left - 1) {
      const std::size_t at = place_of(w * 64 + static_cast<std::size_t>(std::countr_zero(left)), map.size());
      const int step = int{map[at]} - int{kept_[at]};
      // As slow already: the rise of an echo.
      if (step >= 0 && step <= echo_step) continue;
      map[at] = static_cast<std::uint16_t>(int{kept_[at]} + step / (1 << slower_));
    }
  }
  slower_ = 0;
}

std::size_t FixedCells::count() const {
  std::size_t n = 0;
  for (const std::uint64_t w : bits_) n += static_cast<std::size_t>(std::popcount(w));
  return n;
}

}  // namespace headland::signal
