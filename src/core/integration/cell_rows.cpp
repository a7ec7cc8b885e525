// SPDX-License-Identifier: Apache-2.0
#include "core/integration/cell_rows.hpp"

#include <algorithm>
#include <cmath>

namespace headland::integration {
namespace {

constexpr std::uint32_t guard = 2;   // cells on each side that no mean counts
constexpr std::uint32_t window = 8;  // and those that it does
constexpr double local_turns = 8.0;
constexpr double own_turns = 64.0;
constexpr double region_forgets = 7.0 / 8.0;  // each turn
constexpr double fewest = 400.0;              // cells that tell how spiky a region is
constexpr float most_in_means = 6.0F;         // times the mean: strong echoes do not hide themselves
constexpr std::uint8_t kept_turns = 2;
constexpr double square_mile_m2 = 1852.0 * 1852.0;
constexpr double least_spread = 0.04;
constexpr double most_spread = 3.0;

double spread_of(std::size_t table, std::size_t count) {
  return least_spread *
         std::pow(most_spread / least_spread, static_cast<double>(table) / static_cast<double>(count - 1));
}

// ln(false paths a cell and turn) = rise - fall * limit: the straight line through what `weak_targets` counted on
// simulated noise (one path an hour: 23 nats at 5 NM; K-distributed clutter of shape 1 and 0.5 gave 23 to 26) before
// one echo was bounded to 7.5 nats, which makes high scores rarer. It counts lines only now.
constexpr double rise = -1.73;
constexpr double fall = 0.194;
// The same of straight lines, as it counts them in clutter of shape 1.
constexpr double line_rise = -5.2;
constexpr double line_fall = 0.19;
constexpr std::uint8_t screen = 34;

}  // namespace

CellRows::CellRows(const Config& config, const GridGeometry& geometry, std::uint32_t joined)
    : config_(config), geometry_(geometry), joined_(joined) {
  const std::size_t all = std::size_t{geometry.rows} * geometry.cells;
  sums_.assign(geometry.cells + 1, 0.0);
  power_.assign(geometry.cells, 0.0F);
  missing_.assign(geometry.cells, 0);
  mean_.assign(geometry.cells, 0.0F);
  local_.assign(all, 0.0F);
  own_.assign(all, 0.0F);
  looks_.assign(geometry.rows, 0);
  kept_.assign(all, 0);
  masked_.assign(all, 0);
  open_.assign(geometry.rows, 1);
  regions_.assign(std::size_t{sectors} * ((geometry.cells + band_cells - 1) / band_cells), {});
  limits_.resize(geometry.cells);
  for (std::size_t t = 0; t < tables; ++t) table_[t] = EvidenceTable(background_of(spread_of(t, tables)));
  lines_.resize(geometry.cells);
  for (std::uint32_t k = 0; k < geometry_.cells; ++k) {
    limits_[k] = limit_of(k, rise, fall);
    lines_[k] = limit_of(k, line_rise, line_fall);
  }
}

std::uint8_t CellRows::limit_of(std::uint32_t cell, double by_rise, double by_fall) const {
  const double range = geometry_.range_start.value() + (cell + 0.5) * geometry_.cell_size.value();
  const double area = std::max(range, 1.0) * geometry_.row_width.radians() * geometry_.cell_size.value();
  const double turns = 3600.0 / geometry_.turn_time.value();
  // Half of what is allowed for paths that turn, half for straight ones.
  const double rate = 0.5 * config_.false_paths_per_hour * area / (100.0 * square_mile_m2 * turns);
  return static_cast<std::uint8_t>(std::clamp((by_rise - std::log(rate)) / by_fall, 24.0, 150.0));
}

void CellRows::set_mask(const RangeAzimuthMask& mask) {
  for (std::uint32_t row = 0; row < geometry_.rows; ++row) {
    open_[row] = 0;
    const Bearing bearing(Radians((row + 0.5) * geometry_.row_width.radians()));
    for (std::uint32_t k = 0; k < geometry_.cells; ++k) {
      const Metres range = geometry_.range_start + (k + 0.5) * geometry_.cell_size;
      const bool masked = !mask.empty() && mask.is_masked(bearing, range);
      masked_[std::size_t{row} * geometry_.cells + k] = masked ? 1 : 0;
      if (!masked) open_[row] = 1;
    }
  }
}

void CellRows::set_levels(double decibels_per_level) {
  levels_law_ = decibels_per_level;
  for (int level = 0; level < 256; ++level) {
    const double middle = level + 0.5;  // levels are rounded down
    double power = middle * middle;
    if (decibels_per_level > 0.0) {
      power = std::pow(10.0, 0.1 * decibels_per_level * middle);
    } else if (config_.law == signal::LevelLaw::square) {
      power = middle;
    } else if (config_.law == signal::LevelLaw::logarithmic) {
      power = std::pow(10.0, 0.1 * config_.decibels_per_level * middle);
    }
    power_of_[static_cast<std::size_t>(level)] = static_cast<float>(power);
  }
}

void CellRows::add(std::span<const std::uint8_t> levels, double decibels_per_level) {
  if (levels_law_ != decibels_per_level) set_levels(decibels_per_level);
  if (spokes_ == 0) {
    std::fill(power_.begin(), power_.end(), 0.0F);
    std::fill(missing_.begin(), missing_.end(), std::uint16_t{0});
  }
  ++spokes_;
  const auto whole = static_cast<std::uint32_t>(std::min<std::size_t>(geometry_.cells, levels.size() / joined_));
  reach_ = std::max(reach_, whole);
  for (std::uint32_t k = whole; k < geometry_.cells; ++k) ++missing_[k];
  for (std::uint32_t k = 0; k < whole; ++k) {
    const std::uint8_t* const cell = levels.data() + std::size_t{k} * joined_;
    float sum = 0.0F;
    for (std::uint32_t j = 0; j < joined_; ++j) sum += power_of_[cell[j]];
    power_[k] += sum;
  }
}

void CellRows::keep(std::uint32_t row, std::uint32_t cell) {
  constexpr std::uint32_t reach = 3;
  for (int d = -2; d <= 2; ++d) {
    const auto rows = static_cast<int>(geometry_.rows);
    const auto at = static_cast<std::size_t>((static_cast<int>(row) + d + rows) % rows) * geometry_.cells;
    const std::uint32_t to = std::min(cell + reach + 1, geometry_.cells);
    for (std::uint32_t k = cell - std::min(cell, reach); k < to; ++k) kept_[at + k] = kept_turns;
  }
}

void CellRows::complete(std::uint32_t row, SeenRow& out, Counters& counters) {
  average(row);
  out.spokes = spokes_;
  spokes_ = 0;
  learn_means(row);
  give_evidence(row, out, counters);
}

void CellRows::average(std::uint32_t row) {
  const float* const local = local_.data() + std::size_t{row} * geometry_.cells;
  const float scale = 1.0F / static_cast<float>(spokes_ * joined_);
  for (std::uint32_t k = 0; k < geometry_.cells; ++k) {
    if (missing_[k] == 0) {
      power_[k] *= scale;
    } else if (missing_[k] < spokes_) {
      power_[k] /= static_cast<float>((spokes_ - missing_[k]) * joined_);
      missing_[k] = 0;
    } else {
      power_[k] = local[k];  // for the means of its neighbours
    }
  }
}

void CellRows::learn_means(std::uint32_t row) {
  const std::uint32_t n = reach_;
  const std::size_t at = std::size_t{row} * geometry_.cells;
  float* const local = local_.data() + at;
  float* const own = own_.data() + at;
  std::uint8_t* const kept = kept_.data() + at;
  const bool first = looks_[row] == 0;
  looks_[row] = static_cast<std::uint16_t>(std::min(looks_[row] + 1, 60000));
  const auto local_gain = static_cast<float>(std::max(1.0 / local_turns, 1.0 / looks_[row]));
  const auto own_gain = static_cast<float>(std::max(1.0 / own_turns, 1.0 / looks_[row]));
  for (std::uint32_t k = 0; k < n; ++k) {
    const float counted = first ? power_[k] : std::min(power_[k], most_in_means * local[k]);
    sums_[k + 1] = sums_[k] + counted;
  }
  for (std::uint32_t k = 0; k < n; ++k) {
    const std::uint32_t before_end = k - std::min(k, guard);
    const std::uint32_t before = before_end - std::min(before_end, window);
    const std::uint32_t behind = std::min(k + 1 + guard, n);
    const std::uint32_t behind_end = std::min(behind + window, n);
    const double sum = sums_[before_end] - sums_[before] + sums_[behind_end] - sums_[behind];
    const std::uint32_t count = before_end - before + behind_end - behind;
    const float mean = count > 0 ? static_cast<float>(sum / count) : power_[k];
    if (is_unseen(k)) continue;
    local[k] += (mean - local[k]) * local_gain;
    if (kept[k] > 0) {
      --kept[k];
    } else {
      own[k] +=
          (std::min(power_[k], first ? power_[k] : most_in_means * std::max(own[k], local[k])) - own[k]) * own_gain;
    }
  }
  const bool known = looks_[row] >= config_.learning_turns;
  for (std::uint32_t k = 0; k < n; ++k) {
    mean_[k] = local[k];
    if (!known) continue;
    const float around = (own[k - std::min(k, 1U)] + own[k] + own[std::min(k + 1, n - 1)]) / 3.0F;
    mean_[k] = std::max(mean_[k], around);
  }
}

CellRows::Region& CellRows::region_of(std::uint32_t row, std::uint32_t cell) {
  const std::size_t bands = (geometry_.cells + band_cells - 1) / band_cells;
  return regions_[std::size_t{row} * sectors / geometry_.rows * bands + cell / band_cells];
}

std::size_t CellRows::table_of(const Region& region) const {
  if (region.count < fewest) return tables;
  const double spread = std::log(region.sum / region.count) - region.log_sum / region.count;
  const double at = std::log(std::max(spread, least_spread) / least_spread) / std::log(most_spread / least_spread);
  return static_cast<std::size_t>(std::clamp(std::round(at * (tables - 1)), 0.0, tables - 1.0));
}

void CellRows::give_evidence(std::uint32_t row, SeenRow& out, Counters& counters) {
  const std::uint32_t n = geometry_.cells;
  out.ratios.assign(n, 1.0F);
  out.gains.assign(n, 0);
  out.losses.assign(n, 0);
  out.limits.assign(n, 0);
  out.screens.assign(n, 0);
  out.lines.assign(n, 0);
  const std::uint8_t* const masked = masked_.data() + std::size_t{row} * n;
  const bool known = looks_[row] >= config_.learning_turns;
  const auto strong = static_cast<float>(std::pow(10.0, 0.1 * config_.strong_db));
  // A row is one of many of its region in a turn.
  const double forgets = std::pow(region_forgets, static_cast<double>(sectors) / geometry_.rows);
  for (std::uint32_t from = 0; from < n; from += band_cells) {
    Region& region = region_of(row, from);
    const std::uint32_t to = std::min(from + band_cells, n);
    const std::size_t table = table_of(region);
    region.count *= forgets, region.sum *= forgets, region.log_sum *= forgets;
    for (std::uint32_t k = from; k < to; ++k) {
      if (masked[k] != 0 || k >= reach_) {
        out.losses[k] = 255;
        continue;
      }
      if (is_unseen(k)) continue;  // nothing is said for or against
      const float ratio = mean_[k] > 0.0F ? power_[k] / mean_[k] : 1.0F;
      out.ratios[k] = ratio;
      if (ratio > strong) continue;
      ++region.count;
      region.sum += ratio;
      region.log_sum += std::log(std::max(ratio, 1e-6F));
      if (table == tables) continue;
      const std::uint8_t step = EvidenceTable::index_of(ratio);
      out.gains[k] = table_[table].gain(step);
      out.losses[k] = table_[table].loss(step);
      if (!known) continue;
      out.limits[k] = limits_[k];
      out.screens[k] = screen;
      out.lines[k] = lines_[k];
    }
  }
  counters.cells += n;
  out.strong.clear();
  for (std::uint32_t k = 0; k < n; ++k) {
    if (out.ratios[k] > strong) out.strong.push_back(k);
  }
  counters.strong_cells += out.strong.size();
}

void shade(std::span<const std::uint32_t> strong, SeenRow& row) {
  constexpr std::uint32_t reach = 3;
  constexpr std::uint8_t masked = 255;
  const auto n = static_cast<std::uint32_t>(row.gains.size());
  for (const std::uint32_t k : strong) {
    for (std::uint32_t j = k - std::min(k, reach); j < std::min(k + reach + 1, n); ++j) {
      row.gains[j] = 0;
      if (row.losses[j] != masked) row.losses[j] = 0;
    }
  }
}

}  // namespace headland::integration
