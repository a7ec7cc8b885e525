// SPDX-License-Identifier: Apache-2.0
#include "core/rules/alerts/alert_budget.hpp"

#include <algorithm>
#include <deque>

namespace headland::rules {
namespace {

constexpr Duration flood_stretch = std::chrono::minutes(10);
constexpr std::size_t flood_alerts = 10;
constexpr Duration standing_after = std::chrono::hours(24);
constexpr Duration hasty_before = std::chrono::seconds(3);
constexpr Duration fleeting_before = std::chrono::minutes(1);
constexpr Duration chatter_stretch = std::chrono::hours(1);
constexpr std::size_t chatter_times = 3;
constexpr std::size_t most_watches = 400;

std::string advice_for(const RuleBudget& r, std::uint32_t all, double hours, const LimitsToMove& limits) {
  const auto known = limits.find(r.rule);
  const std::string limit = known == limits.end() || known->second.empty() ? "a stricter limit" : known->second;
  if (r.resumed >= 3 && r.resumed >= r.raised) return "comes and goes: longer hold_s or release_s";
  if (r.raised >= 5 && r.fleeting * 2 >= r.raised) return "most are over before anybody can act: longer hold_s";
  if (r.raised >= 5 && r.unread * 5 >= r.raised * 4) return "hardly anybody reads it: " + limit + ", or less priority";
  if (r.acknowledged >= 5 && r.hasty * 2 >= r.acknowledged) {
    return "most are acknowledged without being read: " + limit + ", or less priority";
  }
  if (r.raised >= 5 && r.raised * 2 > all && r.raised > 2.0 * hours) {
    return "most of the load: move this limit first: " + limit;
  }
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

void count_chatter(const std::vector<AlertEntry>& entries, const std::map<AlertId, const AlertRecord*>& record_of,
                   AlertBudget& out) {
  std::map<AlertId, std::vector<Timestamp>> told;
  for (const AlertEntry& e : entries) {
    if (e.what == "raised" || e.what == "resumed") told[e.alert].push_back(e.time);
  }
  for (const auto& [alert, times] : told) {
    bool chatters = false;
    for (std::size_t i = chatter_times - 1; i < times.size() && !chatters; ++i) {
      chatters = times[i] - times[i + 1 - chatter_times] <= chatter_stretch;
    }
    const auto record = record_of.find(alert);
    if (!chatters || record == record_of.end()) continue;
    out.chattering.push_back(
        {alert, record->second->rule, record->second->text, static_cast<std::uint32_t>(times.size()), 0.0});
  }
  std::ranges::stable_sort(out.chattering, std::greater<>(), &TroublesomeAlert::times);
}

void count_standing(const std::vector<AlertRecord>& records, Timestamp to, AlertBudget& out) {
  for (const AlertRecord& r : records) {
    const bool is_over = r.state == AlertState::ended || r.state == AlertState::rectified_unacknowledged;
    if ((is_over && r.rectified.value_or(r.changed) <= to) || to - r.raised <= standing_after) continue;
    out.standing.push_back({r.id, r.rule, r.text, 0, to_seconds(to - r.raised).value() / 3600.0});
  }
  std::ranges::stable_sort(out.standing, std::greater<>(), &TroublesomeAlert::hours);
}

// Walks through the entries of a stretch.
class Count {
 public:
  explicit Count(const std::map<AlertId, const AlertRecord*>& record_of) : record_of_(record_of) {}

  void take(const AlertEntry& e) {
    const auto known = record_of_.find(e.alert);
    if (known == record_of_.end()) return;
    RuleBudget& rule = rules_[known->second->rule];
    if (e.what == "raised") {
      ++rule.raised;
      waiting_[e.alert] = e.time;
    }
    rule.resumed += e.what == "resumed" ? 1 : 0;
    rule.worse += e.what == "worse" ? 1 : 0;
    rule.shelved += e.what == "shelve" ? 1 : 0;
    const auto since = waiting_.find(e.alert);
    if (e.who != "station") return take_operator(e, rule, since);
    if (e.what == "rectified" && since != waiting_.end() && e.time - since->second < fleeting_before) ++rule.fleeting;
  }

  void finish(AlertBudget& out, const LimitsToMove& limits) {
    for (const auto& [alert, since] : waiting_) ++rules_[record_of_.at(alert)->rule].unread;
    for (const auto& [name, rule] : rules_) out.raised += rule.raised;
    for (auto& [name, rule] : rules_) {
      rule.rule = name;
      if (rule.acknowledged > 0) rule.mean_acknowledge_s /= rule.acknowledged;
      rule.advice = advice_for(rule, out.raised, out.hours, limits);
      out.rules.push_back(rule);
    }
    std::ranges::stable_sort(out.rules, std::greater<>(), &RuleBudget::raised);
    for (auto& [name, one] : operators_) {
      one.who = name;
      if (one.acknowledged > 0) one.mean_acknowledge_s /= one.acknowledged;
      out.operators.push_back(one);
    }
  }

 private:
  // Times to acknowledge are summed first, where their means are afterwards.
  void take_operator(const AlertEntry& e, RuleBudget& rule, std::map<AlertId, Timestamp>::iterator since) {
    OperatorBudget& one = operators_[e.who];
    one.shelved += e.what == "shelve" ? 1 : 0;
    one.handed_over += e.what == "transfer" ? 1 : 0;
    if (since == waiting_.end()) return;
    if (e.what == "acknowledge") {
      const double took_s = to_seconds(e.time - since->second).value();
      const bool is_hasty = e.time - since->second < hasty_before;
      ++rule.acknowledged;
      ++one.acknowledged;
      rule.hasty += is_hasty ? 1 : 0;
      one.hasty += is_hasty ? 1 : 0;
      rule.mean_acknowledge_s += took_s;
      one.mean_acknowledge_s += took_s;
    }
    if (e.what != "silence") waiting_.erase(since);
  }

  const std::map<AlertId, const AlertRecord*>& record_of_;
  std::map<std::string, RuleBudget> rules_;
  std::map<std::string, OperatorBudget> operators_;
  std::map<AlertId, Timestamp> waiting_;  // raised in the stretch, and nobody has done anything yet
};

}  // namespace

double AlertBudget::an_hour_and_operator() const {
  return hours > 0.0 ? raised / hours / static_cast<double>(std::max<std::size_t>(1, operators.size())) : 0.0;
}

AlertBudget budget_of(const std::vector<AlertEntry>& entries, const std::vector<AlertRecord>& records, Timestamp from,
                      Timestamp to, const LimitsToMove& limits) {
  AlertBudget out;
  out.hours = to_seconds(to - from).value() / 3600.0;
  std::map<AlertId, const AlertRecord*> record_of;
  for (const AlertRecord& r : records) record_of[r.id] = &r;
  Count count(record_of);
  for (const AlertEntry& e : entries) count.take(e);
  count.finish(out, limits);
  count_floods(entries, out);
  count_chatter(entries, record_of, out);
  count_standing(records, to, out);
  return out;
}

std::vector<WatchBudget> watches_of(const std::vector<AlertEntry>& entries, const std::vector<AlertRecord>& records,
                                    Timestamp from, Timestamp to, int hours, const LimitsToMove& limits) {
  std::vector<WatchBudget> out;
  if (from >= to) return out;
  const Duration watch = std::chrono::hours(std::clamp(hours, 1, 24));
  from = std::max(from, to - watch * static_cast<std::int64_t>(most_watches - 1));
  // A day may not be a whole number of watches: the last of a day is shorter.
  for (Timestamp at = from; at < to;) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const Timestamp next =
        std::min<Timestamp>(Timestamp(day) + watch * ((at - day) / watch + 1), Timestamp(day) + std::chrono::hours(24));
    const Timestamp until = std::min(next, to);
    std::vector<AlertEntry> of_it;
    for (const AlertEntry& e : entries) {
      if (e.time >= at && e.time < until) of_it.push_back(e);
    }
    out.push_back({at, until, budget_of(of_it, records, at, until, limits)});
    at = until;
  }
  return out;
}

}  // namespace headland::rules
