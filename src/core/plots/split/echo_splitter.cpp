// SPDX-License-Identifier: Apache-2.0
#include "core/plots/split/echo_splitter.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace headland::plots {
namespace {

constexpr double false_split_probability = 1e-3;  // of an echo that is one point
constexpr double looks = 100.0;                   // cells of such an echo that might be a second top
// One quadrature's deviations that a difference of two amplitudes may be by chance: sqrt(2) times where the normal
// distribution leaves false_split_probability / looks.
constexpr double difference_sigmas = 1.4142135623730951 * 4.26;
constexpr double side_lobe = 0.01;   // two-way amplitude: side lobes of 20 dB one way
constexpr double adds_up = 1.12;     // a decibel more than the points alone: beams are not quite what their width says
constexpr double half_a_cell = 0.5;  // a top lies so near to the cell that it shows in

}  // namespace

void EchoSplitter::begin(const HitSpoke& spoke) {
  static_assert(false_split_probability / looks == 1e-5);
  for (std::size_t level = 0; level < amplitude_.size(); ++level) {
    const auto l = static_cast<double>(level);
    const double linear = spoke.is_square_law ? std::sqrt(l) : l;
    amplitude_[level] = static_cast<float>(
        spoke.decibels_per_level > 0.0 ? std::pow(10.0, l * spoke.decibels_per_level / 20.0) : linear);
  }
  beam_spokes_ = config_.beam_width.radians() / std::max(spoke.width.radians(), 1e-6);
  pulse_cells_ = std::max(config_.pulse_length / spoke.cell_size, 0.75);
  needed_ = static_cast<float>(difference_sigmas / std::sqrt(2.0 * std::log(1.0 / config_.false_alarm_probability)));
  for (std::size_t i = 0; i < by_bearing_.size(); ++i) {
    const double off = std::max(0.0, static_cast<double>(i) - half_a_cell);
    const double beams = off / beam_spokes_;
    by_bearing_[i] = static_cast<float>(std::max(side_lobe, std::exp(-4.0 * std::numbers::ln2 * beams * beams)));
    by_range_[i] = static_cast<float>(std::max(side_lobe, 1.0 - off / pulse_cells_));
  }
}

bool EchoSplitter::may_hold_several(const Echo& echo) const {
  if (echo.large || echo.doppler_cells > 0) return false;
  return amplitude_[echo.peak] >= (1.0F + needed_) * amplitude_[echo.peak_threshold];
}

bool EchoSplitter::paint(const Echo& echo, const RunMemory& memory) {
  near_ = echo.near_cell;
  columns_ = echo.far_cell - echo.near_cell + 1;
  stride_ = columns_ + 2;
  if (columns_ > RunMemory::longest_run || !memory.holds(echo.runs)) return false;
  // Rows count modulo 2^16: from the first that comes.
  const std::uint16_t some_row = memory.at(echo.runs.head).row;
  int first = 0;
  int last = 0;
  std::uint32_t cells = 0;
  std::uint8_t threshold = 0;
  for (std::uint32_t at = echo.runs.head;; at = memory.at(at).next) {
    const RunMemory::Kept& run = memory.at(at);
    const int row = static_cast<std::int16_t>(static_cast<std::uint16_t>(run.row - some_row));
    first = std::min(first, row);
    last = std::max(last, row);
    cells += run.length;
    threshold = std::max(threshold, run.peak_threshold);
    if (at == echo.runs.tail) break;
  }
  first_row_ = static_cast<std::uint16_t>(some_row + first);
  rows_ = static_cast<std::uint32_t>(last - first + 1);
  if (cells != echo.cells || rows_ + 2 > most_cells / stride_) return false;
  if (rows_ <= beam_spokes_ + 1.0 && columns_ <= pulse_cells_ + 1.0) return false;
  margin_ = needed_ * amplitude_[threshold];
  levels_.assign(std::size_t{rows_ + 2} * stride_, 0);
  for (std::uint32_t at = echo.runs.head;; at = memory.at(at).next) {
    const RunMemory::Kept& run = memory.at(at);
    memory.copy_levels(run, levels_.data() + place_of(run));
    if (at == echo.runs.tail) break;
  }
  return true;
}

