// SPDX-License-Identifier: Apache-2.0
// Things on the water that are no vessels but last for some turns: sea spikes, wakes, patches of breaking sea.
//
// To the filter they are a class of their own, slow and short-lived, that competes with the vessel for each young
// track (joint tracking and classification: Challa and Pulford 2001). How many there are and how long they last is
// estimated from the young tracks that ended: for each age the rate with which such tracks reached it, in units of
// the arrivals of vessels there, a gamma posterior shrunk from cell to band of range to the whole sea.
#pragma once

#include <array>
#include <cstdint>

#include "core/tracking/sea/polar_cells.hpp"
#include "core/tracking/tracker_config.hpp"

namespace headland::tracking {

class TransientMap {
 public:
  static constexpr std::size_t ages = 10;  // turns between first and last plot, from 0
  static constexpr std::size_t bands = band_count / 4;
  static constexpr std::size_t directions = direction_count / 4;

  explicit TransientMap(const TrackerConfig& config);

  void sweep(double from, double width, double seen, double range_max_m);
  // A track ended whose last plot came `age` turns after its first; `weight`: probability that it was something.
  void ended(double range_m, double bearing, std::size_t age, double weight);
  // Makes what was told since the last time count in `reach`.
  void settle();
  // How often transients reach an age (0 ..), against the arrivals of vessels there.
  [[nodiscard]] double reach(double range_m, double bearing, std::size_t age) const;

  struct Numbers {
    std::array<double, bands * directions * ages> counts{};
    std::array<double, bands * directions> arrivals{};  // expected of vessels while counting
    double swept = 0.0;                                 // turns since the last fading
  };
  [[nodiscard]] const Numbers& numbers() const { return n_; }
  void restore(const Numbers& numbers);

 private:
  TrackerConfig config_;
  Numbers n_;
  std::array<double, bands * ages> band_counts_{};
  std::array<double, bands> band_arrivals_{};
  std::array<double, ages> all_counts_{};
  double all_arrivals_ = 0.0;
};

}  // namespace headland::tracking
