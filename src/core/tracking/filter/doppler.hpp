// SPDX-License-Identifier: Apache-2.0
// Doppler as a further measurement: what a plot says of the speed along the line of sight.
//
// A radial speed is a linear measurement of the velocity. A mark (approaching, receding, neither faster than the
// radar's threshold) is a soft one-sided constraint: the chance of a mark grows about the threshold as a normal
// distribution function, and some marks are wrong. The moments of a Gaussian times such a function
// are exact (Rasmussen and Williams 2006, 3.9 and appendix A: the probit likelihood of expectation propagation); what a
// wrong mark leaves of the prior is joined by moments. Speeds are taken to be over ground; nothing here takes the own
// speed of a radar that moves off what it measures. Marks come from Navico's HALO alone; no decoder gives a speed yet
// (Plot::radial_speed), only plots of a journal or of a program that makes them.
#pragma once

#include <cstdint>

#include "core/plots/plot.hpp"
#include "core/tracking/filter/matrix.hpp"
#include "core/tracking/tracker_config.hpp"

namespace headland::tracking {

// What a plot tells.
struct RadialSight {
  enum class Kind : std::uint8_t { none, approaching, receding, slow, speed };
  Kind kind = Kind::none;
  double aim = 0.0;        // from the antenna to the plot, radians clockwise from the plane's north
  double speed_mps = 0.0;  // of `speed`, receding positive
  double bound_mps = 1.0;  // of a mark: the radar's threshold; of a speed: its deviation

  [[nodiscard]] bool is_told() const { return kind != Kind::none; }
};

// What a plot tells, seen along `aim`.
[[nodiscard]] RadialSight sight_of(const Plot& plot, double aim, const TrackerConfig& config);

// Takes in what a plot tells of its velocity; the position learns by their correlation. Returns how likely that was:
// a probability of the mark, a density per m/s of a speed. 1 and no change where nothing is told.
double take_radial(const RadialSight& sight, Gaussian& g);
// The same without the update, against what clutter would tell: the factor by which the plot is the likelier a
// vessel's.
[[nodiscard]] double radial_likelihood(const RadialSight& sight, const Gaussian& g);

}  // namespace headland::tracking
