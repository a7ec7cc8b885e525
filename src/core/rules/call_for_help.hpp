// SPDX-License-Identifier: Apache-2.0
// A search-and-rescue transponder (SART) that a radar sees: no vessel of the picture, but a place at sea from where
// somebody calls for help.
#pragma once

#include <cstdint>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/geo/position.hpp"

namespace headland::rules {

struct CallForHelp {
  std::uint32_t number = 0;  // the same for as long as it is the same one
  SensorId radar;
  Timestamp time;            // last seen
  GeoPosition from, to;      // it lies between: `to` is its nearest dot; the same where the bearing is not known
  double bearing_deg = 0.0;  // true; off the bow where the radar knows no heading
  bool bearing_is_true = true;
  double range_m = 0.0;     // of the nearest dot
  std::uint32_t dots = 0;   // in the last turn
  std::uint32_t turns = 0;  // in which it was seen; 1 may still be chance and is no call
};

// It answers by fits and starts: so long after it was last seen it still calls.
inline constexpr Duration call_lasts = std::chrono::seconds(60);

}  // namespace headland::rules
