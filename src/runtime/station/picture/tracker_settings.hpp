// SPDX-License-Identifier: Apache-2.0
// The [tracker] section of a configuration as the tracker's own settings: one place for the station and for
// `headland track`, so that both heed the same keys.
#pragma once

#include "core/tracking/tracker_config.hpp"
#include "runtime/config/station_config.hpp"

namespace headland::station {

// Where the plots' bearing errors come from decides whether more is added to them.
enum class PlotSource {
  video,  // plots tell how well they were measured; encoder, mast and heading err besides
  file,   // the deviations of a plots file are whole
};

[[nodiscard]] tracking::TrackerConfig tracker_settings(const config::TrackerSection& section, PlotSource source);

// What a radar of a station tells apart, by its beam and pulse; what [tracker] says goes before.
[[nodiscard]] tracking::Resolution resolution_of(const config::TrackerSection& section,
                                                 const config::RadarSection& radar);

}  // namespace headland::station
