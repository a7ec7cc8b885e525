// SPDX-License-Identifier: Apache-2.0
#include "codec/share/alerts/budget_report.hpp"

#include <array>
#include <cstdio>

#include "codec/share/alerts/clock_text.hpp"
#include "codec/share/json_detail.hpp"

namespace headland::share {
namespace {

constexpr double acceptable_an_hour = 6.0;  // and operator: ISA-18.2

double an_hour(std::uint32_t n, double hours) { return hours > 0.0 ? n / hours : 0.0; }

Json json_of(const rules::RuleBudget& r, double hours) {
  return {{"rule", r.rule},
          {"raised", r.raised},
          {"an_hour", an_hour(r.raised, hours)},
          {"acknowledged", r.acknowledged},
          {"unread", r.unread},
          {"hasty", r.hasty},
          {"fleeting", r.fleeting},
          {"resumed", r.resumed},
          {"worse", r.worse},
          {"shelved", r.shelved},
          {"mean_acknowledge_s", r.mean_acknowledge_s},
          {"advice", r.advice}};
}

Json json_of(const rules::OperatorBudget& o) {
  return {{"who", o.who},         {"acknowledged", o.acknowledged},
          {"shelved", o.shelved}, {"handed_over", o.handed_over},
          {"hasty", o.hasty},     {"mean_acknowledge_s", o.mean_acknowledge_s}};
}

Json json_of(const rules::TroublesomeAlert& a) {
  Json out{{"alert", a.alert.value()}, {"rule", a.rule}, {"text", a.text}};
  if (a.times > 0) out["times"] = a.times;
  if (a.hours > 0.0) out["hours"] = a.hours;
  return out;
}

template <class Item>
Json list_of(const std::vector<Item>& items) {
  Json out = Json::array();
  for (const Item& item : items) out.push_back(json_of(item));
  return out;
}

Json json_of(const rules::AlertBudget& b) {
  Json rules = Json::array();
  for (const rules::RuleBudget& r : b.rules) rules.push_back(json_of(r, b.hours));
  return {{"hours", b.hours},
          {"raised", b.raised},
          {"an_hour", an_hour(b.raised, b.hours)},
          {"an_hour_and_operator", b.an_hour_and_operator()},
          {"most_in_10_min", b.most_in_10_min},
          {"flood_min", b.flood_min},
          {"standing", b.standing.size()},
          {"rules", std::move(rules)},
          {"operators", list_of(b.operators)},
          {"chattering", list_of(b.chattering)},
          {"standing_alerts", list_of(b.standing)}};
}

template <class... Values>
void add(std::string& out, const char* format, Values... values) {
  std::array<char, 512> text{};
  std::snprintf(text.data(), text.size(), format, values...);
  out += text.data();
}

void add_rules(const rules::AlertBudget& b, std::string& out) {
  add(out, "  %-28s %7s %8s %12s %10s %7s %6s %9s %10s %6s %8s\n", "rule", "raised", "an hour", "acknowledged",
      "after, s", "unread", "hasty", "fleeting", "came back", "worse", "shelved");
  for (const rules::RuleBudget& r : b.rules) {
    add(out, "  %-28.28s %7u %8.2f %12u %10.0f %7u %6u %9u %10u %6u %8u\n", r.rule.c_str(), r.raised,
        an_hour(r.raised, b.hours), r.acknowledged, r.mean_acknowledge_s, r.unread, r.hasty, r.fleeting, r.resumed,
        r.worse, r.shelved);
  }
}

void add_watch(const rules::WatchBudget& w, std::string& out) {
  const rules::AlertBudget& b = w.budget;
  out += "Watch " + clock_text(w.from) + " to " + clock_text(w.to) + "\n";
  if (b.rules.empty() && b.standing.empty()) {
    out += "  no alerts\n\n";
    return;
  }
  const double each = b.an_hour_and_operator();
  constexpr double shortest_h = 1.0 / 6.0;  // of less, one alert more or less is a rate of its own
  if (b.hours < shortest_h) {
    add(out, "  %u alerts in %.0f min, too short a time for a rate\n", b.raised, 60.0 * b.hours);
  } else {
    add(out, "  %u alerts, %.1f an hour; %.1f an hour and operator (%s than %.0f)\n", b.raised,
        an_hour(b.raised, b.hours), each, each > acceptable_an_hour ? "MORE" : "not more", acceptable_an_hour);
  }
  add(out, "  at most %u in 10 min; %u min of flood (more than 10 in 10 min)\n", b.most_in_10_min, b.flood_min);
  if (!b.rules.empty()) add_rules(b, out);
  for (const rules::OperatorBudget& o : b.operators) {
    add(out,
        "  by %.60s: %u acknowledged (%.0f s after they were raised, %u of them within 3 s), %u shelved, %u handed "
        "over\n",
        o.who.c_str(), o.acknowledged, o.mean_acknowledge_s, o.hasty, o.shelved, o.handed_over);
  }
  for (const rules::TroublesomeAlert& a : b.chattering) {
    add(out, "  comes and goes: alert %u (%.40s), told %u times: %.200s\n", a.alert.value(), a.rule.c_str(), a.times,
        a.text.c_str());
  }
  for (const rules::TroublesomeAlert& a : b.standing) {
    add(out, "  stands for %.0f h: alert %u (%.40s): %.200s\n", a.hours, a.alert.value(), a.rule.c_str(),
        a.text.c_str());
  }
  for (const rules::RuleBudget& r : b.rules) {
    if (!r.advice.empty()) add(out, "  to do: %.60s: %.200s\n", r.rule.c_str(), r.advice.c_str());
  }
  out += "\n";
}

}  // namespace

std::string budget_json(const rules::AlertBudget& budget) { return to_text(json_of(budget)); }

std::string watches_json(std::span<const rules::WatchBudget> watches) {
  Json list = Json::array();
  for (const rules::WatchBudget& w : watches) {
    Json one = json_of(w.budget);
    one["from_s"] = epoch_seconds(w.from);
    one["to_s"] = epoch_seconds(w.to);
    list.push_back(std::move(one));
  }
  return to_text({{"watches", std::move(list)}});
}

std::string watches_text(std::span<const rules::WatchBudget> watches) {
  std::string out;
  for (const rules::WatchBudget& w : watches) add_watch(w, out);
  return out;
}

}  // namespace headland::share
