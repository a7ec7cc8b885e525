// SPDX-License-Identifier: Apache-2.0
#include "app/rules/chart_zones.hpp"

#include <cerrno>
#include <fstream>
#include <map>
#include <optional>
#include <ostream>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/exit_codes.hpp"
#include "runtime/config/rules/chart_objects.hpp"

extern char** environ;

namespace headland::app {
namespace {

using Json = nlohmann::json;

// What a program writes to its standard output; none where it cannot be run or fails.
std::optional<std::string> output_of(std::vector<std::string> words) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int code = ::posix_spawnp(&child, words[0].c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  std::string text;
  char part[65536];
  for (ssize_t n = 0; code == 0 && (n = ::read(ends[0], part, sizeof(part))) != 0;) {
    if (n > 0) text.append(part, static_cast<std::size_t>(n));
    if (n < 0 && errno != EINTR) break;
  }
  ::close(ends[0]);
  int status = 0;
  if (code != 0 || ::waitpid(child, &status, 0) < 0) return std::nullopt;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return std::nullopt;
  return text;
}

}  // namespace

int rules_zones(const std::string& cell, const std::string& to, std::ostream& out, std::ostream& err) {
  const auto layers = output_of({"ogrinfo", "-ro", "-q", cell});
  if (!layers) {
    err << cell << ": not read: is it an S-57 cell, and is ogr2ogr there (apt install gdal-bin)?\n";
    return exit_failed;
  }
  Json features = Json::array();
  std::map<std::string, std::size_t> counts;
  for (const config::ChartObject& object : config::chart_objects()) {
    const std::string name(object.acronym);
    if (layers->find(": " + name) == std::string::npos) continue;
    const auto text = output_of({"ogr2ogr", "-f", "GeoJSON", "/vsistdout/", cell, name});
    const Json layer = Json::parse(text.value_or(""), nullptr, false);
    if (!layer.is_object() || !layer.contains("features") || !layer["features"].is_array()) {
      err << cell << ": " << name << ": ogr2ogr gives no GeoJSON\n";
      return exit_failed;
    }
    for (const Json& feature : layer["features"]) {
      if (!feature.is_object() || !feature.contains("geometry") || feature["geometry"].is_null()) continue;
      features.push_back(feature);
      ++counts[name];
    }
  }
  if (features.empty()) {
    err << cell << ": holds nothing that means something to rules\n";
    return exit_failed;
  }
  std::ofstream file(to, std::ios::trunc);
  file << Json{{"type", "FeatureCollection"}, {"features", features}}.dump(-1, ' ', false,
                                                                           Json::error_handler_t::replace)
       << "\n"
       << std::flush;
  if (!file) {
    err << to << ": cannot be written: check the folder, its permissions and the space on the disk\n";
    return exit_failed;
  }
  for (const auto& [name, n] : counts) out << fmt::format("{:<8} {:>6}\n", name, n);
  out << fmt::format("In the rules file:\n\n[[zone]]\nname = \"ENC\"\nkind = \"chart\"\ngeojson = \"{}\"\n", to);
  return exit_done;
}

}  // namespace headland::app
