// SPDX-License-Identifier: Apache-2.0
#include "core/rules/alerts/alert_budget.hpp"

#include <gtest/gtest.h>

namespace headland::rules {
namespace {

using namespace std::chrono_literals;
const Timestamp start = from_epoch_seconds(1'767'225'600.0);

AlertRecord record(std::uint32_t id, const char* rule, AlertState state = AlertState::ended) {
  AlertRecord r;
  r.id = AlertId(id);
  r.rule = rule;
  r.state = state;
  r.raised = start;
  return r;
}
AlertEntry entry(std::uint32_t id, Duration at, const char* what, const char* who = "station") {
  return {AlertId(id), start + at, what, who, ""};
}

TEST(AlertBudget, counts_by_rule_what_was_raised_read_and_left) {
  const auto b = budget_of({entry(1, 0s, "raised"), entry(2, 1s, "raised"), entry(3, 2s, "raised"),
                            entry(1, 30s, "acknowledge", "Anna"), entry(2, 61s, "acknowledge", "Anna")},
                           {record(1, "a"), record(2, "a"), record(3, "b")}, start, start + 2h);
  EXPECT_EQ(b.hours, 2.0);
  ASSERT_EQ(b.rules.size(), 2U);
  EXPECT_EQ(b.rules[0].rule, "a");
  EXPECT_EQ(b.rules[0].raised, 2U);
  EXPECT_EQ(b.rules[0].acknowledged, 2U);
  EXPECT_NEAR(b.rules[0].mean_acknowledge_s, 45.0, 1e-6);
  EXPECT_EQ(b.rules[1].unread, 1U);
  EXPECT_EQ(b.flood_min, 0U);
}

TEST(AlertBudget, says_which_limit_to_move) {
  std::vector<AlertEntry> entries;
  std::vector<AlertRecord> records;
  for (std::uint32_t i = 1; i <= 5; ++i) {
    records.push_back(record(i, "ignored"));
    entries.push_back(entry(i, i * 1min, "raised"));
  }
  records.push_back(record(6, "trembles"));
  entries.push_back(entry(6, 10min, "raised"));
  for (int i = 0; i < 3; ++i) entries.push_back(entry(6, 20min + i * 1min, "resumed"));
  const auto b = budget_of(entries, records, start, start + 1h);
  EXPECT_EQ(b.rules[0].advice, "hardly anybody reads it: a stricter limit, or less priority");
  EXPECT_EQ(b.rules[1].advice, "comes and goes: longer hold_s or release_s");
}

TEST(AlertBudget, eleven_in_ten_minutes_are_a_flood_and_ten_are_none) {
  std::vector<AlertEntry> entries;
  std::vector<AlertRecord> records;
  for (std::uint32_t i = 1; i <= 10; ++i) {
    records.push_back(record(i, "a", AlertState::active_acknowledged));
    entries.push_back(entry(i, i * 10s, "raised"));
  }
  EXPECT_EQ(budget_of(entries, records, start, start + 1h).flood_min, 0U);
  records.push_back(record(11, "a"));
  entries.push_back(entry(11, 2min, "raised"));
  const auto b = budget_of(entries, records, start, start + 25h);
  EXPECT_EQ(b.flood_min, 10U);
  EXPECT_EQ(b.most_in_10_min, 11U);
  EXPECT_EQ(b.standing, 10U);
}

}  // namespace
}  // namespace headland::rules
