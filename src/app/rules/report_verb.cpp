// SPDX-License-Identifier: Apache-2.0
#include "app/rules/report_verb.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "app/exit_codes.hpp"
#include "codec/share/alerts/budget_report.hpp"
#include "io/store/alert_store.hpp"
#include "runtime/config/rules/rules_file.hpp"
#include "runtime/station/rules/zone_file.hpp"

namespace headland::app {
namespace {

Expected<std::vector<rules::WatchBudget>> read(const RulesReportVerb& verb, const rules::LimitsToMove& limits) {
  store::AlertStoreConfig config;
  config.file = verb.folder;
  if (std::filesystem::is_directory(config.file)) config.file /= "alerts.sqlite";
  config.read_only = true;
  const auto store = store::open_alert_store(config);
  if (!store) return unexpected(store.error());
  const auto all = (*store)->entries(Timestamp{}, Timestamp::max());
  if (!all) return unexpected(all.error());
  if (all->empty()) return std::vector<rules::WatchBudget>();
  // What happened at the end is in the last watch.
  const Timestamp to = all->back().time + std::chrono::seconds(1);
  const Timestamp from = std::max(all->front().time, to - to_duration(Seconds(verb.last_h * 3600.0)));
  const auto records = (*store)->records(from, to);
  if (!records) return unexpected(records.error());
  return rules::watches_of(*all, *records, from, to, verb.hours, limits);
}

}  // namespace

int rules_report(const RulesReportVerb& verb, std::ostream& out, std::ostream& err) {
  rules::LimitsToMove limits;
  if (!verb.rules.empty()) {
    // Rules may name what was drawn on the page.
    rules::DrawnZones drawn;
    if (std::filesystem::is_directory(verb.folder)) {
      auto read = station::ZoneFile(verb.folder).load();
      if (!read) return err << read.error().detail << "\n", exit_usage;
      drawn = std::move(*read);
    }
    const auto set = config::load_rules(verb.rules, drawn);
    if (!set) return err << config::to_text(set.error()), exit_usage;
    limits = rules::limits_to_move(*set);
  }
  const auto watches = read(verb, limits);
  if (!watches) {
    err << watches.error().detail << "; name the station's data folder ([station] data_directory)\n";
    return exit_failed;
  }
  if (!verb.json.empty()) {
    std::ofstream file(verb.json, std::ios::trunc);
    file << share::watches_json(*watches) << std::flush;
    if (!file) return err << verb.json << ": cannot be written: " << std::strerror(errno) << "\n", exit_failed;
  }
  out << (watches->empty() ? "no alerts were ever raised here\n" : share::watches_text(*watches));
  return exit_done;
}

}  // namespace headland::app
