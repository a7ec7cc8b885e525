// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/signal/row_kernels.hpp"

namespace headland::signal {
namespace {

using Level = std::uint32_t;

// Sum of the training cells beside cell k, twice over where only one window fits, in 2 T cells.
Level window_sum(const DetectRule& rule, const std::uint8_t* x, std::uint32_t k, std::uint32_t cells) {
  const std::uint32_t reach = rule.guard + rule.training;
  if (cells < 2 * reach + 1) return 0;
  Level lag = 0;
  Level lead = 0;
  const bool lag_fits = k >= reach;
  const bool lead_fits = k + reach < cells;
  for (std::uint32_t i = 1; i <= rule.training; ++i) {
    if (lag_fits) lag += x[k - rule.guard - i];
    if (lead_fits) lead += x[k + rule.guard + i];
  }
  if (!lag_fits) lag = lead;
  if (!lead_fits) lead = lag;
  switch (rule.averaging) {
    case Averaging::greatest_of:
      return 2 * std::max(lag, lead);
    case Averaging::smallest_of:
      return 2 * std::min(lag, lead);
    case Averaging::cell:
      break;
  }
  return lag + lead;
}

Level threshold_of(const DetectRule& rule, Level mean) {
  const Level threshold = (mean * rule.threshold.factor >> 16) + rule.threshold.offset;
  return std::clamp<Level>(threshold, rule.minimum, 255);
}

std::uint16_t learn(const DetectRule& rule, std::uint16_t m, Level level, bool echo) {
  const Level x = level * 256;
  Level up = x > m ? (x - m) >> rule.map_shift : 0;
  if (echo) up = std::min<Level>(x > m ? x - m : 0, rule.map_echo_step);
  const Level down = x < m ? (m - x) >> rule.map_shift : 0;
  return static_cast<std::uint16_t>(m + up - down);
}

}  // namespace

std::uint32_t clean_row_scalar(const CleanRow& row) {
  std::uint32_t cut = 0;
  for (std::uint32_t k = 0; k < row.cells; ++k) {
    const std::uint8_t neighbour = std::max(row.previous[k], row.next[k]);
    const bool alone = row.current[k] > neighbour && row.current[k] - neighbour > row.margin;
    row.levels[k] = alone ? neighbour : row.current[k];
    row.training[k] = std::min(row.levels[k], row.caps[k]);
    cut += alone ? 1 : 0;
  }
  return cut;
}

void detect_row_scalar(const DetectRule& rule, const DetectRow& row) {
  const std::uint32_t half = padded_cells(row.cells) / 2;
  std::fill_n(row.bits, padded_cells(row.cells) / 64, std::uint64_t{0});
  for (std::uint32_t k = 0; k < row.cells; ++k) {
    const Level mean = (window_sum(rule, row.training, k, row.cells) * 128) / rule.training;
    const Level local = threshold_of(rule, mean);
    Level threshold = local;
    if (row.map_use != MapUse::none) {
      std::uint16_t& m = row.map[(k % 2) * half + k / 2];
      if (row.map_use == MapUse::first_seen) {
        m = static_cast<std::uint16_t>(mean);
      } else {
        threshold = std::max(threshold, threshold_of(rule, m - m / 8U));
        m = learn(rule, m, row.levels[k], row.levels[k] > local);
      }
    }
    row.thresholds[k] = static_cast<std::uint8_t>(threshold);
    row.caps[k] = static_cast<std::uint8_t>(threshold - (rule.cap_drop > 0 ? rule.cap_drop : threshold / 2));
    if (row.levels[k] > threshold) row.bits[k / 64] |= std::uint64_t{1} << (k % 64);
  }
}

void compare_row_scalar(const CompareRow& row) {
  std::fill_n(row.bits, padded_cells(row.cells) / 64, std::uint64_t{0});
  for (std::uint32_t k = 0; k < row.cells; ++k) {
    row.thresholds[k] = row.threshold;
    if (row.levels[k] > row.threshold) row.bits[k / 64] |= std::uint64_t{1} << (k % 64);
  }
}

}  // namespace headland::signal
