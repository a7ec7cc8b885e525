// SPDX-License-Identifier: Apache-2.0
// The vector form of the order statistic: a rank count, no sorting (row_kernels.hpp).
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/signal/ordered_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/signal/row_kernels.hpp"
#include "core/signal/row_lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace headland::signal {
namespace HWY_NAMESPACE {

// What each cell scales to, and of every four from a cell on the second smallest.
void scale_cells(const Constants& constants, const DetectRow& of, RowWorkspace& w) {
  const Constants c = constants;
  const DetectRow row = of;
  std::uint8_t* const second_cells = w.seconds();
  const Wide d;
  const Narrow dn;
  const auto most = hn::Set(d, 255);
  std::uint8_t* const scaled_cells = w.scaled();
  for (std::size_t k = 0; k < padded_cells(row.cells); k += hn::Lanes(dn)) {
    const WideVec cells = load_cells(row.training + k);
    const WideVec even = scaled(hn::ShiftLeft<8>(cells), c.local);
    const WideVec odd = scaled(hn::And(cells, hn::Set(d, 0xFF00)), c.local);
    store_cells(pack({hn::Min(even, most), hn::Min(odd, most)}), scaled_cells + k);
  }
  for (std::size_t k = 0; k < padded_cells(row.cells); k += hn::Lanes(dn)) {
    const auto a = hn::LoadU(dn, scaled_cells + k);
    const auto b = hn::LoadU(dn, scaled_cells + k + 1);
    const auto e = hn::LoadU(dn, scaled_cells + k + 2);
    const auto f = hn::LoadU(dn, scaled_cells + k + 3);
    // The second smallest is the greater of the smaller ones, or the least of the greater ones.
    const auto inner = hn::Max(hn::Min(a, b), hn::Min(e, f));
    hn::StoreU(hn::Min(inner, hn::Min(hn::Max(a, b), hn::Max(e, f))), dn, second_cells + k);
  }
}

// Echoes of the cells whose two windows lie inside the row, 255 or 0. Most cells lie under far more of their
// neighbours than they may: where a cell is not over the second smallest of four it is under three of them, and
// where that is so in enough fours of every cell of a vector, none can be an echo and no neighbour is counted.
void find_ordered_echoes(const DetectRule& rule, const DetectRow& row, RowWorkspace& w) {
  const Narrow d;
  using Cells = hn::Vec<Narrow>;
  const std::uint32_t rank = rank_of(rule.training);
  const std::uint32_t enough = (2 * rule.training - rank + 1 + 2) / 3;  // fours
  const auto reach = static_cast<std::ptrdiff_t>(rule.guard + rule.training);
  const auto training = static_cast<std::ptrdiff_t>(rule.training);
  const Cells one = hn::Set(d, 1);
  const Cells zero = hn::Zero(d);
  const Cells few = hn::Set(d, static_cast<std::uint8_t>(rule.training / 2 - enough));
  const Cells one_less = hn::Set(d, static_cast<std::uint8_t>(rank - 1));
  for (std::ptrdiff_t k = 0; k < static_cast<std::ptrdiff_t>(padded_cells(row.cells));
       k += static_cast<std::ptrdiff_t>(hn::Lanes(d))) {
    const Cells level = hn::LoadU(d, row.levels + k);
    const std::uint8_t* const lag = w.scaled() + k - reach;
    const std::uint8_t* const lead = w.scaled() + k + static_cast<std::ptrdiff_t>(rule.guard) + 1;
    const std::uint8_t* const lag_second = w.seconds() + k - reach;
    const std::uint8_t* const lead_second = w.seconds() + k + static_cast<std::ptrdiff_t>(rule.guard) + 1;
    Cells over = zero;
    for (std::ptrdiff_t i = 0; i < training; i += 4) {
      over = hn::Add(over, hn::IfThenElseZero(hn::Gt(level, hn::LoadU(d, lag_second + i)), one));
      over = hn::Add(over, hn::IfThenElseZero(hn::Gt(level, hn::LoadU(d, lead_second + i)), one));
    }
    Cells echo = zero;
    if (!hn::AllFalse(d, hn::Gt(over, few))) {
      Cells below = zero;
      for (std::ptrdiff_t i = 0; i < training; ++i) {
        below = hn::Add(below, hn::IfThenElseZero(hn::Gt(level, hn::LoadU(d, lag + i)), one));
        below = hn::Add(below, hn::IfThenElseZero(hn::Gt(level, hn::LoadU(d, lead + i)), one));
      }
      echo = hn::VecFromMask(d, hn::Gt(below, one_less));
    }
    hn::StoreU(echo, d, w.echoes() + k);
  }
}

template <MapUse use>
void detect_ordered_cells(const Constants& constants, const DetectRow& of, RowWorkspace& w) {
  const Constants c = constants;  // copies, which stay in registers
  const DetectRow row = of;
  const std::uint8_t* const all_echoes = w.echoes();
  const Wide d;
  const Narrow dn;
  const std::size_t half = padded_cells(row.cells) / 2;
  auto* const bytes = reinterpret_cast<std::uint8_t*>(row.bits);
  const auto minimum = hn::Set(dn, c.minimum);
  const Ahead ahead(row);
  for (std::size_t j = 0; j < half; j += hn::Lanes(d)) {
    ahead.fetch(j, half);
    const WideVec cells = load_cells(row.levels + 2 * j);
    const auto level = hn::BitCast(dn, cells);
    const auto echo = hn::LoadU(dn, all_echoes + 2 * j);
    auto lowest = minimum;
    if constexpr (use == MapUse::learned) {
      const Pair levels = widen(cells);
      const Pair echoes = widen(hn::BitCast(d, echo));
      const Pair m{hn::LoadU(d, row.map + j), hn::LoadU(d, row.map + j + half)};
      const auto most = hn::Set(d, 255);
      const Pair of_map{hn::Min(scaled(m.even, c.map), most), hn::Min(scaled(m.odd, c.map), most)};
      hn::StoreU(learn(c, m.even, levels.even, hn::Ne(echoes.even, hn::Zero(d))), d, row.map + j);
      hn::StoreU(learn(c, m.odd, levels.odd, hn::Ne(echoes.odd, hn::Zero(d))), d, row.map + j + half);
      lowest = hn::Max(lowest, hn::BitCast(dn, pack(of_map)));
    }
    const auto threshold = hn::Max(lowest, hn::AndNot(echo, level));
    hn::StoreU(threshold, dn, row.thresholds + 2 * j);
    hn::StoreU(hn::Set(dn, 255), dn, row.caps + 2 * j);
    hn::StoreMaskBits(dn, hn::Gt(level, threshold), bytes + j / 4);
  }
  clear_tail(row.bits, row.cells);
}

// Where the two windows of a cell begin. At the ends of a row both lie on one side, one behind the other.
struct Windows {
  const std::uint8_t* lag;
  const std::uint8_t* lead;
};
HWY_INLINE Windows windows_of(const DetectRule& rule, std::uint32_t cells, const std::uint8_t* scaled_cells,
                              std::uint32_t k) {
  const std::uint32_t reach = rule.guard + rule.training;
  const std::uint8_t* const here = scaled_cells + k;
  const std::uint8_t* const before = here - reach;
  const std::uint8_t* const behind = here + rule.guard + 1;
  if (k < reach) return {behind, behind + rule.training};
  if (k + reach >= cells) return {before, before - rule.training};
  return {before, behind};
}

using Part = hn::FixedTag<std::uint8_t, 16>;

// How many cells of both windows are below a level. Windows of fewer than 16 cells one by one.
HWY_INLINE std::size_t count_below(const DetectRule& rule, Windows w, std::uint8_t level) {
  const Part d;
  std::size_t below = 0;
  if (rule.training < 16) {
    for (std::uint32_t i = 0; i < rule.training; ++i)
      below += (w.lag[i] < level ? 1U : 0U) + (w.lead[i] < level ? 1U : 0U);
    return below;
  }
  const auto over = hn::Set(d, level);
  for (std::uint32_t i = 0; i < rule.training; i += 16) {
    below += hn::CountTrue(d, hn::Gt(over, hn::LoadU(d, w.lag + i)));
    below += hn::CountTrue(d, hn::Gt(over, hn::LoadU(d, w.lead + i)));
  }
  return below;
}

// Echoes of the cells where only one window fits.
void count_ends(const DetectRule& rule, const DetectRow& row, RowWorkspace& w) {
  const std::uint32_t reach = rule.guard + rule.training;
  const auto count = [&](std::uint32_t k) {
    const Windows windows = windows_of(rule, row.cells, w.scaled(), k);
    w.echoes()[k] = count_below(rule, windows, row.levels[k]) >= rank_of(rule.training) ? 255 : 0;
  };
  for (std::uint32_t k = 0; k < reach; ++k) count(k);
  for (std::uint32_t k = row.cells - reach; k < row.cells; ++k) count(k);
}

// The exact thresholds of the hits that may be the peak of an echo: the greatest value that fewer than `rank` cells
// are below, bit by bit.
void complete(const DetectRule& rule, const DetectRow& row, const std::uint8_t* scaled_cells) {
  const std::uint8_t* const levels = row.levels;
  for (std::uint32_t word = 0; word < padded_cells(row.cells) / 64; ++word) {
    for (std::uint64_t left = row.bits[word]; left != 0; left &= left - 1) {
      const std::uint32_t k = 64 * word + static_cast<std::uint32_t>(hwy::Num0BitsBelowLS1Bit_Nonzero64(left));
      if ((k > 0 && levels[k - 1] > levels[k]) || (k + 1 < row.cells && levels[k + 1] > levels[k])) continue;
      const Windows windows = windows_of(rule, row.cells, scaled_cells, k);
      unsigned value = 0;
      for (unsigned bit = 128; bit != 0; bit /= 2) {
        const auto tried = static_cast<std::uint8_t>(value | bit);
        if (count_below(rule, windows, tried) < rank_of(rule.training)) value = tried;
      }
      if (value > row.thresholds[k]) row.thresholds[k] = static_cast<std::uint8_t>(value);
    }
  }
}

void detect_ordered(const DetectRule& rule, const DetectRow& row, RowWorkspace& w) {
  const Constants c = constants_of(rule);
  if (row.cells >= fewest_cells(rule)) {
    scale_cells(c, row, w);
    find_ordered_echoes(rule, row, w);
    count_ends(rule, row, w);
  } else {
    for (std::uint32_t k = 0; k < padded_cells(row.cells); ++k) w.echoes()[k] = 0;
  }
  if (row.map_use == MapUse::learned) {
    detect_ordered_cells<MapUse::learned>(c, row, w);
  } else {
    detect_ordered_cells<MapUse::none>(c, row, w);
  }
  complete(rule, row, w.scaled());
}

}  // namespace HWY_NAMESPACE
}  // namespace headland::signal
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace headland::signal {

HWY_EXPORT(detect_ordered);

void detect_row_ordered(const DetectRule& rule, const DetectRow& row, RowWorkspace& workspace) {
  HWY_DYNAMIC_DISPATCH(detect_ordered)(rule, row, workspace);
}

}  // namespace headland::signal
#endif
