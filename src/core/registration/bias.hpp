// SPDX-License-Identifier: Apache-2.0
// What a radar measures amiss in common, as values. Bias = measured minus true.
#pragma once

#include <cstdint>

namespace headland::registration {

struct Bias {
  double range_m = 0.0;
  double bearing_rad = 0.0;
  double time_s = 0.0;       // the radar's time stamps are so much too late
  double range_scale = 0.0;  // measured range = true range (1 + range_scale) + range_m
};

struct BiasEstimate {
  Bias bias;
  Bias deviation;             // standard deviations
  std::uint32_t vessels = 0;  // witnesses that were believed
  std::uint32_t refused = 0;  // and those that contradict them
  std::uint32_t shared = 0;   // places where another radar saw the same vessel, AIS or not
  // Of the deviation of time, what all radars share: how old AIS reports are in the mean, which nothing tells.
  double shared_time_s = 0.0;
  // How far plots lie from where AIS vessels were, in the mean of late: as measured, and after what was taken off.
  double residual_before_m = 0.0, residual_after_m = 0.0;
};

}  // namespace headland::registration
