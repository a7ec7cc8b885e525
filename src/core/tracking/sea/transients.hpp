// SPDX-License-Identifier: Apache-2.0
// Things on the water that are no vessels but last for some turns: sea spikes, crests that run, wakes, patches of
// breaking sea.
//
// To the filter they are a class of their own, short-lived and (for a radar that looks low over a sea: as fast as its
// crests; else slow) of a speed told by the configuration, that competes with the vessel for each young
// track (joint tracking and classification: Challa and Pulford 2001). They are the part of the clutter that comes
// again: before anything is known, of the part that is of the sea (clutter_map.hpp).
//
// Most seas have none; where there are some, nobody knows how many. So what share of the clutter begins one is known
// for the whole sea as a distribution over some shares, nothing to speak of among them (spike and slab: Mitchell,
// Beauchamp 1988), by Bayes' rule: clutter that did not come again speaks against each share in proportion, and a young
// track with a second plot for it, by the odds that it is a transient of its first. These are linear in the share, so
// that a doubtful one is weighed for every share as it ought to be and not counted as part of a transient.
//
// How long they last and where they are is counted by how they end: for each age the share of clutter plots that began
// something whose last plot came at that age, by the probability that it was a transient and is gone. A gamma
// posterior, shrunk from cell to band of range, and that to the whole sea, by the share that the sea has in the clutter
// there. What began too lately to have ended says nothing yet.
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
  static constexpr std::size_t shares = 12;       // of which one is that of the sea
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
  // A young track got a second plot: the odds that it is a transient of its own first plot are `odds` times the share
  // of clutter that begins one. `before`: what was told of it so far, taken back (0: nothing).
  void tell(double odds, double before);
  // Of the clutter of a rough sea, what begins a transient that comes again.
  [[nodiscard]] double share() const { return share_; }
  // Makes what was told since the last time count in `reach`.
  void settle();
  // The same without what a young track told: it is judged by what all others say. Its own word is in its plots
  // already, and among few others it alone would make the sea one of transients.
  [[nodiscard]] double share_without(double told_odds) const;
  // Share of clutter plots that begin a transient which reaches an age (0: a second plot may be missed), without what a
  // young track told of the share.
  [[nodiscard]] double reach(double range_m, double bearing, std::size_t age, double told_odds = 0.0) const;

  struct Numbers {
    std::array<double, bands * directions * ages> counts{};
    std::array<double, bands * directions> plots{};  // clutter
    std::array<double, shares> evidence{};           // log-likelihood of what was told, of each share
    double turns = 0.0;
    double swept = 0.0;  // turns since the last fading
  };
  [[nodiscard]] const Numbers& numbers() const { return n_; }
  void restore(const Numbers& numbers);

 private:
  void sum_band(std::size_t band);
  void weigh_shares(double plots);

  Numbers n_;
  std::array<double, bands * ages> band_counts_{};  // the same of whole bands,
  std::array<double, bands> band_plots_{};
  std::array<bool, bands> summed_{};      // and whether nothing was told since they were summed
  std::array<double, ages> old_{};        // share of the turns that are long enough ago
  std::array<double, shares> weights_{};  // of the shares: the distribution
  double share_ = 0.0;                    // its mean
  std::array<double, bands> known_{};     // plots that were seen, by those that stand for what is expected beforehand
  // What a band tells its cells beforehand: transients by age, in so many plots.
  std::array<double, bands * ages> first_counts_{};
  std::array<double, bands> first_plots_{};
};

}  // namespace headland::tracking
