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
  ASSERT_EQ(b.standing.size(), 10U);
  EXPECT_EQ(b.standing[0].hours, 25.0);
}

TEST(AlertBudget, counts_by_operator_and_what_was_acknowledged_unread) {
  const auto b = budget_of(
      {entry(1, 0s, "raised"), entry(2, 1s, "raised"), entry(3, 2s, "raised"), entry(1, 2s, "acknowledge", "Bo"),
       entry(2, 61s, "silence", "Anna"), entry(2, 91s, "acknowledge", "Anna"), entry(3, 92s, "transfer", "Anna")},
      {record(1, "a"), record(2, "a"), record(3, "b")}, start, start + 30min);
  ASSERT_EQ(b.operators.size(), 2U);
  EXPECT_EQ(b.operators[0].who, "Anna");
  EXPECT_EQ(b.operators[0].acknowledged, 1U);
  EXPECT_EQ(b.operators[0].handed_over, 1U);
  EXPECT_EQ(b.operators[0].mean_acknowledge_s, 90.0);
  EXPECT_EQ(b.operators[1].hasty, 1U);
  EXPECT_EQ(b.rules[0].hasty, 1U);
  EXPECT_EQ(b.rules[1].unread, 0U);
  EXPECT_EQ(b.an_hour_and_operator(), 3.0);
}

TEST(AlertBudget, an_alert_that_comes_three_times_within_an_hour_chatters) {
  const std::vector<AlertRecord> records{record(1, "a"), record(2, "b")};
  const auto b = budget_of({entry(1, 0s, "raised"), entry(2, 0s, "raised"), entry(1, 20min, "resumed"),
                            entry(2, 50min, "resumed"), entry(1, 59min, "resumed"), entry(2, 61min, "resumed")},
                           records, start, start + 2h);
  ASSERT_EQ(b.chattering.size(), 1U);
  EXPECT_EQ(b.chattering[0].alert, AlertId(1));
  EXPECT_EQ(b.chattering[0].times, 3U);
}

TEST(AlertBudget, what_is_over_before_anybody_can_act_is_fleeting_and_told_so) {
  std::vector<AlertEntry> entries;
  std::vector<AlertRecord> records;
  for (std::uint32_t i = 1; i <= 6; ++i) {
    records.push_back(record(i, "a"));
    entries.push_back(entry(i, i * 5min, "raised"));
    entries.push_back(entry(i, i * 5min + (i > 4 ? 2min : 40s), "rectified"));
  }
  const auto b = budget_of(entries, records, start, start + 1h);
  EXPECT_EQ(b.rules[0].fleeting, 4U);
  EXPECT_EQ(b.rules[0].advice, "most are over before anybody can act: longer hold_s");
}

TEST(AlertBudget, advice_names_the_limit_of_the_rule) {
  Rule rule;
  rule.name = "collision";
  CpaRule cpa;
  cpa.distance_nmi = 0.15;
  rule.kind = cpa;
  RuleSet set;
  set.rules.push_back(rule);
  std::vector<AlertEntry> entries;
  std::vector<AlertRecord> records;
  for (std::uint32_t i = 1; i <= 5; ++i) {
    records.push_back(record(i, "collision"));
    entries.push_back(entry(i, i * 1min, "raised"));
  }
  const auto b = budget_of(entries, records, start, start + 1h, limits_to_move(set));
  EXPECT_EQ(b.rules[0].advice, "hardly anybody reads it: a smaller distance_nmi (0.15), or less priority");
}

TEST(AlertBudget, standing_is_as_it_was_at_the_end_of_the_stretch) {
  AlertRecord over_later = record(1, "a");
  over_later.rectified = start + 40h;
  AlertRecord over_before = record(2, "a");
  over_before.rectified = start + 20h;
  const auto b = budget_of({}, {over_later, over_before}, start, start + 30h);
  ASSERT_EQ(b.standing.size(), 1U);
  EXPECT_EQ(b.standing[0].alert, AlertId(1));
}

TEST(AlertBudget, watches_begin_at_midnight_and_every_entry_is_in_one) {
  const std::vector<AlertRecord> records{record(1, "a"), record(2, "a")};
  // The start is a midnight.
  const auto watches = watches_of({entry(1, 3h, "raised"), entry(2, 4h, "raised")}, records, start + 2h, start + 9h, 4);
  ASSERT_EQ(watches.size(), 3U);
  EXPECT_EQ(watches[0].to, start + 4h);
  EXPECT_EQ(watches[0].budget.raised, 1U);
  EXPECT_EQ(watches[1].budget.raised, 1U);
  EXPECT_EQ(watches[2].budget.hours, 1.0);
  EXPECT_TRUE(watches_of({}, {}, start, start, 4).empty());
  EXPECT_EQ(watches_of({}, {}, start, start + 24h, 9).size(), 3U);  // 9, 9 and 6 hours
}

}  // namespace
}  // namespace headland::rules
