// SPDX-License-Identifier: Apache-2.0
// The sea on which the detection of weak targets is measured: cells of half a beam by a pulse with independent noise or
// K-distributed clutter from cell to cell and turn to turn, and a Swerling 1 target that goes straight on.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "core/base/random.hpp"
#include "core/integration/evidence.hpp"
#include "core/integration/path_grid.hpp"

namespace headland::quality {

// X band, antenna of 6 ft (1.2 degrees), pulse of 0.1 us (15 m), 24 turns a minute, at 5 NM.
inline constexpr double row_width_rad = 0.6 * std::numbers::pi / 180.0;
inline constexpr double cell_m = 15.0;
inline constexpr double turn_s = 2.5;
inline constexpr double middle_m = 9260.0;
inline constexpr double fastest_mps = 15.4;
inline constexpr int turns_a_minute = 24;
// Cells in 100 NM^2 there, and how many false tracks a cell and turn may give for one an hour.
inline constexpr double cells_in_area = 100.0 * 1852.0 * 1852.0 / (middle_m * row_width_rad * cell_m);
inline constexpr double false_rate = 1.0 / (cells_in_area * 60.0 * turns_a_minute);

inline integration::GridGeometry window(std::uint32_t rows, std::uint32_t cells, bool closed) {
  integration::GridGeometry g;
  g.rows = rows;
  g.cells = cells;
  g.closed = closed;
  g.row_width = Angle(Radians(row_width_rad));
  g.cell_size = Metres(cell_m);
  g.range_start = Metres(middle_m - 0.5 * cells * cell_m);
  g.turn_time = Seconds(turn_s);
  return g;
}

// Probability that a cell's power exceeds `power`, with a target of mean power `target` in it.
inline double exceedance(double shape, double power, double target) {
  if (shape <= 0.0) return std::exp(-power / (1.0 + target));
  constexpr int steps = 2000;
  const double low = std::log(1e-6) - 6.0 / shape;
  const double high = std::log(1.0 + 60.0 / std::min(shape, 1.0));
  const double step = (high - low) / steps;
  double sum = 0.0;
  double all = 0.0;
  for (int i = 0; i < steps; ++i) {
    const double log_t = low + (i + 0.5) * step;
    const double t = std::exp(log_t);
    const double weight = std::exp(shape * log_t - shape * t);
    all += weight;
    sum += weight * std::exp(-power / (t + target));
  }
  return sum / all;
}

// Power of one cell: mean 1, and a target's mean power added. shape 0: noise.
inline double power_of(Random& random, double shape, double target) {
  const double texture = shape > 0.0 ? random.gamma(shape) / shape : 1.0;
  return random.exponential() * (texture + target);
}

// Draws steps of an evidence table as the background gives them, one random number each (Walker 1977: alias method).
class StepSource {
 public:
  explicit StepSource(double shape) {
    using integration::EvidenceTable;
    constexpr std::size_t n = EvidenceTable::size;
    std::array<double, n> share{};
    double above = 1.0;
    for (std::size_t i = 0; i < n; ++i) {
      const double edge = std::pow(
          10.0, 0.1 * (EvidenceTable::first_db + (static_cast<double>(i) + 1.0) / EvidenceTable::steps_per_db));
      const double next = i + 1 < n ? exceedance(shape, edge, 0.0) : 0.0;
      share[i] = (above - next) * n;
      above = next;
    }
    std::vector<std::size_t> small;
    std::vector<std::size_t> large;
    for (std::size_t i = 0; i < n; ++i) (share[i] < 1.0 ? small : large).push_back(i);
    for (std::size_t i = 0; i < n; ++i) keep_[i] = 1.0, other_[i] = static_cast<std::uint8_t>(i);
    while (!small.empty() && !large.empty()) {
      const std::size_t a = small.back();
      const std::size_t b = large.back();
      small.pop_back();
      keep_[a] = share[a];
      other_[a] = static_cast<std::uint8_t>(b);
      share[b] -= 1.0 - share[a];
      if (share[b] < 1.0) large.pop_back(), small.push_back(b);
    }
  }
  std::uint8_t draw(Random& random) const {
    const std::uint64_t bits = random.bits();
    const auto i = static_cast<std::uint8_t>(bits & 255);
    return static_cast<double>(bits >> 11) * 0x1.0p-53 < keep_[i] ? i : other_[i];
  }

 private:
  std::array<double, integration::EvidenceTable::size> keep_{};
  std::array<std::uint8_t, integration::EvidenceTable::size> other_{};
};

// Positions of a target in cells and rows, turn by turn.
struct Line {
  double cell, row, cells_a_turn, rows_a_turn;
  static Line random(Random& random, double rows, double cells) {
    double radial = 0.0;
    double crossing = 0.0;
    do {
      radial = random.uniform(-fastest_mps, fastest_mps);
      crossing = random.uniform(-fastest_mps, fastest_mps);
    } while (std::hypot(radial, crossing) > fastest_mps);
    Line l{0, 0, radial * turn_s / cell_m, crossing * turn_s / (middle_m * row_width_rad)};
    // In the middle of the window half-way.
    l.cell = 0.5 * cells + random.uniform() - 0.5 * turns_a_minute * l.cells_a_turn;
    l.row = 0.5 * rows + random.uniform() - 0.5 * turns_a_minute * l.rows_a_turn;
    return l;
  }
  [[nodiscard]] int cell_at(int turn) const { return static_cast<int>(std::floor(cell + cells_a_turn * turn)); }
  [[nodiscard]] int row_at(int turn) const { return static_cast<int>(std::floor(row + rows_a_turn * turn)); }
};

}  // namespace headland::quality
