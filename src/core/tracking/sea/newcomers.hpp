// SPDX-License-Identifier: Apache-2.0
// Where vessels may be that gave no plot yet: the Poisson part of the Poisson multi-Bernoulli filter.
//
// Density of vessels never detected, per polar cell (Williams 2015, IEEE TAES 51(3), eq. 28 and 31): it starts
// with what a sea holds, each look leaves the share that was missed, and births come in. A radar that begins to
// look thus expects vessels at once, and later only new ones.
#pragma once

#include <array>

#include "core/tracking/sea/clutter_map.hpp"
#include "core/tracking/sea/polar_cells.hpp"
#include "core/tracking/tracker_config.hpp"

namespace headland::tracking {

// New vessels a turn and m^2. Denser near the antenna: radars stand where vessels come out of harbours and from
// behind quays, and a short range shows as many vessels as a long one.
[[nodiscard]] double arrival_density(const TrackerConfig& config, double range_m);

class Newcomers {
 public:
  explicit Newcomers(const TrackerConfig& config);

  // The beam went over [from, from + width), a share `seen` of it received, ranges up to `range_max_m` looked at.
  void sweep(double from, double width, double seen, double range_max_m, const ClutterMap& map);
  // Vessels never seen before, per m^2, that the next look may find. Left to itself it settles where as many are found
  // each turn as arrive.
  [[nodiscard]] double density(double range_m, double bearing) const;

  using Numbers = std::array<double, band_count * direction_count>;
  [[nodiscard]] const Numbers& numbers() const { return undetected_; }
  void restore(const Numbers& numbers) { undetected_ = numbers; }

 private:
  std::array<double, band_count> arrivals_{};  // per m^2 and turn
  double most_;                                // turns of arrivals that may be waiting
  Numbers undetected_{};
};

}  // namespace headland::tracking
