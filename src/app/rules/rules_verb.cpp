// SPDX-License-Identifier: Apache-2.0
#include "app/rules/rules_verb.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <ostream>
#include <sstream>

#include "app/exit_codes.hpp"
#include "app/offline/recording_options.hpp"
#include "codec/share/zones/drawn_json.hpp"
#include "runtime/config/rules/rules_file.hpp"
#include "runtime/config/rules/rules_pages.hpp"
#include "runtime/station/trial/rules_trial.hpp"

namespace headland::app {

namespace {

// The rules of `rules` with what was drawn on the page of a station; none: mistakes, told.
std::optional<rules::RuleSet> read_rules(const std::string& rules, const RulesTestVerb& verb, std::ostream& err) {
  rules::DrawnZones drawn;
  if (!verb.drawn.empty()) {
    std::ifstream file(verb.drawn, std::ios::binary);
    std::stringstream text;
    if (file) text << file.rdbuf();
    auto read = file ? share::parse_drawn_geojson(text.str()) : fail(ErrorCode::io, "cannot be read");
    if (!read) return err << verb.drawn << ": " << read.error().detail << "\n", std::nullopt;
    drawn = std::move(*read);
    for (const auto& zone : drawn.zones) {
      if (const auto fault = rules::fault_of(zone); !fault.empty()) {
        return err << verb.drawn << ": zone '" << zone.zone.name << "': " << fault << "\n", std::nullopt;
      }
    }
  }
  auto set = config::load_rules(rules, drawn);
  if (!set) return err << config::to_text(set.error()), std::nullopt;
  return std::move(*set);
}

}  // namespace

int rules_check(const RulesTestVerb& verb, std::ostream& out, std::ostream& err) {
  const auto set = read_rules(verb.rules, verb, err);
  if (!set) return exit_usage;
  out << verb.rules << ": no mistakes; " << set->rules.size() << " rules, " << set->zones.size() << " zones\n";
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
  auto set = read_rules(verb.rules, verb, err);
  if (!set) return exit_usage;
  options.rules = std::move(*set);
  if (!read_recording_options(verb.config, verb.origin, options.config, options.origin, err)) return exit_usage;
  if (!verb.beside.empty()) {
    options.beside = read_rules(verb.beside, verb, err);
    if (!options.beside) return exit_usage;
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
