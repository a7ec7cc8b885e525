// SPDX-License-Identifier: Apache-2.0
// What a radar can see now: from the clutter that its signal stage measures and from what the configuration says it
// radiates.
#pragma once

#include <string>
#include <vector>

#include "core/coverage/sensitivity.hpp"
#include "core/signal/signal_stage.hpp"
#include "runtime/config/station_config.hpp"

namespace headland::station {

struct RadarSensitivity {
  coverage::SensitivityMap map;
  // What is learned of the clutter, region by region as the map: its mean power over the receiver's noise, decibels,
  // and its shape (K distribution; 0: as noise). Not-a-number where nothing is known.
  std::vector<float> clutter_db;
  std::vector<float> clutter_shape;
  std::string uncalibrated;          // why its figures do not hold; empty: they do
  std::string clutter_uncalibrated;  // the same of the clutter
};

// Thresholds are those in use, zones of another sensitivity included; a region is what most of it is. Known is what was
// looked at and learned, less what zones leave out and the sea behind charted land (100 m or more of it, the first
// kilometre from the antenna left out) from which nothing but noise comes: that may be in its shadow.
[[nodiscard]] RadarSensitivity sensitivity_of(const config::RadarSection& section, const signal::SignalStage& stage);

// For /api/v1/sensitivity: {"radar", "uncalibrated", "sectors", "bands", "range_start_m", "band_m", "scan_m2",
// "minute_m2", "clutter_uncalibrated", "clutter_db", "clutter_shape"}, lists from north clockwise, outwards; null where
// nothing is known.
[[nodiscard]] std::string to_json(const std::string& radar, const RadarSensitivity& sensitivity);

// Of all regions at a range: the middle one. Not-a-number where nothing is known.
[[nodiscard]] double median_at(const coverage::SensitivityMap& map, const std::vector<float>& m2, Metres range);

}  // namespace headland::station
