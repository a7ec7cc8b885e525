// SPDX-License-Identifier: Apache-2.0
// Runs rules over recordings or a station's history as fast as it goes: what they would have raised, and what other
// rules would have beside them.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/expected.hpp"
#include "core/rules/rule_engine.hpp"
#include "runtime/config/station_config.hpp"

namespace headland::station {

struct RulesTestOptions {
  rules::RuleSet rules;
  std::optional<rules::RuleSet> beside;  // the rules in force, as a rule
  // Captures, NMEA text, journals, plots CSV, merged by time; or the history of a station, alone.
  std::vector<std::string> files;
  config::StationConfig config;  // for recordings with radar
  std::optional<GeoPosition> origin;
  std::size_t most_alerts = 1'000'000;              // of each set; further ones are counted
  double last_h = 0.0;                              // of a history; 0: all of it
  std::function<bool(double share_done)> progress;  // of a history, now and then; false: stop
};

// One alert as it was raised, and what became of it.
struct ToldAlert {
  Alert raised;
  std::vector<Alert> worse;
  std::optional<Timestamp> ended;
};

struct RulesTestResult {
  std::vector<ToldAlert> alerts;  // in order of time
  std::vector<ToldAlert> beside;  // of the other rules
  rules::RuleEngineCounters counters;
  std::optional<Timestamp> from, to;  // of a history
  bool stopped = false;
  std::uint64_t left_out = 0;  // alerts beyond most_alerts
  double duration_s = 0.0;     // of the data
  double elapsed_s = 0.0;
  double cpu_s = 0.0;    // of the whole process
  double rules_s = 0.0;  // of these in the rules (of radar: beside the other threads)
  std::size_t most_vessels = 0;
  std::size_t vessels = 0, without_motion = 0;  // of text of AIS: heard, and those that never sent speed and course
};

[[nodiscard]] Expected<RulesTestResult> test_rules(const RulesTestOptions& options);

// The list of alerts as JSON, and a summary for people: by rule, an hour, and each alert.
[[nodiscard]] std::string alerts_json(const RulesTestResult& result);
[[nodiscard]] std::string to_text(const RulesTestResult& result, const RulesTestOptions& options);

// Which alerts of `a` have no counterpart in `b`: of the same rule (by name) and vessel or pair within ten minutes.
[[nodiscard]] std::vector<const ToldAlert*> only_in(const std::vector<ToldAlert>& a, const std::vector<ToldAlert>& b);

// What a page shows of a trial (TrialDesk::state_json), an object.
[[nodiscard]] std::string comparison_json(const RulesTestResult& result, const RulesTestOptions& options);

// Rules of either set that a history cannot try well, each with the reason.
[[nodiscard]] std::vector<std::string> not_judged_by_history(const RulesTestOptions& options);

}  // namespace headland::station
