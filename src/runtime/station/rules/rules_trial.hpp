// SPDX-License-Identifier: Apache-2.0
// Runs rules over recordings as fast as it goes: what they would have raised.
#pragma once

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
  std::vector<std::string> files;  // captures, NMEA text, journals, plots CSV; merged by time
  config::StationConfig config;    // for recordings with radar
  std::optional<GeoPosition> origin;
};

// One alert as it was raised, and what became of it.
struct ToldAlert {
  Alert raised;
  std::vector<Alert> worse;
  std::optional<Timestamp> ended;
};

struct RulesTestResult {
  std::vector<ToldAlert> alerts;  // in order of time
  rules::RuleEngineCounters counters;
  double duration_s = 0.0;  // of the data
  double elapsed_s = 0.0;
  double cpu_s = 0.0;    // of the whole process
  double rules_s = 0.0;  // of these in the rules (of radar: beside the other threads)
  std::size_t most_vessels = 0;
};

[[nodiscard]] Expected<RulesTestResult> test_rules(const RulesTestOptions& options);

// The list of alerts as JSON, and a summary for people: by rule, an hour, and each alert.
[[nodiscard]] std::string alerts_json(const RulesTestResult& result);
[[nodiscard]] std::string to_text(const RulesTestResult& result, const rules::RuleSet& rules);

}  // namespace headland::station
