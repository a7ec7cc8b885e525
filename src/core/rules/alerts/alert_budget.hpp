// SPDX-License-Identifier: Apache-2.0
// What alerts cost those who watch: how many an hour and operator, by rule; which nobody reads, which come and go,
// floods, what stands; and which limit to move. The yardsticks are those of ISA-18.2: more than 10 in 10 minutes is a
// flood, 6 an hour and operator are acceptable.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/rules/alerts/alert_record.hpp"
#include "core/rules/rule.hpp"

namespace headland::rules {

struct RuleBudget {
  std::string rule;
  std::uint32_t raised = 0;
  std::uint32_t acknowledged = 0;  // of these; by operators
  std::uint32_t unread = 0;        // nobody acknowledged, shelved or handed over, so far
  std::uint32_t hasty = 0;         // acknowledged sooner than a sentence is read
  std::uint32_t fleeting = 0;      // over within a minute, before anybody did anything
  std::uint32_t resumed = 0;       // came back after they were over
  std::uint32_t worse = 0;
  std::uint32_t shelved = 0;
  double mean_acknowledge_s = 0.0;  // from raised to acknowledged; 0: none was
  std::string advice;               // empty: none
};

struct OperatorBudget {
  std::string who;
  std::uint32_t acknowledged = 0;
  std::uint32_t shelved = 0;
  std::uint32_t handed_over = 0;
  std::uint32_t hasty = 0;
  double mean_acknowledge_s = 0.0;
};

// An alert that came back again and again, or stands.
struct TroublesomeAlert {
  AlertId alert;
  std::string rule;
  std::string text;
  std::uint32_t times = 0;  // chattering: told in the stretch
  double hours = 0.0;       // standing: since it was raised, at the end
};

struct AlertBudget {
  double hours = 0.0;
  std::vector<RuleBudget> rules;          // the most raised first
  std::vector<OperatorBudget> operators;  // who did anything, by name
  std::uint32_t raised = 0;
  std::uint32_t most_in_10_min = 0;
  std::uint32_t flood_min = 0;               // minutes that lie in a stretch of ten with more than ten alerts
  std::vector<TroublesomeAlert> chattering;  // told three times or more within an hour; the worst first
  std::vector<TroublesomeAlert> standing;    // active at the end for longer than a day; the oldest first
  // Raised an hour for each of those who did anything; nobody did: for one.
  [[nodiscard]] double an_hour_and_operator() const;
};

// What would make a rule say less: its foremost limit with its value and the way to move it ("a smaller distance_nmi
// (0.15)"). Empty: it has none.
[[nodiscard]] std::string limit_to_move(const Rule& rule);
using LimitsToMove = std::map<std::string, std::string>;  // by name of the rule
[[nodiscard]] LimitsToMove limits_to_move(const RuleSet& rules);

// `entries` of the stretch in order of time; `records` of the alerts in them, and of those that stand.
[[nodiscard]] AlertBudget budget_of(const std::vector<AlertEntry>& entries, const std::vector<AlertRecord>& records,
                                    Timestamp from, Timestamp to, const LimitsToMove& limits = {});

struct WatchBudget {
  Timestamp from, to;
  AlertBudget budget;
};
// The same for each watch of so many hours, counted from midnight UTC, that the stretch touches; the first and the last
// are cut to it. At most 400; the oldest are left out. `hours`: 1 to 24.
[[nodiscard]] std::vector<WatchBudget> watches_of(const std::vector<AlertEntry>& entries,
                                                  const std::vector<AlertRecord>& records, Timestamp from, Timestamp to,
                                                  int hours, const LimitsToMove& limits = {});

}  // namespace headland::rules
