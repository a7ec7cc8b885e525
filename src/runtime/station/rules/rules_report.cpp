// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "runtime/station/rules/rules_trial.hpp"

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

std::string to_text(const RulesTestResult& result, const rules::RuleSet& set) {
  std::string out;
  for (const ToldAlert& told : result.alerts) {
    out += fmt::format("{}  {:<9} {}: {}\n", clock_text(told.raised.raised), name_of(told.raised.priority),
                       told.raised.rule_name, told.raised.text);
    for (const Alert& w : told.worse) {
      out += fmt::format("{}  {:<9} {} (worse): {}\n", clock_text(w.changed), name_of(w.priority), w.rule_name, w.text);
    }
  }
  const double hours = result.duration_s / 3600.0;
  const auto an_hour = [&](std::size_t n) { return hours > 0.0 ? static_cast<double>(n) / hours : 0.0; };
  if (!out.empty()) out += "\n";
  out += fmt::format("{:<28} {:>7} {:>9}\n", "rule", "alerts", "an hour");
  for (const auto& rule : set.rules) {
    const auto n = static_cast<std::size_t>(
        std::ranges::count_if(result.alerts, [&](const ToldAlert& t) { return t.raised.rule == rule.id; }));
    out += fmt::format("{:<28} {:>7} {:>9.1f}\n", rule.name, n, an_hour(n));
  }
  out += fmt::format("{:<28} {:>7} {:>9.1f}\n", "all", result.alerts.size(), an_hour(result.alerts.size()));
  const auto pictures = static_cast<double>(std::max<std::uint64_t>(result.counters.pictures, 1));
  out += fmt::format(
      "{:.0f} s of data, at most {} vessels at once; {:.1f} s, {:.0f} x real time, of these {:.2f} s of CPU\n",
      result.duration_s, result.most_vessels, result.elapsed_s, result.duration_s / std::max(result.elapsed_s, 1e-6),
      result.cpu_s);
  out += fmt::format("rules: {:.3f} ms of CPU a picture\n", result.rules_s * 1e3 / pictures);
  return out;
}

}  // namespace headland::station
