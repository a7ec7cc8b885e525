// SPDX-License-Identifier: Apache-2.0
#include "core/signal/echo_shadow.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace headland::signal {
namespace {

constexpr double strong_db = 12.0;         // over the threshold, or saturated: large enough to throw a shadow
constexpr std::uint64_t slower_turns = 8;  // a shadow that stays is learned all the same

}  // namespace

void EchoShadow::configure(const StrongEcho& strong, std::uint32_t capacity) {
  capacity_ = capacity;
  from_ = kept_ = none;
  even_.reserve(capacity / 2);
  odd_.reserve(capacity / 2);
  strong_from_.resize(256);
  for (std::size_t threshold = 0; threshold < strong_from_.size(); ++threshold) {
    const double t = static_cast<double>(threshold);
    const double level = strong.decibels_per_level > 0.0
                             ? t + strong_db / strong.decibels_per_level
                             : t * std::pow(10.0, strong_db / (strong.square ? 10.0 : 20.0));
    strong_from_[threshold] = static_cast<std::uint16_t>(std::clamp(std::ceil(level), 1.0, 256.0));
  }
}

void EchoShadow::note(std::span<const std::uint8_t> levels, std::span<const std::uint8_t> thresholds,
                      std::span<const std::uint64_t> bits) {
  from_ = none;
  for (std::size_t word = 0; word < bits.size(); ++word) {
    for (std::uint64_t rest = bits[word]; rest != 0; rest &= rest - 1) {
      const std::size_t cell = 64 * word + static_cast<std::size_t>(std::countr_zero(rest));
      if (cell >= levels.size() || !is_strong(levels[cell], thresholds[cell])) continue;
      from_ = static_cast<std::uint32_t>(cell);
      return;
    }
  }
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
