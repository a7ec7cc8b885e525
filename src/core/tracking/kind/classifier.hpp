// SPDX-License-Identifier: Apache-2.0
// What a track is at first sight: a naive Bayes classifier over speed, length, strength and life.
//
// Sources of the figures in classifier.cpp: medians and spreads of speed and length are of 1433 vessels (94 with
// dimensions) with AIS off Denmark (ais/dma_2013-11-12_denmark_5min, class by speed over ground and length alone);
// those of what is no vessel, and of strengths, are assumptions, wide on purpose.
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
  TrackSize size;
  double relative_db = 0.0;
  double hits = 0.0, looks = 0.0;
  double detection = 0.85;  // of a vessel there
  double life_s = 0.0;
  double existence = 1.0;
};

[[nodiscard]] TrackKind classify(const Evidence& evidence);

}  // namespace headland::tracking
