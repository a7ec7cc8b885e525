// SPDX-License-Identifier: Apache-2.0
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/signal/echo_shadow.cpp"
#include "core/signal/echo_shadow.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/signal/row_lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace headland::signal {
namespace HWY_NAMESPACE {

std::uint32_t find_strong(const StrongRule& rule, std::span<const std::uint8_t> levels, const std::uint8_t* thresholds,
                          const std::uint64_t* bits) {
  const Narrow d;
  const auto more = hn::Set(d, rule.more);
  const auto others = hn::Set(d, rule.triple ? 255 : 0);
  for (std::size_t k = 0; k < levels.size(); k += hn::Lanes(d)) {
    const auto level = hn::LoadU(d, levels.data() + k);
    const auto threshold = hn::LoadU(d, thresholds + k);
    const auto two_more = hn::And(hn::SaturatedAdd(threshold, threshold), others);
    const auto limit = hn::SaturatedAdd(hn::SaturatedAdd(threshold, two_more), more);
    const auto maybe = hn::Eq(hn::SaturatedSub(limit, level), hn::Zero(d));
    if (hn::AllFalse(d, maybe)) continue;
    std::uint64_t left = 0;
    hn::StoreMaskBits(d, maybe, reinterpret_cast<std::uint8_t*>(&left));
    for (left &= bits[k / 64] >> (k % 64); left != 0; left &= left - 1) {
      const std::size_t cell = k + static_cast<std::size_t>(std::countr_zero(left));
      if (cell >= levels.size()) break;
      if (levels[cell] == 255 || levels[cell] >= rule.from[thresholds[cell]]) return static_cast<std::uint32_t>(cell);
    }
  }
  return nothing_strong;
}

}  // namespace HWY_NAMESPACE
}  // namespace headland::signal
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace headland::signal {
namespace {

constexpr double strong_db = 12.0;         // over the threshold, or saturated: large enough to throw a shadow
constexpr std::uint64_t slower_turns = 8;  // a shadow that stays is learned all the same

}  // namespace

HWY_EXPORT(find_strong);

std::uint32_t first_strong(const StrongRule& rule, std::span<const std::uint8_t> levels,
                           std::span<const std::uint8_t> thresholds, std::span<const std::uint64_t> bits) {
  return HWY_DYNAMIC_DISPATCH(find_strong)(rule, levels, thresholds.data(), bits.data());
}

void EchoShadow::configure(const StrongEcho& strong, std::uint32_t capacity) {
  capacity_ = capacity;
  from_ = kept_ = none;
  even_.reserve(capacity / 2);
  odd_.reserve(capacity / 2);
  rule_.triple = strong.decibels_per_level <= 0.0;
  std::uint32_t more = 255;
  for (std::uint32_t threshold = 0; threshold < rule_.from.size(); ++threshold) {
    const double t = threshold;
    const double level = strong.decibels_per_level > 0.0
                             ? t + strong_db / strong.decibels_per_level
                             : t * std::pow(10.0, strong_db / (strong.square ? 10.0 : 20.0));
    const auto from = static_cast<std::uint16_t>(std::clamp(std::ceil(level), 1.0, 256.0));
    rule_.from[threshold] = from;
    if (from < 255) more = std::min(more, from - (rule_.triple ? 3 : 1) * threshold);
  }
  rule_.more = static_cast<std::uint8_t>(more);
}

void EchoShadow::note(std::span<const std::uint8_t> levels, std::span<const std::uint8_t> thresholds,
                      std::span<const std::uint64_t> bits) {
  from_ = first_strong(rule_, levels, thresholds, bits);
}

void EchoShadow::keep(std::span<const std::uint16_t> map, std::uint64_t turn) {
  kept_ = none;
  if (from_ >= capacity_ || map.size() < capacity_ || turn % slower_turns == 0) return;
  kept_ = (from_ + 1) / 2;  // in each half
  const auto half = capacity_ / 2;
  even_.assign(map.begin() + kept_, map.begin() + half);
  odd_.assign(map.begin() + half + kept_, map.begin() + capacity_);
}

void EchoShadow::put_back(std::span<std::uint16_t> map) {
  if (kept_ == none) return;
  std::copy(even_.begin(), even_.end(), map.begin() + kept_);
  std::copy(odd_.begin(), odd_.end(), map.begin() + capacity_ / 2 + kept_);
  kept_ = none;
}

}  // namespace headland::signal
#endif
