// SPDX-License-Identifier: Apache-2.0
// Where a radar shall look, and how closely: charted land, as a mask for a radar that stands still and to drop plots of
// any; blind sectors; detection zones.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/base/expected.hpp"
#include "core/geo/polygon.hpp"
#include "core/signal/stage/sensitivity_zones.hpp"
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

struct DetectionZones {
  std::vector<signal::SensitivityZone> zones;  // all of them
  std::vector<BlankedSector> silent;           // what of them is to detect nothing
};

// In bearings as those of the video. Zones with corners only where these are true (and the radar stands still).
[[nodiscard]] DetectionZones detection_zones(const config::RadarSection& radar, bool bearings_are_true);

}  // namespace headland::station
