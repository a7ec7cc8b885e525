// SPDX-License-Identifier: Apache-2.0
// What the vector kernels of this folder share, compiled with each of them once for each kind of processor (hence no
// #pragma once, but Highway's own guard).
//
// Bytes are taken as 16-bit lanes: the low half of lane j is cell 2 j, the high half cell 2 j + 1. So both
// halves widen by a mask or a shift and pack again by a shift and an or, with no lane ever crossing
// another, which is what is slow on wide registers.
#if defined(HEADLAND_SIGNAL_ROW_LANES_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef HEADLAND_SIGNAL_ROW_LANES_HPP
#undef HEADLAND_SIGNAL_ROW_LANES_HPP
#else
#define HEADLAND_SIGNAL_ROW_LANES_HPP
#endif

#include <hwy/highway.h>

#include "core/signal/row_kernels.hpp"

HWY_BEFORE_NAMESPACE();
namespace headland::signal {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
// At most 64 bytes, half a row's alignment.
using Wide = hn::CappedTag<std::uint16_t, 32>;
using Narrow = hn::CappedTag<std::uint8_t, 64>;
using WideVec = hn::Vec<Wide>;
inline constexpr std::size_t most_lanes = 32;  // of Wide

// Two vectors of 16-bit lanes: even and odd cells.
struct Pair {
  WideVec even;
  WideVec odd;
};

HWY_INLINE WideVec load_cells(const std::uint8_t* cells) { return hn::BitCast(Wide(), hn::LoadU(Narrow(), cells)); }
HWY_INLINE Pair widen(WideVec cells) { return {hn::And(cells, hn::Set(Wide(), 0xFF)), hn::ShiftRight<8>(cells)}; }
HWY_INLINE WideVec pack(Pair p) { return hn::Or(p.even, hn::ShiftLeft<8>(p.odd)); }
HWY_INLINE void store_cells(WideVec cells, std::uint8_t* to) { hn::StoreU(hn::BitCast(Narrow(), cells), Narrow(), to); }

// The lanes that lie `lanes` (1 to 8) before those of `now`; the first of them are the last of `before`.
template <std::size_t lanes>
HWY_INLINE WideVec behind(WideVec now, WideVec before) {
  const Wide d;
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3  // and all that came after it
  // Highway has no shift across blocks from one vector to the next.
  const WideVec middle{_mm512_alignr_epi64(now.raw, before.raw, 6)};  // a block earlier
#else
  static_assert(hn::MaxLanes(d) <= 16);
  const WideVec middle = hn::MaxLanes(d) == 8 ? before : hn::ConcatLowerUpper(d, now, before);
#endif
  if constexpr (lanes == 8) {
    return middle;
  } else {
    return hn::CombineShiftRightBytes<16 - 2 * lanes>(d, now, middle);
  }
}

HWY_INLINE void clear_tail(std::uint64_t* bits, std::uint32_t cells) {
  const std::uint32_t words = padded_cells(cells) / 64;
  std::uint32_t word = cells / 64;
  if (cells % 64 != 0) bits[word++] &= ~(~std::uint64_t{0} << (cells % 64));
  while (word < words) bits[word++] = 0;
}

// Fetches what the next rows need: the map is far larger than the caches, and rows are too short for the processor to
// see the pattern.
class Ahead {
 public:
  explicit Ahead(const DetectRow& row)
      : map_(row.next_map != nullptr ? row.next_map : row.map),
        cells_(row.next_cells != nullptr ? row.next_cells : row.levels),
        half_(padded_cells(row.cells) / 2),
        parts_log2_(row.next_map_parts_log2) {}
  // One line of each page: the processor looks up where several pages lie at the same time, but waits for each that it
  // comes upon by itself.
  HWY_INLINE void open_pages() const {
    constexpr std::size_t page = 4096;
    for (std::size_t at = 0; at < 4 * half_; at += page) {
      if (at < 2 * half_) fetch(cells_ + at);
      if (map_ != nullptr && at >> parts_log2_ < 4 * half_) fetch(map_ + (at >> parts_log2_) / 2);
    }
  }
  // Half of the part of the map.
  HWY_INLINE void fetch_first(std::size_t lane) const {
    if (lane % 32 == 0 && map_ != nullptr) fetch(map_ + (lane >> parts_log2_));  // once a cache line
  }
  // The cells and the other half.
  HWY_INLINE void fetch_second(std::size_t lane) const {
    if (lane % 32 != 0) return;
    fetch(cells_ + 2 * lane);
    if (map_ != nullptr) fetch(map_ + ((half_ + lane) >> parts_log2_));
  }

 private:
  static HWY_INLINE void fetch(const void* of) { __builtin_prefetch(of); }

  const std::uint16_t* map_;
  const std::uint8_t* cells_;
  std::size_t half_;
  std::uint32_t parts_log2_;
};

struct Factor {
  WideVec bias;
  WideVec factor;
};
HWY_INLINE Factor factor_of(Scale scale) { return {hn::Set(Wide(), scale.bias), hn::Set(Wide(), scale.factor)}; }
HWY_INLINE WideVec scaled(WideVec mean, const Factor& f) {
  return hn::MulHigh(hn::SaturatedAdd(mean, f.bias), f.factor);
}

struct Constants {
  Factor local;
  Factor map;
  WideVec echo_step;
  WideVec map_gain;  // 2^(16 - map_shift)
  WideVec edge_ratio;
  WideVec edge_excess;
  WideVec edge_gain;
  WideVec edge_addition;
  WideVec start_gain;
  WideVec start_addition;
  WideVec most;  // sum of windows of 255
  std::uint8_t minimum;
  std::uint8_t cap_drop;
  int mean_shift;
};

HWY_INLINE Constants constants_of(const DetectRule& rule) {
  const Wide d;
  int mean_shift = 5;  // 128 / T = 2^5 for T = 4
  for (std::uint32_t t = 4; t < rule.training; t *= 2) --mean_shift;
  return {factor_of(rule.local),
          factor_of(rule.map),
          hn::Set(d, rule.map_echo_step),
          hn::Set(d, static_cast<std::uint16_t>(1U << (16 - rule.map_shift))),
          hn::Set(d, rule.edge.ratio),
          hn::Set(d, rule.edge.excess),
          hn::Set(d, rule.edge.gain),
          hn::Set(d, rule.edge.addition),
          hn::Set(d, rule.map_start.gain),
          hn::Set(d, rule.map_start.addition),
          hn::Set(d, static_cast<std::uint16_t>(2 * rule.training * 255)),
          rule.minimum,
          rule.cap_drop,
          mean_shift};
}

// The map with a new level; where `echo` is set it hardly rises. Half the difference fits 16 bits with its sign:
// the average with 65535 - m is 32768 more than it.
template <class M>
HWY_INLINE WideVec learn(const Constants& c, WideVec m, WideVec level, M echo) {
  const Wide d;
  const hn::RebindToSigned<Wide> ds;
  const WideVec average = hn::AverageRound(hn::ShiftLeft<8>(level), hn::Not(m));
  const auto half = hn::BitCast(ds, hn::Xor(average, hn::Set(d, 0x8000)));
  const auto step = hn::MulFixedPoint15(half, hn::BitCast(ds, c.map_gain));
  const auto least = hn::Min(step, hn::BitCast(ds, c.echo_step));
  return hn::Add(m, hn::BitCast(d, hn::IfThenElse(hn::RebindMask(ds, echo), least, step)));
}

}  // namespace HWY_NAMESPACE
}  // namespace headland::signal
HWY_AFTER_NAMESPACE();

#endif  // guard
