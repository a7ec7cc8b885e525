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

std::vector<std::string> faults_of(const rules::Zone& zone) {
  using rules::ZoneKind;
  std::vector<std::string> out;
  const bool is_point = zone.kind == ZoneKind::point;
  const bool is_path = !zone.is_area() || zone.width_m > 0.0 || zone.kind == ZoneKind::limit;
  const std::size_t least = is_point ? 1 : is_path ? 2 : 3;
  if (zone.parts.empty()) out.emplace_back("needs its points = [[latitude, longitude], ...], or geojson");
  for (const auto& part : zone.parts) {
    if (part.size() >= least) continue;
    out.push_back("needs at least " + std::to_string(least) + (least == 1 ? " point" : " points"));
    break;
  }
  if (is_point && (zone.parts.size() > 1 || (!zone.parts.empty() && zone.parts[0].size() > 1))) {
    out.emplace_back("is one point");
  }
  if (is_point && !(zone.radius_m > 0.0)) out.emplace_back("needs its radius_m");
  if (zone.kind == ZoneKind::limit && !(zone.limit_m > zone.beyond_m)) out.emplace_back("needs its limit_nmi");
  if (zone.kind == ZoneKind::lane && !zone.direction_deg && !(zone.width_m > 0.0)) {
    out.emplace_back("needs its direction_deg, or width_m about its middle line");
  }
  return out;
}

std::vector<std::string> faults_of(const rules::Rule& rule) {
  std::vector<std::string> out;
  const bool needs_zones =
      std::holds_alternative<rules::EntryRule>(rule.kind) || std::holds_alternative<rules::ExitRule>(rule.kind) ||
      std::holds_alternative<rules::DwellRule>(rule.kind) || std::holds_alternative<rules::CrossingRule>(rule.kind);
  if (needs_zones && rule.zones.empty()) out.emplace_back("needs its zones = [\"name\", ...]");
  if (std::holds_alternative<rules::WatchListRule>(rule.kind) && rule.filter.mmsis.empty() &&
      rule.filter.names.empty()) {
    out.emplace_back("needs mmsi = [...] or names = [...]");
  }
  if (const auto* speed = std::get_if<rules::SpeedRule>(&rule.kind);
      speed != nullptr && speed->above_kn <= 0.0 && speed->below_kn <= 0.0) {
    out.emplace_back("needs above_kn or below_kn");
  }
  if (rule.filter.classes == 0) out.emplace_back("looks at no class of vessels");
  return out;
}

}  // namespace headland::config
