// SPDX-License-Identifier: Apache-2.0
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/signal/stage/standing_echoes.cpp"
#include "core/signal/stage/standing_echoes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/signal/row_lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace headland::signal {
namespace HWY_NAMESPACE {

// Lanes [from, to) of the half that begins at `half`; returns where whole vectors end.
std::size_t find_lanes(const StandingRow& row, std::size_t half, std::size_t to, std::vector<StandingCell>& out) {
  const Wide d;
  const auto gain = hn::Set(d, row.over.gain);
  const auto addition = hn::Set(d, row.over.addition);
  alignas(64) std::uint16_t over[hn::MaxLanes(d)];
  alignas(64) std::uint16_t about[hn::MaxLanes(d)];
  std::size_t k = row.away;
  for (; k + hn::Lanes(d) <= to; k += hn::Lanes(d)) {
    const std::size_t at = half + k;
    WideVec first = hn::LoadU(d, row.before + at);
    WideVec second = hn::Zero(d);
    const auto take = [&](const std::uint16_t* place) {
      const WideVec v = hn::LoadU(d, place);
      second = hn::Max(second, hn::Min(first, v));
      first = hn::Max(first, v);
    };
    take(row.after + at);
    for (const std::uint16_t* const of : {row.map, row.before, row.after}) {
      take(of + at - row.away);
      take(of + at + row.away);
    }
    const WideVec limit = hn::SaturatedAdd(second, hn::SaturatedAdd(hn::MulHigh(second, gain), addition));
    // A saturated difference: a comparison would take lanes as signed.
    const WideVec difference = hn::SaturatedSub(hn::LoadU(d, row.map + at), limit);
    if (hn::AllTrue(d, hn::Eq(difference, hn::Zero(d)))) continue;
    hn::Store(difference, d, over);
    hn::Store(second, d, about);
    for (std::size_t i = 0; i < hn::Lanes(d); ++i) {
      if (over[i] != 0) out.push_back({static_cast<std::uint32_t>(at + i), about[i]});
    }
  }
  return k;
}

}  // namespace HWY_NAMESPACE
}  // namespace headland::signal
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace headland::signal {
namespace {

// From the middle of an echo to the places about it: it fades within one beam to either side.
constexpr double beams_away = 1.5;

void find_lanes_scalar(const StandingRow& row, std::size_t half, std::size_t from, std::size_t to,
                       std::vector<StandingCell>& out) {
  for (std::size_t k = from; k < to; ++k) {
    const std::size_t at = half + k;
    std::uint16_t first = row.before[at];
    std::uint16_t second = 0;
    const auto take = [&](std::uint16_t v) {
      second = std::max(second, std::min(first, v));
      first = std::max(first, v);
    };
    take(row.after[at]);
    for (const std::uint16_t* const of : {row.map, row.before, row.after}) {
      take(of[at - row.away]);
      take(of[at + row.away]);
    }
    const std::uint32_t limit = second + (std::uint32_t{second} * row.over.gain >> 16) + row.over.addition;
    if (row.map[at] > limit) out.push_back({static_cast<std::uint32_t>(at), second});
  }
}

}  // namespace

HWY_EXPORT(find_lanes);

void find_standing(const StandingRow& row, std::vector<StandingCell>& out) {
  out.clear();
  if (row.half <= 2 * row.away) return;
  const std::size_t to = row.half - row.away;
  for (const std::size_t half : {std::size_t{0}, std::size_t{row.half}}) {
    find_lanes_scalar(row, half, HWY_DYNAMIC_DISPATCH(find_lanes)(row, half, to, out), to, out);
  }
}

void find_standing_scalar(const StandingRow& row, std::vector<StandingCell>& out) {
  out.clear();
  if (row.half <= 2 * row.away) return;
  for (const std::size_t half : {std::size_t{0}, std::size_t{row.half}}) {
    find_lanes_scalar(row, half, row.away, row.half - row.away, out);
  }
}

void StandingEchoes::configure(Raise over, const DetectRule& rule, double beam_rad) {
  over_ = over;
  away_ = std::max((rule.guard + rule.training / 2 + 1) / 2, 1U);
  beam_rad_ = beam_rad;
  rows_.clear();
}

void StandingEchoes::find(const ClutterMap& map, std::uint32_t row) {
  auto& cells = rows_[row].cells;
  cells.clear();
  const std::uint32_t rows = map.rows();
  const double row_width = 2.0 * std::numbers::pi / rows;
  const auto away = static_cast<std::uint32_t>(std::clamp(std::ceil(beams_away * beam_rad_ / row_width), 1.0, 1e4));
  if (rows <= 2 * away) return;
  std::uint32_t before = (row + rows - away) % rows;
  std::uint32_t after = (row + away) % rows;
  // At the border of a blanked sector one side is not known.
  const auto looks = map.looks();
  if (looks[before] == 0) before = after;
  if (looks[after] == 0) after = before;
  if (looks[before] == 0) return;
  find_standing({map.row(row).data(), map.row(before).data(), map.row(after).data(), map.stride() / 2, away_, over_},
                cells);
}

void StandingEchoes::level(ClutterMap& map, std::uint32_t row, std::uint64_t turn) {
  rows_.resize(map.rows());
  Row& r = rows_[row];
  const bool due = (turn + row) % every_turns == 0 && r.found_in != turn + 1;
  if (due || r.found_in == 0) {
    find(map, row);
    r.found_in = turn + 1;
  }
  levelled_ = row;
  kept_.clear();
  std::uint16_t* const levels = map.levels(row);
  for (const StandingCell& cell : r.cells) kept_.push_back(std::exchange(levels[cell.place], cell.about));
}

void StandingEchoes::put_back(const DetectRule& rule, const DetectRow& row) {
  if (kept_.empty()) return;
  const std::uint32_t half = padded_cells(row.cells) / 2;
  const auto& cells = rows_[levelled_].cells;
  for (std::size_t i = 0; i < kept_.size(); ++i) {
    const std::uint32_t place = cells[i].place;
    const std::uint32_t k = place < half ? 2 * place : 2 * (place - half) + 1;
    std::uint16_t m = kept_[i];
    if (row.map_use == MapUse::learned && k < row.cells) {
      m = learned_level(rule, m, row.levels[k], row.levels[k] > row.thresholds[k]);
    }
    row.map[place] = m;
  }
  kept_.clear();
}

}  // namespace headland::signal
#endif
