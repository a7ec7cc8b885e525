// SPDX-License-Identifier: Apache-2.0
// A radar that suddenly measures otherwise (somebody bumped its antenna): no vessel, but what is seen with it may be
// amiss until it is corrected anew.
#pragma once

#include <string>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/geo/position.hpp"

namespace headland::rules {

struct RadarJumped {
  SensorId radar;
  std::string name;  // as configured
  Timestamp since;
  double bearing_deg = 0.0;  // new minus old
  GeoPosition site;
};

// So long after it jumped it is told of.
inline constexpr Duration jump_lasts = std::chrono::minutes(10);

}  // namespace headland::rules
