// SPDX-License-Identifier: Apache-2.0
#include "app/chart_verb.hpp"

#include <ostream>

#include "app/exit_codes.hpp"
#include "app/lat_lon.hpp"
#include "codec/share/bodies.hpp"
#include "io/maps/coast.hpp"
#include "runtime/config/station_config.hpp"

namespace headland::app {

int chart_land(const ChartVerb& verb, std::ostream& out, std::ostream& err) {
  const auto centre = parse_lat_lon(verb.position);
  if (!centre) return err << verb.position << ": write LAT,LON in degrees, as 50.73,-1.08\n", exit_usage;
  config::ChartSection chart;
  if (!verb.config.empty()) {
    const auto config = config::load_station(verb.config);
    if (!config) return err << config::to_text(config.error()), exit_usage;
    chart = config->chart;
  }
  const auto coast = maps::load_coast(chart.coastline, *centre, verb.half_size_deg);
  if (!coast) return err << "headland chart: " << coast.error().detail << "\n", exit_failed;
  out << share::land_geojson(*coast) << "\n";
  return exit_done;
}

}  // namespace headland::app
