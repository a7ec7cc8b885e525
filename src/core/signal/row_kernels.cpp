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

// Of the vectors before: what the sums of the next one reach back to.
struct SumsBefore {
  WideVec pairs, fours, eights, sixteens, odd, odd_behind;
};

template <std::size_t lanes>
HWY_INLINE WideVec add_behind(WideVec now, WideVec& before) {
  const WideVec sum = hn::Add(now, behind<lanes>(now, before));
  before = now;
  return sum;
}

// Sums of the cells of one vector. Twice as many cells each time: all that is reached back to stays in registers.
template <std::uint32_t training>
HWY_INLINE Pair sums_of(WideVec cells, SumsBefore& before) {
  const Pair x = widen(cells);
  WideVec sum = add_behind<1>(hn::Add(x.even, x.odd), before.pairs);
  if constexpr (training >= 8) sum = add_behind<2>(sum, before.fours);
  if constexpr (training >= 16) sum = add_behind<4>(sum, before.eights);
  if constexpr (training >= 32) sum = add_behind<8>(sum, before.sixteens);
  // One cell earlier: without the last cell, with one more at the beginning.
  constexpr std::size_t back = training == 32 ? 8 : training / 2;
  WideVec more = behind<back>(x.odd, before.odd);
  before.odd = x.odd;
  if constexpr (training == 32) {
    const WideVec half_way = more;
    more = behind<8>(half_way, before.odd_behind);
    before.odd_behind = half_way;
  }
  return {hn::Add(hn::Sub(sum, x.odd), more), sum};
}

// Lanes `from` .. `to` of both halves of the workspace.
template <std::uint32_t training>
HWY_INLINE void sum_cells(const DetectRow& row, std::size_t from, std::size_t to, RowWorkspace& w) {
  const Wide d;
  const std::uint8_t* const x = row.training;
  std::uint16_t* const even = w.even();
  std::uint16_t* const odd = w.odd();
  const WideVec zero = hn::Zero(d);
  SumsBefore before{zero, zero, zero, zero, zero, zero};
  const std::size_t known = std::min(from, most_lanes);
  for (std::size_t j = from - known; j < from; j += hn::Lanes(d)) sums_of<training>(load_cells(x + 2 * j), before);
  for (std::size_t j = from; j < to; j += hn::Lanes(d)) {
    const Pair sum = sums_of<training>(load_cells(x + 2 * j), before);
    hn::Store(sum.even, d, even + j);
    hn::Store(sum.odd, d, odd + j);
  }
}

// Copies the sums of `count` cells from last cell `from` to last cell `to` (may be negative).
HWY_INLINE void mirror(RowWorkspace& w, std::ptrdiff_t to, std::ptrdiff_t from, std::uint32_t count) {
  std::uint16_t* const planes[2] = {w.even(), w.odd()};
  for (std::uint32_t i = 0; i < count; ++i, ++to, ++from) planes[to & 1][to >> 1] = planes[from & 1][from >> 1];
}

// The sums of a row, made a piece at a time just before they are used: those of a whole row and all that is read and
// written beside them would not stay in the first cache.
class SumsAhead {
 public:
  SumsAhead(const DetectRule& rule, const DetectRow& row, RowWorkspace& w) : rule_(rule), row_(row), w_(w) {
    if (row.cells >= fewest_cells(rule)) return;
    for (std::uint16_t* plane : {w.even(), w.odd()}) {
      for (std::size_t i = 0; i < half_ + 2 * std::size_t{RowWorkspace::margin}; ++i) {
        (plane - RowWorkspace::margin)[i] = 0;
      }
    }
    usable_ = half_;
  }
  [[nodiscard]] std::size_t half() const { return half_; }
  // One piece more. Cells of lanes below what it returns have all the sums that their windows need.
  HWY_INLINE std::size_t next() {
    if (usable_ == half_) return half_;
    const std::size_t from = summed_;
    const bool last = half_ - from <= piece + lag;
    summed_ = last ? half_ : from + piece;
    sum_to(from, last ? half_ + most_lanes : summed_);
    if (from == 0) mirror_begin();
    if (last) mirror_end();
    usable_ = last ? half_ : summed_ - lag;
    return usable_;
  }

 private:
  static constexpr std::size_t piece = 1024;
  static constexpr std::size_t lag = 64;  // lanes; no window ends farther ahead

