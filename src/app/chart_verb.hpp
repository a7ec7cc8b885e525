// SPDX-License-Identifier: Apache-2.0
// headland chart land: the charted land about a place, as the page and the land mask have it.
#pragma once

#include <iosfwd>
#include <string>

namespace headland::app {

struct ChartVerb {
  std::string position;  // LAT,LON
  double half_size_deg = 0.5;
  std::string config;  // its [chart]
};

int chart_land(const ChartVerb& verb, std::ostream& out, std::ostream& err);

}  // namespace headland::app
