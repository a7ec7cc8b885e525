// SPDX-License-Identifier: Apache-2.0
#include "core/integration/line_search.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace headland::integration {
namespace {

constexpr double most_steps_across = 20.0;  // near by, where rows are narrow, lines lie farther apart than half a row
constexpr double quarters = 4.0;
// Nats by which the mean over all lines is less than the best line, at least, and by which a coarse look may fall short
// of a close one.
constexpr double lines_matter = 7.0;
constexpr double coarse_loss = 6.0;

}  // namespace

LineSearch::LineSearch(const GridGeometry& geometry, const PathConfig& paths, const LineConfig& config)
    : geometry_(geometry), config_(config) {
  config_.turns = std::clamp<std::uint32_t>(config.turns, 2, LineConfig::most_turns);
  config_.fewest = std::clamp<std::uint32_t>(config.fewest, 1, config_.turns);
  fastest_mps_ = paths.fastest.value();
  radial_step_mps_ = 2.0 * fastest_mps_ / paths.radial_velocities;
  crossing_step_mps_ = 2.0 * fastest_mps_ / paths.crossing_velocities;
  slots_ = config_.turns + 2;
  stride_ = geometry.cells + 2 * pad;
  latest_.assign(geometry.rows, -slots_);
  kept_.assign(static_cast<std::size_t>(slots_ * stride_) * geometry.rows, 0);
}

void LineSearch::add(std::uint32_t row, std::span<const std::uint8_t> gains, std::span<const std::uint8_t> losses) {
  latest_[row] = turn_;
  std::int8_t* const to =
      kept_.data() + ((turn_ % slots_) * geometry_.rows + static_cast<std::int64_t>(row)) * stride_ + pad;
  for (std::uint32_t k = 0; k < geometry_.cells; ++k) {
    to[k] = static_cast<std::int8_t>(std::clamp(int{gains[k]} - losses[k], -127, 127));
  }
}

// A row beyond north, which is of the turn before or after; nullptr where nothing was seen.
const std::int8_t* LineSearch::beyond_north(std::int64_t turn, std::int64_t row) const {
  const std::int64_t rows = geometry_.rows;
  if (!geometry_.closed) return nullptr;
  const std::int64_t around = row < 0 ? -1 : 1;
  row -= around * rows;
  turn += around;
  if (row < 0 || row >= rows || turn < 1) return nullptr;
  const std::int64_t latest = latest_[static_cast<std::size_t>(row)];
  if (turn > latest || turn <= latest - slots_) return nullptr;
  return kept_.data() + ((turn % slots_) * rows + row) * stride_ + pad;
}

// In nats.
double LineSearch::best_of(const Histogram& found) {
  for (std::size_t s = found.size(); s-- > 0;) {
    if (found[s] > 0) return static_cast<double>(s) / quarters;
  }
  return 0.0;
}

double LineSearch::evidence(std::uint32_t row, std::uint32_t cell, const Velocity& about, double least) const {
  const double span_s = (config_.turns - 1) * geometry_.turn_time.value();
  const double range = std::max(geometry_.range_start.value() + (cell + 0.5) * geometry_.cell_size.value(), 1.0);
  // Lines a cell or a row apart at their far end.
  const double along_mps = geometry_.cell_size.value() / span_s;
  const double reach_across = config_.crossing_reach * crossing_step_mps_;
  const double across_mps =
      std::max(range * geometry_.row_width.radians() / span_s, 2.0 * reach_across / most_steps_across);
  const Spread spread{along_mps, across_mps,
                      static_cast<int>(std::floor(config_.radial_reach * radial_step_mps_ / along_mps)),
                      static_cast<int>(std::floor(reach_across / across_mps))};
  End end{latest_[row], row, cell, range, {}};
  for (std::uint32_t n = 0; n < config_.turns; ++n) {
    const std::int64_t turn = end.turn - n;
    end.first[n] = turn < 1 ? nullptr : kept_.data() + (turn % slots_) * geometry_.rows * stride_ + pad;
  }
  Histogram found{};
  look(end, about, spread, true, found);
  if (best_of(found) < least - coarse_loss) return best_of(found) - lines_matter;
  found.fill(0);
  look(end, about, spread, false, found);
  double sum = 0.0;
  for (std::size_t s = 0; s < found.size(); ++s) {
    if (found[s] > 0) sum += found[s] * std::exp(static_cast<double>(s) / quarters);
  }
  const double speeds = std::numbers::pi * fastest_mps_ * fastest_mps_ / (along_mps * across_mps);
  return sum > 0.0 ? std::log(sum / (4.0 * std::max(speeds, 1.0))) : -99.0;
}