std::uint32_t EchoSplitter::place_of(const RunMemory::Kept& run) const {
  return (static_cast<std::uint16_t>(run.row - first_row_) + 1U) * stride_ + (run.begin - near_) + 1U;
}

void EchoSplitter::order_cells() {
  std::array<std::uint32_t, 257> from{};
  for (const std::uint8_t level : levels_) ++from[256U - level];  // the strongest first
  const std::uint32_t painted = static_cast<std::uint32_t>(levels_.size()) - from[256];
  for (std::size_t i = 1; i < 257; ++i) from[i] += from[i - 1];
  order_.resize(painted);
  for (std::size_t cell = 0; cell < levels_.size(); ++cell) {
    if (levels_[cell] > 0) order_[from[255U - levels_[cell]]++] = static_cast<Cell>(cell);
  }
}

EchoSplitter::Cell EchoSplitter::top_of(Cell cell) {
  while (above_[cell] != cell) {
    above_[cell] = above_[above_[cell]];
    cell = above_[cell];
  }
  return cell;
}

double EchoSplitter::rows_between(Cell a, Cell b) const {
  return std::abs(static_cast<double>(a / stride_) - static_cast<double>(b / stride_));
}

double EchoSplitter::columns_between(Cell a, Cell b) const {
  return std::abs(static_cast<double>(a % stride_) - static_cast<double>(b % stride_));
}

bool EchoSplitter::stand_apart(Cell a, Cell b) const {
  return rows_between(a, b) > beam_spokes_ || columns_between(a, b) > pulse_cells_;
}

bool EchoSplitter::may_have_valleys() const {
  return amplitude_[levels_[order_.front()]] - amplitude_[levels_[order_.back()]] > margin_;
}

void EchoSplitter::flood() {
  above_.assign(levels_.size(), nobody);
  meets_.resize(levels_.size());
  tops_.clear();
  const auto w = static_cast<std::int32_t>(stride_);
  neighbours_ = {-w - 1, -w, -w + 1, -1, 1, w - 1, w, w + 1};
  for (const Cell cell : order_) take(cell);
}

// A cell goes to the hill of its strongest neighbour that is already taken; hills that meet here are told apart or
// joined.
void EchoSplitter::take(Cell cell) {
  Cell strongest = nobody;
  Cell top = nobody;
  for (const std::int32_t by : neighbours_) {
    const auto other = static_cast<Cell>(cell + by);
    if (above_[other] == nobody) continue;
    const Cell own = top_of(other);
    if (top != nobody && own != top) meet(top, own, cell);
    if (strongest == nobody || levels_[other] > levels_[strongest]) {
      strongest = other;
      top = own;
    }
  }
  if (strongest == nobody) {
    above_[cell] = cell;
    meets_[cell] = 0.0F;
    tops_.push_back(cell);
  } else {
    above_[cell] = top_of(strongest);
  }
}

void EchoSplitter::meet(Cell a, Cell b, Cell cell) {
  Cell high = top_of(a);
  Cell low = top_of(b);
  if (high == low) return;
  if (levels_[high] < levels_[low] || (levels_[high] == levels_[low] && low < high)) std::swap(high, low);
  const float here = amplitude_[levels_[cell]];
  if (amplitude_[levels_[low]] - here > margin_ && stand_apart(low, high)) {
    meets_[low] = std::max(meets_[low], here);
    meets_[high] = std::max(meets_[high], here);
  } else {
    above_[low] = high;
  }
}