  HWY_INLINE void sum_to(std::size_t from, std::size_t to) {
    switch (rule_.training) {
      case 4:
        return sum_cells<4>(row_, from, to, w_);
      case 8:
        return sum_cells<8>(row_, from, to, w_);
      case 16:
        return sum_cells<16>(row_, from, to, w_);
      default:
        return sum_cells<32>(row_, from, to, w_);
    }
  }
  [[nodiscard]] std::ptrdiff_t reach() const { return rule_.guard + rule_.training; }
  [[nodiscard]] std::ptrdiff_t mirrored() const { return rule_.guard + reach() + 1 + rule_.training; }
  void mirror_begin() {
    const std::ptrdiff_t begin = -std::ptrdiff_t{rule_.guard} - 1;
    mirror(w_, begin, begin + mirrored(), static_cast<std::uint32_t>(reach()));
  }
  void mirror_end() {
    const std::ptrdiff_t end = row_.cells;
    mirror(w_, end, end - mirrored(), static_cast<std::uint32_t>(reach()));
  }

  const DetectRule& rule_;
  const DetectRow& row_;
  RowWorkspace& w_;
  std::size_t half_ = padded_cells(row_.cells) / 2;
  std::size_t summed_ = 0;
  std::size_t usable_ = 0;
};

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
  if constexpr (use == MapUse::learned || use == MapUse::known) {
    const WideVec m = hn::LoadU(d, map);
    const WideVec threshold = hn::Min(hn::Max(local, scaled(m, c.map)), hn::Set(d, 255));
    if constexpr (use == MapUse::known) return threshold;
    // Clamped: over 32767 it would be negative in the comparison.
    const WideVec allowed = hn::Min(scaled(strongest, c.local), hn::Set(d, 255));
    const auto echo = hn::RebindMask(d, hn::Gt(hn::BitCast(ds, level), hn::BitCast(ds, allowed)));
    hn::StoreU(learn(c, m, level, echo), d, map);
    return threshold;
  }
  return hn::Min(local, hn::Set(d, 255));
}

// The cells of lanes `from` .. `to`.
template <Averaging averaging, MapUse use>
void detect_cells(const Constants& constants, const DetectRule& rule, const DetectRow& of, RowWorkspace& w,
                  std::size_t from, std::size_t to) {
  // Copies, which stay in registers: the bytes stored might else be taken to change them.
  const Constants c = constants;
  const DetectRow row = of;
  const Wide d;
  const Narrow dn;
  const std::size_t half = padded_cells(row.cells) / 2;
  std::uint16_t* const planes[2] = {w.even(), w.odd()};
  const auto sums_to = [&](std::ptrdiff_t cell) { return planes[cell & 1] + (cell >> 1); };
  const auto reach = static_cast<std::ptrdiff_t>(rule.guard + rule.training);
  const auto guard = static_cast<std::ptrdiff_t>(rule.guard);
  const std::uint16_t* const lag_even = sums_to(-guard - 1);
  const std::uint16_t* const lag_odd = sums_to(-guard);
  const std::uint16_t* const lead_even = sums_to(reach);
  const std::uint16_t* const lead_odd = sums_to(reach + 1);
  auto* const bytes = reinterpret_cast<std::uint8_t*>(row.bits);
  const auto minimum = hn::Set(dn, c.minimum);
  const auto drop = hn::Set(dn, c.cap_drop);
  const auto zero = hn::Zero(dn);
  const bool halves = c.cap_drop == 0;
  const Ahead ahead(row);
  for (std::size_t j = from; j < to; j += hn::Lanes(d)) {
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
}

template <Averaging averaging, MapUse use>
void detect_in_pieces(const Constants& c, const DetectRule& rule, const DetectRow& row, RowWorkspace& w) {
  Ahead(row).open_pages();
  SumsAhead sums(rule, row, w);
  for (std::size_t done = 0; done < sums.half();) {
    const std::size_t usable = sums.next();
    detect_cells<averaging, use>(c, rule, row, w, done, usable);
    done = usable;
  }
  clear_tail(row.bits, row.cells);
}

template <Averaging averaging>
void detect_with(const Constants& c, const DetectRule& rule, const DetectRow& row, RowWorkspace& w) {
  switch (row.map_use) {
    case MapUse::none:
      return detect_in_pieces<averaging, MapUse::none>(c, rule, row, w);
    case MapUse::first_seen:
      return detect_in_pieces<averaging, MapUse::first_seen>(c, rule, row, w);
    case MapUse::learned:
      return detect_in_pieces<averaging, MapUse::learned>(c, rule, row, w);
    case MapUse::known:
      return detect_in_pieces<averaging, MapUse::known>(c, rule, row, w);
  }
}

void detect(const DetectRule& rule, const DetectRow& row, RowWorkspace& workspace) {
  const Constants c = constants_of(rule);
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
  auto* const bytes = reinterpret_cast<std::uint8_t*>(row.bits);
  for (std::size_t k = 0; k < padded_cells(row.cells); k += hn::Lanes(d)) {
    const auto threshold = hn::Set(d, row.limits[k / 64]);
    if (row.thresholds != nullptr) hn::StoreU(threshold, d, row.thresholds + k);
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
