// SPDX-License-Identifier: Apache-2.0
// Charted land as a mask for a radar that stands still.
#pragma once

#include "core/base/expected.hpp"
#include "core/video/mask.hpp"
#include "runtime/config/station_config.hpp"

namespace headland::station {

// Land of the chart and `land_margin_m` around it, about the radar's configured position, together
// with its blind sectors. Fails where no coastline is installed.
[[nodiscard]] Expected<RangeAzimuthMask> land_mask(const config::RadarSection& radar,
                                                   const config::ChartSection& chart);

// Blind sectors and range limits alone; empty when there are none.
[[nodiscard]] RangeAzimuthMask blind_mask(const config::RadarSection& radar);

}  // namespace headland::station
