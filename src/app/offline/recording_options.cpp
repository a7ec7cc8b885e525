// SPDX-License-Identifier: Apache-2.0
#include "app/offline/recording_options.hpp"

#include <ostream>

#include "app/lat_lon.hpp"

namespace headland::app {

bool read_recording_options(const std::string& config_file, const std::string& origin_text,
                            config::StationConfig& config, std::optional<GeoPosition>& origin, std::ostream& err) {
  if (!config_file.empty()) {
    auto loaded = config::load_station(config_file);
    if (!loaded) return err << config::to_text(loaded.error()), false;
    config = std::move(*loaded);
  }
  if (!origin_text.empty()) {
    origin = parse_lat_lon(origin_text);
    if (!origin) return err << "--origin " << origin_text << ": write LAT,LON in degrees, as 50.73,-1.08\n", false;
  }
  return true;
}

}  // namespace headland::app
