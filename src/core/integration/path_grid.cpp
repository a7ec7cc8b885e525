// SPDX-License-Identifier: Apache-2.0
#include "core/integration/path_grid.hpp"

#include <algorithm>
#include <cmath>

#include "core/integration/score_kernels.hpp"

namespace headland::integration {
namespace {

// Whole cells of the step from turn `phase` to the next, of a line with `pace` cells a turn.
int step_of(double pace, std::uint32_t phase) {
  const auto place = [&](double turns) { return static_cast<int>(std::floor(pace * turns + 0.5)); };
  return place(phase + 1.0) - place(phase);
}

double middle_of(std::uint32_t i, std::uint32_t count, double fastest) {
  return fastest * (2.0 * i + 1.0 - count) / count;
}

}  // namespace

PathGrid::PathGrid(const GridGeometry& geometry, const PathConfig& config) : geometry_(geometry), config_(config) {
  stride_ = (geometry.cells + 2 * margin + 63) / 64 * 64;
  make_velocities();
  for (std::uint32_t v = 0; v < layers_.size(); ++v) plan(v);
  before_.resize(geometry.rows);
  now_.resize(geometry.rows);
  advanced_.assign(geometry.rows, 0);
  nothing_.assign(stride_, 0);
  best_.assign(std::size_t{geometry.rows} * geometry.cells, 0);
}

void PathGrid::make_velocities() {
  const double fastest = config_.fastest.value();
  const std::uint32_t across = config_.crossing_velocities;
  std::vector<int> number(std::size_t{config_.radial_velocities} * across, -1);
  for (std::uint32_t i = 0; i < config_.radial_velocities; ++i) {
    for (std::uint32_t j = 0; j < across; ++j) {
      const Velocity v{middle_of(i, config_.radial_velocities, fastest), middle_of(j, across, fastest)};
      if (std::hypot(v.radial_mps, v.crossing_mps) > fastest) continue;
      number[i * across + j] = static_cast<int>(velocities_.size());
      velocities_.push_back(v);
    }
  }
  layers_.resize(velocities_.size());
  const auto link = [&](int a, int b) {
    if (a < 0 || b < 0) return;
    Layer& layer = layers_[static_cast<std::size_t>(a)];
    layer.neighbours[layer.neighbour_count++] = static_cast<std::uint32_t>(b);
  };
  for (std::uint32_t i = 0; i < config_.radial_velocities; ++i) {
    for (std::uint32_t j = 0; j < across; ++j) {
      const std::size_t at = i * across + j;
      if (i > 0) link(number[at], number[at - across]);
      if (i + 1 < config_.radial_velocities) link(number[at], number[at + across]);
      if (j > 0) link(number[at], number[at - 1]);
      if (j + 1 < across) link(number[at], number[at + 1]);
    }
  }
}

void PathGrid::plan(std::uint32_t v) {
  Layer& layer = layers_[v];
  const double turn = geometry_.turn_time.value();
  const double size = geometry_.cell_size.value();
  for (std::uint32_t phase = 0; phase < cycle; ++phase) {
    // A slow antenna or tiny cells: no path goes farther than the margin in a turn.
    constexpr int most = static_cast<int>(margin) - 2;
    layer.shifts[phase] =
        std::clamp(step_of(std::clamp(velocities_[v].radial_mps * turn / size, -1e6, 1e6), phase), -most, most);
    for (std::uint32_t k = 0; k < geometry_.cells; ++k) {
      const double range = std::max(geometry_.range_start.value() + (k + 0.5) * size, size);
      const double pace = velocities_[v].crossing_mps * turn / (range * geometry_.row_width.radians());
      const int rows = std::clamp(step_of(std::clamp(pace, -100.0, 100.0), phase), -farthest_rows, farthest_rows);
      auto& segments = layer.segments[phase];
      if (segments.empty() || segments.back().rows != rows) segments.push_back({k, k, rows});
      segments.back().end = k + 1;
    }
  }
}

const std::uint8_t* PathGrid::old_scores(int row, std::uint32_t layer) const {
  const int rows = static_cast<int>(geometry_.rows);
  if (geometry_.closed) row = (row + rows) % rows;
  if (row < 0 || row >= rows) return nothing_.data() + margin;
  const auto& stored = before_[static_cast<std::size_t>(row)];
  if (stored.empty()) return nothing_.data() + margin;
  return stored.data() + std::size_t{layer} * stride_ + margin;
}

void PathGrid::advance(std::uint32_t row, std::span<const std::uint8_t> gains, std::span<const std::uint8_t> losses) {
  auto& scores = now_[row];
  if (scores.empty()) scores.assign(layers_.size() * stride_, 0);
  std::uint8_t* const best = best_.data() + std::size_t{row} * geometry_.cells;
  std::fill(best, best + geometry_.cells, std::uint8_t{0});
  for (std::uint32_t v = 0; v < layers_.size(); ++v) {
    std::uint8_t* const to = scores.data() + std::size_t{v} * stride_ + margin;
    for (const Segment& s : layers_[v].segments[phase_]) {
      advance_run(row, v, s, layers_[v].shifts[phase_], gains.data(), losses.data(), to);
    }
  }
  advanced_[row] = 1;
}

void PathGrid::advance_run(std::uint32_t row, std::uint32_t v, const Segment& s, int shift, const std::uint8_t* gains,
                           const std::uint8_t* losses, std::uint8_t* to) {
  const int from = static_cast<int>(row) - s.rows;
  const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(s.begin) - shift;
  const std::uint8_t* const straight = old_scores(from, v) + at;
  std::array<Origin, 9> origins{{{straight, config_.straight_cost},
                                 {straight - 1, config_.slip_cost},
                                 {straight + 1, config_.slip_cost},
                                 {old_scores(from - 1, v) + at, config_.side_slip_cost},
                                 {old_scores(from + 1, v) + at, config_.side_slip_cost}}};
  std::size_t count = 5;
  const Layer& layer = layers_[v];
  for (std::uint32_t n = 0; n < layer.neighbour_count; ++n) {
    origins[count++] = {old_scores(from, layer.neighbours[n]) + at, config_.change_cost};
  }
  const ScoreRun run{std::span(origins).first(count),
                     gains + s.begin,
                     losses + s.begin,
                     config_.cap,
                     to + s.begin,
                     best_.data() + std::size_t{row} * geometry_.cells + s.begin,
                     s.end - s.begin};
  scalar_ ? advance_scores_scalar(run) : advance_scores(run);
}

void PathGrid::end_turn() {
  for (std::uint32_t row = 0; row < geometry_.rows; ++row) {
    if (advanced_[row] != 0) continue;
    now_[row].clear();
    const auto best = std::span(best_).subspan(std::size_t{row} * geometry_.cells, geometry_.cells);
    std::fill(best.begin(), best.end(), std::uint8_t{0});
  }
  std::swap(before_, now_);
  std::fill(advanced_.begin(), advanced_.end(), std::uint8_t{0});
  phase_ = (phase_ + 1) % cycle;
}

std::uint32_t PathGrid::layer_of(std::uint32_t row, std::uint32_t cell) const {
  const auto& stored = advanced_[row] != 0 ? now_[row] : before_[row];
  std::uint32_t found = 0;
  std::uint8_t most = 0;
  for (std::uint32_t v = 0; v < layers_.size() && !stored.empty(); ++v) {
    const std::uint8_t score = stored[std::size_t{v} * stride_ + margin + cell];
    if (score > most) {
      most = score;
      found = v;
    }
  }
  return found;
}

std::size_t PathGrid::bytes() const {
  std::size_t sum = best_.size();
  for (const Rows* rows : {&before_, &now_}) {
    for (const auto& row : *rows) sum += row.size();
  }
  return sum;
}

}  // namespace headland::integration
