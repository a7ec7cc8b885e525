// SPDX-License-Identifier: Apache-2.0
// How far AIS positions lie from where vessels are, measured: by the tracks of radar that are theirs.
//
// Stations say no more than "better than 10 m" or not. What AIS and radar differ by at the instant of a fix, squared,
// less what the radar track and the time since explain, is the variance of AIS (a method of moments, as Mehra 1970
// has it of innovations), the mean of all stations of a kind that are trusted, sharp tracks weighing most. Whatever
// else lets the two differ (what registration left, the echo's distance from the middle of the hull) counts as an error
// of AIS here: stated deviations rather come out too large. Begins from what is usual, and fades.
#pragma once

#include <array>
#include <cstddef>

namespace headland::fusion {

class FixScatter {
 public:
  // One look: squared distance (m2, both axes together) of AIS from radar, what of it the radar's covariance, the
  // position's age and its instant explain (m2, both axes together).
  void look(bool accurate, double squared_m2, double explained_m2);
  // Of one axis, m.
  [[nodiscard]] double deviation_m(bool accurate) const;

  struct Kind {
    double looks = 0.0;        // weights
    double variance_m2 = 0.0;  // times weights
  };
  using Snapshot = std::array<Kind, 2>;  // of others, of accurate ones
  [[nodiscard]] const Snapshot& snapshot() const { return kinds_; }
  void restore(const Snapshot& s) { kinds_ = s; }

 private:
  Snapshot kinds_;
};

}  // namespace headland::fusion
