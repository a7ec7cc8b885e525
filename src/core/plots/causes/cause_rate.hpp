// SPDX-License-Identifier: Apache-2.0
// How many more plots lie where a cause would put them than beside it: counted, not assumed.
//
// Where a strong echo is, side lobes put plots at its range; vessels do not care for its range. So of the plots at its
// range a share of (at - beside) / at is the side lobes', and the odds of one of them are (at - beside) / beside.
// Shrunk by some plots' worth of what was believed before. What stands still in one place must not count each turn
// (a boat at anchor off a quay would teach that side lobes look like it): CountedPlaces lets every place count once in
// a while.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace headland::plots {

class CauseRate {
 public:
  // Odds believed before anything was counted, and how many plots' worth that is.
  explicit CauseRate(double prior_odds = 0.0, double prior_plots = 20.0)
      : at_(prior_plots * (1.0 + prior_odds)), beside_(prior_plots) {}

  // A plot at the place, or beside it; beside is looked at `share` times as widely.
  void count_at() { add(at_, 1.0); }
  void count_beside(double share) { add(beside_, 1.0 / share); }
  [[nodiscard]] double odds() const { return std::max(0.0, at_ / beside_ - 1.0); }

 private:
  static constexpr double memory = 2000.0;
  void add(double& to, double n) {
    to += n;
    if (at_ + beside_ < memory) return;
    at_ *= 0.5;
    beside_ *= 0.5;
  }
  double at_;
  double beside_;
};

// Places that have counted: a bit each, by a hash; forgotten all at once.
class CountedPlaces {
 public:
  // Whether the place is new.
  bool take(std::uint64_t place) {
    place *= 0x9E3779B97F4A7C15U;
    place ^= place >> 29;
    place *= 0xBF58476D1CE4E5B9U;
    const std::size_t bit = place >> 48;
    const std::uint64_t mask = std::uint64_t{1} << (bit % 64);
    const bool fresh = (bits_[bit / 64] & mask) == 0;
    bits_[bit / 64] |= mask;
    return fresh;
  }
  void forget() { bits_.fill(0); }

 private:
  std::array<std::uint64_t, 1024> bits_{};
};

}  // namespace headland::plots
