// SPDX-License-Identifier: Apache-2.0
// What one radar sees that is no vessel, and how often it sees those that are: densities and
// detection probabilities over range and bearing, estimated from the plots themselves.
//
// The classic clutter map of tracking (Musicki, Suvorova, Morelande, Moran 2005: plots of a cell, averaged over scans),
// by Bayes: counts of Poisson plots in polar cells with a gamma prior (cell from its range band, band from the
// configuration), fading over `clutter_memory_turns`. Bands widen with range by a quarter each. Detection in the same
// way, of looks at confirmed tracks with a beta prior: what echoes come and go in a cell, in rain or half behind an
// island, are met less often there than in the rest of its band. (What is gone for long is told by Track::visibility.)
#pragma once

#include <array>
#include <cstddef>

#include "core/tracking/sea/polar_cells.hpp"
#include "core/tracking/tracker_config.hpp"

namespace headland::tracking {

// Share of the clutter that is of the sea, before anything is known: the sea is rough near the antenna, noise is not.
[[nodiscard]] double first_sea_share(double range_m);

class ClutterMap {
 public:
  explicit ClutterMap(const TrackerConfig& config);

  // The beam went over [from, from + width) radians, a share `seen` of it received, ranges up to `range_max_m` looked
  // at: what of a band lies beyond is no clear water.
  void sweep(double from, double width, double seen, double range_max_m);
  // A plot of which the share `weight` is taken for clutter.
  void count(double range_m, double bearing, double weight);
  // A confirmed track was looked at: detected with probability `detected`.
  void look(double range_m, double bearing, double detected, double seen);

  // Plots per m^2 and turn; a band's share in it is as at the last sweep, or when first asked for after that.
  [[nodiscard]] double density(double range_m, double bearing);
  [[nodiscard]] double detection(double range_m, double bearing) const;  // probability
  [[nodiscard]] double detection_in(std::size_t band) const;             // of all bearings
  // In a cell, whose band's is known already.
  [[nodiscard]] double detection_in(std::size_t band, std::size_t direction, double of_band) const;

  struct Numbers {
    std::array<double, band_count * direction_count> counts{};
    std::array<double, direction_count> turns{};
    std::array<double, band_count> detections{};
    std::array<double, band_count> looks{};
    std::array<double, band_count * direction_count> cell_detections{};
    std::array<double, band_count * direction_count> cell_looks{};
    double range_max_m = 0.0;  // of the last sweep; 0: none yet
  };
  [[nodiscard]] const Numbers& numbers() const { return n_; }
  void restore(const Numbers& numbers);

 private:
  [[nodiscard]] double band_density(std::size_t band) const;
  [[nodiscard]] double area_looked_at(std::size_t band) const;
  void forget_bands() { known_density_.fill(0.0); }

  Numbers n_;
  std::array<double, band_count> known_density_{};  // of bands; 0: not summed yet
  std::array<double, band_count> prior_of_band_{};
  double prior_density_;
  double prior_detection_;
  double memory_turns_;
};

}  // namespace headland::tracking
