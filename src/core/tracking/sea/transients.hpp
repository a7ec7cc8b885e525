// SPDX-License-Identifier: Apache-2.0
// Things on the water that are no vessels but last for some turns: sea spikes, wakes, patches of breaking sea.
//
// To the filter they are a class of their own, slow and short-lived, that competes with the vessel for each young
// track (joint tracking and classification: Challa and Pulford 2001). They are the part of the clutter that comes
// again: before anything is known, of the part that is of the sea (clutter_map.hpp). What is counted is how they end:
// for each age the share of clutter plots that began something whose last plot came at that age, by the probability
// that it was a transient and is gone. A gamma posterior, shrunk from cell to band of range, and that to the whole sea,
// by the share that the sea has in the clutter there. A vessel that goes on is thus never taken for a transient by the
// number of those like it, and what began too lately to have ended says nothing yet.
#pragma once

#include <array>
#include <cstdint>

#include "core/tracking/sea/polar_cells.hpp"

namespace headland::tracking {

// What the map is told of a track.
struct ToldTransient {
  double weight = 0.0;  // probability that it is a transient
  std::uint32_t age = 0;
  std::uint32_t cell = 0;
};

class TransientMap {
 public:
  static constexpr std::size_t ages = 6;          // turns between first and last plot, from 0
  static constexpr std::size_t cells_in_one = 2;  // of the clutter map, in range and in bearing
  static constexpr std::size_t bands = band_count / cells_in_one;
  static constexpr std::size_t directions = direction_count / cells_in_one;

  TransientMap() { settle(); }
  // The beam went over so many radians.
  void sweep(double width);
  // A plot of which the share `weight` is taken for clutter.
  void count(double range_m, double bearing, double weight);
  // Something ended whose last plot came `age` turns after its first; `weight`: probability that it was a transient.
  // Negative to take back what was told.
  void gone(const ToldTransient& told, double sign);
  [[nodiscard]] static std::size_t cell_of(double range_m, double bearing);
  // Makes what was told since the last time count in `reach`.
  void settle();
  // Share of clutter plots that begin a transient which reaches an age (0: a second plot may be missed).
  [[nodiscard]] double reach(double range_m, double bearing, std::size_t age) const;

  struct Numbers {
    std::array<double, bands * directions * ages> counts{};
    std::array<double, bands * directions> plots{};  // clutter
    double turns = 0.0;
    double swept = 0.0;  // turns since the last fading
  };
  [[nodiscard]] const Numbers& numbers() const { return n_; }
  void restore(const Numbers& numbers);

 private:
  void sum_band(std::size_t band);

  Numbers n_;
  std::array<double, bands * ages> band_counts_{};  // the same of whole bands,
  std::array<double, bands> band_plots_{};
  std::array<bool, bands> summed_{};               // and whether nothing was told since they were summed
  std::array<double, ages> old_{};                 // share of the turns that are long enough ago
  std::array<double, bands * ages> band_ended_{};  // by age: share of the clutter plots of a band
};

}  // namespace headland::tracking
