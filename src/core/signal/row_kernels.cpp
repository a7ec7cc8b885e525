// SPDX-License-Identifier: Apache-2.0
// The vector form of row_kernels.hpp, compiled once for each kind of processor and chosen at run time; the order
// statistic is in ordered_kernels.cpp. Sums of T cells come from sums of 4.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/signal/row_kernels.cpp"
#include "core/signal/row_kernels.hpp"

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/signal/row_lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace headland::signal {
namespace HWY_NAMESPACE {

std::uint32_t clean(const CleanRow& of) {
  const CleanRow row = of;
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
HWY_INLINE void sums_of_4(const std::uint8_t* x, std::size_t half, const Ahead& ahead, std::uint16_t* even,
                          std::uint16_t* odd) {
  const Wide d;
  const WideVec low = hn::Set(d, 0xFF);
  for (std::size_t j = 0; j < half; j += hn::Lanes(d)) {
    ahead.fetch_first(j);
    const WideVec a = load_cells(x + 2 * j);
    const WideVec b = load_cells(x + 2 * j + 2);
    const WideVec fifth = hn::And(load_cells(x + 2 * j + 4), low);
    const WideVec middle = hn::Add(hn::Add(hn::ShiftRight<8>(a), hn::And(b, low)), hn::ShiftRight<8>(b));
    hn::StoreU(hn::Add(middle, hn::And(a, low)), d, even + j);
    hn::StoreU(hn::Add(middle, fifth), d, odd + j);
  }
}

// Sums of four times as many cells.
HWY_INLINE void quadruple_sums(std::uint16_t* sums, std::size_t half, std::size_t lanes_apart) {
  const Wide d;
  for (std::size_t j = 0; j < half; j += hn::Lanes(d)) {
    const std::uint16_t* const from = sums + j;
    const WideVec near = hn::Add(hn::LoadU(d, from), hn::LoadU(d, from + lanes_apart));
    const WideVec far = hn::Add(hn::LoadU(d, from + 2 * lanes_apart), hn::LoadU(d, from + 3 * lanes_apart));
    hn::StoreU(hn::Add(near, far), d, sums + j);
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
  const auto mirrored = static_cast<std::ptrdiff_t>(rule.guard + reach + 1 + rule.training);
  if (row.cells < fewest_cells(rule)) {
    const auto all = half + 2 * std::size_t{RowWorkspace::margin};
    for (std::uint16_t* plane : {w.even(), w.odd()}) {
      for (std::size_t i = 0; i < all; ++i) (plane - RowWorkspace::margin)[i] = 0;
    }
    return;
  }
  sums_of_4(row.training, half, Ahead(row), w.even(), w.odd());
  for (std::uint16_t* plane : {w.even(), w.odd()}) {
    if (rule.training >= 16) quadruple_sums(plane, half, 2);
    if (rule.training == 32) double_sums(plane, half, 8);
    if (rule.training == 8) double_sums(plane, half, 2);
  }
  mirror(w, -static_cast<std::ptrdiff_t>(reach), mirrored - static_cast<std::ptrdiff_t>(reach), reach);
  const std::ptrdiff_t end = cells - static_cast<std::ptrdiff_t>(rule.training) + 1;
  mirror(w, end, end - mirrored, reach);
}

template <Averaging averaging>
HWY_INLINE WideVec mean_of(const Constants& c, WideVec lag, WideVec lead) {
  WideVec sum = hn::Add(lag, lead);
  if constexpr (averaging == Averaging::greatest_of) sum = hn::ShiftLeft<1>(hn::Max(lag, lead));
  if constexpr (averaging == Averaging::smallest_of) sum = hn::ShiftLeft<1>(hn::Min(lag, lead));
  if constexpr (averaging == Averaging::automatic) {
    const WideVec high = hn::Max(lag, lead);
    const WideVec low = hn::Min(lag, lead);
    const WideVec twice = hn::ShiftLeft<1>(high);
    const WideVec edge = hn::Add(hn::Add(twice, hn::MulHigh(twice, c.edge_gain)), c.edge_addition);
    const WideVec level = hn::SaturatedAdd(hn::Add(low, hn::MulHigh(low, c.edge_ratio)), c.edge_excess);
    // high > level, where unsigned lanes have no comparison of their own on every processor
    const auto differs = hn::Ne(hn::SaturatedSub(high, level), hn::Zero(Wide()));
    sum = hn::IfThenElse(differs, hn::Min(edge, c.most), sum);
  }
  return hn::ShiftLeftSame(sum, c.mean_shift);
}

// Threshold of one half of the cells; the map of these cells is brought up to date.
template <MapUse use>
HWY_INLINE WideVec half_threshold(const Constants& c, WideVec mean, WideVec strongest, WideVec level,
                                  std::uint16_t* map) {
  const Wide d;
  const hn::RebindToSigned<Wide> ds;
  const WideVec local = scaled(mean, c.local);
  if constexpr (use == MapUse::first_seen) {
    const WideVec begun = hn::SaturatedAdd(mean, hn::MulHigh(mean, c.start_gain));
    hn::StoreU(hn::SaturatedAdd(begun, c.start_addition), d, map);
  }
  if constexpr (use == MapUse::learned) {
    const WideVec m = hn::LoadU(d, map);
    const WideVec threshold = hn::Min(hn::Max(local, scaled(m, c.map)), hn::Set(d, 255));
    // Clamped: over 32767 it would be negative in the comparison.
    const WideVec allowed = hn::Min(scaled(strongest, c.local), hn::Set(d, 255));
    const auto echo = hn::RebindMask(d, hn::Gt(hn::BitCast(ds, level), hn::BitCast(ds, allowed)));
    hn::StoreU(learn(c, m, level, echo), d, map);
    return threshold;
  }
  return hn::Min(local, hn::Set(d, 255));
}

template <Averaging averaging, MapUse use>
void detect_cells(const Constants& constants, const DetectRule& rule, const DetectRow& of, RowWorkspace& w) {
  // Copies, which stay in registers: the bytes stored might else be taken to change them.
  const Constants c = constants;
  const DetectRow row = of;
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
  const auto minimum = hn::Set(dn, c.minimum);
  const auto drop = hn::Set(dn, c.cap_drop);
  const auto zero = hn::Zero(dn);
  const bool halves = c.cap_drop == 0;
  const Ahead ahead(row);
  for (std::size_t j = 0; j < half; j += hn::Lanes(d)) {
    ahead.fetch_second(j);
    const WideVec cells = load_cells(row.levels + 2 * j);
    const Pair level = widen(cells);
    const Pair lag{hn::LoadU(d, lag_even + j), hn::LoadU(d, lag_odd + j)};
    const Pair lead{hn::LoadU(d, lead_even + j), hn::LoadU(d, lead_odd + j)};
    const Pair mean{mean_of<averaging>(c, lag.even, lead.even), mean_of<averaging>(c, lag.odd, lead.odd)};
    constexpr auto greatest = Averaging::greatest_of;
    const Pair strongest{mean_of<greatest>(c, lag.even, lead.even), mean_of<greatest>(c, lag.odd, lead.odd)};
    std::uint16_t* const map = use == MapUse::none ? nullptr : row.map + j;
    std::uint16_t* const map_odd = use == MapUse::none ? nullptr : map + half;
    const Pair threshold{half_threshold<use>(c, mean.even, strongest.even, level.even, map),
                         half_threshold<use>(c, mean.odd, strongest.odd, level.odd, map_odd)};
    const auto packed = hn::Max(hn::BitCast(dn, pack(threshold)), minimum);
    hn::StoreU(packed, dn, row.thresholds + 2 * j);
    // Half the threshold, rounded up: the average with 0.
    hn::StoreU(halves ? hn::AverageRound(packed, zero) : hn::SaturatedSub(packed, drop), dn, row.caps + 2 * j);
    hn::StoreMaskBits(dn, hn::Gt(hn::BitCast(dn, cells), packed), bytes + j / 4);
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
  const Constants c = constants_of(rule);
  prepare_sums(rule, row, workspace);
  switch (rule.averaging) {
    case Averaging::greatest_of:
      return detect_with<Averaging::greatest_of>(c, rule, row, workspace);
    case Averaging::smallest_of:
      return detect_with<Averaging::smallest_of>(c, rule, row, workspace);
    case Averaging::automatic:
      return detect_with<Averaging::automatic>(c, rule, row, workspace);
    case Averaging::cell:
    case Averaging::ordered:
      return detect_with<Averaging::cell>(c, rule, row, workspace);
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

void probe(const ProbeRow& of) {
  const ProbeRow row = of;
  const Narrow dn;
  const Wide d;
  const hn::Repartition<std::uint64_t, Narrow> d64;
  const auto one = hn::Set(dn, 1);
  const auto drop = hn::Set(dn, row.drop);
  const WideVec factor = hn::Set(d, row.factor);
  const WideVec addition = hn::Set(d, static_cast<std::uint16_t>(row.factor + 128));
  alignas(64) std::uint64_t eights[hn::MaxLanes(d64)];
  for (std::size_t k = 0; k < padded_cells(row.cells); k += hn::Lanes(dn)) {
    const auto level = hn::LoadU(dn, row.levels + k);
    const auto threshold = hn::LoadU(dn, row.thresholds + k);
    auto limit = hn::SaturatedSub(threshold, drop);
    if (row.factor != 0) {
      const Pair wide = widen(hn::BitCast(d, threshold));
      const WideVec even = hn::ShiftRight<8>(hn::Add(hn::Mul(wide.even, factor), addition));
      const WideVec odd = hn::ShiftRight<8>(hn::Add(hn::Mul(wide.odd, factor), addition));
      limit = hn::BitCast(dn, pack({even, odd}));
    }
    const auto over = hn::IfThenElseZero(hn::Eq(hn::Max(level, limit), level), one);
    const auto sums = hn::SumsOf8(hn::Min(level, threshold));
    hn::Store(hn::Add(sums, hn::ShiftLeft<16>(hn::SumsOf8(over))), d64, eights);
    for (std::size_t i = 0; i < hn::Lanes(d64); i += 2) {
      row.sums[k / probed_cells + i / 2] = static_cast<std::uint32_t>(eights[i] + eights[i + 1]);
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace headland::signal
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace headland::signal {

HWY_EXPORT(clean);
HWY_EXPORT(detect);
HWY_EXPORT(compare);
HWY_EXPORT(probe);

std::uint32_t clean_row(const CleanRow& row) { return HWY_DYNAMIC_DISPATCH(clean)(row); }
void detect_row(const DetectRule& rule, const DetectRow& row, RowWorkspace& workspace) {
  if (rule.averaging != Averaging::ordered) return HWY_DYNAMIC_DISPATCH(detect)(rule, row, workspace);
  DetectRow rest = row;
  if (row.map_use == MapUse::first_seen) {  // a map begins with means: of this only it is kept
    HWY_DYNAMIC_DISPATCH(detect)(rule, row, workspace);
    rest.map_use = MapUse::none;
  }
  detect_row_ordered(rule, rest, workspace);
}
void compare_row(const CompareRow& row) { HWY_DYNAMIC_DISPATCH(compare)(row); }
void probe_row(const ProbeRow& row) { HWY_DYNAMIC_DISPATCH(probe)(row); }

}  // namespace headland::signal
#endif
