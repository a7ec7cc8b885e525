// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include "core/signal/row_kernels.hpp"

namespace headland::signal {
namespace {

using Level = std::uint32_t;

struct Windows {
  Level lag = 0;
  Level lead = 0;
  Level below_lag = 0;  // scaled cells below the level
  Level below_lead = 0;
};

Level scaled(Level mean, Scale scale) { return std::min<Level>(mean + scale.bias, 65535) * scale.factor >> 16; }
Level scaled_cell(Level x, Scale scale) { return std::min<Level>(scaled(256 * x, scale), 255); }

// The training cells beside cell k. Nothing where none fit. The plain form of the order statistic counts, too.
template <bool ordered>
Windows windows_of(const DetectRule& rule, const DetectRow& row, std::uint32_t k) {
  const std::uint32_t reach = rule.guard + rule.training;
  Windows w;
  if (row.cells < fewest_cells(rule)) return w;
  const bool lag_fits = k >= reach;
  const bool lead_fits = k + reach < row.cells;
  for (std::uint32_t i = rule.guard + 1; i <= reach; ++i) {
    const Level near = row.training[lag_fits ? k - i : k + i + rule.training];
    const Level far = row.training[lead_fits ? k + i : k - i - rule.training];
    w.lag += near;
    w.lead += far;
    if constexpr (!ordered) continue;
    w.below_lag += scaled_cell(near, rule.local) < row.levels[k] ? 1 : 0;
    w.below_lead += scaled_cell(far, rule.local) < row.levels[k] ? 1 : 0;
  }
  return w;
}

// Of both windows, in 2 T cells.
Level sum_of(const DetectRule& rule, Windows w) {
  const Level high = std::max(w.lag, w.lead);
  const Level low = std::min(w.lag, w.lead);
  switch (rule.averaging) {
    case Averaging::greatest_of:
      return 2 * high;
    case Averaging::smallest_of:
      return 2 * low;
    case Averaging::automatic:
      if (high > low + (low * rule.edge.ratio >> 16) + rule.edge.excess) {
        const Level sum = 2 * high + (2 * high * rule.edge.gain >> 16) + rule.edge.addition;
        return std::min(sum, 2 * rule.training * 255);
      }
      break;
    case Averaging::cell:
    case Averaging::ordered:
      break;
  }
  return w.lag + w.lead;
}

// The (3T/2)th smallest of the scaled cells beside cell k.
Level ordered_threshold(const DetectRule& rule, const DetectRow& row, std::uint32_t k) {
  const std::uint32_t reach = rule.guard + rule.training;
  std::vector<Level> cells;
  for (std::uint32_t i = rule.guard + 1; i <= reach; ++i) {
    cells.push_back(scaled_cell(row.training[k >= reach ? k - i : k + i + rule.training], rule.local));
    cells.push_back(scaled_cell(row.training[k + reach < row.cells ? k + i : k - i - rule.training], rule.local));
  }
  std::ranges::sort(cells);
  return cells[rank_of(rule.training) - 1];
}

// Threshold of a cell, its map brought up to date.
Level threshold_of(const DetectRule& rule, const DetectRow& row, std::uint32_t k) {
  const bool ordered = rule.averaging == Averaging::ordered;
  const Windows w = ordered ? windows_of<true>(rule, row, k) : windows_of<false>(rule, row, k);
  const Level level = row.levels[k];
  const Level mean = sum_of(rule, w) * 128 / rule.training;
  const Level local = scaled(mean, rule.local);
  const bool over_local = ordered ? w.below_lag + w.below_lead >= rank_of(rule.training) : level > local;
  Level of_map = 0;
  if (row.map_use != MapUse::none) {
    std::uint16_t& m = row.map[(k % 2) * (padded_cells(row.cells) / 2) + k / 2];
    if (row.map_use != MapUse::first_seen) of_map = scaled(m, rule.map);
    if (row.map_use == MapUse::learned) {
      const Level strongest = scaled(std::max(w.lag, w.lead) * 256 / rule.training, rule.local);
      m = learned_level(rule, m, static_cast<std::uint8_t>(level), ordered ? over_local : level > strongest);
    } else if (row.map_use == MapUse::first_seen) {
      const Level begun = mean + (mean * rule.map_start.gain >> 16) + rule.map_start.addition;
      m = static_cast<std::uint16_t>(std::min<Level>(begun, 65535));
    }
  }
  if (!ordered) return std::clamp<Level>(std::max(local, of_map), rule.minimum, 255);
  const Level lowest = std::clamp<Level>(of_map, rule.minimum, 255);
  if (!over_local) return std::max(lowest, level);
  const bool peak =
      level > lowest && (k == 0 || row.levels[k - 1] <= level) && (k + 1 == row.cells || row.levels[k + 1] <= level);
  return peak ? std::max(lowest, ordered_threshold(rule, row, k)) : lowest;
}

std::uint8_t cap_of(const DetectRule& rule, Level threshold) {
  if (rule.averaging == Averaging::ordered) return 255;
  const Level drop = rule.cap_drop > 0 ? std::min<Level>(rule.cap_drop, threshold) : threshold / 2;
  return static_cast<std::uint8_t>(threshold - drop);
}

}  // namespace

std::uint16_t learned_level(const DetectRule& rule, std::uint16_t map, std::uint8_t level, bool echo) {
  const std::int32_t half = (256 * std::int32_t{level} - std::int32_t{map}) >> 1;
  std::int32_t step = (half * (1 << (16 - rule.map_shift)) + 16384) >> 15;
  if (echo) step = std::min<std::int32_t>(step, rule.map_echo_step);
  return static_cast<std::uint16_t>(map + step);
}

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
  std::fill_n(row.bits, padded_cells(row.cells) / 64, std::uint64_t{0});
  for (std::uint32_t k = 0; k < row.cells; ++k) {
    const Level threshold = threshold_of(rule, row, k);
    row.thresholds[k] = static_cast<std::uint8_t>(threshold);
    row.caps[k] = cap_of(rule, threshold);
    if (row.levels[k] > threshold) row.bits[k / 64] |= std::uint64_t{1} << (k % 64);
  }
}

void compare_row_scalar(const CompareRow& row) {
  std::fill_n(row.bits, padded_cells(row.cells) / 64, std::uint64_t{0});
  for (std::uint32_t k = 0; k < row.cells; ++k) {
    const std::uint8_t threshold = row.limits[k / 64];
    if (row.thresholds != nullptr) row.thresholds[k] = threshold;
    if (row.levels[k] > threshold) row.bits[k / 64] |= std::uint64_t{1} << (k % 64);
  }
}

void probe_row_scalar(const ProbeRow& row) {
  for (std::uint32_t group = 0; group < row.cells / probed_cells; ++group) {
    row.sums[group] = 0;
    for (std::uint32_t k = group * probed_cells; k < (group + 1) * probed_cells; ++k) {
      const Level threshold = row.thresholds[k];
      const Level dropped = threshold > row.drop ? threshold - row.drop : 0;
      const Level limit = row.factor != 0 ? ((threshold + 1) * row.factor + 128) / 256 : dropped;
      row.sums[group] += std::min<Level>(row.levels[k], threshold) + (row.levels[k] >= limit ? 65536 : 0);
    }
  }
}

}  // namespace headland::signal
