// SPDX-License-Identifier: Apache-2.0
// What a track is at first sight: a naive Bayes classifier over speed, length, strength and life.
//
// Sources of the figures in classifier.cpp. Speed and length of large vessels, length of those at rest: medians and
// spreads of 94 vessels with AIS dimensions off Denmark (2013-11-12, five minutes: 70 at rest, 13 small, 10 large, 1
// fast; 69 % of all 1433 were at rest). Priors: these shares, drawn towards the rarer classes. Small vessels are taken
// for shorter, quicker and more varied than the 13 were (17 m and 2.2 m/s for 23 m and 1.5), since most carry no AIS.
// Assumed, not measured: fast vessels, all strengths, what is no vessel, and how often what moves is shown at rest.
// What the classes are by their names (TrackClass) is kept: faster than some 20 knots or not, and at rest as it is
// shown.
#pragma once

#include <array>

#include "core/tracking/track.hpp"

namespace headland::tracking {

// How a track fared, fading over some hundred looks.
class History {
 public:
  void hit(double ve_mps, double vn_mps, double relative_db);  // `relative_db`: to the vessels of this radar
  void miss(double share_seen);
  void take(const History& other);

  using Sums = std::array<double, 6>;
  [[nodiscard]] const Sums& sums() const { return sums_; }
  void restore(const Sums& sums) { sums_ = sums; }

  [[nodiscard]] double hits() const { return sums_[0]; }
  [[nodiscard]] double looks() const { return sums_[1]; }
  // Of the mean velocity: what goes to and fro has none.
  [[nodiscard]] double speed_mps() const;
  [[nodiscard]] double relative_db() const;

 private:
  Sums sums_{};  // hits, looks, weight of the means, their sums: east, north, strength
};

struct Evidence {
  double speed_mps = 0.0, speed_deviation_mps = 0.0;
  bool stands = false;  // shown at rest
  TrackSize size;
  double relative_db = 0.0;
  double hits = 0.0, looks = 0.0;
  double detection = 0.85;  // of a vessel there
  double life_s = 0.0;
  double existence = 1.0;
};

[[nodiscard]] TrackKind classify(const Evidence& evidence);

}  // namespace headland::tracking
