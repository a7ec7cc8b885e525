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

// Sums of 4 cells from every cell, lanes `from` .. `to` of both halves of the workspace.
HWY_INLINE void sums_of_4(const DetectRow& row, std::size_t from, std::size_t to, RowWorkspace& w) {
  const Wide d;
  const WideVec low = hn::Set(d, 0xFF);
  const std::uint8_t* const x = row.training;
  std::uint16_t* const even = w.even();
  std::uint16_t* const odd = w.odd();
  const Ahead ahead(row);
  for (std::size_t j = from; j < to; j += hn::Lanes(d)) {
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
HWY_INLINE void quadruple_sums(std::uint16_t* sums, std::size_t from, std::size_t to) {
  const Wide d;
  for (std::size_t j = from; j < to; j += hn::Lanes(d)) {
    const std::uint16_t* const first = sums + j;
    const WideVec near = hn::Add(hn::LoadU(d, first), hn::LoadU(d, first + 2));
    const WideVec far = hn::Add(hn::LoadU(d, first + 4), hn::LoadU(d, first + 6));
    hn::StoreU(hn::Add(near, far), d, sums + j);
  }
}

HWY_INLINE void double_sums(std::uint16_t* sums, std::size_t from, std::size_t to, std::size_t lanes_apart) {
  const Wide d;
  for (std::size_t j = from; j < to; j += hn::Lanes(d)) {
    hn::StoreU(hn::Add(hn::LoadU(d, sums + j), hn::LoadU(d, sums + j + lanes_apart)), d, sums + j);
  }
}

// Copies the sums of `count` cells from first cell `from` to first cell `to` (may be negative).
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
    const bool first = fours_ == 0;
    const bool last = half_ - fours_ <= piece + 2 * lag;
    const std::size_t fours = last ? half_ : fours_ + piece;
    sums_of_4(row_, fours_, fours, w_);
    fours_ = fours;
    // Sums are added up in place, so that none may be made before those ahead that it is made of.
    if (rule_.training >= 16) add_up(sixteens_, last ? half_ : fours - lag, 4, 2);
    if (rule_.training == 32) add_up(doubled_, last ? half_ : fours - 2 * lag, 2, 8);
    if (rule_.training == 8) add_up(doubled_, last ? half_ : fours - lag, 2, 2);
    if (first) mirror_begin();
    if (last) mirror_end();
    usable_ = last ? half_ : fours - 4 * lag;
    return usable_;
  }

 private:
  static constexpr std::size_t piece = 1024;
  static constexpr std::size_t lag = 32;  // lanes; no sum reads as far ahead, no window begins twice as far

  HWY_INLINE void add_up(std::size_t& done, std::size_t to, int times, std::size_t lanes_apart) {
    for (std::uint16_t* plane : {w_.even(), w_.odd()}) {
      if (times == 4) quadruple_sums(plane, done, to);
      if (times == 2) double_sums(plane, done, to, lanes_apart);
    }
    done = to;
  }
  [[nodiscard]] std::ptrdiff_t reach() const { return rule_.guard + rule_.training; }
  [[nodiscard]] std::ptrdiff_t mirrored() const { return rule_.guard + reach() + 1 + rule_.training; }
  void mirror_begin() { mirror(w_, -reach(), mirrored() - reach(), static_cast<std::uint32_t>(reach())); }
  void mirror_end() {
    const std::ptrdiff_t end = static_cast<std::ptrdiff_t>(row_.cells) - rule_.training + 1;
    mirror(w_, end, end - mirrored(), static_cast<std::uint32_t>(reach()));
  }

  const DetectRule& rule_;
  const DetectRow& row_;
  RowWorkspace& w_;
  std::size_t half_ = padded_cells(row_.cells) / 2;
  std::size_t fours_ = 0;
  std::size_t sixteens_ = 0;
  std::size_t doubled_ = 0;
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
