// SPDX-License-Identifier: Apache-2.0
// The vector form of the order statistic: a rank count, no sorting (row_kernels.hpp).
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/signal/ordered_kernels.cpp"
#include <algorithm>
#include <utility>

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/signal/row_kernels.hpp"
#include "core/signal/row_lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace headland::signal {
namespace HWY_NAMESPACE {

// What each cell scales to, from cell `from` to `to`.
HWY_INLINE void scale_cells(const Constants& c, const DetectRow& row, RowWorkspace& w, std::size_t from,
                            std::size_t to) {
  const Wide d;
  const Factor local = c.local;
  const auto most = hn::Set(d, 255);
  const std::uint8_t* const training = row.training;
  std::uint8_t* const scaled_cells = w.scaled();
  const Ahead ahead(row);
  for (std::size_t k = from; k < to; k += hn::Lanes(Narrow())) {
    ahead.fetch_first(k / 2);
    const WideVec cells = load_cells(training + k);
    const WideVec even = scaled(hn::ShiftLeft<8>(cells), local);
    const WideVec odd = scaled(hn::And(cells, hn::Set(d, 0xFF00)), local);
    store_cells(pack({hn::Min(even, most), hn::Min(odd, most)}), scaled_cells + k);
  }
}

// Of every four scaled cells from a cell on the third smallest.
HWY_INLINE void find_thirds(RowWorkspace& w, std::size_t from, std::size_t to) {
  const Narrow d;
  const std::uint8_t* const scaled_cells = w.scaled();
  std::uint8_t* const third_cells = w.thirds();
  for (std::size_t k = from; k < to; k += hn::Lanes(d)) {
    const auto a = hn::LoadU(d, scaled_cells + k);
    const auto b = hn::LoadU(d, scaled_cells + k + 1);
    const auto e = hn::LoadU(d, scaled_cells + k + 2);
    const auto f = hn::LoadU(d, scaled_cells + k + 3);
    // The third smallest is the smaller of the greater ones, or the greatest of the smaller ones.
    const auto inner = hn::Min(hn::Max(a, b), hn::Max(e, f));
    hn::StoreU(hn::Max(inner, hn::Max(hn::Min(a, b), hn::Min(e, f))), d, third_cells + k);
  }
}

// How many of cells[0], cells[step], ... (`count` of them) every lane of `level` is over. Ones are added with no mask,
// which are slow to come by; written out, not looped.
template <std::size_t step, class D, std::size_t... i>
HWY_INLINE hn::Vec<D> add_ones(D d, hn::Vec<D> level, const std::uint8_t* cells, std::index_sequence<i...> /*places*/) {
  auto sum = hn::Zero(d);
  ((sum = hn::Add(sum, hn::Min(hn::SaturatedSub(level, hn::LoadU(d, cells + step * i)), hn::Set(d, 1)))), ...);
  return sum;
}
template <std::size_t count, std::size_t step, class D>
HWY_INLINE hn::Vec<D> count_over(D d, hn::Vec<D> level, const std::uint8_t* cells) {
  return add_ones<step>(d, level, cells, std::make_index_sequence<count>());
}

// What is worth a closer look, in parts of no more than this, or too many cells beside would be looked at with it.
using Closer = hn::CappedTag<std::uint8_t, 32>;

// Lists the parts of a vector from cell `k` on where any of `maybe` is set, behind those listed; returns how many then.
HWY_INLINE std::size_t list_parts(hn::Mask<Narrow> maybe, std::size_t k, std::uint32_t* places, std::size_t listed) {
  constexpr std::size_t part = hn::MaxLanes(Closer());
  std::uint64_t bits = 0;
  hn::StoreMaskBits(Narrow(), maybe, reinterpret_cast<std::uint8_t*>(&bits));
  for (std::size_t i = 0; i < hn::Lanes(Narrow()); i += part) {
    places[listed] = static_cast<std::uint32_t>(k + i);
    listed += (bits >> i & ((std::uint64_t{1} << part) - 1)) != 0 ? 1 : 0;
  }
  return listed;
}

// Echoes of the cells whose two windows lie inside the row, 255 or 0. Most cells lie under far more of their
// neighbours than they may: where a cell is not over the third smallest of four it is under two of them, and
// where that is so in enough fours of every cell of a vector, none can be an echo and no neighbour is counted. The
// vectors where one may be are listed first: a branch at each would be foreseen wrongly at every echo.
template <std::uint32_t training>
void find_ordered_echoes(const DetectRule& rule, const DetectRow& row, RowWorkspace& w, std::size_t from,
                         std::size_t to) {
  const Narrow d;
  constexpr std::uint32_t rank = rank_of(training);
  constexpr std::uint32_t enough = (2 * training - rank) / 2 + 1;  // fours
  const auto reach = static_cast<std::ptrdiff_t>(rule.guard + training);
  const auto ahead = static_cast<std::ptrdiff_t>(rule.guard + 1);
  const auto zero = hn::Zero(d);
  const auto few = hn::Set(d, static_cast<std::uint8_t>(training / 2 - enough));
  const std::uint8_t* const levels = row.levels;
  const std::uint8_t* const scaled_cells = w.scaled();
  const std::uint8_t* const thirds = w.thirds();
  std::uint8_t* const echoes = w.echoes();
  std::uint32_t* const places = w.places();
  const std::uint8_t* const next_cells = row.next_cells != nullptr ? row.next_cells : levels;
  std::size_t listed = 0;
  for (std::size_t k = from; k < to; k += hn::Lanes(d)) {
    if (k % 64 == 0) __builtin_prefetch(next_cells + k);  // here, where there is most to do meanwhile
    const auto level = hn::LoadU(d, levels + k);
    const auto over = hn::Add(count_over<training / 4, 4>(d, level, thirds + k - reach),
                              count_over<training / 4, 4>(d, level, thirds + k + ahead));
    hn::StoreU(zero, d, echoes + k);
    listed = list_parts(hn::Ne(hn::SaturatedSub(over, few), zero), k, places, listed);
  }
  const Closer closer;
  const auto one_less = hn::Set(closer, static_cast<std::uint8_t>(rank - 1));
  for (std::size_t i = 0; i < listed; ++i) {
    const std::size_t k = places[i];
    const auto level = hn::LoadU(closer, levels + k);
    const auto below = hn::Add(count_over<training, 1>(closer, level, scaled_cells + k - reach),
                               count_over<training, 1>(closer, level, scaled_cells + k + ahead));
    hn::StoreU(hn::VecFromMask(closer, hn::Gt(below, one_less)), closer, echoes + k);
  }
}

void find_echoes(const DetectRule& rule, const DetectRow& row, RowWorkspace& w, std::size_t from, std::size_t to) {
  const auto find = rule.training == 4    ? find_ordered_echoes<4>
                    : rule.training == 8  ? find_ordered_echoes<8>
                    : rule.training == 16 ? find_ordered_echoes<16>
                                          : find_ordered_echoes<32>;
  find(rule, row, w, from, to);
}

template <MapUse use>
void detect_ordered_cells(const Constants& constants, const DetectRow& of, RowWorkspace& w, std::size_t from,
                          std::size_t to) {
  const Constants c = constants;  // copies, which stay in registers
  const DetectRow row = of;
  const std::uint8_t* const all_echoes = w.echoes();
  const Wide d;
  const Narrow dn;
  const std::size_t half = padded_cells(row.cells) / 2;
  auto* const bytes = reinterpret_cast<std::uint8_t*>(row.bits);
  const auto minimum = hn::Set(dn, c.minimum);
  const Ahead ahead(row);
  for (std::size_t j = from / 2; j < to / 2; j += hn::Lanes(d)) {
    ahead.fetch_second(j);
    const WideVec cells = load_cells(row.levels + 2 * j);
    const auto level = hn::BitCast(dn, cells);
    const auto echo = hn::LoadU(dn, all_echoes + 2 * j);
    auto lowest = minimum;
    if constexpr (use != MapUse::none) {
      const Pair m{hn::LoadU(d, row.map + j), hn::LoadU(d, row.map + j + half)};
      const auto most = hn::Set(d, 255);
      const Pair of_map{hn::Min(scaled(m.even, c.map), most), hn::Min(scaled(m.odd, c.map), most)};
      lowest = hn::Max(lowest, hn::BitCast(dn, pack(of_map)));
      if constexpr (use == MapUse::learned) {
        const Pair levels = widen(cells);
        const Pair echoes = widen(hn::BitCast(d, echo));
        hn::StoreU(learn(c, m.even, levels.even, hn::Ne(echoes.even, hn::Zero(d))), d, row.map + j);
        hn::StoreU(learn(c, m.odd, levels.odd, hn::Ne(echoes.odd, hn::Zero(d))), d, row.map + j + half);
      }
    }
    const auto threshold = hn::Max(lowest, hn::AndNot(echo, level));
    hn::StoreU(threshold, dn, row.thresholds + 2 * j);
    hn::StoreU(hn::Set(dn, 255), dn, row.caps + 2 * j);
    hn::StoreMaskBits(dn, hn::Gt(level, threshold), bytes + j / 4);
  }
}

// Where the two windows of a cell begin. At the ends of a row both lie on one side, one behind the other.
struct Windows {
  const std::uint8_t* lag;
  const std::uint8_t* lead;
};
HWY_INLINE Windows windows_of(const DetectRule& rule, std::uint32_t cells, const std::uint8_t* scaled_cells,
                              std::uint32_t k) {
  const std::uint32_t reach = rule.guard + rule.training;
  const std::uint8_t* const before = scaled_cells + k - reach;
  const std::uint8_t* const behind = scaled_cells + k + rule.guard + 1;
  if (k < reach) return {behind, behind + rule.training};
  if (k + reach >= cells) return {before, before - rule.training};
  return {before, behind};
}

using Part = hn::FixedTag<std::uint8_t, 16>;

// How many cells of both windows are below a level. Windows of fewer than 16 cells one by one.
HWY_INLINE std::size_t count_below(const DetectRule& rule, Windows w, std::uint8_t level) {
  const Part d;
  const auto over = hn::Set(d, level);
  std::size_t below = 0;
  const std::uint32_t single = rule.training % 16;
  for (std::uint32_t i = 0; i < single; ++i) below += (w.lag[i] < level ? 1U : 0U) + (w.lead[i] < level ? 1U : 0U);
  for (std::uint32_t i = single; i < rule.training; i += 16) {
    below += hn::CountTrue(d, hn::Gt(over, hn::LoadU(d, w.lag + i)));
    below += hn::CountTrue(d, hn::Gt(over, hn::LoadU(d, w.lead + i)));
  }
  return below;
}

// Echoes of cells where only one window fits, from cell `from` to `to`.
void count_ends(const DetectRule& rule, const DetectRow& row, RowWorkspace& w, std::uint32_t from, std::uint32_t to) {
  for (std::uint32_t k = from; k < to; ++k) {
    const Windows windows = windows_of(rule, row.cells, w.scaled(), k);
    w.echoes()[k] = count_below(rule, windows, row.levels[k]) >= rank_of(rule.training) ? 255 : 0;
  }
}

// The greatest value that fewer than `rank` cells of both windows are below, bit by bit. Without branches: half of them
// would be foreseen wrongly.
template <class Below>
HWY_INLINE std::uint8_t search_threshold(std::size_t rank, Below below) {
  unsigned value = 0;
  for (unsigned bit = 128; bit != 0; bit /= 2) {
    const auto tried = static_cast<std::uint8_t>(value | bit);
    value |= bit & (0U - static_cast<unsigned>(below(tried) < rank));
  }
  return static_cast<std::uint8_t>(value);
}

// The same for windows of 16 cells, which stay in registers: in one where it is wide enough.
template <class D>
HWY_INLINE std::uint8_t search_in_registers(D d, std::size_t rank, Windows windows) {
  const Part part;
  const auto lag = hn::LoadU(part, windows.lag);
  const auto lead = hn::LoadU(part, windows.lead);
  if constexpr (hn::MaxLanes(D()) == 32) {
    const auto both = hn::Combine(d, lead, lag);
    return search_threshold(rank,
                            [&](std::uint8_t tried) { return hn::CountTrue(d, hn::Gt(hn::Set(d, tried), both)); });
  } else {
    return search_threshold(rank, [&](std::uint8_t tried) {
      const auto over = hn::Set(part, tried);
      return hn::CountTrue(part, hn::Gt(over, lag)) + hn::CountTrue(part, hn::Gt(over, lead));
    });
  }
}

HWY_INLINE std::uint8_t ordered_threshold(const DetectRule& rule, Windows windows) {
  const std::size_t rank = rank_of(rule.training);
  if (rule.training == 16) return search_in_registers(Closer(), rank, windows);
  return search_threshold(rank, [&](std::uint8_t tried) { return count_below(rule, windows, tried); });
}

// 16 windows of 16 cells: cell i of window p to cells[step * i + p]. Each of four times every vector is interleaved
// with the one half of them further.
template <std::size_t... i>
HWY_INLINE void turn_over(const std::uint8_t* const* windows, std::uint8_t* cells, std::size_t step,
                          std::index_sequence<i...> /*0 to 7*/) {
  const Part d;
  hn::Vec<Part> low[8] = {hn::LoadU(d, windows[i])...};
  hn::Vec<Part> high[8] = {hn::LoadU(d, windows[i + 8])...};
  for (int time = 0; time < 4; ++time) {
    const hn::Vec<Part> mixed[16] = {(i % 2 == 0 ? hn::InterleaveLower(d, low[i / 2], high[i / 2])
                                                 : hn::InterleaveUpper(d, low[i / 2], high[i / 2]))...,
                                     (i % 2 == 0 ? hn::InterleaveLower(d, low[4 + i / 2], high[4 + i / 2])
                                                 : hn::InterleaveUpper(d, low[4 + i / 2], high[4 + i / 2]))...};
    ((low[i] = mixed[i], high[i] = mixed[i + 8]), ...);
  }
  (hn::StoreU(low[i], d, cells + step * i), ...);
  (hn::StoreU(high[i], d, cells + step * (i + 8)), ...);
}

// The same search for many cells at once, one in each lane; windows of 16 cells. Fewer than all lanes: the last cell
// stands in the others, too.
inline constexpr std::size_t batch = hn::MaxLanes(Closer());
HWY_INLINE void search_batch(const DetectRule& rule, const DetectRow& row, RowWorkspace& w, const std::uint32_t* places,
                             std::size_t count) {
  const Closer d;
  const std::uint8_t* lag[batch];
  const std::uint8_t* lead[batch];
  for (std::size_t p = 0; p < batch; ++p) {
    const Windows windows = windows_of(rule, row.cells, w.scaled(), places[std::min(p, count - 1)]);
    lag[p] = windows.lag;
    lead[p] = windows.lead;
  }
  alignas(64) std::uint8_t cells[32 * batch];
  for (std::size_t p = 0; p < batch; p += 16) {
    turn_over(lag + p, cells + p, batch, std::make_index_sequence<8>());
    turn_over(lead + p, cells + 16 * batch + p, batch, std::make_index_sequence<8>());
  }
  auto value = hn::Zero(d);
  for (unsigned bit = 128; bit != 0; bit /= 2) {
    const auto tried = hn::Or(value, hn::Set(d, static_cast<std::uint8_t>(bit)));
    const auto below = count_over<32, batch>(d, tried, cells);
    value = hn::IfThenElse(hn::Gt(hn::Set(d, rank_of(16)), below), tried, value);
  }
  alignas(64) std::uint8_t values[batch];
  hn::Store(value, d, values);
  for (std::size_t p = 0; p < count; ++p) row.thresholds[places[p]] = std::max(row.thresholds[places[p]], values[p]);
}

// Bits of the cells `word` * 64 and on that are not weaker than the cell before and behind.
HWY_INLINE std::uint64_t peaks_of(const DetectRow& row, std::uint32_t word) {
  std::uint64_t peaks = 0;
  if (word == 0 || 64 * (word + 1) >= row.cells) {  // a neighbour of some is not in the row
    for (std::uint64_t left = row.bits[word]; left != 0; left &= left - 1) {
      const auto at = static_cast<std::uint32_t>(hwy::Num0BitsBelowLS1Bit_Nonzero64(left));
      const std::uint32_t k = 64 * word + at;
      const bool lower =
          (k > 0 && row.levels[k - 1] > row.levels[k]) || (k + 1 < row.cells && row.levels[k + 1] > row.levels[k]);
      peaks |= std::uint64_t{!lower} << at;
    }
    return peaks;
  }
  const std::uint8_t* const levels = row.levels + std::size_t{64} * word;
  const Narrow d;
  for (std::size_t i = 0; i < 64; i += hn::Lanes(d)) {
    const auto greatest = hn::Max(hn::LoadU(d, levels + i - 1), hn::LoadU(d, levels + i + 1));
    const auto higher = hn::SaturatedSub(greatest, hn::LoadU(d, levels + i));
    std::uint64_t bits = 0;
    hn::StoreMaskBits(d, hn::Eq(higher, hn::Zero(d)), reinterpret_cast<std::uint8_t*>(&bits));
    peaks |= bits << i;
  }
  return peaks;
}

// The exact thresholds of the hits that may be the peak of an echo; these are listed first, so that the search for one
// threshold need not wait for the last.
void complete(const DetectRule& rule, const DetectRow& row, RowWorkspace& w) {
  std::uint32_t* const places = w.places();
  std::size_t listed = 0;
  for (std::uint32_t word = 0; word < padded_cells(row.cells) / 64; ++word) {
    if (row.bits[word] == 0) continue;
    for (std::uint64_t left = row.bits[word] & peaks_of(row, word); left != 0; left &= left - 1) {
      places[listed++] = 64 * word + static_cast<std::uint32_t>(hwy::Num0BitsBelowLS1Bit_Nonzero64(left));
    }
  }
  std::size_t found = 0;
  constexpr std::size_t worth_it = 8;  // so many one by one cost as much as all lanes at once
  while (rule.training == 16 && listed - found >= worth_it) {
    const std::size_t count = std::min(batch, listed - found);
    search_batch(rule, row, w, places + found, count);
    found += count;
  }
  for (std::size_t i = found; i < listed; ++i) {
    const std::uint32_t k = places[i];
    const auto windows = windows_of(rule, row.cells, w.scaled(), k);
    row.thresholds[k] = std::max(row.thresholds[k], ordered_threshold(rule, windows));
  }
}

// A piece of the row at a time, so that what is read and written stays in the first cache. Fours are made of cells
// ahead, echoes are found among fours ahead: each lags behind by more than its windows reach.
template <MapUse use>
void detect_in_pieces(const Constants& c, const DetectRule& rule, const DetectRow& row, RowWorkspace& w) {
  constexpr std::size_t piece = 2048;
  constexpr std::size_t fours_lag = 64;
  constexpr std::size_t echoes_lag = fours_lag + 128;
  const std::size_t cells = padded_cells(row.cells);
  const std::uint32_t reach = rule.guard + rule.training;
  Ahead(row).open_pages();
  std::size_t scaled_to = 0;
  std::size_t fours_to = 0;
  for (std::size_t done = 0; done < cells;) {
    const bool first = scaled_to == 0;
    const bool last = cells - scaled_to <= piece;
    const std::size_t scaled_end = last ? cells : scaled_to + piece;
    scale_cells(c, row, w, std::exchange(scaled_to, scaled_end), scaled_end);
    const std::size_t fours_end = last ? cells : scaled_end - fours_lag;
    find_thirds(w, std::exchange(fours_to, fours_end), fours_end);
    const std::size_t end = last ? cells : scaled_end - echoes_lag;
    find_echoes(rule, row, w, done, end);
    if (first) count_ends(rule, row, w, 0, reach);
    if (last) count_ends(rule, row, w, row.cells - reach, row.cells);
    detect_ordered_cells<use>(c, row, w, done, end);
    done = end;
  }
}

template <MapUse use>
void detect_ordered_with(const DetectRule& rule, const DetectRow& row, RowWorkspace& w) {
  const Constants c = constants_of(rule);
  if (row.cells >= fewest_cells(rule)) {
    detect_in_pieces<use>(c, rule, row, w);
  } else {
    std::fill_n(w.echoes(), padded_cells(row.cells), std::uint8_t{0});
    detect_ordered_cells<use>(c, row, w, 0, padded_cells(row.cells));
  }
  clear_tail(row.bits, row.cells);
}

void detect_ordered(const DetectRule& rule, const DetectRow& row, RowWorkspace& w) {
  const auto detect_all = row.map_use == MapUse::learned ? detect_ordered_with<MapUse::learned>
                          : row.map_use == MapUse::known ? detect_ordered_with<MapUse::known>
                                                         : detect_ordered_with<MapUse::none>;
  detect_all(rule, row, w);
  complete(rule, row, w);
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