// Coarse: every other velocity.
void LineSearch::look(const End& end, const Velocity& about, const Spread& spread, bool coarse,
                      Histogram& found) const {
  const int step = coarse ? 2 : 1;
  const auto first = [&](int reach) { return coarse ? -(reach / 2 * 2) : -reach; };
  for (int i = first(spread.radial); i <= spread.radial; i += step) {
    for (int j = first(spread.crossing); j <= spread.crossing; j += step) {
      const Velocity v{about.radial_mps + i * spread.along_mps, about.crossing_mps + j * spread.across_mps};
      if (std::hypot(v.radial_mps, v.crossing_mps) <= fastest_mps_ + 1.0) look_back(end, v, coarse, found);
    }
  }
}

// All lines of one velocity; coarse: those through the middles of cells.
void LineSearch::look_back(const End& end, const Velocity& v, bool coarse, Histogram& found) const {
  const double turn_s = geometry_.turn_time.value();
  const double per_cell = 1.0 / geometry_.cell_size.value();
  const double per_row = 1.0 / geometry_.row_width.radians();
  std::array<Steps, 2> cells{};  // of both halves of a cell, and of a row
  std::array<Steps, 2> rows{};
  std::uint32_t turns = 0;
  for (; turns < config_.turns; ++turns) {
    const double ahead = end.range_m - v.radial_mps * turn_s * turns;
    const double aside = -v.crossing_mps * turn_s * turns;
    const double turned = aside / ahead;
    const double cell = end.cell + (ahead + 0.5 * aside * turned - end.range_m) * per_cell;
    const double row = end.row + turned * (1.0 - turned * turned * (1.0 / 3.0)) * per_row;
    const double first = std::floor(cell) - cells_before;
    if (!(ahead > 0.0) || first < -pad || first + 1.0 + lanes > geometry_.cells + pad) break;
    for (std::size_t h = 0; h < 2; ++h) {
      const double half = coarse ? 0.5 : 0.25 + 0.5 * static_cast<double>(h);
      cells[h][turns] = static_cast<std::int32_t>(std::floor(cell + half) - cells_before);
      rows[h][turns] = static_cast<std::int32_t>(std::floor(row + half));
    }
  }
  const std::size_t halves = coarse ? 1 : 2;
  for (std::size_t r = 0; r < halves; ++r) {
    for (std::int32_t side = -1; side <= 1; ++side) {
      for (std::size_t c = 0; c < halves; ++c) along(end, rows[r], side, cells[c], turns, found);
    }
  }
}

void LineSearch::along(const End& end, const Steps& rows, std::int32_t side, const Steps& cells, std::uint32_t turns,
                       Histogram& found) const {
  std::array<std::int16_t, lanes> sum{};
  std::array<std::int16_t, lanes> best{};
  for (std::uint32_t n = 0; n < turns; ++n) {
    const std::int32_t row = rows[n] + side;
    const std::int8_t* seen = end.first[n];
    if (row < 0 || row >= static_cast<std::int32_t>(geometry_.rows)) {
      seen = beyond_north(end.turn - n, row);
    } else if (seen != nullptr) {
      const std::int64_t latest = latest_[static_cast<std::size_t>(row)];
      const bool is_there = end.turn - n <= latest && end.turn - n > latest - slots_;
      seen = is_there ? seen + row * stride_ : nullptr;
    }
    if (seen != nullptr) {
      seen += cells[n];
      for (std::size_t i = 0; i < lanes; ++i) sum[i] = static_cast<std::int16_t>(sum[i] + seen[i]);
    }
    if (n + 1 < config_.fewest) continue;
    for (std::size_t i = 0; i < lanes; ++i) best[i] = std::max(best[i], sum[i]);
  }
  for (const std::int16_t b : best) {
    if (b > 0) ++found[std::min<std::size_t>(static_cast<std::size_t>(b), scores - 1)];
  }
}

}  // namespace headland::integration
