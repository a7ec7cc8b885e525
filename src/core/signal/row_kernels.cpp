// SPDX-License-Identifier: Apache-2.0
// The vector form of row_kernels.hpp, compiled once for each kind of processor and chosen at run time.
//
// Bytes are taken as 16-bit lanes: the low half of lane j is cell 2 j, the high half cell 2 j + 1. So both
// halves widen by a mask or a shift and pack again by a shift and an or, with no lane ever crossing
// another, which is what is slow on wide registers. Sums of T cells come from sums of 4 by doubling.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/signal/row_kernels.cpp"
#include "core/signal/row_kernels.hpp"

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace headland::signal {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Wide = hn::ScalableTag<std::uint16_t>;
using Narrow = hn::ScalableTag<std::uint8_t>;
using WideVec = hn::Vec<Wide>;

// Two vectors of 16-bit lanes: even and odd cells.
struct Pair {
  WideVec even;
  WideVec odd;
};

HWY_INLINE WideVec load_cells(const std::uint8_t* cells) { return hn::BitCast(Wide(), hn::LoadU(Narrow(), cells)); }
HWY_INLINE Pair widen(WideVec cells) { return {hn::And(cells, hn::Set(Wide(), 0xFF)), hn::ShiftRight<8>(cells)}; }
HWY_INLINE WideVec pack(Pair p) { return hn::Or(p.even, hn::ShiftLeft<8>(p.odd)); }
HWY_INLINE void store_cells(WideVec cells, std::uint8_t* to) { hn::StoreU(hn::BitCast(Narrow(), cells), Narrow(), to); }

HWY_INLINE void clear_tail(std::uint64_t* bits, std::uint32_t cells) {
  const std::uint32_t words = padded_cells(cells) / 64;
  std::uint32_t word = cells / 64;
  if (cells % 64 != 0) bits[word++] &= ~(~std::uint64_t{0} << (cells % 64));
  while (word < words) bits[word++] = 0;
}

std::uint32_t clean(const CleanRow& row) {
  const Narrow d;
  const auto margin = hn::Set(d, row.margin);
  const auto zero = hn::Zero(d);
  std::size_t cut = 0;
  for (std::size_t k = 0; k < padded_cells(row.cells); k += hn::Lanes(d)) {
    const auto neighbour = hn::Max(hn::LoadU(d, row.previous + k), hn::LoadU(d, row.next + k));
    const auto current = hn::LoadU(d, row.current + k);
    const auto over = hn::SaturatedSub(hn::SaturatedSub(current, neighbour), margin);
    const auto alone = hn::Ne(over, zero);
    const auto level = hn::IfThenElse(alone, neighbour, current);
    hn::StoreU(level, d, row.levels + k);
    hn::StoreU(hn::Min(level, hn::LoadU(d, row.caps + k)), d, row.training + k);
    cut += hn::CountTrue(d, alone);
  }
  return static_cast<std::uint32_t>(cut);
}

// Sums of 4 cells from every cell: lanes 0 .. half of both halves of the workspace.
HWY_INLINE void sums_of_4(const std::uint8_t* x, std::size_t half, std::uint16_t* even, std::uint16_t* odd) {
  const Wide d;
  for (std::size_t j = 0; j < half; j += hn::Lanes(d)) {
    const Pair a = widen(load_cells(x + 2 * j));
    const Pair b = widen(load_cells(x + 2 * j + 2));
    const WideVec fifth = hn::And(load_cells(x + 2 * j + 4), hn::Set(d, 0xFF));
    const WideVec middle = hn::Add(hn::Add(a.odd, b.even), b.odd);
    hn::StoreU(hn::Add(middle, a.even), d, even + j);
    hn::StoreU(hn::Add(middle, fifth), d, odd + j);
  }
}

HWY_INLINE void double_sums(std::uint16_t* sums, std::size_t half, std::size_t lanes_apart) {
  const Wide d;
  for (std::size_t j = 0; j < half; j += hn::Lanes(d)) {
    hn::StoreU(hn::Add(hn::LoadU(d, sums + j), hn::LoadU(d, sums + j + lanes_apart)), d, sums + j);
  }
}

// Copies the sums of `count` cells from first cell `from` to first cell `to` (may be negative).
HWY_INLINE void mirror(RowWorkspace& w, std::ptrdiff_t to, std::ptrdiff_t from, std::uint32_t count) {
  std::uint16_t* const planes[2] = {w.even(), w.odd()};
  for (std::uint32_t i = 0; i < count; ++i, ++to, ++from) planes[to & 1][to >> 1] = planes[from & 1][from >> 1];
}

void prepare_sums(const DetectRule& rule, const DetectRow& row, RowWorkspace& w) {
  const std::size_t half = padded_cells(row.cells) / 2;
  const std::uint32_t reach = rule.guard + rule.training;
  const auto cells = static_cast<std::ptrdiff_t>(row.cells);
  const auto mirrored = static_cast<std::ptrdiff_t>(rule.guard + reach + 1);
  if (row.cells < 2 * reach + 1) {
    const auto all = half + 2 * std::size_t{RowWorkspace::margin};
    for (std::uint16_t* plane : {w.even(), w.odd()}) {
      for (std::size_t i = 0; i < all; ++i) (plane - RowWorkspace::margin)[i] = 0;
    }
    return;
  }
  sums_of_4(row.training, half, w.even(), w.odd());
  for (std::uint32_t length = 4; length < rule.training; length *= 2) {
    double_sums(w.even(), half, length / 2);
    double_sums(w.odd(), half, length / 2);
  }
  mirror(w, -static_cast<std::ptrdiff_t>(reach), mirrored - static_cast<std::ptrdiff_t>(reach), reach);
  const std::ptrdiff_t end = cells - static_cast<std::ptrdiff_t>(rule.training) + 1;
  mirror(w, end, end - mirrored, reach);
}

template <Averaging averaging>
HWY_INLINE WideVec mean_of(WideVec lag, WideVec lead, int shift) {
  WideVec sum = hn::Add(lag, lead);
  if constexpr (averaging == Averaging::greatest_of) sum = hn::ShiftLeft<1>(hn::Max(lag, lead));
  if constexpr (averaging == Averaging::smallest_of) sum = hn::ShiftLeft<1>(hn::Min(lag, lead));
  return hn::ShiftLeftSame(sum, shift);
}

struct Constants {
  WideVec factor;
  WideVec offset;
  WideVec minimum;
  WideVec maximum;
  WideVec echo_step;
  WideVec cap_half;  // all ones: caps are half the threshold
  WideVec cap_drop;
  int mean_shift;
  int map_shift;
};

HWY_INLINE WideVec threshold_of(const Constants& c, WideVec mean) {
  const WideVec threshold = hn::Add(hn::MulHigh(mean, c.factor), c.offset);
  return hn::Min(hn::Max(threshold, c.minimum), c.maximum);
}

HWY_INLINE WideVec cap_of(const Constants& c, WideVec threshold) {
  return hn::Sub(threshold, hn::Or(hn::And(hn::ShiftRight<1>(threshold), c.cap_half), c.cap_drop));
}

HWY_INLINE WideVec learn(const Constants& c, WideVec m, WideVec level, WideVec local) {
  const Wide d;
  const hn::RebindToSigned<Wide> ds;
  const WideVec x = hn::ShiftLeft<8>(level);
  const WideVec rise = hn::SaturatedSub(x, m);
  const WideVec down = hn::ShiftRightSame(hn::SaturatedSub(m, x), c.map_shift);
  const auto echo = hn::RebindMask(d, hn::Gt(hn::BitCast(ds, level), hn::BitCast(ds, local)));
  const WideVec up = hn::IfThenElse(echo, hn::Min(rise, c.echo_step), hn::ShiftRightSame(rise, c.map_shift));
  return hn::Sub(hn::Add(m, up), down);
}

// Threshold of one half of the cells; the map of these cells is brought up to date.
template <MapUse use>
HWY_INLINE WideVec half_threshold(const Constants& c, WideVec mean, WideVec level, std::uint16_t* map) {
  const Wide d;
  const WideVec local = threshold_of(c, mean);
  if constexpr (use == MapUse::first_seen) hn::StoreU(mean, d, map);
  if constexpr (use == MapUse::learned) {
    const WideVec m = hn::LoadU(d, map);
    hn::StoreU(learn(c, m, level, local), d, map);
    return hn::Max(local, threshold_of(c, hn::Sub(m, hn::ShiftRight<3>(m))));
  }
  return local;
}

template <Averaging averaging, MapUse use>
void detect_cells(const Constants& c, const DetectRule& rule, const DetectRow& row, RowWorkspace& w) {
  const Wide d;
  const Narrow dn;
  const std::size_t half = padded_cells(row.cells) / 2;
  std::uint16_t* const planes[2] = {w.even(), w.odd()};
  const auto sums_from = [&](std::ptrdiff_t cell) { return planes[cell & 1] + (cell >> 1); };
  const auto reach = static_cast<std::ptrdiff_t>(rule.guard + rule.training);
  const auto guard = static_cast<std::ptrdiff_t>(rule.guard);
  const std::uint16_t* const lag_even = sums_from(-reach);
  const std::uint16_t* const lag_odd = sums_from(1 - reach);
  const std::uint16_t* const lead_even = sums_from(guard + 1);
  const std::uint16_t* const lead_odd = sums_from(guard + 2);
  auto* const bytes = reinterpret_cast<std::uint8_t*>(row.bits);
  for (std::size_t j = 0; j < half; j += hn::Lanes(d)) {
    const WideVec cells = load_cells(row.levels + 2 * j);
    const Pair level = widen(cells);
    const WideVec mean_even = mean_of<averaging>(hn::LoadU(d, lag_even + j), hn::LoadU(d, lead_even + j), c.mean_shift);
    const WideVec mean_odd = mean_of<averaging>(hn::LoadU(d, lag_odd + j), hn::LoadU(d, lead_odd + j), c.mean_shift);
    std::uint16_t* const map = use == MapUse::none ? nullptr : row.map + j;
    std::uint16_t* const map_odd = use == MapUse::none ? nullptr : map + half;
    const Pair threshold{half_threshold<use>(c, mean_even, level.even, map),
                         half_threshold<use>(c, mean_odd, level.odd, map_odd)};
    const Pair cap{cap_of(c, threshold.even), cap_of(c, threshold.odd)};
    const WideVec packed = pack(threshold);
    store_cells(packed, row.thresholds + 2 * j);
    store_cells(pack(cap), row.caps + 2 * j);
    const auto hit = hn::Gt(hn::BitCast(dn, cells), hn::BitCast(dn, packed));
    hn::StoreMaskBits(dn, hit, bytes + j / 4);
  }
  clear_tail(row.bits, row.cells);
}

template <Averaging averaging>
void detect_with(const Constants& c, const DetectRule& rule, const DetectRow& row, RowWorkspace& w) {
  switch (row.map_use) {
    case MapUse::none:
      return detect_cells<averaging, MapUse::none>(c, rule, row, w);
    case MapUse::first_seen:
      return detect_cells<averaging, MapUse::first_seen>(c, rule, row, w);
    case MapUse::learned:
      return detect_cells<averaging, MapUse::learned>(c, rule, row, w);
  }
}

void detect(const DetectRule& rule, const DetectRow& row, RowWorkspace& workspace) {
  const Wide d;
  int mean_shift = 5;  // 128 / T = 2^5 for T = 4
  for (std::uint32_t t = 4; t < rule.training; t *= 2) --mean_shift;
  const Constants c{hn::Set(d, rule.threshold.factor), hn::Set(d, rule.threshold.offset),
                    hn::Set(d, rule.minimum),          hn::Set(d, 255),
                    hn::Set(d, rule.map_echo_step),    hn::Set(d, rule.cap_drop > 0 ? 0 : 0xFFFF),
                    hn::Set(d, rule.cap_drop),         mean_shift,
                    static_cast<int>(rule.map_shift)};
  prepare_sums(rule, row, workspace);
  switch (rule.averaging) {
    case Averaging::cell:
      return detect_with<Averaging::cell>(c, rule, row, workspace);
    case Averaging::greatest_of:
      return detect_with<Averaging::greatest_of>(c, rule, row, workspace);
    case Averaging::smallest_of:
      return detect_with<Averaging::smallest_of>(c, rule, row, workspace);
  }
}

void compare(const CompareRow& row) {
  const Narrow d;
  const auto threshold = hn::Set(d, row.threshold);
  auto* const bytes = reinterpret_cast<std::uint8_t*>(row.bits);
  for (std::size_t k = 0; k < padded_cells(row.cells); k += hn::Lanes(d)) {
    hn::StoreU(threshold, d, row.thresholds + k);
    hn::StoreMaskBits(d, hn::Gt(hn::LoadU(d, row.levels + k), threshold), bytes + k / 8);
  }
  clear_tail(row.bits, row.cells);
}

}  // namespace HWY_NAMESPACE
}  // namespace headland::signal
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace headland::signal {

HWY_EXPORT(clean);
HWY_EXPORT(detect);
HWY_EXPORT(compare);

std::uint32_t clean_row(const CleanRow& row) { return HWY_DYNAMIC_DISPATCH(clean)(row); }
void detect_row(const DetectRule& rule, const DetectRow& row, RowWorkspace& workspace) {
  HWY_DYNAMIC_DISPATCH(detect)(rule, row, workspace);
}
void compare_row(const CompareRow& row) { HWY_DYNAMIC_DISPATCH(compare)(row); }

}  // namespace headland::signal
#endif