bool EchoSplitter::settle_tops() {
  std::erase_if(tops_, [&](Cell top) { return above_[top] != top; });
  std::sort(tops_.begin(), tops_.end(),
            [&](Cell a, Cell b) { return levels_[a] != levels_[b] ? levels_[a] > levels_[b] : a < b; });
  // Hills that meet nowhere hang together across an empty spoke, which is below the threshold.
  const float threshold = margin_ / needed_;
  while (tops_.size() > 1) {
    const Cell low = tops_.back();
    const auto far = [&](Cell top) {
      return std::hypot(rows_between(top, low) / beam_spokes_, columns_between(top, low) / pulse_cells_);
    };
    const Cell nearest =
        *std::min_element(tops_.begin(), tops_.end() - 1, [&](Cell a, Cell b) { return far(a) < far(b); });
    if (amplitude_[levels_[low]] - std::max(threshold, meets_[low]) > margin_ && stand_apart(low, nearest)) break;
    above_[low] = nearest;
    tops_.pop_back();
  }
  return tops_.size() > 1 && tops_.size() <= most_parts;
}

bool EchoSplitter::look_like_points() const {
  const auto step = [](double off) { return std::min(static_cast<std::size_t>(off), std::size_t{63}); };
  for (const Cell cell : order_) {
    float most = 0.0F;
    for (const Cell top : tops_) {
      most += amplitude_[levels_[top]] * by_bearing_[step(rows_between(cell, top))] *
              by_range_[step(columns_between(cell, top))];
    }
    if (amplitude_[levels_[cell]] > static_cast<float>(adds_up) * most + margin_) return false;
  }
  return true;
}

void EchoSplitter::measure(const Echo& echo, const RunMemory& memory, std::vector<Echo>& parts) {
  const std::size_t before = parts.size();
  parts.resize(before + tops_.size());
  std::array<bool, most_parts> begun{};
  for (std::uint32_t at = echo.runs.head;; at = memory.at(at).next) {
    const RunMemory::Kept& run = memory.at(at);
    const RunMemory::Row& row = memory.row(run.row);
    const std::uint32_t place = place_of(run);
    for (std::uint32_t k = 0; k < run.length;) {
      const Cell top = top_of(static_cast<Cell>(place + k));
      const auto part = static_cast<std::size_t>(std::find(tops_.begin(), tops_.end(), top) - tops_.begin());
      RunSums sums;
      sums.begin = run.begin + k;
      sums.peak_threshold = run.peak_threshold;
      for (; k < run.length && top_of(static_cast<Cell>(place + k)) == top; ++k) {
        const std::uint8_t level = levels_[place + k];
        sums.weight += level;
        sums.weighted_cell += std::uint64_t{level} * (run.begin + k);
        sums.peak = std::max(sums.peak, level);
      }
      sums.end = run.begin + k;
      Echo& into = parts[before + part];
      if (!begun[part]) into.start(row.position, row.time);
      begun[part] = true;
      into.add(row.position, row.time, false, sums);
    }
    if (at == echo.runs.tail) break;
  }
  note_neighbours(std::span(parts).subspan(before));
}

void EchoSplitter::note_neighbours(std::span<Echo> parts) const {
  const float threshold = margin_ / needed_;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Cell top = tops_[i];
    const auto share = static_cast<double>(std::max(meets_[top], threshold) / amplitude_[levels_[top]]);
    for (const Cell other : tops_) {
      if (rows_between(top, other) > 0.5 * beam_spokes_) parts[i].crowded_across = share;
      if (columns_between(top, other) > 0.5 * pulse_cells_) parts[i].crowded_along = share;
    }
  }
}

bool EchoSplitter::split(const Echo& echo, const RunMemory& memory, std::vector<Echo>& parts) {
  if (!may_hold_several(echo) || !paint(echo, memory)) return false;
  order_cells();
  if (!may_have_valleys()) return false;
  flood();
  if (!settle_tops() || !look_like_points()) return false;
  measure(echo, memory, parts);
  return true;
}

}  // namespace headland::plots
