// SPDX-License-Identifier: Apache-2.0
// Checks of what a configuration draws on the sea: areas without initiation, detection zones.
#pragma once

#include <string>
#include <vector>

#include "runtime/config/station_config.hpp"

namespace headland::config {

// What is wrong, each as a sentence that names the area.
[[nodiscard]] std::vector<std::string> faults_of_areas(const StationConfig& config);

}  // namespace headland::config
