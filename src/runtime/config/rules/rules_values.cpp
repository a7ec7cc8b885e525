// SPDX-License-Identifier: Apache-2.0
#include "runtime/config/rules/rules_values.hpp"

#include <chrono>
#include <iomanip>
#include <sstream>

namespace headland::config {

std::optional<Timestamp> parse_instant(const std::string& text) {
  std::tm tm{};
  std::istringstream in(text);
  in >> std::get_time(&tm, "%Y-%m-%dT%H:%M:%SZ");
  const std::chrono::year_month_day day{std::chrono::year(tm.tm_year + 1900),
                                        std::chrono::month(static_cast<unsigned>(tm.tm_mon + 1)),
                                        std::chrono::day(static_cast<unsigned>(tm.tm_mday))};
  if (in.fail() || !day.ok() || day.year() < std::chrono::year(1970) || day.year() > std::chrono::year(2200)) return {};
  return std::chrono::sys_days(day) + std::chrono::hours(tm.tm_hour) + std::chrono::minutes(tm.tm_min) +
         std::chrono::seconds(tm.tm_sec);
}

void fill(const RuleRow& row, rules::Rule& rule) {
  rule.name = row.name;
  for (const auto p : {Priority::caution, Priority::warning, Priority::alarm, Priority::emergency}) {
    if (name_of(p) == row.priority) rule.priority = p;
  }
  rule.filter.source = row.source == "ais"     ? rules::SourceNeeded::ais
                       : row.source == "radar" ? rules::SourceNeeded::radar
                                               : rules::SourceNeeded::any;
  rule.filter.length_min_m = row.length_min_m;
  rule.filter.length_max_m = row.length_max_m;
  rule.filter.speed_min_kn = row.speed_min_kn;
  rule.filter.speed_max_kn = row.speed_max_kn;
  rule.hold_s = row.hold_s;
  rule.release_s = row.release_s;
}

}  // namespace headland::config
