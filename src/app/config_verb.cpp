// SPDX-License-Identifier: Apache-2.0
#include "app/config_verb.hpp"

#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>
#include <vector>

#include "app/exit_codes.hpp"
#include "runtime/config/rules/rules_file.hpp"
#include "runtime/config/station_config.hpp"

namespace headland::app {
namespace {

std::string counted(std::size_t n, const std::string& what) {
  return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
}

// What the values name, as `headland run` will want it.
std::vector<config::Problem> problems_of_files(const config::StationConfig& config, const std::string& file) {
  std::vector<config::Problem> problems;
  if (!config.rules.file.empty()) {
    if (auto rules = config::load_rules(config.rules.file); !rules) problems = rules.error();
  }
  for (const auto& output : config.alert_outputs) {
    if (output.password_file.empty()) continue;
    std::ifstream in(output.password_file);
    if (std::string first; std::getline(in, first)) continue;
    problems.push_back({file, "alert_output '" + output.name + "': password_file " + output.password_file +
                                  " cannot be read or is empty"});
  }
  const std::string& page = config.web.page_directory;
  std::error_code ignored;
  if (!page.empty() && !std::filesystem::exists(std::filesystem::path(page) / "index.html", ignored)) {
    problems.push_back(
        {file, "[web] page_directory " + page + " has no index.html: name the folder of the built page"});
  }
  return problems;
}

}  // namespace

int config_check(const std::string& file, std::ostream& out, std::ostream& err) {
  const auto config = config::load_station(file);
  if (!config) {
    err << config::to_text(config.error());
    return exit_usage;
  }
  if (const auto problems = problems_of_files(*config, file); !problems.empty()) {
    err << config::to_text(problems);
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
