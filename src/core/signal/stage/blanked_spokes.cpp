// SPDX-License-Identifier: Apache-2.0
// Where a radar is told to be silent (a sector over land, a harbour) it sends spokes of zeros. In video that has noise
// in it such a spoke was not seen: it is none to learn from, and no empty sea. In video whose noise the radar has cut
// off nothing tells one from an empty sea.
#include <algorithm>

#include "core/signal/signal_stage.hpp"

namespace headland::signal {
namespace {

constexpr std::uint32_t fewest_cells_of_noise = 64;  // so many zeros are no chance

template <class T>
bool are_zero(std::span<const T> cells) {
  return std::ranges::all_of(cells, [](T c) { return c == 0; });
}

}  // namespace

bool SignalStage::has_noise() const {
  return !counters_.thresholded && bits_ > 2 && config_.video != VideoKind::thresholded;
}

bool SignalStage::is_blanked(const SpokeBlock& in, const SpokeInfo& info) const {
  if (!has_noise() || info.cell_count < fewest_cells_of_noise) return false;
  return in.format == SampleFormat::u8 ? are_zero(in.cells(info)) : are_zero(in.cells16(info));
}

}  // namespace headland::signal
