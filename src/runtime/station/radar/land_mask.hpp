// SPDX-License-Identifier: Apache-2.0
// Charted land: as a mask for a radar that stands still, and to drop plots of any.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/base/expected.hpp"
#include "core/geo/polygon.hpp"
#include "core/video/mask.hpp"
#include "runtime/config/station_config.hpp"

namespace headland::station {

// Land of the chart and `land_margin_m` around it, about the radar's configured position, together
// with its blind sectors. Fails where no coastline is installed.
[[nodiscard]] Expected<RangeAzimuthMask> land_mask(const config::RadarSection& radar,
                                                   const config::ChartSection& chart);

// Land within some 50 km of a position, for plots of radars wherever they are. Empty where the chart names no
// coastline or the file is not there; what it gives is nothing where the file cannot be read.
[[nodiscard]] std::function<std::shared_ptr<const CoastIndex>(GeoPosition)> land_source(
    const config::ChartSection& chart);

// The same as areas, in the bearings of the video.
[[nodiscard]] std::vector<BlankedSector> blind_sectors(const config::RadarSection& radar);

// Blind sectors and range limits alone; empty when there are none.
[[nodiscard]] RangeAzimuthMask blind_mask(const config::RadarSection& radar);

}  // namespace headland::station
