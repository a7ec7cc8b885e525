// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "io/store/history_rows.hpp"
#include "runtime/station/trial/rules_trial.hpp"

namespace headland::station {
namespace {

using Json = nlohmann::ordered_json;

std::string clock_text(Timestamp t) {
  const auto day = std::chrono::floor<std::chrono::days>(t);
  const std::chrono::year_month_day ymd(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(t - day));
  return fmt::format("{:04d}-{:02d}-{:02d} {:02d}:{:02d}:{:02d}", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

Json subject_json(const AlertSubject& s) {
  Json j;
  j["mmsi"] = s.mmsi.value() != 0 ? Json(s.mmsi.value()) : Json(nullptr);
  j["track"] = s.track.value();
  if (!s.name.empty()) j["name"] = s.name;
  return j;
}

Json alert_json(const ToldAlert& told) {
  const Alert& a = told.raised;
  Json j;
  j["time_s"] = epoch_seconds(a.raised);
  j["rule"] = a.rule_name;
  j["mmsi"] = nullptr;
  j["track"] = nullptr;
  if (!a.subjects.empty()) {
    if (a.subjects[0].mmsi.value() != 0) j["mmsi"] = a.subjects[0].mmsi.value();
    j["track"] = a.subjects[0].track.value();
  }
  j["priority"] = name_of(a.priority);
  j["text"] = a.text;
  j["alert"] = a.id.value();
  j["since_s"] = epoch_seconds(a.since);
  j["ended_s"] = told.ended ? Json(epoch_seconds(*told.ended)) : Json(nullptr);
  j["latitude_deg"] = a.position.latitude_deg();
  j["longitude_deg"] = a.position.longitude_deg();
  for (const AlertSubject& s : a.subjects) j["subjects"].push_back(subject_json(s));
  for (const Alert& w : told.worse) {
    j["worse"].push_back({{"time_s", epoch_seconds(w.changed)}, {"priority", name_of(w.priority)}, {"text", w.text}});
  }
  return j;
}

std::string alert_line(Timestamp time, const Alert& a, std::string_view mark) {
  return fmt::format("{}  {:<9} {}{}: {}\n", clock_text(time), name_of(a.priority), a.rule_name, mark, a.text);
}

// What changes for those who watch.
std::string differences(const RulesTestResult& result) {
  std::string out;
  const auto list = [&](const char* head, const std::vector<const ToldAlert*>& alerts) {
    out += fmt::format("\n{}: {}\n", head, alerts.size());
    for (const ToldAlert* told : alerts) out += alert_line(told->raised.raised, told->raised, "");
  };
  list("told by these rules only", only_in(result.alerts, result.beside));
  list("told by the others only", only_in(result.beside, result.alerts));
  return out;
}

struct RuleCount {
  std::string rule;
  std::ptrdiff_t tried = 0, beside = 0;
};

// By rule, those of the rules tried first.
std::vector<RuleCount> counts_of(const RulesTestResult& result, const RulesTestOptions& options) {
  std::vector<RuleCount> out;
  const auto count = [](const std::vector<ToldAlert>& alerts, const std::string& rule) {
    return std::ranges::count_if(alerts, [&](const ToldAlert& t) { return t.raised.rule_name == rule; });
  };
  const auto add = [&](const rules::RuleSet& set) {
    for (const auto& rule : set.rules) {
      if (std::ranges::find(out, rule.name, &RuleCount::rule) != out.end()) continue;
      out.push_back({rule.name, count(result.alerts, rule.name), count(result.beside, rule.name)});
    }
  };
  add(options.rules);
  if (options.beside) add(*options.beside);
  return out;
}

std::string table(const RulesTestResult& result, const RulesTestOptions& options) {
  const double hours = result.duration_s / 3600.0;
  std::string out;
  const auto line = [&](const RuleCount& c) {
    out +=
        fmt::format("{:<28} {:>7} {:>9.1f}", c.rule, c.tried, hours > 0.0 ? static_cast<double>(c.tried) / hours : 0.0);
    if (options.beside) out += fmt::format(" {:>7}", c.beside);
    out += "\n";
  };
  out += fmt::format("{:<28} {:>7} {:>9}{}\n", "rule", "alerts", "an hour", options.beside ? "  others" : "");
  for (const RuleCount& c : counts_of(result, options)) line(c);
  line({"all", std::ssize(result.alerts), std::ssize(result.beside)});
  return out;
}

// Why a history does not tell all that such a rule asks for; empty: it does.
std::string_view why_not_judged(const rules::RuleKind& kind) {
  if (std::holds_alternative<rules::IdentityRule>(kind))
    return "the history keeps what vessels said of themselves last, not what they said before";
  if (std::holds_alternative<rules::JumpRule>(kind))
    return "the history keeps where a vessel was taken to be, not each report of two places";
  if (std::holds_alternative<rules::SpoofedRule>(kind))
    return "the history keeps how far AIS was trusted, not the reasons";
  if (std::holds_alternative<rules::UnusualRule>(kind))
    return "what is usual is learned anew from the hours tried alone, not from all that the station has seen";
  if (const auto* distress = std::get_if<rules::DistressRule>(&kind); distress != nullptr && distress->by_radar)
    return "the history does not keep what radar sees of transponders";
  if (std::holds_alternative<rules::RadarJumpRule>(kind)) return "the history does not keep what radars measured";
  return {};
}

}  // namespace

std::string alerts_json(const RulesTestResult& result) {
  // One line an alert: a list that people and tools can both read. Names by AIS may hold any bytes.
  std::string out = "[";
  for (const ToldAlert& told : result.alerts) {
    out += out.size() > 1 ? ",\n " : "\n ";
    out += alert_json(told).dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  return out + "\n]\n";
}

std::string to_text(const RulesTestResult& result, const RulesTestOptions& options) {
  std::string out;
  for (const ToldAlert& told : result.alerts) {
    out += alert_line(told.raised.raised, told.raised, "");
    for (const Alert& w : told.worse) out += alert_line(w.changed, w, " (worse)");
  }
  if (options.beside) out += differences(result);
  if (!out.empty()) out += "\n";
  out += table(result, options);
  if (store::is_database(options.files.front())) {
    for (const std::string& why : not_judged_by_history(options)) out += why + "\n";
  }
  if (result.without_motion > 0) {
    out += fmt::format("{} of {} vessels sent no speed and course: of these no rule judges how they move\n",
                       result.without_motion, result.vessels);
  }
  if (result.left_out > 0) out += fmt::format("{} further alerts are not listed\n", result.left_out);
  const auto pictures = static_cast<double>(std::max<std::uint64_t>(result.counters.pictures, 1));
  out += fmt::format(
      "{:.0f} s of data, at most {} vessels at once; {:.1f} s, {:.0f} x real time, of these {:.2f} s of CPU\n",
      result.duration_s, result.most_vessels, result.elapsed_s, result.duration_s / std::max(result.elapsed_s, 1e-6),
      result.cpu_s);
  out += fmt::format("rules: {:.3f} ms of CPU a picture\n", result.rules_s * 1e3 / pictures);
  return out;
}

std::vector<const ToldAlert*> only_in(const std::vector<ToldAlert>& a, const std::vector<ToldAlert>& b) {
  constexpr Duration same_situation = std::chrono::minutes(10);
  using Key = std::pair<std::string, std::vector<std::uint64_t>>;
  const auto key_of = [](const Alert& alert) {
    Key key{alert.rule_name, {}};
    for (const AlertSubject& s : alert.subjects) {
      key.second.push_back(s.mmsi.value() != 0 ? rules::of_mmsi | s.mmsi.value() : s.track.value());
    }
    std::ranges::sort(key.second);
    return key;
  };
  std::map<Key, std::vector<Timestamp>> others;
  for (const ToldAlert& told : b) others[key_of(told.raised)].push_back(told.raised.raised);
  std::vector<const ToldAlert*> out;
  for (const ToldAlert& told : a) {
    const auto found = others.find(key_of(told.raised));
    const bool is_there = found != others.end() && std::ranges::any_of(found->second, [&](Timestamp t) {
                            return std::chrono::abs(t - told.raised.raised) <= same_situation;
                          });
    if (!is_there) out.push_back(&told);
  }
  return out;
}

std::string comparison_json(const RulesTestResult& result, const RulesTestOptions& options) {
  constexpr std::size_t most_listed = 500;  // of each list; the counts are of all
  const auto list = [](const std::vector<const ToldAlert*>& alerts) {
    Json out = Json::array();
    for (const ToldAlert* told : alerts) {
      if (out.size() >= most_listed) break;
      out.push_back(alert_json(*told));
    }
    return out;
  };
  const auto tried = only_in(result.alerts, result.beside);
  const auto in_force = only_in(result.beside, result.alerts);
  Json j;
  j["from_s"] = result.from ? Json(epoch_seconds(*result.from)) : Json(nullptr);
  j["to_s"] = result.to ? Json(epoch_seconds(*result.to)) : Json(nullptr);
  j["vessels"] = result.most_vessels;
  j["elapsed_s"] = std::round(result.elapsed_s * 10.0) / 10.0;
  j["raised"] = result.alerts.size();
  j["in_force"] = result.beside.size();
  j["rules"] = Json::array();
  for (const RuleCount& c : counts_of(result, options)) {
    j["rules"].push_back({{"rule", c.rule}, {"raised", c.tried}, {"in_force", c.beside}});
  }
  j["only_tried_count"] = tried.size();
  j["only_tried"] = list(tried);
  j["only_in_force_count"] = in_force.size();
  j["only_in_force"] = list(in_force);
  j["left_out"] = result.left_out;
  j["not_judged"] = not_judged_by_history(options);
  return j.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<std::string> not_judged_by_history(const RulesTestOptions& options) {
  std::vector<std::string> out;
  const auto add = [&](const rules::RuleSet& set) {
    for (const rules::Rule& rule : set.rules) {
      const auto why = why_not_judged(rule.kind);
      if (why.empty()) continue;
      auto text = rule.name + ": " + std::string(why);
      if (std::ranges::find(out, text) == out.end()) out.push_back(std::move(text));
    }
  };
  add(options.rules);
  if (options.beside) add(*options.beside);
  return out;
}

}  // namespace headland::station
