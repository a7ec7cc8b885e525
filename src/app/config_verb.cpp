// SPDX-License-Identifier: Apache-2.0
#include "app/config_verb.hpp"

#include <ostream>
#include <string>

#include "app/exit_codes.hpp"
#include "runtime/config/station_config.hpp"

namespace headland::app {
namespace {

std::string counted(std::size_t n, const std::string& what) {
  return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
}

}  // namespace

int config_check(const std::string& file, std::ostream& out, std::ostream& err) {
  const auto config = config::load_station(file);
  if (!config) {
    err << config::to_text(config.error());
    return exit_usage;
  }
  out << file << ": no mistakes; " << counted(config->radars.size(), "radar") << ", "
      << counted(config->nmea.size(), "NMEA source") << "\n";
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
