// SPDX-License-Identifier: Apache-2.0
#include "app/rules/rules_verb.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <ostream>

#include "app/exit_codes.hpp"
#include "app/offline/recording_options.hpp"
#include "runtime/config/rules/rules_file.hpp"
#include "runtime/config/rules/rules_pages.hpp"
#include "runtime/station/rules/rules_trial.hpp"

namespace headland::app {

int rules_check(const std::string& file, std::ostream& out, std::ostream& err) {
  const auto set = config::load_rules(file);
  if (!set) {
    err << config::to_text(set.error());
    return exit_usage;
  }
  out << file << ": no mistakes; " << set->rules.size() << " rules, " << set->zones.size() << " zones\n";
  return exit_done;
}

int rules_pages(const std::string& folder, std::ostream& err) {
  for (const auto& page : config::rules_pages()) {
    std::ofstream file(folder + "/" + page.kind + ".md", std::ios::trunc);
    file << page.markdown << std::flush;
    if (!file) {
      err << folder << ": pages cannot be written there: " << std::strerror(errno) << "\n";
      return exit_failed;
    }
  }
  return exit_done;
}

int rules_test(const RulesTestVerb& verb, std::ostream& out, std::ostream& err) {
  station::RulesTestOptions options;
  auto set = config::load_rules(verb.rules);
  if (!set) return err << config::to_text(set.error()), exit_usage;
  options.rules = std::move(*set);
  if (!read_recording_options(verb.config, verb.origin, options.config, options.origin, err)) return exit_usage;
  if (!verb.beside.empty()) {
    auto beside = config::load_rules(verb.beside);
    if (!beside) return err << config::to_text(beside.error()), exit_usage;
    options.beside = std::move(*beside);
  }
  options.files = verb.on;
  options.last_h = verb.last_h;
  const auto result = station::test_rules(options);
  if (!result) return err << result.error().detail << "\n", exit_failed;
  if (!verb.json.empty()) {
    std::ofstream file(verb.json, std::ios::trunc);
    file << station::alerts_json(*result) << std::flush;
    if (!file) {
      err << verb.json << ": cannot be written: " << std::strerror(errno)
          << "; check the folder, its permissions and the space on the disk\n";
      return exit_failed;
    }
  }
  out << station::to_text(*result, options);
  return exit_done;
}

}  // namespace headland::app
