// SPDX-License-Identifier: Apache-2.0
// What alerts cost those who watch: how many an hour, by rule; which nobody reads, which come and go, floods; and
// which limit to move. The yardsticks are those of ISA-18.2: more than 10 in 10 minutes is a flood.
#pragma once

#include <string>
#include <vector>

#include "core/rules/alerts/alert_record.hpp"

namespace headland::rules {

struct RuleBudget {
  std::string rule;
  std::uint32_t raised = 0;
  std::uint32_t acknowledged = 0;  // of these; by operators
  std::uint32_t unread = 0;        // nobody acknowledged, shelved or handed over, so far
  std::uint32_t resumed = 0;       // came back after they were over
  std::uint32_t shelved = 0;
  double mean_acknowledge_s = 0.0;  // from raised to acknowledged; 0: none was
  std::string advice;               // empty: none
};

struct AlertBudget {
  double hours = 0.0;
  std::vector<RuleBudget> rules;  // the most raised first
  std::uint32_t raised = 0;
  std::uint32_t most_in_10_min = 0;
  std::uint32_t flood_min = 0;  // minutes that lie in a stretch of ten with more than ten alerts
  std::uint32_t standing = 0;   // active at the end for longer than a day
};

// `entries` of the stretch in order of time; `records` of the alerts in them, as they are now.
[[nodiscard]] AlertBudget budget_of(const std::vector<AlertEntry>& entries, const std::vector<AlertRecord>& records,
                                    Timestamp from, Timestamp to);

}  // namespace headland::rules
