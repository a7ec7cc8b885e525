// SPDX-License-Identifier: Apache-2.0
// Which echoes could be split in the turns before, and how: two vessels lie as they lay, the highlights of one hull
// come and go as its points interfere.
#pragma once

#include <vector>

#include "core/base/angle.hpp"
#include "core/base/time.hpp"
#include "core/base/units.hpp"
#include "core/video/hits.hpp"

namespace headland::plots {

// Of an echo that looks like several points: where it is, and how its two strongest lie to each other.
struct SplitSighting {
  AntennaPosition position = 0;
  Timestamp time;
  Metres range;
  Metres apart_range;  // of the second, from the first
  Angle apart_bearing;
};

class SplitHistory {
 public:
  // In so many of the three turns before, the echo looked like the same points.
  static constexpr int turns = 3;
  static constexpr int wanted = 2;

  SplitHistory(Angle beam, Metres pulse) : beam_(beam), pulse_(pulse) {}

  // Whether it was seen so before; then it is remembered.
  bool take(const SplitSighting& sighting);
  void forget() { sightings_.clear(); }

 private:
  [[nodiscard]] bool are_alike(const SplitSighting& now, const SplitSighting& then, int turns_ago) const;

  Angle beam_;
  Metres pulse_;
  std::vector<SplitSighting> sightings_;  // in order of time, of the turns that count
};

}  // namespace headland::plots
