// SPDX-License-Identifier: Apache-2.0
#include "app/config_verb.hpp"

#include <ostream>

#include "app/exit_codes.hpp"
#include "runtime/config/station_config.hpp"

namespace headland::app {

int config_check(const std::string& file, std::ostream& out, std::ostream& err) {
  const auto config = config::load_station(file);
  if (!config) {
    err << config::to_text(config.error());
    return exit_usage;
  }
  out << file << ": no mistakes; " << config->radars.size() << " radars, " << config->nmea.size() << " NMEA sources\n";
  return exit_done;
}

int config_show(const std::string& file, std::ostream& out, std::ostream& err) {
  const auto config = config::load_station(file);
  if (!config) {
    err << config::to_text(config.error());
    return exit_usage;
  }
  out << config::to_toml(*config);
  return exit_done;
}

}  // namespace headland::app
