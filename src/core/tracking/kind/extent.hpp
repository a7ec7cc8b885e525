// SPDX-License-Identifier: Apache-2.0
// Length and width of a vessel from the extents of its echoes, beam and pulse removed.
//
// A rectangle of length L and width W whose course lies at `aspect` to the line of sight covers
//   along range   L |cos aspect| + W |sin aspect|
//   across range  L |sin aspect| + W |cos aspect|
// (an extent as a measurement of a hull whose aspect its course tells: Salmond, Parr 2003, who take it for an ellipse).
// Each look gives both, less what the radar adds (smear.hpp). Where the course is known, L and W follow by least
// squares that forgets old looks; where it is not, from the means of both with the usual proportion of vessels, which
// leaves the aspect, but not its side. That the smear is known to a part only goes into the deviations as what it is:
// the same error in every look. A vessel smaller than the beam thus has a deviation of its own order.
#pragma once

#include <array>

#include "core/tracking/track.hpp"

namespace headland::tracking {

struct EchoLook {
  double along_m = 0.0;        // extent of the echo along range
  double across_m = 0.0;       // and across
  double smear_along_m = 0.0;  // of it the radar's
  double smear_across_m = 0.0;
  bool course_known = false;
  double aspect = 0.0;  // of the course to the line of sight, radians
};

class ExtentEstimator {
 public:
  void add(const EchoLook& look);
  // `course`: clockwise from north of the node's plane, radians, with its deviation; used where looks were by course.
  [[nodiscard]] TrackSize size(double course, double course_deviation) const;
  // Looks of the same vessel under another track.
  void take(const ExtentEstimator& other);

  using Sums = std::array<double, 18>;
  [[nodiscard]] const Sums& sums() const { return sums_; }
  void restore(const Sums& sums) { sums_ = sums; }

 private:
  [[nodiscard]] TrackSize by_course() const;
  [[nodiscard]] TrackSize by_means() const;

  Sums sums_{};
};

}  // namespace headland::tracking
