// SPDX-License-Identifier: Apache-2.0
// What the signal stage does with its mask.
#include <algorithm>
#include <bit>

#include "core/signal/signal_stage.hpp"

namespace headland::signal {

std::span<const std::uint64_t> SignalStage::masked_row(std::uint32_t fraction) const {
  if (mask_bits_.empty()) return {};
  const std::size_t words = geometry_.capacity / 64;
  return std::span(mask_bits_).subspan((std::uint64_t{fraction} * mask_.azimuths() >> 32) * words, words);
}

void SignalStage::apply_mask(const HitSpoke& spoke, HitBlock& out) {
  const auto masked = masked_row(static_cast<std::uint32_t>(spoke.position));
  std::uint64_t* const bits = out.bits.data() + std::size_t{spoke.row} * (out.stride / 64);
  for (std::size_t i = 0; i < (spoke.cell_count + 63) / 64; ++i) {
    counters_.masked_hits += static_cast<std::uint64_t>(std::popcount(bits[i] & masked[i]));
    bits[i] &= ~masked[i];
    if (!out.weak_bits.empty()) out.weak_bits[std::size_t{spoke.row} * (out.stride / 64) + i] &= ~masked[i];
  }
}

void SignalStage::spread_mask() {
  mask_bits_.clear();
  if (mask_.empty() || geometry_.capacity == 0) return;
  const std::size_t words = geometry_.capacity / 64;
  mask_bits_.assign(mask_.azimuths() * words, 0);
  for (std::uint32_t k = 0; k < geometry_.capacity; ++k) {
    const double middle = (geometry_.range_start + (k + 0.5) * geometry_.cell_size) / mask_.range_cell();
    if (middle < 0.0 || middle >= mask_.range_cells()) continue;
    const auto cell = static_cast<std::uint32_t>(middle);
    for (std::uint32_t a = 0; a < mask_.azimuths(); ++a) {
      if (mask_.is_masked(a, cell)) mask_bits_[a * words + k / 64] |= std::uint64_t{1} << (k % 64);
    }
  }
}

}  // namespace headland::signal
