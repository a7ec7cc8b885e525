// SPDX-License-Identifier: Apache-2.0
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/signal/stage/standing_echoes.cpp"
#include "core/signal/stage/standing_echoes.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <utility>

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/signal/row_lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace headland::signal {
namespace HWY_NAMESPACE {

// Lanes [away, to) of the half that begins at `half`; returns up to where, which is `away` if they are fewer than one
// vector's. The last vector begins earlier, with lanes that were looked at before.
std::size_t find_lanes(const StandingRow& row, std::size_t half, std::size_t to, std::vector<StandingCell>& out) {
  const Wide d;
  const auto gain = hn::Set(d, row.over.gain);
  const auto addition = hn::Set(d, row.over.addition);
  alignas(64) std::uint16_t about[hn::MaxLanes(d)];
  if (to < row.away + hn::Lanes(d)) return row.away;
  for (std::size_t k = row.away; k < to; k += hn::Lanes(d)) {
    const std::size_t begin = std::min(k, to - hn::Lanes(d));
    const std::size_t at = half + begin;
    WideVec first = hn::Zero(d);
    WideVec second = hn::Zero(d);
    const auto mean_of = [&](const std::uint16_t* one, const std::uint16_t* other) {
      const WideVec a = hn::LoadU(d, one);
      const WideVec b = hn::LoadU(d, other);
      const WideVec greater = hn::Max(a, b);
      second = hn::Max(hn::Max(second, hn::Min(a, b)), hn::Min(first, greater));
      first = hn::Max(first, greater);
      return hn::AverageRound(a, b);
    };
    const auto mean_beside = [&](const std::uint16_t* of) { return mean_of(of + at - row.away, of + at + row.away); };
    const WideVec mean =
        hn::AverageRound(hn::AverageRound(mean_of(row.before + at, row.after + at), mean_beside(row.map)),
                         hn::AverageRound(mean_beside(row.before), mean_beside(row.after)));
    const WideVec spread = hn::SaturatedSub(second, mean);
    const WideVec twice = hn::SaturatedAdd(spread, spread);
    const WideVec six_times = hn::SaturatedAdd(twice, hn::SaturatedAdd(twice, twice));
    const WideVec over_noise = hn::SaturatedAdd(second, hn::SaturatedAdd(hn::MulHigh(second, gain), addition));
    const WideVec limit = hn::Max(over_noise, hn::SaturatedAdd(mean, six_times));
    // A saturated difference: a comparison would take lanes as signed.
    const WideVec difference = hn::SaturatedSub(hn::LoadU(d, row.map + at), limit);
    const auto stands = hn::Ne(difference, hn::Zero(d));
    if (hn::AllFalse(d, stands)) continue;
    std::uint64_t left = 0;
    hn::StoreMaskBits(d, stands, reinterpret_cast<std::uint8_t*>(&left));
    hn::Store(second, d, about);
    for (left = left >> (k - begin) << (k - begin); left != 0; left &= left - 1) {
      const auto i = static_cast<std::size_t>(std::countr_zero(left));
      out.push_back({static_cast<std::uint32_t>(at + i), about[i]});
    }
  }
  return to;
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
    std::array<std::uint32_t, 8> about{row.before[at], row.after[at]};
    std::size_t n = 2;
    for (const std::uint16_t* const of : {row.map, row.before, row.after}) {
      about[n++] = of[at - row.away];
      about[n++] = of[at + row.away];
    }
    const auto mean_of = [](std::uint32_t a, std::uint32_t b) { return (a + b + 1) / 2; };
    const std::uint32_t mean = mean_of(mean_of(mean_of(about[0], about[1]), mean_of(about[2], about[3])),
                                       mean_of(mean_of(about[4], about[5]), mean_of(about[6], about[7])));
    std::ranges::nth_element(about, about.begin() + 1, std::greater<>());
    const std::uint32_t second = about[1];
    const std::uint32_t over_noise = second + (second * row.over.gain >> 16) + row.over.addition;
    const std::uint32_t spread = second - std::min(second, mean);
    if (row.map[at] > std::max(over_noise, mean + 6 * spread)) {
      out.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint16_t>(second)});
    }
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
  forget();
}

void StandingEchoes::resume(std::span<const std::uint16_t> looks, std::uint16_t full) {
  rows_.assign(looks.size(), {});
  for (std::size_t row = 0; row < looks.size(); ++row) rows_[row].is_resumed = looks[row] >= full;
}

void StandingEchoes::find(const ClutterMap& map, std::uint32_t row) {
  found_.clear();
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
                found_);
}

// Both in order of place.
void StandingEchoes::follow(Row& row) {
  before_.swap(row.cells);
  row.cells.clear();
  const bool first_counts = std::exchange(row.is_resumed, false);
  auto old = before_.begin();
  const auto missed = [&](std::uint32_t until) {
    for (; old != before_.end() && old->cell.place < until; ++old) {
      if (--old->looks == 0) continue;
      old->counts = old->counts && old->looks >= looks_to_stay;
      row.cells.push_back(*old);
    }
  };
  for (const StandingCell& cell : found_) {
    missed(cell.place);
    Followed now{cell, first_counts ? looks_to_stay : std::uint8_t{1}, first_counts};
    if (old != before_.end() && old->cell.place == cell.place) {
      now.looks = std::min<std::uint8_t>(old->looks + 1, most_looks);
      now.counts = old->counts;
      ++old;
    }
    now.counts = now.counts || now.looks >= looks_to_count;
    row.cells.push_back(now);
  }
  missed(std::numeric_limits<std::uint32_t>::max());
  row.counting.clear();
  for (const Followed& f : row.cells) {
    if (f.counts) row.counting.push_back(f.cell);
  }
}

void StandingEchoes::level(ClutterMap& map, std::uint32_t row, std::uint64_t turn) {
  rows_.resize(map.rows());
  Row& r = rows_[row];
  const bool due = (turn + row) % every_turns == 0 && r.found_in != turn + 1;
  if (due || r.is_resumed) {
    find(map, row);
    follow(r);
    r.found_in = turn + 1;
  }
  std::uint16_t* const levels = map.levels(row);
  kept_cells_ = 0;
  if (kept_.size() < r.counting.size()) kept_.resize(r.counting.size());
  for (const StandingCell& cell : r.counting) {
    // Never a higher one: what lay about it may have been rain that is gone. Listed without a branch.
    const std::uint16_t level = levels[cell.place];
    kept_[kept_cells_] = {cell.place, level};
    kept_cells_ += level > cell.about ? 1 : 0;
    levels[cell.place] = std::min(level, cell.about);
  }
}

void StandingEchoes::put_back(const DetectRule& rule, const DetectRow& row) {
  const std::uint32_t half = padded_cells(row.cells) / 2;
  const std::span<const Kept> all_kept(kept_.data(), kept_cells_);
  kept_cells_ = 0;
  for (const Kept& kept : all_kept) row.map[kept.place] = kept.level;
  if (row.map_use != MapUse::learned) return;
  for (const Kept& kept : all_kept) {
    const std::uint32_t k = kept.place < half ? 2 * kept.place : 2 * (kept.place - half) + 1;
    if (k >= row.cells) continue;
    row.map[kept.place] = learned_level(rule, kept.level, row.levels[k], row.levels[k] > row.thresholds[k]);
  }
}

}  // namespace headland::signal
#endif
