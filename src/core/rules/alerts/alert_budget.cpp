// SPDX-License-Identifier: Apache-2.0
#include "core/rules/alerts/alert_budget.hpp"

#include <algorithm>
#include <deque>
#include <map>

namespace headland::rules {
namespace {

constexpr Duration flood_stretch = std::chrono::minutes(10);
constexpr std::size_t flood_alerts = 10;
constexpr Duration standing_after = std::chrono::hours(24);

std::string advice_for(const RuleBudget& r, std::uint32_t all, double hours) {
  if (r.resumed >= 3 && r.resumed >= r.raised) return "comes and goes: longer hold_s or release_s";
  if (r.raised >= 5 && r.unread * 5 >= r.raised * 4)
    return "hardly anybody reads it: a stricter limit, or less priority";
  if (r.raised >= 5 && r.raised * 2 > all && r.raised > 2.0 * hours) return "most of the load: move this limit first";
  return "";
}

void count_floods(const std::vector<AlertEntry>& entries, AlertBudget& out) {
  std::deque<Timestamp> recent;
  Timestamp counted_to{};
  for (const AlertEntry& e : entries) {
    if (e.what != "raised") continue;
    recent.push_back(e.time);
    while (e.time - recent.front() >= flood_stretch) recent.pop_front();
    out.most_in_10_min = std::max(out.most_in_10_min, static_cast<std::uint32_t>(recent.size()));
    if (recent.size() <= flood_alerts) continue;
    const Timestamp from = std::max(recent.front(), counted_to);
    counted_to = recent.front() + flood_stretch;
    out.flood_min += static_cast<std::uint32_t>((counted_to - from) / std::chrono::minutes(1));
  }
}

}  // namespace

AlertBudget budget_of(const std::vector<AlertEntry>& entries, const std::vector<AlertRecord>& records, Timestamp from,
                      Timestamp to) {
  AlertBudget out;
  out.hours = to_seconds(to - from).value() / 3600.0;
  std::map<AlertId, const AlertRecord*> record_of;
  for (const AlertRecord& r : records) record_of[r.id] = &r;
  std::map<std::string, RuleBudget> by_rule;
  std::map<AlertId, Timestamp> waiting;  // raised in the stretch, and nobody has done anything yet
  std::map<std::string, double> waited_s;
  for (const AlertEntry& e : entries) {
    const auto known = record_of.find(e.alert);
    if (known == record_of.end()) continue;
    RuleBudget& rule = by_rule[known->second->rule];
    if (e.what == "raised") {
      ++rule.raised;
      ++out.raised;
      waiting[e.alert] = e.time;
    }
    rule.resumed += e.what == "resumed" ? 1 : 0;
    rule.shelved += e.what == "shelve" ? 1 : 0;
    const auto since = waiting.find(e.alert);
    if (since == waiting.end() || e.who == "station") continue;
    if (e.what == "acknowledge") {
      ++rule.acknowledged;
      waited_s[known->second->rule] += to_seconds(e.time - since->second).value();
    }
    waiting.erase(since);
  }
  for (const auto& [alert, since] : waiting) ++by_rule[record_of.at(alert)->rule].unread;
  for (const AlertRecord& r : records) {
    const bool is_active = r.state != AlertState::ended && r.state != AlertState::rectified_unacknowledged;
    out.standing += is_active && to - r.raised > standing_after ? 1 : 0;
  }
  for (auto& [name, rule] : by_rule) {
    rule.rule = name;
    if (rule.acknowledged > 0) rule.mean_acknowledge_s = waited_s[name] / rule.acknowledged;
    rule.advice = advice_for(rule, out.raised, out.hours);
    out.rules.push_back(rule);
  }
  std::stable_sort(out.rules.begin(), out.rules.end(),
                   [](const RuleBudget& a, const RuleBudget& b) { return a.raised > b.raised; });
  count_floods(entries, out);
  return out;
}

}  // namespace headland::rules
